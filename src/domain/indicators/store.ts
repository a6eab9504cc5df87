import { and, asc, desc, eq, gte, inArray, isNull, lt, max, notInArray } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import { once } from '../../storage/once.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { fold } from '../../storage/words.ts';
import { codeOf, nextNumber, PREFIX } from '../codes.ts';
import { pieces } from '../pieces.ts';
import { holdsWords, type Source, shortestFirst } from '../source.ts';
import type { Indicator } from './row.ts';
import { termsIn } from './terms.ts';

export type Report = Tables['reports']['$inferSelect'];
export type Responsible = Tables['indicatorPartners']['$inferSelect'];

/** Where no partner is responsible, a report is for the forum as a whole. */
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

export async function indicatorByNumber(db: Reader, forumId: string, number: number): Promise<Indicator | null> {
  const { indicators } = db.tables;
  const [row] = await db
    .select()
    .from(indicators)
    .where(and(eq(indicators.forumId, forumId), eq(indicators.number, number)));
  return row ?? null;
}

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
export const listIndicators = once(
  ['indicators'],
  async (db, forumId: string, goal?: number): Promise<readonly Indicator[]> => {
    const { indicators } = db.tables;
    return db
      .select()
      .from(indicators)
      .where(
        and(
          eq(indicators.forumId, forumId),
          isNull(indicators.retiredAt),
          goal === undefined ? undefined : eq(indicators.goal, goal),
        ),
      )
      .orderBy(asc(indicators.number));
  },
);

type IndicatorData = Omit<Indicator, 'forumId' | 'number' | 'folded' | 'version' | 'createdAt' | 'retiredAt'>;

/** Agrees an indicator, with the partners that report it. */
export async function addIndicator(
  tx: Tx,
  forumId: string,
  data: IndicatorData,
  partners: readonly number[],
  { now, today }: { now: Date; today: string },
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
    set: { ...termsIn(row!), partners: [...partners], periodTargets: {} },
    reason: null,
    madeAt: now,
  });
  return row!;
}

/**
 * The partners that report an indicator; none: the forum as a whole. Whoever a partner handed it to is named as long as
 * they sit for it.
 */
export const responsibleFor = once(
  ['indicatorPartners', 'seats'],
  async (db, forumId: string, indicator?: number): Promise<readonly Responsible[]> => {
    const { indicatorPartners: of, seats: s } = db.tables;
    const rows = await db
      .select({ of, sits: s.member })
      .from(of)
      .leftJoin(s, and(eq(s.forumId, of.forumId), eq(s.member, of.member), eq(s.partner, of.partner)))
      .where(and(eq(of.forumId, forumId), indicator === undefined ? undefined : eq(of.indicator, indicator)))
      .orderBy(asc(of.indicator), asc(of.partner));
    return rows.map(({ of: row, sits }) => ({ ...row, member: sits }));
  },
);

/** Sets which partners report an indicator; whoever a partner had handed it to stays. */
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

/** All reports in force of an indicator, or of all, by period and partner. */
export const reportsInForce = once(
  ['reports'],
  async (db, forumId: string, indicator?: number): Promise<readonly Report[]> => {
    const { reports: r } = db.tables;
    return db
      .select()
      .from(r)
      .where(
        and(
          eq(r.forumId, forumId),
          isTrue(r.inForce),
          indicator === undefined ? undefined : eq(r.indicator, indicator),
        ),
      )
      .orderBy(asc(r.period), asc(r.partner));
  },
);

/** The reports in force of an indicator, or of all, oldest period first; of some periods or all. */
export async function reportsOf(
  db: Reader,
  forumId: string,
  { indicator, periods, partner }: { indicator?: number; periods?: readonly string[]; partner?: number },
): Promise<Report[]> {
  const all = await reportsInForce(db, forumId, indicator);
  const isOfThem = (one: Report): boolean =>
    (partner === undefined || one.partner === partner) && (periods?.includes(one.period) ?? true);
  return all.filter(isOfThem);
}

/** The reports that people made within a time, the newest first; values out of a file are none. */
export const reportsMade = (db: Reader, forumId: string, from: Date, to: Date): Promise<readonly Report[]> =>
  reportsBetween(db, forumId, from.getTime(), to.getTime());

const reportsBetween = once(['reports'], async (db, forumId: string, from: number, to: number) => {
  const { reports } = db.tables;
  const isWithin = and(gte(reports.reportedAt, new Date(from)), lt(reports.reportedAt, new Date(to)));
  return db
    .select()
    .from(reports)
    .where(and(eq(reports.forumId, forumId), isTrue(reports.inForce), isNull(reports.fromImport), isWithin))
    .orderBy(desc(reports.reportedAt));
});

