import { and, asc, count, desc, eq, gte, inArray, isNull, lte, max, or } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { type Event, historyOf } from '../audit.ts';
import { dateIn } from '../calendar.ts';
import type { Reach } from '../source.ts';
import { type Issue, issuesInSight, mediatorsOf } from './store.ts';

/** The four questions of an after-action review. */
export const QUESTIONS = ['expected', 'happened', 'why', 'next'] as const;

/** Time before an issue was raised in which a warning counts as one of it, ms. */
const BEFORE_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;
/** Maximum number of warnings and of activities that a timeline names. */
const NAMED = 10;

/** A warning that was sent, and how far it came. */
export interface Warned {
  readonly at: Date;
  readonly text: string;
  readonly seen: number;
  /** Minutes until the last of those had seen it; null: nobody did. */
  readonly minutes: number | null;
}

/** Lists events around an issue besides its own steps, from a day before it was raised until it was resolved. */
export async function aroundIssue(db: Reader, issue: Issue, zone: string, now: Date) {
  const { announcements: a, sightings: s, activities: k, members: m } = db.tables;
  const { forumId } = issue;
  const from = new Date(issue.createdAt.getTime() - BEFORE_MS);
  const until = issue.resolvedAt ?? now;
  const sent = await db
    .select({ number: a.number, text: a.content, at: a.sentAt, seen: count(s.member), last: max(s.at) })
    .from(a)
    .leftJoin(s, and(eq(s.forumId, a.forumId), eq(s.announcement, a.number)))
    .where(and(eq(a.forumId, forumId), eq(a.urgency, 'early_warning'), gte(a.sentAt, from), lte(a.sentAt, until)))
    .groupBy(a.number, a.content, a.sentAt)
    .orderBy(asc(a.sentAt))
    .limit(NAMED);
  const warnings = sent.map(
    ({ text, at, seen, last }): Warned => ({
      at: at!,
      text,
      seen,
      minutes: last && Math.max(1, Math.ceil((last.getTime() - at!.getTime()) / MINUTE_MS)),
    }),
  );
  const activities = await db
    .select({ number: k.number, title: k.title, date: k.date })
    .from(k)
    .where(
      and(
        eq(k.forumId, forumId),
        inArray(k.kind, ['response', 'drill']),
        inArray(k.state, ['planned', 'done']),
        gte(k.date, dateIn(from, zone)),
        lte(k.date, dateIn(until, zone)),
      ),
    )
    .orderBy(asc(k.date), asc(k.number))
    .limit(NAMED);
  const [people] = await db
    .select({ n: count() })
    .from(m)
    .where(and(eq(m.forumId, forumId), isNull(m.forgottenAt)));
  return { warnings, activities, people: people?.n ?? 0 };
}

/** Maximum number of issues that are offered for a review. */
const OFFERED = 25;

/**
 * Lists the newest issues in whose timeline something stands that happened from one instant to another, as far as
 * somebody sees them; `isMore`: there are more.
 */
export async function issuesAround(
  reach: Reach,
  from: Date,
  until: Date,
): Promise<{ readonly issues: Issue[]; readonly isMore: boolean }> {
  const { issues: i } = reach.db.tables;
  const found = await reach.db
    .select()
    .from(i)
    .where(
      and(
        issuesInSight(reach),
        lte(i.createdAt, new Date(until.getTime() + BEFORE_MS)),
        or(isNull(i.resolvedAt), gte(i.resolvedAt, from)),
      ),
    )
    .orderBy(desc(i.number))
    .limit(OFFERED + 1);
  return { issues: found.slice(0, OFFERED), isMore: found.length > OFFERED };
}

/** Events of a review, which are no steps of the issue. */
const REVIEWING = ['issue.review_asked', 'issue.reviewed'];

export const isReviewing = ({ kind }: Pick<Event, 'kind'>): boolean => REVIEWING.includes(kind);

/** Tells whether those involved in an issue have been asked. */
export const wereAsked = async (db: Reader, { forumId, number }: Issue): Promise<boolean> =>
  (await historyOf(db, forumId, 'issue', number)).some(one => one.kind === 'issue.review_asked');

/** Returns what those involved have answered, the last of each, the oldest first. */
export async function answersOf(
  db: Reader,
  { forumId, number }: Issue,
): Promise<(Event & { readonly name: string | null })[]> {
  const events = await historyOf(db, forumId, 'issue', number);
  const answered = events.filter(one => one.kind === 'issue.reviewed');
  return [...new Map(answered.map(one => [one.member, one])).values()];
}

/**
 * Lists people who were involved in an issue and can be asked: its author, owner, mediators, and all who did anything
 * in it.
 */
export async function involvedIn(db: Reader, issue: Issue): Promise<number[]> {
  const { forumId, number, owner, raisedBy } = issue;
  const acted = (await historyOf(db, forumId, 'issue', number)).filter(one => !isReviewing(one)).map(one => one.member);
  const named = [owner, raisedBy, ...(await mediatorsOf(db, forumId, number)).map(one => one.number), ...acted];
  const { members: m } = db.tables;
  const numbers = [...new Set(named.filter(one => one !== null))];
  if (!numbers.length) return [];
  const rows = await db
    .select({ number: m.number })
    .from(m)
    .where(and(eq(m.forumId, forumId), inArray(m.number, numbers), isNull(m.forgottenAt)))
    .orderBy(asc(m.number));
  return rows.map(row => row.number);
}
