import { and, asc, eq, isNotNull, isNull, or } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Reader } from '../storage/store.ts';
import type { Activity } from './activities.ts';
import type { Attendance } from './engagement/attendance.ts';
import type { Evidence } from './evidence.ts';
import type { Goal } from './goals.ts';
import { type Invitee, inviteesOf } from './meetings/invitees.ts';
import type { Series } from './meetings/series.ts';

/** Describes what a card tells of an activity beside its own row. */
export interface ActivityDetails {
  readonly partners: readonly { readonly number: number; readonly name: string }[];
  /** Invited partners with their answers and whether they came. */
  readonly invited: readonly (Attendance & { readonly name: string })[];
  readonly goal: Pick<Goal, 'number' | 'title'> | null;
  readonly author: string | null;
  readonly evidence: readonly Evidence[];
  /** Rule by which it repeats and its end, of an occurrence of a series. */
  readonly series: Pick<Series, 'recurrence' | 'start' | 'holidays' | 'last' | 'count'> | null;
  /** The persons invited, and those who came without that. */
  readonly persons: readonly (Invitee & { readonly name: string })[];
}

/** Reads what a card tells of an activity beside its own row, in two statements. */
export async function detailsOf(db: Reader, activity: Activity): Promise<ActivityDetails> {
  const { forumId, number, createdBy, goal, series } = activity;
  const parties = await partiesOf(db, { forumId, number });
  const rest = await aboutOf(db, { forumId, number, createdBy, goal, series });
  // Few meetings invite persons: only what may have some asks for them.
  const mayHavePersons = activity.state === 'planned' || activity.code !== null || parties.some(one => one.attendance);
  return {
    partners: parties.flatMap(({ number, name, involved }) => (involved === null ? [] : [{ number, name }])),
    invited: parties.flatMap(({ name, attendance }) => (attendance ? [{ ...attendance, name }] : [])),
    goal: rest[0]?.goal ?? null,
    author: rest[0]?.author ?? null,
    evidence: rest.flatMap(row => row.evidence ?? []),
    series: rest[0]?.series ?? null,
    persons: mayHavePersons ? await inviteesOf(db, activity) : [],
  };
}

const partiesOf = prepared((db, { forumId, number }: Pick<Activity, 'forumId' | 'number'>) => {
  const { partners: p, activityPartners: of, attendances: a } = db.tables;
  return db
    .select({ number: p.number, name: p.name, involved: of.partner, attendance: a })
    .from(p)
    .leftJoin(of, and(eq(of.forumId, p.forumId), eq(of.activity, number), eq(of.partner, p.number)))
    .leftJoin(a, and(eq(a.forumId, p.forumId), eq(a.activity, number), eq(a.partner, p.number)))
    .where(and(eq(p.forumId, forumId), or(isNotNull(of.partner), isNotNull(a.partner))))
    .orderBy(asc(p.folded));
});

type About = Pick<Activity, 'forumId' | 'number' | 'createdBy' | 'goal' | 'series'>;

const aboutOf = prepared((db, { forumId, number, createdBy, goal, series }: About) => {
  const { members: m, goals: g, evidence: e, series: s } = db.tables;
  return db
    .select({
      author: m.name,
      goal: { number: g.number, title: g.title },
      evidence: e,
      series: { recurrence: s.recurrence, start: s.start, holidays: s.holidays, last: s.last, count: s.count },
    })
    .from(m)
    .leftJoin(g, and(eq(g.forumId, m.forumId), eq(g.number, goal!)))
    .leftJoin(s, and(eq(s.forumId, m.forumId), eq(s.number, series!)))
    .leftJoin(e, and(eq(e.forumId, m.forumId), eq(e.thing, 'activity'), eq(e.number, number), isNull(e.withdrawnAt)))
    .where(and(eq(m.forumId, forumId), eq(m.number, createdBy)))
    .orderBy(asc(e.seq));
});
