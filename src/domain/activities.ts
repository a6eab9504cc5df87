import { and, asc, desc, eq, gte, inArray, lte, max, ne } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { searchWordsOf } from '../storage/words.ts';
import { newestWith, titled } from './activity-words.ts';
import { type Actor, isSelf } from './actor.ts';
import { type Area, withinArea } from './areas/area.ts';
import { codeOf, nextNumber, nextNumbers, PREFIX } from './codes.ts';
import { newestPage, type Page } from './page.ts';
import { actsFor } from './people.ts';
import { inserts } from './pieces.ts';
import type { Source } from './source.ts';

export type Activity = Tables['activities']['$inferSelect'];

/** Describes what people tell about an activity. */
export type ActivityData = Pick<
  Activity,
  'title' | 'kind' | 'date' | 'location' | 'participants' | 'groups' | 'goal' | 'result'
> &
  Partial<Pick<Activity, 'area' | 'endDate' | 'time' | 'until' | 'zone' | 'series' | 'slot' | 'seats' | 'code'>>;

/** Maximum of activities of which those are sought that somebody means while typing. */
const OFFERED = 50;

/** Time within which an entry may be undone, ms. */
const UNDO_MS = 10 * 60_000;

/** The forum's activities; what was undone is not found by name, only by its code. */
export const activitySource: Source<Activity> = {
  thing: 'activity',
  prefix: PREFIX.activity,
  code: row => codeOf('activity', row.number),
  label: row => row.title,
  byNumber: ({ db, forumId }, number) => activityByNumber(db, forumId, number),
  async named({ db, forumId, actor }, typed, limit, whole) {
    if (whole) return titled(db, forumId, typed, limit);
    const rows = typed
      ? await newestWith(db, forumId, typed, OFFERED)
      : (await listActivities(db, forumId, {}, OFFERED)).rows;
    const own = (row: Activity): number => (isSelf(actor, row.createdBy) ? 0 : 1);
    return rows.sort((a, b) => own(a) - own(b) || b.number - a.number).slice(0, limit);
  },
};

export async function activityByNumber(db: Reader, forumId: string, number: number): Promise<Activity | null> {
  const [row] = await numbered(db, { forumId, number });
  return row ?? null;
}

const numbered = prepared((db, at: { forumId: string; number: number }) => {
  const { activities } = db.tables;
  return db
    .select()
    .from(activities)
    .where(and(eq(activities.forumId, at.forumId), eq(activities.number, at.number)));
});

/** Folded words and nothing else: the two databases take other text apart each in its own way. */
export const searchText = (data: Pick<ActivityData, 'title' | 'result' | 'location'>): string =>
  searchWordsOf([data.title, data.result, data.location].filter(Boolean).join(' ')).join(' ');

/** Logs or plans an activity, with the partners involved. */
export async function addActivity(
  tx: Tx,
  forumId: string,
  data: ActivityData & { state: 'planned' | 'done'; createdBy: number; partners: readonly number[] },
  now: Date,
): Promise<Activity> {
  const { partners, ...columns } = data;
  const number = await nextNumber(tx, forumId, 'activity');
  const search = searchText(data);
  const [row] = await insertActivity(tx, { ...columns, forumId, number, cancelReason: null, search, createdAt: now });
  await addPartners(tx, forumId, number, partners);
  return row!;
}

const insertActivity = prepared((tx: Tx, row: Tables['activities']['$inferInsert']) =>
  tx.insert(tx.tables.activities).values(row).returning(),
);

/**
 * Enters many activities at once, with the partners involved; they get numbers in the order in which they are given.
 */
export async function addActivities(
  tx: Tx,
  forumId: string,
  all: readonly (ActivityData &
    Pick<Activity, 'state' | 'cancelReason' | 'createdBy'> & { readonly partners: readonly number[] })[],
  now: Date,
): Promise<Activity[]> {
  if (!all.length) return [];
  const { activities, activityPartners } = tx.tables;
  const first = await nextNumbers(tx, forumId, 'activity', all.length);
  const numbered = all.map((one, i) => ({ ...one, number: first + i }));
  const made: Activity[] = [];
  for (const piece of inserts(numbered)) {
    const rows = piece.map(({ partners: _, ...data }) => ({
      ...data,
      forumId,
      search: searchText(data),
      createdAt: now,
    }));
    made.push(...(await tx.insert(activities).values(rows).returning()));
  }
  const involved = numbered.flatMap(({ number, partners }) =>
    partners.map(partner => ({ forumId, activity: number, partner })),
  );
  for (const piece of inserts(involved)) await tx.insert(activityPartners).values([...piece]);
  return made.sort((x, y) => x.number - y.number);
}

/** Changes an activity; what is absent stays. */
export async function changeActivity(
  tx: Tx,
  activity: Activity,
  set: Partial<ActivityData & Pick<Activity, 'state' | 'cancelReason'>>,
  now: Date,
  partners?: readonly number[],
): Promise<Activity> {
  const { activities } = tx.tables;
  const { seq, ...rest } = activity;
  const [row] = await tx
    .update(activities)
    .set({ ...set, search: searchText({ ...rest, ...set }), sequence: activity.sequence + 1, changedAt: now })
    .where(and(eq(activities.forumId, activity.forumId), eq(activities.seq, seq)))
    .returning();
  if (partners) await setPartners(tx, activity.forumId, activity.number, partners);
  return row!;
}

