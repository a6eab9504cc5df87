import type { Fill } from '../../storage/schema/indicators.ts';
import { addDays } from '../calendar.ts';
import { exact } from './fraction.ts';
import type { Period } from './periods.ts';
import { isInCourse, isPercent, yearBounds } from './span.ts';
import type { Terms } from './terms.ts';

/** From what an indicator fills itself in one period, over which time, and with what it begins. */
export interface Filling {
  readonly fill: Fill;
  readonly unit: string;
  /** What is counted lies in it: the period, or for a running total all since the course began. */
  readonly time: { readonly start: string; readonly end: string };
  /** Whether all since the course began is counted, as in a running total. */
  readonly isRunning: boolean;
  /** The value from which a running total goes on, as decimal text; null: it counts from nothing. */
  readonly start: string | null;
}

/** Why an indicator of some terms cannot fill itself so. */
export type FillNo = 'share' | 'shared_start';

type Fillable = Pick<Terms, 'unit' | 'valueKind' | 'baseline' | 'partners'> & { readonly fill: Fill | null };

/** Before everything that is recorded. */
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

/** From what an indicator fills itself in a period, by the terms of the period; null: it does not. */
export function fillingOf(terms: Terms, period: Period): Filling | null {
  const { fill, unit, valueKind, baseline } = terms;
  if (!fill || whyNotFilled(terms)) return null;
  if (valueKind !== 'cumulative') return { fill, unit, time: period, isRunning: false, start: null };
  // What there was by the baseline's date the baseline holds.
  if (!isInCourse(period, terms)) return null;
  const since = terms.baselineDate === null ? EVER : addDays(terms.baselineDate, 1);
  const [year] = terms.span === 'year' ? yearBounds(period) : [EVER];
  const isWhole = since >= year;
  return {
    ...{ fill, unit, time: { start: isWhole ? since : year, end: period.end }, isRunning: true },
    start: isWhole && fill.per === undefined ? baseline : null,
  };
}
