import { and, asc, between, eq, or } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { addDays } from '../calendar.ts';
import { grouped } from '../grouped.ts';
import { dimensionsOf } from '../groups/dimensions.ts';
import { approvalOf, isCounted } from '../money/counted.ts';
import type { Fill, Log } from './fill.ts';
import type { Filling } from './filling.ts';

/** Times that touch or overlap become one: the record is read once, however many of them lie in it. */
function merged(times: readonly Filling['time'][]): { start: string; end: string }[] {
  const found: { start: string; end: string }[] = [];
  for (const { start, end } of [...times].sort((a, b) => (a.start < b.start ? -1 : 1))) {
    const last = found.at(-1);
    if (!last || start > addDays(last.end, 1)) found.push({ start, end });
    else if (end > last.end) last.end = end;
  }
  return found;
}

/**
 * Reads the record's figures of some times, as far as these fills ask for it: in four statements at most, however
 * many indicators fill themselves. Nothing of other times is read.
 */
export async function readLog(
  db: Reader,
  forumId: string,
  wanted: readonly Pick<Filling, 'fill' | 'time'>[],
): Promise<Log> {
  const spansOf = (from: Fill['from']) => merged(wanted.filter(one => one.fill.from === from).map(one => one.time));
  return {
    activities: await activitiesIn(db, forumId, spansOf('activities')),
    entries: await entriesIn(db, forumId, spansOf('money')),
    dimensions: wanted.length ? await dimensions(db, forumId) : [],
  };
}

type Spans = readonly { readonly start: string; readonly end: string }[];

async function activitiesIn(db: Reader, forumId: string, spans: Spans): Promise<Log['activities']> {
  if (!spans.length) return [];
  const { activities: a, activityPartners: of } = db.tables;
  const isWithin = and(
    eq(a.forumId, forumId),
    eq(a.state, 'done'),
    or(...spans.map(({ start, end }) => between(a.date, start, end))),
  );
  const { number, title, kind, date, endDate, time, until, location, area, goal, participants, groups } = a;
  const rows = await db
    .select({ number, title, kind, date, endDate, time, until, location, area, goal, participants, groups })
    .from(a)
    .where(isWithin)
    .orderBy(asc(a.date), asc(a.number));
  const involved = await db
    .select({ activity: of.activity, partner: of.partner })
    .from(a)
    .innerJoin(of, and(eq(of.forumId, a.forumId), eq(of.activity, a.number)))
    .where(isWithin)
    .orderBy(asc(of.activity), asc(of.partner));
  const by = grouped(involved, row => row.activity);
  return rows.map(row => ({ ...row, partners: (by.get(row.number) ?? []).map(one => one.partner) }));
}

async function entriesIn(db: Reader, forumId: string, spans: Spans): Promise<Log['entries']> {
  if (!spans.length) return [];
  const { entries: e, ledgerLines: l, activities: a } = db.tables;
  const { number, direction, amount, date, partner, purpose } = e;
  return db
    .select({
      ...{ number, direction, amount, date, partner, purpose },
      activity: { kind: a.kind, goal: a.goal, area: a.area },
    })
    .from(e)
    .leftJoin(l, approvalOf(db.tables))
    .leftJoin(a, and(eq(a.forumId, e.forumId), eq(a.number, e.activity)))
    .where(
      and(
        eq(e.forumId, forumId),
        isCounted(db.tables),
        or(...spans.map(({ start, end }) => between(e.date, start, end))),
      ),
    )
    .orderBy(asc(e.date), asc(e.number));
}

async function dimensions(db: Reader, forumId: string): Promise<Log['dimensions']> {
  const { forums } = db.tables;
  const [row] = await db.select({ settings: forums.settings }).from(forums).where(eq(forums.id, forumId));
  return dimensionsOf(row?.settings);
}
