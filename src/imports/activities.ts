import { and, asc, eq, gte, lte, ne } from 'drizzle-orm';
import { type Activity, activityByNumber, addActivities, changeActivity, partnersOf } from '../domain/activities.ts';
import { isSameCounts, type TooMany, tooMany, wholeOf, withCounts } from '../domain/groups/counts.ts';
import { decimalOf } from '../domain/indicators/fraction.ts';
import { isNear, nameKey } from '../domain/near.ts';
import type { Messages } from '../language/messages.ts';
import { formatNumber } from '../language/numbers.ts';
import { ACTIVITY_WORDS } from '../language/synonyms.ts';
import type { Text } from '../language/text.ts';
import { activityReminders } from '../schedule/engagement.ts';
import { moveMinutesEnd } from '../schedule/minutes.ts';
import { ACTIVITY_KINDS } from '../storage/schema/activities.ts';
import { dimensionName } from '../views/groups.ts';
import { areaReader } from './areas.ts';
import { knownGoals } from './goals.ts';
import { textOf } from './grid.ts';
import { groupsIn } from './groups.ts';
import { asBefore, defined, differing, Judge, pairsOf } from './judge.ts';
import { knownPartners } from './partners.ts';
import type { ImportContext, KindOfImport, Written } from './plan.ts';
import { type Row, wordsFor } from './row.ts';

const STATES = ['planned', 'done', 'cancelled'] as const;
type Data = Pick<
  Activity,
  | 'title'
  | 'kind'
  | 'date'
  | 'location'
  | 'area'
  | 'participants'
  | 'groups'
  | 'goal'
  | 'result'
  | 'state'
  | 'cancelReason'
>;

export interface ActivityWrite {
  readonly number: number | null;
  readonly set: Partial<Data>;
  /** Null: they stay as they are. */
  readonly partners: readonly number[] | null;
}

/** Returns what stands in the record on the days that a file names, by the day. */
async function standing({ db, forumId }: ImportContext, dates: readonly string[]): Promise<Map<string, Activity[]>> {
  const found = new Map<string, Activity[]>();
  const [from, to] = [dates.at(0), dates.at(-1)];
  if (from === undefined || to === undefined) return found;
  const { activities: a } = db.tables;
  const where = and(eq(a.forumId, forumId), ne(a.state, 'undone'), gte(a.date, from), lte(a.date, to));
  const wanted = new Set(dates);
  for (const one of await db.select().from(a).where(where).orderBy(asc(a.number)))
    if (wanted.has(one.date)) found.set(one.date, [...(found.get(one.date) ?? []), one]);
  return found;
}

/** Says which groups do not add up to the whole. */
const tooManyText = (m: Messages, { locale }: ImportContext, { dimension, sum }: TooMany, whole: number): Text =>
  m.groups.tooMany({
    dimension: dimensionName(m, dimension.key),
    sum: formatNumber(decimalOf(sum, 0), locale),
    whole: formatNumber(whole, locale),
  });

const placeKey = (place: string | null | undefined): string => (place ? nameKey(place) : '');
const sameTitle = (title: string) => (one: Activity) => nameKey(one.title) === nameKey(title);

