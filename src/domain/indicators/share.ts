import { type Amount, exact, type Fraction, over, times } from './fraction.ts';
import type { Indicator } from './row.ts';
import { isPercent } from './span.ts';

/** Number of decimals kept of a share; it is judged by its two numbers. */
export const SHARE_DECIMALS = 6;

/** The share of two numbers, exactly, in the indicator's unit; null where the denominator is zero. */
export function shareOf(indicator: Pick<Indicator, 'unit'>, numerator: Amount, denominator: Amount): Fraction | null {
  const share = over(exact(numerator), exact(denominator));
  return share && (isPercent(indicator) ? times(share, exact(100)) : share);
}
