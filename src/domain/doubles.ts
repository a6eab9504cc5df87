import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { type Activity, changeActivity } from './activities.ts';
import { tooMany } from './groups/counts.ts';
import type { Dimension } from './groups/dimensions.ts';
import { isNear, isSamePlace, nameKey } from './near.ts';

/** Describes what tells whether two activities of one day are the same. */
export type Likeness = Pick<Activity, 'title' | 'kind' | 'location' | 'time'> & {
  readonly partners: readonly number[];
};

/** Shortest word of a title that says what it is about, characters. */
const TELLING = 4;

/**
 * Whether two activities of one day may be one that was logged twice: they are called nearly the same, or are of one kind
 * at one place by the same partners and share a word of their titles. Another place or hour makes them two.
 */
export function mayBeSame(one: Likeness, other: Likeness): boolean {
  if (one.time !== null && other.time !== null && one.time !== other.time) return false;
  const bothPlaced = one.location !== null && other.location !== null;
  if (bothPlaced && !isSamePlace(one.location, other.location)) return false;
  if (isNear(one.title, other.title)) return true;
  const digits = (title: string): string => title.replace(/\D/g, '');
  const shared = nameKey(one.title)
    .split(' ')
    .some(word => word.length >= TELLING && nameKey(other.title).split(' ').includes(word));
  const isSameSet =
    one.partners.length > 0 &&
    one.partners.length === other.partners.length &&
    one.partners.every(partner => other.partners.includes(partner));
  return bothPlaced && isSameSet && one.kind === other.kind && shared && digits(one.title) === digits(other.title);
}

/** Maximum of a day's activities that a new one is held against. */
const LOOKED_AT = 300;

const onDay = prepared((db, { forumId, date, number }: Pick<Activity, 'forumId' | 'date' | 'number'>) => {
  const { activities: a, activityPartners: of } = db.tables;
  return db
    .select({ activity: a, partner: of.partner })
    .from(a)
    .leftJoin(of, and(eq(of.forumId, a.forumId), eq(of.activity, a.number)))
    .where(and(eq(a.forumId, forumId), eq(a.date, date), lt(a.number, number), inArray(a.state, ['planned', 'done'])))
    .orderBy(desc(a.number))
    .limit(LOOKED_AT);
});

/** An earlier activity of the same day that may be the same; asked in one statement. */
export async function doubleOf(db: Reader, activity: Activity, partners: readonly number[]): Promise<Activity | null> {
  const { forumId, date, number } = activity;
  const found = new Map<number, { activity: Activity; partners: number[] }>();
  for (const row of await onDay(db, { forumId, date, number })) {
    const one = found.get(row.activity.number) ?? { activity: row.activity, partners: [] };
    found.set(row.activity.number, one);
    if (row.partner !== null) one.partners.push(row.partner);
  }
  const own = { ...activity, partners };
  const twin = [...found.values()].find(one => mayBeSame(own, { ...one.activity, partners: one.partners }));
  return twin?.activity ?? null;
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
