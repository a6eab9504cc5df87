import { type Amount, compare, exact, rounded, sum } from './fraction.ts';

/** A value broken down along one dimension; `mustSum`: every case has exactly one option, so the parts add up. */
export interface Breakdown {
  readonly dimension: string;
  readonly mustSum: boolean;
  readonly parts: Readonly<Record<string, Amount>>;
}

/** What is asked about before a value is saved; none of it forbids saving. */
export type Surprise =
  | { readonly why: 'worse_than_baseline'; readonly baseline: number }
  | { readonly why: 'cumulative_fell'; readonly previous: number }
  | { readonly why: 'parts_differ'; readonly dimension: string; readonly sum: number; readonly total: number };

const DECIMALS = 6;

/** The dimensions whose parts do not add up to the total. */
export function partsThatDiffer(total: Amount, breakdowns: readonly Breakdown[]): Surprise[] {
  const whole = exact(total);
  return breakdowns
    .filter(({ mustSum }) => mustSum)
    .map(({ dimension, parts }) => ({ dimension, parts: sum(Object.values(parts).map(exact)) }))
    .filter(({ parts }) => compare(parts, whole) !== 0)
    .map(({ dimension, parts }) => ({
      why: 'parts_differ',
      dimension,
      sum: rounded(parts, DECIMALS),
      total: rounded(whole, DECIMALS),
    }));
}

/** All that surprises about a value, given the partner's value before it (null: none). */
export function surprisesOf(
  value: Amount,
  against: {
    readonly direction: 'higher' | 'lower' | 'range';
    readonly valueKind: 'stock' | 'flow' | 'cumulative';
    readonly baseline: Amount | null;
    readonly previous: Amount | null;
    readonly breakdowns: readonly Breakdown[];
  },
): Surprise[] {
  const { direction, valueKind, baseline, previous, breakdowns } = against;
  const actual = exact(value);
  const found: Surprise[] = [];
  const change = baseline === null ? 0 : compare(actual, exact(baseline));
  if ((direction === 'higher' && change < 0) || (direction === 'lower' && change > 0))
    found.push({ why: 'worse_than_baseline', baseline: rounded(exact(baseline!), DECIMALS) });
  if (valueKind === 'cumulative' && previous !== null && compare(actual, exact(previous)) < 0)
    found.push({ why: 'cumulative_fell', previous: rounded(exact(previous), DECIMALS) });
  return [...found, ...partsThatDiffer(value, breakdowns)];
}
