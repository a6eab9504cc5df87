import { addDays, dateIn, previousWorkingDay } from '../calendar.ts';
import type { Deadlines, Period } from './periods.ts';
import { deadlinesIn, type Figures, type IndicatorRecord, reportersIn } from './record.ts';
import type { Indicator } from './row.ts';
import { periodsOf } from './terms.ts';

/** A report that was agreed to be made: by which partner, for which period, until when, and the one that is there. */
export interface Expected {
  readonly period: Period;
  readonly partner: number;
  readonly deadlines: Deadlines;
  /** The report in force, returned or not; null: there is none. */
  readonly report: Figures | null;
  /** True if it was handed in and not returned; that there is no data is a report as well. */
  readonly made: boolean;
}

/**
 * The first local date on which a period may end whose report is due on another local date or later: what was due on the
 * last working day before that date was not moved to it, however many days off lie between.
 */
export const dueSince = ({ dueDays }: Pick<Indicator, 'dueDays'>, date: string, off: ReadonlySet<string>): string =>
  addDays(previousWorkingDay(addDays(date, -1), off), 1 - dueDays);

/**
 * The reports expected of an indicator for the periods that end from one local date to another, oldest first. The first
 * period that is owed is the one in which the indicator was agreed; one that was retired in a period owes it no more.
 */
export function expectedOf(record: IndicatorRecord, from: string, to: string): Expected[] {
  const { agreed, indicator, zone, reports } = record;
  const retired = indicator.retiredAt && dateIn(indicator.retiredAt, zone);
  const last = retired && retired <= to ? addDays(retired, -1) : to;
  const first = from > agreed ? from : agreed;
  const made = new Map(reports.map(report => [`${report.period} ${report.partner}`, report]));
  return periodsOf(record, first, last)
    .filter(({ end }) => end >= first && end <= last)
    .flatMap(period => {
      const deadlines = deadlinesIn(record, period);
      return reportersIn(record, period).map(partner => {
        const report = made.get(`${period.key} ${partner}`) ?? null;
        return { period, partner, deadlines, report, made: report?.state === 'submitted' };
      });
    });
}