/** The results that were reported last since an instant, each an indicator's period, with when; the last first. */
export async function lastReported(
  db: Reader,
  forumId: string,
  from: Date,
  limit: number,
): Promise<{ indicator: Indicator; period: string; at: Date }[]> {
  const { reports, indicators } = db.tables;
  const at = max(reports.reportedAt);
  const rows = await db
    .select({ number: reports.indicator, period: reports.period, at })
    .from(reports)
    .innerJoin(indicators, and(eq(indicators.forumId, reports.forumId), eq(indicators.number, reports.indicator)))
    .where(
      and(
        eq(reports.forumId, forumId),
        isTrue(reports.inForce),
        gte(reports.reportedAt, from),
        isNull(indicators.retiredAt),
      ),
    )
    .groupBy(reports.indicator, reports.period)
    .orderBy(desc(at), desc(reports.indicator), desc(reports.period))
    .limit(limit);
  const numbers = [...new Set(rows.map(row => row.number))];
  const all = new Map((await indicatorsByNumbers(db, forumId, numbers)).map(one => [one.number, one]));
  return rows.flatMap(({ number, period, at: when }) => {
    const indicator = all.get(number);
    return indicator && when ? [{ indicator, period, at: when }] : [];
  });
}

/** Makes a report; one that stood for the period and partner is kept and not in force any more. */
export async function addReport(
  tx: Tx,
  report: Omit<Report, 'seq' | 'inForce' | 'state' | 'returnReason' | 'fromImport'>,
): Promise<{ report: Report; replaced: Report | null }> {
  const { reports } = tx.tables;
  const { forumId, indicator, period, partner } = report;
  const there = and(eq(reports.forumId, forumId), eq(reports.indicator, indicator), eq(reports.period, period));
  const [before] = await tx
    .update(reports)
    .set({ inForce: false })
    .where(and(there, eq(reports.partner, partner), isTrue(reports.inForce)))
    .returning();
  const [row] = await tx
    .insert(reports)
    .values({ ...report, state: 'submitted', returnReason: null, inForce: true, fromImport: null })
    .returning();
  return { report: row!, replaced: before ? { ...before, inForce: true } : null };
}

/**
 * Makes many reports at once, each of another indicator, period or partner. Each that stood for the same is kept and not
 * in force any more: `replaced` is its number. They are given in the order of their numbers.
 */
export async function addReports(
  tx: Tx,
  forumId: string,
  all: readonly Omit<Report, 'seq' | 'forumId' | 'inForce' | 'state' | 'returnReason'>[],
): Promise<{ report: Report; replaced: number | null }[]> {
  const { reports } = tx.tables;
  const keyOf = (one: Pick<Report, 'indicator' | 'period' | 'partner'>): string =>
    `${one.indicator}:${one.period}:${one.partner}`;
  const wanted = new Set(all.map(keyOf));
  const standing = all.length ? (await reportsOf(tx, forumId, {})).filter(one => wanted.has(keyOf(one))) : [];
  const replaced = new Map(standing.map(one => [keyOf(one), one.seq]));
  for (const seqs of pieces([...replaced.values()]))
    await tx
      .update(reports)
      .set({ inForce: false })
      .where(inArray(reports.seq, [...seqs]));
  const made: { report: Report; replaced: number | null }[] = [];
  for (const piece of pieces(all)) {
    const rows = piece.map(one => ({
      ...one,
      forumId,
      state: 'submitted' as const,
      returnReason: null,
      inForce: true,
    }));
    for (const report of await tx.insert(reports).values(rows).returning())
      made.push({ report, replaced: replaced.get(keyOf(report)) ?? null });
  }
  return made.sort((x, y) => x.report.seq - y.report.seq);
}

/** Returns a report to whoever made it, with the reason. */
export async function returnReport(tx: Tx, report: Report, reason: string): Promise<void> {
  const { reports } = tx.tables;
  await tx.update(reports).set({ state: 'returned', returnReason: reason }).where(eq(reports.seq, report.seq));
}

/** The locked periods of an indicator that were opened again, each with until when. */
export async function unlocksOf(db: Reader, forumId: string, indicator: number): Promise<ReadonlyMap<string, Date>> {
  const { unlocks: u } = db.tables;
  const rows = await db
    .select()
    .from(u)
    .where(and(eq(u.forumId, forumId), eq(u.indicator, indicator)));
  return new Map(rows.map(row => [row.period, row.until]));
}

export async function unlock(tx: Tx, indicator: Indicator, period: string, until: Date): Promise<void> {
  const { unlocks: u } = tx.tables;
  await tx
    .insert(u)
    .values({ forumId: indicator.forumId, indicator: indicator.number, period, until })
    .onConflictDoUpdate({ target: [u.forumId, u.indicator, u.period], set: { until } });
}