export const activities: KindOfImport<ActivityWrite> = {
  needed: [['title'], ['date']],
  numbers: ['participants', 'women'],
  dates: ['date'],
  async plan(services, rows) {
    const { db, forumId, catalogues, today } = services;
    const partners = await knownPartners(db, forumId);
    const goals = await knownGoals(db, forumId);
    const kinds = wordsFor(ACTIVITY_KINDS, catalogues, m => m.activity.kinds, ACTIVITY_WORDS);
    const states = wordsFor(STATES, catalogues, m => m.activity.states);
    const areaIn = await areaReader(rows);
    const read = rows.map(row => {
      const title = row.need('title', row.line('title', 200));
      const date = row.need('date', row.date('date'));
      const stated = row.choice('state', states, m => m.activity.states);
      const set: Partial<Data> = defined({
        state: stated,
        kind: row.choice('kind', kinds, m => m.activity.kinds),
        location: row.line('location', 200),
        area: areaIn(row),
        participants: row.whole('participants'),
        groups: groupsIn(row, services),
        result: row.text('result', 3000),
        goal: goalIn(row, goals),
        cancelReason: stated === 'cancelled' ? (row.text('reason', 500) ?? '–') : undefined,
      });
      if (stated === 'done' && date !== undefined && date > today) row.fault('date', m => m.imports.why.future);
      return { row, title, date, set, partners: partnersIn(row, partners), code: textOf(row.cell('code')) };
    });
    const dates = [...new Set(read.flatMap(one => one.date ?? []))].sort();
    const there = await standing(services, dates);
    const involved = await involvedIn(services, [...there.values()].flat());
    const judge = new Judge<ActivityWrite>();
    for (const { row, title, date, set, partners: named, code } of read) {
      const over = tooMany(set.groups ?? null, set.participants ?? null, services.dimensions);
      if (over)
        row.fault(row.cell('women') === null ? 'participants' : 'women', m =>
          tooManyText(m, services, over, set.participants!),
        );
      if (judge.wrong(row, title) || title === undefined || date === undefined) continue;
      const label = `${date} ${title}`;
      if (judge.repeated(row, label, `${date}|${nameKey(title)}|${placeKey(set.location)}|${code}`)) continue;
      const onDay = there.get(date) ?? [];
      const called = onDay.filter(sameTitle(title));
      const found =
        called.find(one => placeKey(one.location) === placeKey(set.location)) ?? (set.location ? undefined : called[0]);
      if (found) {
        const groups = set.groups && withCounts(found.groups, set.groups);
        const isOther = groups && !isSameCounts(groups, found.groups);
        const changes = differing<Data>(found, { ...set, groups: isOther ? groups : undefined });
        const most = changes.participants ?? found.participants;
        const many = tooMany(changes.groups ?? found.groups, most, services.dimensions);
        const before = involved.get(found.number) ?? [];
        const others = named && !isSameSet(named, before) ? named : null;
        const fields = [...Object.keys(changes), ...(others ? ['partners'] : [])];
        if (!fields.length) judge.same(row, label);
        else if (found.state === 'cancelled')
          judge.doubtful(row, label, null, m => m.imports.why.closed({ name: found.title }));
        else if (many) judge.doubtful(row, label, 'participants', m => tooManyText(m, services, many, most!));
        else judge.change(row, label, { number: found.number, set: changes, partners: others }, fields);
        continue;
      }
      const near = onDay.find(one => isNear(one.title, title));
      if (near) judge.doubtful(row, label, 'title', m => m.imports.why.near({ name: near.title }));
      else {
        const state = set.state ?? (date > today ? 'planned' : 'done');
        const counted = set.groups ? wholeOf(set.groups, services.dimensions) : null;
        const participants = set.participants ?? counted ?? undefined;
        const all = defined({ ...set, participants, title, date, state });
        judge.make(row, label, { number: null, set: all, partners: named ?? [] });
      }
    }
    return judge.rows;
  },
  async apply({ tx, forumId, now, zone, by }, rows) {
    const made = rows.filter(one => one.write!.number === null).map(one => one.write!);
    const added = await addActivities(
      tx,
      forumId,
      made.map(({ set, partners }) => ({
        title: '',
        kind: 'other',
        state: 'done',
        date: '',
        location: null,
        area: null,
        participants: null,
        groups: null,
        goal: null,
        result: null,
        cancelReason: null,
        ...set,
        createdBy: by.member,
        partners: partners ?? [],
      })),
      now,
    );
    const written: Written[] = added.map((activity, i) => ({
      thing: 'activity',
      number: activity.number,
      before: null,
      after: { ...made[i]!.set },
      event: { kind: activity.state === 'planned' ? 'activity.planned' : 'activity.logged', data: {} },
      planned: activity.state === 'planned' ? activityReminders(activity, zone, now) : [],
    }));
    for (const { write } of rows)
      if (write!.number !== null) written.push(await changed(tx, forumId, write!, zone, now));
    return written;
  },
};

async function changed(
  tx: Parameters<typeof changeActivity>[0],
  forumId: string,
  { number, set, partners }: ActivityWrite,
  zone: string,
  now: Date,
): Promise<Written> {
  const before = (await activityByNumber(tx, forumId, number!))!;
  const old = ((await partnersOf(tx, forumId, [before.number])).get(before.number) ?? []).map(one => one.number);
  const entered = await changeActivity(tx, before, set, now, partners ?? undefined);
  const after = await moveMinutesEnd(tx, entered, zone, now);
  const pairs = { ...pairsOf<Data>(before, set), ...(partners && { partners: { from: old, to: partners } }) };
  return {
    thing: 'activity',
    number: before.number,
    before: { ...asBefore<Data>(before, set), ...(partners && { partners: old }) },
    after: { ...set, ...(partners && { partners }) },
    event: { kind: 'activity.changed', data: { changed: pairs } },
    planned: after.state === 'planned' ? activityReminders(after, zone, now) : [],
  };
}

const isSameSet = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every(n => other.includes(n));

async function involvedIn(
  { db, forumId }: ImportContext,
  all: readonly Activity[],
): Promise<ReadonlyMap<number, readonly number[]>> {
  const found = new Map<number, number[]>();
  for (let i = 0; i < all.length; i += 500) {
    const numbers = all.slice(i, i + 500).map(one => one.number);
    for (const [number, partners] of await partnersOf(db, forumId, numbers))
      found.set(
        number,
        partners.map(one => one.number),
      );
  }
  return found;
}

/** The partners that a cell names; a fault where one of them is not known. Undefined: it names none. */
export function partnersIn(
  row: Row,
  known: Awaited<ReturnType<typeof knownPartners>>,
  field = 'partners',
): number[] | undefined {
  const cell = row.cell(field);
  if (cell === null) return undefined;
  const { found, unknown } = known.several(textOf(cell));
  for (const name of unknown) row.fault(field, m => m.imports.why.unknownPartner({ name }));
  return found.map(one => one.number);
}

/** The goal that a cell names; a fault where it is not known. */
export function goalIn(row: Row, known: Awaited<ReturnType<typeof knownGoals>>): number | undefined {
  const name = row.named('goal');
  if (name === null) return undefined;
  return known.meant(name)?.number ?? row.fault('goal', m => m.imports.why.unknownGoal({ name }));
}
