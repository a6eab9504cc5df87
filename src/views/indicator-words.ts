import type { RenderContext } from '../contract/render-context.ts';
import { type Amount, compare, decimalOf } from '../domain/indicators/fraction.ts';
import type { PeriodStatus } from '../domain/indicators/period-status.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { isPercent } from '../domain/indicators/span.ts';
import { formatNumber } from '../language/numbers.ts';
import { shortPeriod } from './short-period.ts';

type Words = Pick<RenderContext, 'm' | 'locale'>;

/** Prints an exact amount, rounded only here; two decimals unless told. */
export const formatAmount = (amount: Amount, { locale }: Pick<RenderContext, 'locale'>, decimals = 2): string =>
  formatNumber(decimalOf(amount, decimals), locale, { decimals });

/** A value in its unit: `2.480 orang`, `58,6%`. */
export function withUnit(
  context: Pick<RenderContext, 'locale'>,
  indicator: Pick<Indicator, 'unit'>,
  value: Amount,
): string {
  const n = formatAmount(value, context);
  return isPercent(indicator) ? `${n}%` : `${n} ${indicator.unit}`.trim();
}

/** The names of a forum's partners by their numbers. */
export type Names = ReadonlyMap<number, string>;

/**
 * The status in words with a sign, never a colour alone. What is not final says why; "achieved" is kept for the final
 * target. With the partners' names it says whose numbers are missing.
 */
export function statusText(context: Words, standing: PeriodStatus, names: Names = new Map()): string {
  const w = context.m.indicator;
  const { colour, percent, provisional, without, target, period } = standing;
  const reasons = provisional.flatMap(why =>
    why === 'mixed'
      ? [w.mean({ n: standing.counted, names: without.flatMap(one => names.get(one) ?? []).join(', ') })]
      : [w.whyProvisional[why]],
  );
  if (reasons.length) return w.provisional({ why: reasons.join('; ') });
  if (!colour) return w.noColour;
  const share = percent === null ? '' : ` ${w.percent({ percent: formatNumber(percent, context.locale) })}`;
  if (colour !== 'met') return `${w.colours[colour]}${share}`;
  if (standing.final?.reached || target === null) return `${w.reached}${share}`;
  const by = { target: formatAmount(target, context), period: shortPeriod(period.key, context.locale) };
  const side = (['below', 'at', 'above'] as const)[Math.sign(compare(standing.value ?? target, target)) + 1]!;
  return `${w.beyond({ side, ...by })}${share}`;
}

/** Tells how the values of partners become one: shares are never added up. */
export function overPartnersText(
  { m }: Pick<RenderContext, 'm'>,
  indicator: Pick<Indicator, 'unit' | 'partnersAggregate'>,
): string {
  const how = indicator.partnersAggregate;
  const isRatio = isPercent(indicator) && (how === 'sum' || how === 'average');
  return isRatio ? m.indicator.ratioOrMean : m.indicator.aggregates[how];
}

/** The status in a word, without figures: whether the final target is reached, the colour, or that there is none yet. */
export function statusWord({ m }: Pick<RenderContext, 'm'>, { colour, final, provisional }: PeriodStatus): string {
  const w = m.indicator;
  if (provisional.length) return w.notFinal;
  if (!colour) return w.noColour;
  return colour === 'met' && final?.reached ? w.reached : w.colours[colour];
}

/** Counts how many partners have reported, beside every total. */
export const nOf = ({ m }: Pick<RenderContext, 'm'>, { n, of }: PeriodStatus): string => m.indicator.nOf({ n, of });
