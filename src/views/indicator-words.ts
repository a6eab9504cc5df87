import { isPercent, type Standing } from '../domain/indicators/standing.ts';
import type { Indicator } from '../domain/indicators/store.ts';
import { formatNumber } from '../language/numbers.ts';
import type { Look } from './look.ts';

/** A value in its unit: `2.480 orang`, `58,6%`. */
export function withUnit(look: Pick<Look, 'locale'>, indicator: Pick<Indicator, 'unit'>, value: number): string {
  const n = formatNumber(value, look.locale, { decimals: 2 });
  return isPercent(indicator) ? `${n}%` : `${n} ${indicator.unit}`.trim();
}

/** The status in a word with a sign, never a colour alone. */
export function statusText({ m, locale }: Pick<Look, 'm' | 'locale'>, standing: Standing): string {
  const w = m.indicator;
  if (!standing.colour) return w.noColour;
  const percent = standing.percent === null ? '' : ` ${w.percent({ percent: formatNumber(standing.percent, locale) })}`;
  return `${w.colours[standing.colour]}${percent}`;
}

/** How many partners have reported, beside every total. */
export const nOf = ({ m }: Pick<Look, 'm'>, { n, of }: Standing): string => m.indicator.nOf({ n, of });
