import { and, asc, desc, eq, isNotNull, isNull, lt, max, or } from 'drizzle-orm';
import type { AgendaPoint } from '../storage/schema/activities.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { Activity } from './activities.ts';
import { endOf } from './slots.ts';

export type MinuteLine = Tables['minutes']['$inferSelect'];
export type MinuteKind = MinuteLine['kind'];

/** Time in which minutes may be corrected, from their first line on, ms. */
const CORRECTED_MS = 7 * 86_400_000;
/** Maximum number of points of an agenda. */
export const MAXIMUM_POINTS = 30;

async function changeRow(
  tx: Tx,
  { forumId, number }: Activity,
  set: Partial<Pick<Activity, 'agenda' | 'minutesUntil'>>,
): Promise<Activity> {
  const { activities: a } = tx.tables;
  const [row] = await tx
    .update(a)
    .set(set)
    .where(and(eq(a.forumId, forumId), eq(a.number, number)))
    .returning();
  return row!;
}

/** Adds a point to the end of an agenda; null: it is full. */
export async function addPoint(tx: Tx, activity: Activity, text: string): Promise<Activity | null> {
  const points = activity.agenda ?? [];
  if (points.length >= MAXIMUM_POINTS) return null;
  const item = Math.max(0, ...points.map(one => one.item)) + 1;
  return changeRow(tx, activity, { agenda: [...points, { item, text }] });
}

/**
 * Orders an agenda: the points of these numbers first, in this order, then the others as they were; `without` are taken
 * off it. Null: there is no point of one of the numbers.
 */
export async function orderPoints(
  tx: Tx,
  activity: Activity,
  first: readonly number[],
  without: readonly number[],
): Promise<Activity | null> {
  const points = activity.agenda ?? [];
  const byItem = new Map(points.map(one => [one.item, one]));
  if ([...first, ...without].some(item => !byItem.has(item))) return null;
  const rest = points.filter(one => !first.includes(one.item));
  const ordered = [...new Set(first)].map((item): AgendaPoint => byItem.get(item)!);
  return changeRow(tx, activity, { agenda: [...ordered, ...rest].filter(one => !without.includes(one.item)) });
}

/** The lines of minutes that hold, in their order. */
export async function minutesOf(db: Reader, { forumId, number }: Activity): Promise<MinuteLine[]> {
  const { minutes: m } = db.tables;
  return db
    .select()
    .from(m)
    .where(and(eq(m.forumId, forumId), eq(m.activity, number), isNull(m.withdrawnAt)))
    .orderBy(asc(m.line));
}

/** Tells whether minutes are kept for good, and nothing about them can be changed any more. */
export const areKept = ({ minutesUntil }: Pick<Activity, 'minutesUntil'>, now: Date): boolean =>
  minutesUntil !== null && minutesUntil <= now;

/**
 * Opens the minutes of an activity for correction, from now on, or from its end where they are begun before that; what
 * is open stays so until its own end. `zone`: the forum's.
 */
export async function openMinutes(tx: Tx, activity: Activity, zone: string, now: Date): Promise<Activity> {
  if (activity.minutesUntil) return activity;
  const from = Math.max(now.getTime(), endOf(activity, zone).getTime());
  return changeRow(tx, activity, { minutesUntil: new Date(from + CORRECTED_MS) });
}

/**
 * Keeps minutes that are open so until the time for corrections after the end of an activity that has moved; moving it
 * forward takes none of that time away. Gives the same activity back where nothing changes.
 */
export async function extendMinutes(tx: Tx, activity: Activity, zone: string, now: Date): Promise<Activity> {
  const { minutesUntil } = activity;
  if (!minutesUntil || areKept(activity, now)) return activity;
  const until = new Date(endOf(activity, zone).getTime() + CORRECTED_MS);
  return until > minutesUntil ? changeRow(tx, activity, { minutesUntil: until }) : activity;
}

/** Describes what a line of minutes says. */
export type Said = Pick<MinuteLine, 'kind' | 'content'>;

/** Adds lines to the end of minutes. */
export async function addLines(
  tx: Tx,
  { forumId, number }: Activity,
  lines: readonly Said[],
  writtenBy: number,
  now: Date,
): Promise<void> {
  if (!lines.length) return;
  const { minutes: m } = tx.tables;
  const [last] = await tx
    .select({ line: max(m.line) })
    .from(m)
    .where(and(eq(m.forumId, forumId), eq(m.activity, number)));
  const first = (last?.line ?? 0) + 1;
  await tx.insert(m).values(
    lines.map((one, i) => ({
      ...one,
      forumId,
      activity: number,
      line: first + i,
      writtenBy,
      at: now,
      withdrawnAt: null,
    })),
  );
}

/** Corrects a line, or takes it out (`said` null); what it said stays in the record. False: there is no such line. */
export async function correctLine(
  tx: Tx,
  { forumId, number }: Activity,
  line: number,
  said: Said | null,
  writtenBy: number,
  now: Date,
): Promise<boolean> {
  const { minutes: m } = tx.tables;
  const gone = await tx
    .update(m)
    .set({ withdrawnAt: now })
    .where(and(eq(m.forumId, forumId), eq(m.activity, number), eq(m.line, line), isNull(m.withdrawnAt)))
    .returning({ seq: m.seq });
  if (!gone.length) return false;
  if (said)
    await tx.insert(m).values({ ...said, forumId, activity: number, line, writtenBy, at: now, withdrawnAt: null });
  return true;
}

/**
 * Activities of before that the same minutes would go on from, the last one first: of the same series, or drills. Only
 * those that have minutes.
 */
export async function minutesBefore(db: Reader, activity: Activity): Promise<Pick<Activity, 'number' | 'title'>[]> {
  if (activity.series === null && activity.kind !== 'drill') return [];
  const { activities: a } = db.tables;
  const same = activity.series === null ? eq(a.kind, 'drill') : eq(a.series, activity.series);
  return db
    .select({ number: a.number, title: a.title })
    .from(a)
    .where(
      and(
        eq(a.forumId, activity.forumId),
        same,
        isNotNull(a.minutesUntil),
        or(lt(a.date, activity.date), and(eq(a.date, activity.date), lt(a.number, activity.number))),
      ),
    )
    .orderBy(desc(a.date), desc(a.number))
    .limit(1);
}
