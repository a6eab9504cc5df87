import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Recurrence, SeriesTemplate } from '../../storage/schema/meetings.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { type Activity, addActivities } from '../activities.ts';
import { addDays, dayOfWeek, isWorkingDay } from '../calendar.ts';
import { nextNumber } from '../codes.ts';
import { invite } from '../engagement/attendance.ts';
import { rowByNumber } from '../numbered.ts';
import { lastDay } from '../slots.ts';
import { inviteMembers } from './invitees.ts';
import { datesOf } from './recurrence.ts';

export type Series = Tables['series']['$inferSelect'];
export type { Recurrence, SeriesTemplate };

/** Maximum number of occurrences that are made ahead. */
const AHEAD = 8;
/** Maximum number of dates in a row that may be left out as days off before no more are looked for. */
const LEFT_OUT = 400;

/** Describes what a series is begun with. */
export type SeriesData = Pick<
  Series,
  'recurrence' | 'holidays' | 'start' | 'last' | 'count' | 'time' | 'until' | 'zone' | 'template' | 'createdBy'
>;

export async function addSeries(tx: Tx, forumId: string, data: SeriesData, now: Date): Promise<Series> {
  const number = await nextNumber(tx, forumId, 'series');
  const [row] = await tx
    .insert(tx.tables.series)
    .values({ ...data, forumId, number, made: null, createdAt: now, changedAt: now })
    .returning();
  return row!;
}

export const seriesByNumber = (db: Reader, forumId: string, number: number): Promise<Series | null> =>
  rowByNumber(db, db.tables.series, forumId, number);

/** Changes a series; what is absent stays. */
export async function changeSeries(
  tx: Tx,
  one: Series,
  set: Partial<Pick<Series, 'last' | 'made' | 'template'>>,
  now: Date,
): Promise<Series> {
  const { series: s } = tx.tables;
  const isMade = Object.keys(set).join() === 'made';
  const [row] = await tx
    .update(s)
    // Making more of its occurrences is no change of the series.
    .set(isMade ? set : { ...set, sequence: one.sequence + 1, changedAt: now })
    .where(and(eq(s.forumId, one.forumId), eq(s.number, one.number)))
    .returning();
  return row!;
}

/** The occurrences of a series that were made, in the order of the dates that the series has for them. */
export async function occurrencesOf(
  db: Reader,
  one: Pick<Series, 'forumId' | 'number'>,
  from = '',
): Promise<Activity[]> {
  const { activities: a } = db.tables;
  return db
    .select()
    .from(a)
    .where(and(eq(a.forumId, one.forumId), eq(a.series, one.number), gte(a.slot, from)))
    .orderBy(asc(a.slot));
}

/** All dates of a series, days off among them, up to its end. */
export function* slotsOf({ recurrence, start, last, count }: SeriesData): Generator<string> {
  let n = 0;
  for (const date of datesOf(recurrence, start)) {
    if ((last !== null && date > last) || (count !== null && n >= count)) return;
    n++;
    yield date;
  }
}

/** Returns the day on which an occurrence takes place that the series has on a date; null: it is left out. */
export function dayFor(slot: string, holidays: Series['holidays'], off: ReadonlySet<string>): string | null {
  if (holidays === 'keep' || !off.has(slot)) return slot;
  if (holidays === 'skip') return null;
  // Meetings on weekends may move onto one.
  const isWeekend = dayOfWeek(slot) > 5;
  let day = addDays(slot, 1);
  while (isWeekend ? off.has(day) : !isWorkingDay(day, off)) day = addDays(day, 1);
  return day;
}

/**
 * Makes activities of the next dates of a series until eight lie ahead, counted from a date on, with their invitations.
 * Gives the series as it is then, and what was made.
 */
export async function makeAhead(
  tx: Tx,
  one: Series,
  { from, off }: { readonly from: string; readonly off: ReadonlySet<string> },
  now: Date,
): Promise<{ readonly series: Series; readonly made: readonly Activity[] }> {
  const there = await occurrencesOf(tx, one, from);
  const wanted: { slot: string; date: string }[] = [];
  let made = one.made;
  let leftOut = 0;
  for (const slot of slotsOf(one)) {
    if (one.made !== null && slot <= one.made) continue;
    if (there.length + wanted.length >= AHEAD || leftOut >= LEFT_OUT) break;
    const date = dayFor(slot, one.holidays, off);
    made = slot;
    if (date === null) leftOut++;
    else wanted.push({ slot, date });
  }
  if (made === one.made) return { series: one, made: [] };
  const { template: t } = one;
  const rows = wanted.map(({ slot, date }) => ({
    title: t.title,
    kind: t.kind,
    location: t.location,
    goal: t.goal,
    seats: t.seats,
    partners: t.partners,
    ...(t.area && { area: t.area }),
    participants: null,
    groups: null,
    result: null,
    state: 'planned' as const,
    cancelReason: null,
    createdBy: one.createdBy,
    date,
    slot,
    series: one.number,
    endDate: lastDay(one, date),
    time: one.time,
    until: one.until,
    zone: one.zone,
  }));
  const activities = await addActivities(tx, one.forumId, rows, now);
  for (const activity of activities) {
    await invite(tx, activity, t.invited);
    await inviteMembers(tx, activity, t.members);
  }
  return { series: await changeSeries(tx, one, { made }, now), made: activities };
}

/** Gives occurrences to another series, each with the date that it has there. */
export async function handOver(
  tx: Tx,
  to: Series,
  rows: readonly { activity: Activity; slot: string }[],
): Promise<void> {
  const { activities: a } = tx.tables;
  for (const { activity, slot } of rows)
    await tx
      .update(a)
      .set({ series: to.number, slot })
      .where(and(eq(a.forumId, to.forumId), eq(a.number, activity.number)));
}

/** Takes an occurrence out of its series: from then on it stands alone. */
export async function leaveSeries(tx: Tx, { forumId, number }: Activity): Promise<Activity> {
  const { activities: a } = tx.tables;
  const [row] = await tx
    .update(a)
    .set({ series: null, slot: null })
    .where(and(eq(a.forumId, forumId), eq(a.number, number)))
    .returning();
  return row!;
}

/** Series by their numbers. */
export async function seriesAmong(
  db: Reader,
  forumId: string,
  numbers: readonly number[],
): Promise<Map<number, Series>> {
  if (!numbers.length) return new Map();
  const { series: s } = db.tables;
  const rows = await db
    .select()
    .from(s)
    .where(and(eq(s.forumId, forumId), inArray(s.number, [...numbers])));
  return new Map(rows.map(row => [row.number, row]));
}
