import { and, asc, desc, eq, gte, inArray, isNull, lt, max } from 'drizzle-orm';
import { isTrue } from '../../storage/literal.ts';
import { once, question } from '../../storage/once.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import { inserts, pieces } from '../pieces.ts';
import type { Indicator } from './row.ts';
import { indicatorsByNumbers } from './store.ts';

export type Report = Tables['reports']['$inferSelect'];

/** All reports in force of an indicator, or of all, by period and partner. */
export const reportsInForce = (db: Reader, forumId: string, indicator?: number): Promise<readonly Report[]> =>
  indicator === undefined ? everyReportInForce(db, forumId) : reportsInForceOfOne(db, forumId, indicator);

const everyReportInForce = question(
  ['reports'],
  (db, forumId: string) => inForce(db, forumId),
  (rows): readonly Report[] => rows,
);

/** Returns the reports in force of one indicator. */
export const reportsInForceOfOne = question(
  ['reports'],
  (db, forumId: string, indicator: number) => inForce(db, forumId, indicator),
  (rows): readonly Report[] => rows,
);

function inForce(db: Reader, forumId: string, indicator?: number) {
  const { reports: r } = db.tables;
  const isOfOne = indicator === undefined ? undefined : eq(r.indicator, indicator);
  return db
    .select()
    .from(r)
    .where(and(eq(r.forumId, forumId), isTrue(r.inForce), isOfOne))
    .orderBy(asc(r.period), asc(r.partner));
}

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
  report: Omit<Report, 'seq' | 'inForce' | 'state' | 'returnReason' | 'fromImport' | 'sources'> &
    Partial<Pick<Report, 'sources'>>,
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
  all: readonly Omit<Report, 'seq' | 'forumId' | 'inForce' | 'state' | 'returnReason' | 'sources'>[],
): Promise<{ report: Report; replaced: number | null }[]> {
  const { reports } = tx.tables;
  const keyOf = (one: Pick<Report, 'indicator' | 'period' | 'partner'>): string =>
    `${one.indicator}:${one.period}:${one.partner}`;
  const replaced = new Map<string, number>();
  for (const piece of inserts(all)) {
    const wanted = new Set(piece.map(keyOf));
    const standing = await tx
      .select({ seq: reports.seq, indicator: reports.indicator, period: reports.period, partner: reports.partner })
      .from(reports)
      .where(
        and(
          eq(reports.forumId, forumId),
          isTrue(reports.inForce),
          inArray(reports.indicator, [...new Set(piece.map(one => one.indicator))]),
          inArray(reports.period, [...new Set(piece.map(one => one.period))]),
        ),
      );
    for (const one of standing) if (wanted.has(keyOf(one))) replaced.set(keyOf(one), one.seq);
  }
  for (const seqs of pieces([...replaced.values()]))
    await tx
      .update(reports)
      .set({ inForce: false })
      .where(inArray(reports.seq, [...seqs]));
  const made: { report: Report; replaced: number | null }[] = [];
  for (const piece of inserts(all)) {
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

/** Returns a report to the person who made it, with the reason. */
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
