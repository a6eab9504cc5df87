import type { Fill } from '../../storage/schema/indicators.ts';
import { addDays } from '../calendar.ts';
import { exact } from './fraction.ts';
import type { Period } from './periods.ts';
import { isInCourse, isPercent, yearBounds } from './span.ts';
import type { Terms } from './terms.ts';

/** Source of an indicator's figure in one period, the time over which it counts, and the value with which it begins. */
export interface Filling {
  readonly fill: Fill;
  readonly unit: string;
  /** Time in which records are counted: the period, or for a running total all since the course began. */
  readonly time: { readonly start: string; readonly end: string };
  /** True: all since the course began is counted, as in a running total. */
  readonly isRunning: boolean;
  /** The value from which a running total goes on, as decimal text; null: it counts from nothing. */
  readonly start: string | null;
}

/** Reasons for which an indicator of some terms cannot fill itself in such a way. */
export type FillNo = 'share' | 'shared_start';

type Fillable = Pick<Terms, 'unit' | 'valueKind' | 'baseline' | 'partners'> & { readonly fill: Fill | null };

/** Date before everything that is recorded. */
const EVER = '0001-01-01';

/**
 * Tells why not: a percentage without anything it is a share of, and a running total of several reporters that begins
 * with a value, since nobody knows whose that is. Null: it can.
 */
export function whyNotFilled({ fill, unit, valueKind, baseline, partners }: Fillable): FillNo | null {
  if (!fill || fill.per !== undefined) return null;
  if (isPercent({ unit })) return 'share';
  const isBegun = baseline !== null && exact(baseline).n !== 0n;
  return valueKind === 'cumulative' && isBegun && partners.length > 1 ? 'shared_start' : null;
}

/**
 * Returns the source of an indicator's figure in a period, by the terms of the period; null: it does not fill itself.
 */
export function fillingOf(terms: Terms, period: Period): Filling | null {
  const { fill, unit, valueKind, baseline } = terms;
  if (!fill || whyNotFilled(terms)) return null;
  if (valueKind !== 'cumulative') return { fill, unit, time: period, isRunning: false, start: null };
  // The baseline holds what there was by its date.
  if (!isInCourse(period, terms)) return null;
  const since = terms.baselineDate === null ? EVER : addDays(terms.baselineDate, 1);
  const [year] = terms.span === 'year' ? yearBounds(period) : [EVER];
  const isWhole = since >= year;
  return {
    ...{ fill, unit, time: { start: isWhole ? since : year, end: period.end }, isRunning: true },
    start: isWhole && fill.per === undefined ? baseline : null,
  };
}