async function setPartners(tx: Tx, forumId: string, activity: number, partners: readonly number[]): Promise<void> {
  const { activityPartners: of } = tx.tables;
  await tx.delete(of).where(and(eq(of.forumId, forumId), eq(of.activity, activity)));
  await addPartners(tx, forumId, activity, partners);
}

async function addPartners(tx: Tx, forumId: string, activity: number, partners: readonly number[]): Promise<void> {
  const { activityPartners: of } = tx.tables;
  if (partners.length) await tx.insert(of).values(partners.map(partner => ({ forumId, activity, partner })));
}

/** The partners involved in activities, by activity number. */
export async function partnersOf(
  db: Reader,
  forumId: string,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, { number: number; name: string }[]>> {
  const { activityPartners: of, partners } = db.tables;
  const found = new Map<number, { number: number; name: string }[]>();
  if (!numbers.length) return found;
  const rows = await db
    .select({ activity: of.activity, number: partners.number, name: partners.name })
    .from(of)
    .innerJoin(partners, and(eq(partners.forumId, of.forumId), eq(partners.number, of.partner)))
    .where(and(eq(of.forumId, forumId), inArray(of.activity, [...numbers])))
    .orderBy(asc(partners.folded));
  for (const { activity, ...partner } of rows) found.set(activity, [...(found.get(activity) ?? []), partner]);
  return found;
}

export interface ActivityFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly partner?: number | undefined;
  readonly goal?: number | undefined;
  /** Activities in this official area, and in the areas within it. */
  readonly area?: Area | undefined;
  /** The page after this activity: only earlier ones. */
  readonly before?: Pick<Activity, 'number'> | undefined;
}

/** One page of activities, the newest entry first, and whether there are more. Undone ones are left out. */
export async function listActivities(
  db: Reader,
  forumId: string,
  filter: ActivityFilter,
  limit: number,
): Promise<Page<Activity>> {
  const { activities, activityPartners: of } = db.tables;
  const ofPartner = (partner: number) =>
    inArray(
      activities.number,
      db
        .select({ n: of.activity })
        .from(of)
        .where(and(eq(of.forumId, forumId), eq(of.partner, partner))),
    );
  const where = and(
    eq(activities.forumId, forumId),
    ne(activities.state, 'undone'),
    filter.from === undefined ? undefined : gte(activities.date, filter.from),
    filter.to === undefined ? undefined : lte(activities.date, filter.to),
    filter.goal === undefined ? undefined : eq(activities.goal, filter.goal),
    filter.partner === undefined ? undefined : ofPartner(filter.partner),
    filter.area && withinArea(activities.area, filter.area),
  );
  return newestPage(db, activities, where, filter.before?.number, limit);
}

/** The activities that took place and were changed last, with when; so many at most, the last change first. */
export async function lastDone(
  db: Reader,
  forumId: string,
  limit: number,
): Promise<{ activity: Activity; at: Date }[]> {
  const { activities, events } = db.tables;
  const here = and(eq(activities.forumId, events.forumId), eq(activities.number, events.number));
  const last = max(events.seq);
  const rows = await db
    .select({ number: events.number, at: max(events.at) })
    .from(events)
    .innerJoin(activities, here)
    .where(and(eq(events.forumId, forumId), eq(events.thing, 'activity'), eq(activities.state, 'done')))
    .groupBy(events.number)
    .orderBy(desc(last))
    .limit(limit);
  const numbers = rows.map(row => row.number);
  const found = await db
    .select()
    .from(activities)
    .where(and(eq(activities.forumId, forumId), inArray(activities.number, numbers)));
  const by = new Map(found.map(row => [row.number, row]));
  return rows.flatMap(({ number, at }) => {
    const activity = by.get(number);
    return activity && at ? [{ activity, at }] : [];
  });
}

export type ActivityNo =
  | { readonly why: 'not_yours' }
  | { readonly why: 'over'; readonly code: string; readonly state: Activity['state'] }
  | { readonly why: 'too_late' };

/** Refuses people who may not add to an activity (that it took place, evidence, who came). */
export function mayAdd(actor: Actor, activity: Activity, partners: readonly number[]): ActivityNo | null {
  const no = mayChange(actor, activity, partners);
  return no?.why === 'not_yours' && partners.includes(actor.seat?.partner ?? 0) ? null : no;
}

/** Refuses all but an activity's author, those who speak for a partner involved, and coordinators. */
export function mayChange(actor: Actor, activity: Activity, partners: readonly number[]): ActivityNo | null {
  const over = activity.state === 'cancelled' || activity.state === 'undone';
  if (over) return { why: 'over', code: codeOf('activity', activity.number), state: activity.state };
  const speaks = actor.coordinator || partners.some(partner => actsFor(actor, partner));
  return isSelf(actor, activity.createdBy) || speaks ? null : { why: 'not_yours' };
}

/** An entry may be undone by its author, within ten minutes. */
export function mayUndo(actor: Actor, activity: Activity, now: Date): ActivityNo | null {
  if (!isSelf(actor, activity.createdBy)) return { why: 'not_yours' };
  if (activity.state === 'cancelled' || activity.state === 'undone')
    return { why: 'over', code: codeOf('activity', activity.number), state: activity.state };
  return now.getTime() - activity.createdAt.getTime() > UNDO_MS ? { why: 'too_late' } : null;
}
