import { and, asc, eq, inArray, isNull, notInArray } from 'drizzle-orm';
import { once, question } from '../../storage/once.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { rowByNumber } from '../numbered.ts';
import { holdsWords, type Source, shortestFirst } from '../source.ts';
import type { Indicator } from './row.ts';
import { termsIn } from './terms.ts';

export type Responsible = Tables['indicatorPartners']['$inferSelect'];

/** Partner number of a report for the forum as a whole. */
export const WHOLE = 0;

/** The forum's indicators; those of the actor's partner come first. */
export const indicatorSource: Source<Indicator> = {
  thing: 'indicator',
  prefix: PREFIX.indicator,
  code: row => codeOf('indicator', row.number),
  label: row => row.name,
  byNumber: ({ db, forumId }, number) => indicatorByNumber(db, forumId, number),
  async named({ db, forumId, actor }, typed, limit, whole) {
    const { indicators, indicatorPartners: of } = db.tables;
    const found = await db
      .select()
      .from(indicators)
      .where(and(eq(indicators.forumId, forumId), isNull(indicators.retiredAt), holdsWords(indicators.folded, typed)))
      .orderBy(...shortestFirst(indicators.folded, whole), asc(indicators.number))
      .limit(200);
    if (!actor.seat) return found.slice(0, limit);
    const mine = await db
      .select({ indicator: of.indicator })
      .from(of)
      .where(and(eq(of.forumId, forumId), eq(of.partner, actor.seat.partner)));
    const own = new Set(mine.map(row => row.indicator));
    return found.sort((a, b) => Number(own.has(b.number)) - Number(own.has(a.number))).slice(0, limit);
  },
};

export const indicatorByNumber = (db: Reader, forumId: string, number: number): Promise<Indicator | null> =>
  rowByNumber(db, db.tables.indicators, forumId, number);

/** The kind of the event that tells which finished figures of an indicator a corrected rule has changed. */
export const RESTATED = 'indicator.restated';

/** The indicators of these numbers, retired ones too, in the order of the numbers. */
export async function indicatorsByNumbers(
  db: Reader,
  forumId: string,
  numbers: readonly number[],
): Promise<Indicator[]> {
  const { indicators } = db.tables;
  if (!numbers.length) return [];
  return db
    .select()
    .from(indicators)
    .where(and(eq(indicators.forumId, forumId), inArray(indicators.number, [...numbers])))
    .orderBy(asc(indicators.number));
}

/** The indicators that are reported, of one goal or all. */
export const listIndicators = (db: Reader, forumId: string, goal?: number): Promise<readonly Indicator[]> =>
  goal === undefined ? everyIndicator(db, forumId) : indicatorsOfGoal(db, forumId, goal);

/** All of a forum's that are reported. */
export const everyIndicator = question(
  ['indicators'],
  (db, forumId: string) => reported(db, forumId),
  (rows): readonly Indicator[] => rows,
);

const indicatorsOfGoal = once(
  ['indicators'],
  async (db, forumId: string, goal: number): Promise<readonly Indicator[]> => reported(db, forumId, goal),
);

function reported(db: Reader, forumId: string, goal?: number) {
  const { indicators } = db.tables;
  const isOfGoal = goal === undefined ? undefined : eq(indicators.goal, goal);
  return db
    .select()
    .from(indicators)
    .where(and(eq(indicators.forumId, forumId), isNull(indicators.retiredAt), isOfGoal))
    .orderBy(asc(indicators.number));
}

type IndicatorData = Omit<
  Indicator,
  'forumId' | 'number' | 'folded' | 'version' | 'createdAt' | 'retiredAt' | 'area' | 'fill'
> &
  Partial<Pick<Indicator, 'area' | 'fill'>>;

/** Agrees an indicator, with the partners that report it. */
export async function addIndicator(
  tx: Tx,
  forumId: string,
  data: IndicatorData,
  partners: readonly number[],
  { now, today, periodTargets = {} }: { now: Date; today: string; periodTargets?: Readonly<Record<string, string>> },
): Promise<Indicator> {
  const number = await nextNumber(tx, forumId, 'indicator');
  const [row] = await tx
    .insert(tx.tables.indicators)
    .values({ ...data, forumId, number, folded: fold(data.name), version: 1, createdAt: now, retiredAt: null })
    .returning();
  if (partners.length)
    await tx
      .insert(tx.tables.indicatorPartners)
      .values(partners.map(partner => ({ forumId, indicator: number, partner, member: null })));
  await tx.insert(tx.tables.indicatorVersions).values({
    forumId,
    indicator: number,
    version: 1,
    since: today,
    set: { ...termsIn(row!), partners: [...partners], periodTargets },
    reason: null,
    madeAt: now,
  });
  return row!;
}

/**
 * The partners that report an indicator; none: the forum as a whole. The person to whom a partner handed it is named as
 * long as they sit for it.
 */
export const responsibleFor = (db: Reader, forumId: string, indicator?: number): Promise<readonly Responsible[]> =>
  indicator === undefined ? everyResponsible(db, forumId) : responsibleForOne(db, forumId, indicator);

/** All of a forum's, in the order of indicators and partners. */
export const everyResponsible = question(
  ['indicatorPartners', 'seats'],
  (db, forumId: string) => responsible(db, forumId),
  rows => rows.map(handedTo),
);

/** Returns the members who are responsible for one indicator. */
export const responsibleForOne = question(
  ['indicatorPartners', 'seats'],
  (db, forumId: string, indicator: number) => responsible(db, forumId, indicator),
  rows => rows.map(handedTo),
);

function responsible(db: Reader, forumId: string, indicator?: number) {
  const { indicatorPartners: of, seats: s } = db.tables;
  return db
    .select({ of, sits: s.member })
    .from(of)
    .leftJoin(s, and(eq(s.forumId, of.forumId), eq(s.member, of.member), eq(s.partner, of.partner)))
    .where(and(eq(of.forumId, forumId), indicator === undefined ? undefined : eq(of.indicator, indicator)))
    .orderBy(asc(of.indicator), asc(of.partner));
}

const handedTo = ({ of: row, sits }: { of: Responsible; sits: number | null }): Responsible => ({
  ...row,
  member: sits,
});

/** Sets which partners report an indicator; the person to whom a partner had handed it stays. */
export async function setResponsible(
  tx: Tx,
  { forumId, number }: Indicator,
  partners: readonly number[],
): Promise<void> {
  const { indicatorPartners: of } = tx.tables;
  const all = and(eq(of.forumId, forumId), eq(of.indicator, number));
  await tx.delete(of).where(partners.length ? and(all, notInArray(of.partner, [...partners])) : all);
  if (!partners.length) return;
  await tx
    .insert(of)
    .values(partners.map(partner => ({ forumId, indicator: number, partner, member: null })))
    .onConflictDoNothing();
}

/** Hands a partner's reports on an indicator to one of its people. */
export async function handOver(tx: Tx, of: Responsible, member: number): Promise<void> {
  const { indicatorPartners: table } = tx.tables;
  await tx
    .update(table)
    .set({ member })
    .where(and(eq(table.forumId, of.forumId), eq(table.indicator, of.indicator), eq(table.partner, of.partner)));
}
