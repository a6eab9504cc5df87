import type { Reader } from '../../storage/store.ts';
import { addDays, dateIn } from '../calendar.ts';
import { type Figure, figureOf, isSameSources, type Sources } from './fill.ts';
import { readLog } from './fill-log.ts';
import { fillingOf } from './filling.ts';
import { type Period, periodOfKey } from './periods.ts';
import { type Figures, type IndicatorRecord, reportersIn } from './record.ts';
import { termsOf } from './terms.ts';

/** A figure that is wanted: an indicator, a period of it, and the partner that reports it (WHOLE: the forum). */
export interface Wanted {
  readonly record: IndicatorRecord;
  readonly period: Period;
  readonly partner: number;
}

/**
 * Computes the record's value of each, in the same order; null where it does not fill itself then. As many statements
 * for a thousand indicators as for one, and none where none fills itself.
 */
export async function figuresOf(
  db: Reader,
  forumId: string,
  wanted: readonly Wanted[],
): Promise<readonly (Figure | null)[]> {
  const fillings = wanted.map(({ record, period }) => fillingOf(termsOf(record, period), period));
  const asked = fillings.flatMap(one => one ?? []);
  if (!asked.length) return fillings.map(() => null);
  const log = await readLog(db, forumId, asked);
  return wanted.map(({ record, period, partner }, i) => {
    const filling = fillings[i];
    return filling ? figureOf(filling, { partner, reporters: reportersIn(record, period) }, log) : null;
  });
}

/** Value that the record gives for one. */
export const figureFor = async (db: Reader, wanted: Wanted): Promise<Figure | null> =>
  (await figuresOf(db, wanted.record.indicator.forumId, [wanted]))[0]!;

/** A report that was made from the record, which says something else by now. */
export interface Differing extends Wanted {
  readonly report: Figures & { readonly sources: Sources };
  readonly figure: Figure;
}

/**
 * Maximum age of a period whose reports are compared with the record, days: else it would be read from its beginning.
 */
const COMPARED_DAYS = 400;

/** The first local date of the periods that are compared. */
export const comparedSince = (now: Date, zone: string): string => addDays(dateIn(now, zone), -COMPARED_DAYS);

/**
 * The reports in force of periods that end on or after a local date from which the record differs by now: an activity
 * was edited, added late or cancelled. They are to be looked at again.
 */
export async function differing(
  db: Reader,
  forumId: string,
  records: readonly IndicatorRecord[],
  since: string,
): Promise<Differing[]> {
  const filled = records.flatMap(record =>
    record.reports.flatMap(report => {
      const period = report.sources && report.state === 'submitted' ? periodOfKey(report.period) : null;
      return period && period.end >= since
        ? [{ record, period, partner: report.partner, report: report as Differing['report'] }]
        : [];
    }),
  );
  const figures = await figuresOf(db, forumId, filled);
  return filled.flatMap((one, i) => {
    const figure = figures[i];
    return figure && !isSameSources(figure.sources, one.report.sources) ? [{ ...one, figure }] : [];
  });
}
