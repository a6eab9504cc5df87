import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../storage/store.ts';
import { dateIn } from '../calendar.ts';
import { recordsOf } from '../indicators/record.ts';
import { indicatorsByNumbers, WHOLE } from '../indicators/store.ts';
import { addReport, type Report } from '../indicators/stored-reports.ts';
import { periodAt } from '../indicators/terms.ts';
import type { Result } from './results.ts';
import type { Assessment } from './store.ts';

/** The section of an object's results that fills an indicator; empty: the whole. */
type About = Pick<Assessment, 'forumId' | 'key' | 'partner' | 'area'>;

/** The indicators that an object's results fill, each with its section. */
async function filledBy(db: Reader, about: About) {
  const { assessmentIndicators: a } = db.tables;
  const rows = await db
    .select()
    .from(a)
    .where(and(eq(a.forumId, about.forumId), eq(a.key, about.key)));
  return rows.filter(row => row.partner === about.partner && row.area === about.area);
}

/** The number of the indicator that a section's results fill already; null: none that is still in use. */
export async function indicatorFilled(db: Reader, about: About, section: string): Promise<number | null> {
  const rows = (await filledBy(db, about)).filter(row => row.section === section);
  const found = await indicatorsByNumbers(
    db,
    about.forumId,
    rows.map(row => row.indicator),
  );
  return found.find(one => one.retiredAt === null)?.number ?? null;
}

/** Has an indicator filled by the results of a section, or of the whole, whenever an assessment is closed. */
export async function fillFrom(tx: Tx, about: About, section: string, indicator: number): Promise<void> {
  const { forumId, key, partner, area } = about;
  await tx.insert(tx.tables.assessmentIndicators).values({ forumId, indicator, key, section, partner, area });
}

/**
 * Enters an assessment's result, in per cent, for the indicators that it fills, in the period of its close. Gives the
 * reports. What was reported for the period before is kept and not in force any more.
 */
export async function feedIndicators(
  tx: Tx,
  assessment: Assessment,
  result: Result,
  how: {
    readonly by: number;
    readonly now: Date;
    readonly zone: string;
    readonly note: string;
    readonly only?: number;
  },
): Promise<Report[]> {
  const { forumId } = assessment;
  const links = (await filledBy(tx, assessment)).filter(row => how.only === undefined || row.indicator === how.only);
  const indicators = await indicatorsByNumbers(
    tx,
    forumId,
    links.map(row => row.indicator),
  );
  const records = await recordsOf(
    tx,
    indicators.filter(one => one.retiredAt === null),
  );
  const fed: Report[] = [];
  for (const record of records) {
    const { number } = record.indicator;
    const { section } = links.find(row => row.indicator === number)!;
    const points = section === '' ? result.total : result.sections.find(one => one.key === section);
    if (points?.percent === null || points === undefined) continue;
    const { report } = await addReport(tx, {
      forumId,
      indicator: number,
      period: periodAt(record, dateIn(assessment.closedAt ?? how.now, how.zone)).key,
      partner: WHOLE,
      kind: 'value',
      value: String(points.percent),
      numerator: null,
      denominator: null,
      parts: null,
      note: how.note,
      reason: null,
      constrained: null,
      reportedBy: how.by,
      reportedAt: how.now,
      onTime: true,
      late: false,
    });
    fed.push(report);
  }
  return fed;
}

/** Tells whether the results of an assessment fill an indicator. */
export async function isFilledByAssessment(
  db: Reader,
  { forumId, number }: { readonly forumId: string; readonly number: number },
): Promise<boolean> {
  const { assessmentIndicators: a } = db.tables;
  const rows = await db
    .select({ n: a.indicator })
    .from(a)
    .where(and(eq(a.forumId, forumId), eq(a.indicator, number)));
  return rows.length > 0;
}
