import type { Level, Series } from '../contract/chart.ts';
import { numberFormat } from '../language/formatters.ts';
import { INTL, type Locale } from '../language/locale.ts';

/** Describes what an axis of values has to hold. */
export interface Held {
  readonly series: readonly Pick<Series, 'values'>[];
  readonly levels?: readonly Level[];
  /** The scale ends here. */
  readonly most?: number;
}

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/**
 * Maximum share of the highest value up to which the lowest makes an axis begin at nought; above it the axis does not,
 * so that small changes are seen.
 */
const NEAR = 0.6;

/**
 * Returns the bounds of an axis, in steps that people count in (1, 2, 2.5, 5 and their tens), with all values and
 * levels in sight.
 */
export function scaleOf(
  { series, levels = [], most }: Held,
  { nought, steps }: { nought: boolean; steps: number },
): Scale {
  const values = [
    ...series.flatMap(one => one.values.filter(value => value !== null)),
    ...levels.map(one => one.value),
  ];
  if (!values.length) return { min: 0, max: most ?? 1, interval: most ?? 1 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const fromNought = nought || (low >= 0 && low <= high * NEAR);
  const bottom = fromNought ? Math.min(0, low) : low;
  const top = most ?? (fromNought ? Math.max(0, high) : high);
  const interval = stepOf((top - bottom || Math.abs(top) || 1) / steps);
  const min = Math.floor(bottom / interval) * interval;
  const max = most ?? Math.max(Math.ceil(top / interval), Math.floor(min / interval) + 1) * interval;
  return { min, max, interval };
}

/** The least step that people count in and that is not smaller. */
function stepOf(least: number): number {
  const ten = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 2.5, 5, 10].find(one => one * ten >= least * (1 - 1e-9)) ?? 10) * ten;
}

/** A number as it stands at an axis of such steps: short, as the reader's language writes it (`1,2 jt`, `1.2M`). */
export function axisNumber(locale: Locale, { min, max, interval }: Scale) {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const unit = largest >= 1_000 ? 1_000 ** Math.floor(Math.log10(largest) / 3) : 1;
  const decimals = [0, 1, 2, 3].find(n => Number.isInteger(Number(((interval / unit) * 10 ** n).toFixed(6)))) ?? 3;
  const options = { notation: 'compact', maximumFractionDigits: decimals } as const;
  const format = numberFormat(INTL[locale], options);
  return (value: number): string => format.format(value);
}

/** A number at a point. */
export const pointNumber = (locale: Locale) => {
  const format = numberFormat(INTL[locale], { maximumFractionDigits: 2 });
  return (value: number): string => format.format(value);
};
