import { type Amount, compare, exact, type Fraction, over, sum, times } from './fraction.ts';

export type OverPartners = 'sum' | 'avg' | 'weighted_avg' | 'latest' | 'max' | 'min' | 'ratio';
export type OverPeriods = 'sum' | 'avg' | 'latest' | 'max' | 'min' | 'ratio';

/** A value that was measured, with the two numbers it is made of where it is a ratio. */
export interface Measured {
  readonly value: Amount | null;
  readonly numerator: Amount | null;
  readonly denominator: Amount | null;
}

/** What one partner reported for one period. Where there is no data, all is null, and it does not count. */
export interface PartnerValue extends Measured {
  readonly reportedAt: Date;
  /** For weighted averages, such as how many households were weighed. */
  readonly weight: Amount | null;
}

/** Why there is no total. */
export type NoTotal =
  | 'nothing_reported'
  | 'percent_not_added'
  | 'parts_missing'
  | 'weight_missing'
  | 'zero_denominator';

/** A total of `n` of the `of` values expected; always shown together: a total of some looks like a drop. */
export interface Total {
  readonly value: Fraction | null;
  /** The sums behind a ratio, in the unit they were given in. */
  readonly numerator: Fraction | null;
  readonly denominator: Fraction | null;
  readonly n: number;
  readonly of: number;
  readonly why: NoTotal | null;
}

/** How percentages are treated: never added, and averaged only where the indicator says so. */
export interface Percents {
  readonly isPercent: boolean;
  readonly mayAverage: boolean;
}

/** What one period's partners make together. Of values reported at the same instant, the one listed last is latest. */
export function overPartners(
  values: readonly PartnerValue[],
  how: OverPartners,
  of: number,
  percents: Percents,
): Total {
  const counted = values.filter(isGiven);
  if (how === 'weighted_avg') return weighted(counted, of, percents);
  const latest = counted.reduce<PartnerValue | null>(
    (best, one) => (best && best.reportedAt > one.reportedAt ? best : one),
    null,
  );
  return combine(counted, how, latest, of, percents);
}

/**
 * What the periods make together, each with its key; the latest is the one whose key is greatest, so the keys are of
 * one frequency. A ratio over periods is that of the sums, not of the ratios.
 */
export function overPeriods(
  values: readonly (Measured & { readonly key: string })[],
  how: OverPeriods,
  of: number,
  percents: Percents,
): Total {
  const counted = values.filter(isGiven);
  const latest = counted.reduce<(typeof counted)[number] | null>(
    (best, one) => (best && best.key > one.key ? best : one),
    null,
  );
  return combine(counted, how, latest, of, percents);
}

const isGiven = ({ value, denominator }: Measured): boolean => value !== null || denominator !== null;

const total = (values: readonly unknown[], of: number, found: Fraction | NoTotal, parts?: Measured): Total => ({
  value: typeof found === 'string' ? null : found,
  numerator: parts?.numerator == null ? null : exact(parts.numerator),
  denominator: parts?.denominator == null ? null : exact(parts.denominator),
  n: values.length,
  of,
  why: typeof found === 'string' ? found : null,
});

function combine(
  values: readonly Measured[],
  how: Exclude<OverPartners, 'weighted_avg'>,
  latest: Measured | null,
  of: number,
  percents: Percents,
): Total {
  if (!values.length || !latest) return total(values, of, 'nothing_reported');
  if (how === 'ratio') return ratio(values, of, percents.isPercent);
  if (how === 'latest') {
    const one = numberOf(latest, percents.isPercent);
    return total(values, of, one ?? 'zero_denominator', latest);
  }
  if (!mayCombine(how, percents)) return total(values, of, 'percent_not_added');
  const numbers = values.map(one => numberOf(one, percents.isPercent)).filter(one => one !== null);
  if (numbers.length < values.length) return total(values, of, 'zero_denominator');
  if (how === 'sum') return total(values, of, sum(numbers));
  if (how === 'avg') return total(values, of, over(sum(numbers), exact(numbers.length))!);
  const sign = how === 'max' ? 1 : -1;
  return total(
    values,
    of,
    numbers.reduce((best, one) => (sign * compare(one, best) > 0 ? one : best)),
  );
}

/** Whether an indicator may be added up this way: percentages are not summed, and averaged only where marked. */
export const mayCombine = (how: OverPartners | OverPeriods, { isPercent, mayAverage }: Percents): boolean =>
  !isPercent || !(how === 'sum' || ((how === 'avg' || how === 'weighted_avg') && !mayAverage));

/** The value, or the quotient of its two numbers (times a hundred in percent). Null: the denominator is zero. */
function numberOf({ value, numerator, denominator }: Measured, isPercent: boolean): Fraction | null {
  if (numerator === null || denominator === null) return value === null ? null : exact(value);
  const quotient = over(exact(numerator), exact(denominator));
  return quotient && (isPercent ? times(quotient, exact(100)) : quotient);
}

/** Σ numerators over Σ denominators. */
function ratio(values: readonly Measured[], of: number, isPercent: boolean): Total {
  const tops = values.flatMap(one => (one.numerator === null ? [] : [exact(one.numerator)]));
  const bottoms = values.flatMap(one => (one.denominator === null ? [] : [exact(one.denominator)]));
  if (tops.length < values.length || bottoms.length < values.length) return total(values, of, 'parts_missing');
  const parts = { value: null, numerator: sum(tops), denominator: sum(bottoms) };
  return total(values, of, numberOf(parts, isPercent) ?? 'zero_denominator', parts);
}

function weighted(values: readonly PartnerValue[], of: number, percents: Percents): Total {
  if (!values.length) return total(values, of, 'nothing_reported');
  if (!mayCombine('weighted_avg', percents)) return total(values, of, 'percent_not_added');
  const pairs = values.flatMap(one => {
    const number = numberOf(one, percents.isPercent);
    return number === null || one.weight === null ? [] : [{ number, weight: exact(one.weight) }];
  });
  if (pairs.length < values.length) return total(values, of, 'weight_missing');
  const weights = sum(pairs.map(({ weight }) => weight));
  return total(
    values,
    of,
    over(sum(pairs.map(({ number, weight }) => times(number, weight))), weights) ?? 'zero_denominator',
  );
}
