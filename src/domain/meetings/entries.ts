import { and, asc, eq, gte, inArray, ne } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import type { Activity } from '../activities.ts';
import { grouped } from '../grouped.ts';
import { pieces } from '../pieces.ts';
import { type Series, seriesAmong } from './series.ts';

/** Describes what a calendar says of an activity. */
export type Entry = Pick<
  Activity,
  | 'forumId'
  | 'number'
  | 'title'
  | 'location'
  | 'date'
  | 'endDate'
  | 'time'
  | 'until'
  | 'zone'
  | 'series'
  | 'slot'
  | 'state'
  | 'cancelReason'
  | 'sequence'
  | 'changedAt'
  | 'createdAt'
>;

/** Describes what stands in a calendar: activities alone, and series with all their occurrences. */
export interface Entries {
  readonly activities: readonly Entry[];
  readonly series: readonly (readonly [Series, readonly Entry[]])[];
}

/** All that a forum planned and did, but what was undone. */
export async function forumEntries(db: Reader, forumId: string): Promise<Entries> {
  const { activities: a } = db.tables;
  // A forum of many years has thousands: only what a calendar says is read, row after row.
  const query = db
    .select({
      ...{ forumId: a.forumId, number: a.number, title: a.title, location: a.location, date: a.date },
      ...{ endDate: a.endDate, time: a.time, until: a.until, zone: a.zone, series: a.series, slot: a.slot },
      ...{ state: a.state, cancelReason: a.cancelReason, sequence: a.sequence },
      ...{ changedAt: a.changedAt, createdAt: a.createdAt },
    })
    .from(a)
    .where(and(eq(a.forumId, forumId), ne(a.state, 'undone')))
    .orderBy(asc(a.number));
  const rows: Entry[] = [];
  await db.each(query, row => void rows.push(row));
  const bySeries = grouped(
    rows.filter(one => one.series !== null),
    one => one.series!,
  );
  const known = await seriesAmong(db, forumId, [...bySeries.keys()]);
  return {
    activities: rows.filter(one => one.series === null),
    series: [...bySeries].flatMap(([number, all]) => {
      const found = known.get(number);
      return found ? [[found, [...all].sort((a, b) => (a.slot! < b.slot! ? -1 : 1))] as const] : [];
    }),
  };
}

/**
 * Lists meetings that a person is invited to and does not stay away from, from a date on: by themselves, else through
 * the partner for which they sit.
 */
export async function ownEntries(
  db: Reader,
  forumId: string,
  who: { readonly members: readonly number[]; readonly partner: number | null; readonly from: string },
): Promise<readonly Activity[]> {
  const { activities: a, attendances: at, invitees: i } = db.tables;
  const own = await db
    .select({ number: a.number, answer: i.answer })
    .from(i)
    .innerJoin(a, and(eq(a.forumId, i.forumId), eq(a.number, i.activity)))
    .where(and(eq(i.forumId, forumId), inArray(i.member, [...who.members]), gte(a.date, who.from)));
  const through = await db
    .select({ number: a.number, answer: at.answer })
    .from(at)
    .innerJoin(a, and(eq(a.forumId, at.forumId), eq(a.number, at.activity)))
    .where(and(eq(at.forumId, forumId), eq(at.partner, who.partner ?? 0), gte(a.date, who.from)));
  const answers = new Map([...through, ...own].map(one => [one.number, one.answer]));
  const numbers = [...answers].filter(([, answer]) => answer !== 'no').map(([number]) => number);
  const found: Activity[] = [];
  for (const piece of pieces(numbers))
    found.push(
      ...(await db
        .select()
        .from(a)
        .where(and(eq(a.forumId, forumId), ne(a.state, 'undone'), inArray(a.number, [...piece])))),
    );
  return found.sort((x, y) => x.number - y.number);
}
