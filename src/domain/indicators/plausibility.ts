import { differingSum } from '../groups/counts.ts';
import type { Counts, Dimension } from '../groups/dimensions.ts';
import { type Amount, compare, exact, type Fraction, times } from './fraction.ts';
import { isSameUnit, unitKindOf } from './units.ts';

/** Describes what is asked about before a value is saved; none of it forbids saving. */
export type Surprise =
  | { readonly why: 'worse_than_baseline'; readonly baseline: Amount }
  | { readonly why: 'cumulative_fell'; readonly previous: Amount }
  | { readonly why: 'parts_differ'; readonly sum: Fraction; readonly total: Amount }
  | { readonly why: 'other_unit'; readonly typed: string; readonly own: string }
  | { readonly why: 'over_hundred' }
  | { readonly why: 'below_zero' }
  | { readonly why: 'part_of_a_person' }
  | { readonly why: 'tenfold'; readonly previous: Amount };

/** Describes what a value is held against. */
export interface Against {
  readonly direction: 'up' | 'down';
  readonly valueKind: 'stock' | 'flow' | 'cumulative';
  readonly unit: string;
  /** The two numbers that it is the share of, where it is one. */
  readonly numbers: readonly Amount[];
  /** Null: a value of its own is not comparable with it. */
  readonly baseline: Amount | null;
  /** The partner's value of the period before; null: none. */
  readonly previous: Amount | null;
  /** The value by groups, and the dimensions that these are of. */
  readonly parts: Counts<Amount> | null;
  readonly dimensions: readonly Dimension[];
  /** The unit that was typed behind the number; empty: none. */
  readonly typedUnit: string;
}

const HUNDRED = exact(100);
const TEN = exact(10);

/** All that surprises about a value. */
export function surprisesOf(value: Amount, against: Against): Surprise[] {
  const { direction, valueKind, unit, numbers, baseline, previous, parts, dimensions, typedUnit } = against;
  const actual = exact(value);
  const found: Surprise[] = [];
  if (typedUnit && !isSameUnit(typedUnit, unit)) found.push({ why: 'other_unit', typed: typedUnit, own: unit });
  if (unitKindOf(unit) === 'percent' && compare(actual, HUNDRED) > 0) found.push({ why: 'over_hundred' });
  const isCounted = ['people', 'percent', 'count'].includes(unitKindOf(unit));
  if (isCounted && [actual, ...numbers.map(exact)].some(({ n }) => n < 0n)) found.push({ why: 'below_zero' });
  if (unitKindOf(unit) === 'people' && actual.d !== 1n) found.push({ why: 'part_of_a_person' });
  const change = baseline === null ? 0 : compare(actual, exact(baseline)) * (direction === 'up' ? 1 : -1);
  if (baseline !== null && change < 0) found.push({ why: 'worse_than_baseline', baseline });
  if (previous !== null) {
    const before = exact(previous);
    if (valueKind === 'cumulative' && compare(actual, before) < 0) found.push({ why: 'cumulative_fell', previous });
    if (before.n > 0n && compare(actual, times(before, TEN)) >= 0) found.push({ why: 'tenfold', previous });
  }
  const together = parts && differingSum(parts, actual, dimensions);
  if (together) found.push({ why: 'parts_differ', sum: together, total: value });
  return found;
}
