import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Reader, Tx } from '../storage/store.ts';
import { together } from '../storage/together.ts';
import { type Activity, activityByNumber, changeActivity } from './activities.ts';
import { tooMany } from './groups/counts.ts';
import type { Dimension } from './groups/dimensions.ts';
import { isNear, isSamePlace, nameDigits, nameWords } from './near.ts';

/** Describes what tells whether two activities of one day are the same. */
export type Likeness = Pick<Activity, 'title' | 'kind' | 'location' | 'time'> & {
  readonly partners: readonly number[];
};

/** Minimum length of a word of a title that says what it is about, characters. */
const TELLING = 4;

/**
 * Tells whether two activities of one day may be one that was logged twice: they are called nearly the same, or are of
 * one kind at one place by the same partners and share a word of their titles. Another place or hour makes them two.
 */
export function mayBeSame(one: Likeness, other: Likeness): boolean {
  const alike = likeness(one, other);
  return alike === 'by the same' ? isSameSet(one.partners, other.partners) : alike === 'anyhow';
}

type Told = Omit<Likeness, 'partners'>;

/** Tells whether two may be the same no matter who took part, or only if the same partners did. */
function likeness(one: Told, other: Told): 'anyhow' | 'by the same' | null {
  if (one.time !== null && other.time !== null && one.time !== other.time) return null;
  const bothPlaced = one.location !== null && other.location !== null;
  if (bothPlaced && !isSamePlace(one.location, other.location)) return null;
  if (isNear(one.title, other.title)) return 'anyhow';
  if (!bothPlaced || one.kind !== other.kind) return null;
  if (nameDigits(one.title) !== nameDigits(other.title)) return null;
  const words = nameWords(other.title);
  const share = nameWords(one.title).some(word => word.length >= TELLING && words.includes(word));
  return share ? 'by the same' : null;
}

const isSameSet = (ones: readonly number[], others: readonly number[]): boolean =>
  ones.length > 0 && ones.length === others.length && ones.every(one => others.includes(one));

/** Maximum of a day's activities that a new one is held against. */
const LOOKED_AT = 300;

/** Reads them as one text: a day's activities in a large forum are many, and most are called otherwise. */
const onDay = together((db, { forumId, date, number }: Pick<Activity, 'forumId' | 'date' | 'number'>) => {
  const { activities: a } = db.tables;
  const rows = db
    .select({ number: a.number, title: a.title, kind: a.kind, location: a.location, time: a.time })
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.date, date), lt(a.number, number), inArray(a.state, ['planned', 'done'])))
    .orderBy(desc(a.number))
    .limit(LOOKED_AT);
  return [rows];
});

/** An earlier activity of the same day that may be the same. One statement says that there is none, as on most days. */
export async function doubleOf(db: Reader, activity: Activity, partners: readonly number[]): Promise<Activity | null> {
  const { forumId } = activity;
  const [others] = await onDay(db, activity);
  const alike = others.filter(row => likeness(activity, row) !== null);
  if (!alike.length) return null;
  const own = { ...activity, partners };
  const { activityPartners: of } = db.tables;
  const numbers = alike.map(row => row.number);
  const rows = await db
    .select({ activity: of.activity, partner: of.partner })
    .from(of)
    .where(and(eq(of.forumId, forumId), inArray(of.activity, numbers)));
  const partnersOf = (number: number) => rows.filter(row => row.activity === number).map(row => row.partner);
  const twin = alike.find(row => mayBeSame(own, { ...row, partners: partnersOf(row.number) }));
  return twin ? activityByNumber(db, forumId, twin.number) : null;
}

const FILLED = ['location', 'goal', 'result', 'area'] as const;

/** Returns what the activity that stays takes over of the other one: what nobody had said of it. Numbers count once. */
function takenOver(kept: Activity, gone: Activity, dimensions: readonly Dimension[]): Partial<Activity> {
  const blank = FILLED.filter(field => kept[field] === null && gone[field] !== null);
  const set: Partial<Activity> = Object.fromEntries(blank.map(field => [field, gone[field]]));
  const participants = kept.participants ?? gone.participants;
  // Groups are of the whole beside which they were counted.
  const isOneWhole =
    kept.participants === null || gone.participants === null || kept.participants === gone.participants;
  const groups = kept.groups ?? (isOneWhole ? gone.groups : null);
  return {
    ...set,
    ...(kept.state === 'planned' && gone.state === 'done' && { state: 'done' as const }),
    ...(tooMany(groups, participants, dimensions)
      ? {}
      : {
          ...(kept.participants === null && participants !== null && { participants }),
          ...(kept.groups === null && groups !== null && { groups }),
        }),
  };
}

/**
 * Makes two activities one: the earlier stays, with the partners and evidence of both, and with what only the other one
 * told. The other one is undone.
 */
export async function joinActivities(
  tx: Tx,
  kept: Activity,
  gone: Activity,
  partners: readonly number[],
  dimensions: readonly Dimension[],
  now: Date,
): Promise<{ readonly kept: Activity; readonly set: Partial<Activity> }> {
  const set = takenOver(kept, gone, dimensions);
  const { evidence: e } = tx.tables;
  const joined = await changeActivity(tx, kept, set, now, partners);
  await tx
    .update(e)
    .set({ number: kept.number })
    .where(and(eq(e.forumId, kept.forumId), eq(e.thing, 'activity'), eq(e.number, gone.number)));
  await changeActivity(tx, gone, { state: 'undone' }, now);
  return { kept: joined, set };
}
