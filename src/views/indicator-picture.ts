import type { Mark, Series } from '../contract/chart.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, picture } from '../contract/view.ts';
import { codeOf } from '../domain/codes.ts';
import { type Amount, exact, rounded } from '../domain/indicators/fraction.ts';
import { latest, type PeriodStatus } from '../domain/indicators/period-status.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { isPercent } from '../domain/indicators/span.ts';
import type { Colour } from '../domain/indicators/status.ts';
import { formatDate } from '../language/dates.ts';
import { formatAmount, nOf, statusText, withUnit } from './indicator-words.ts';
import { shortPeriod } from './short-period.ts';

/** Maximum number of periods drawn, the latest ones. */
export const PERIODS = 8;

const MARKS: Readonly<Record<Colour, Mark>> = { met: 'best', green: 'good', amber: 'warning', red: 'bad' };

/** The last PERIODS periods to draw; they end at the latest one with a value, if newer ones are all empty. */
export function shownOf(all: readonly PeriodStatus[]): readonly PeriodStatus[] {
  const last = all.findLastIndex(one => one.value !== null);
  const end = last < all.length - PERIODS ? last + 1 : all.length;
  return all.slice(0, end).slice(-PERIODS);
}

type Words = Pick<RenderContext, 'm' | 'locale'>;

/** Returns what a picture can draw of an exact value. */
const drawn = (value: Amount | null): number | null => (value === null ? null : rounded(exact(value), 6));

const markOf = ({ colour }: PeriodStatus): Mark => (colour ? MARKS[colour] : 'plain');

/** Returns what was reached, and what was aimed at, in the periods shown. */
function seriesOf(context: Words, shown: readonly PeriodStatus[]): Series[] {
  const w = context.m.indicator;
  const reached: Series = {
    name: w.value,
    values: shown.map(one => drawn(one.value)),
    marks: shown.map(one => (one.value === null ? null : markOf(one))),
    texts: shown.map(({ value }) => (value === null ? '' : formatAmount(value, context))),
  };
  const aimed: Series = { name: w.target, values: shown.map(one => drawn(one.target)), aim: true };
  return shown.some(one => one.target !== null) ? [reached, aimed] : [reached];
}

const statusOf = (context: Words, now: PeriodStatus) => ({ mark: markOf(now), word: statusText(context, now) });

/**
 * Draws how an indicator came on: values with their status, targets, baseline, number of reporters; the same in
 * words. Null: nothing was reported yet.
 */
export function indicatorPicture(context: Words, indicator: Indicator, all: readonly PeriodStatus[]): Block | null {
  const shown = shownOf(all);
  const known = shown.filter(one => one.value !== null);
  if (!known.length) return null;
  const { m, locale } = context;
  const w = m.indicator;
  const now = latest(shown);
  const { baseline, target, due, unit } = indicator;
  const several = shown.some(one => one.of > 1);
  const aim = due ? `${w.target} ${formatDate(due, locale, 'short')}` : w.target;
  const chart = {
    kind: 'line',
    locale,
    title: `${codeOf('indicator', indicator.number)} ${indicator.name}`,
    status: statusOf(context, now),
    about: w.chartAbout({
      unit: isPercent(indicator) ? '%' : unit,
      direction: indicator.direction,
      n: now.n,
      of: now.of,
    }),
    labels: shown.map(one => shortPeriod(one.period.key, locale)),
    ...(several && { notes: shown.map(one => (one.n || one.value !== null ? `${one.n}/${one.of}` : '–')) }),
    series: seriesOf(context, shown),
    levels: [
      ...(baseline === null ? [] : [{ name: w.baseline, value: drawn(baseline)! }]),
      ...(target === null ? [] : [{ name: aim, value: drawn(target)! }]),
    ],
  } as const;
  const said = known.map(one => {
    const value = withUnit(context, indicator, one.value!);
    const of = one.target === null ? '' : ` (${w.target.toLowerCase()} ${formatAmount(one.target, context)})`;
    return `${one.period.key} ${value}${of}, ${statusText(context, one)}, ${nOf(context, one)}`;
  });
  const start = baseline === null ? '' : `; ${w.baseline.toLowerCase()} ${withUnit(context, indicator, baseline)}`;
  return picture(chart, `${indicator.name}: ${said.reverse().join('; ')}${start}`);
}

/** An indicator and how it stood, period by period. */
export interface Shown {
  readonly indicator: Indicator;
  readonly standings: readonly PeriodStatus[];
}

/** Several indicators at a glance, each with its status and its last value. Null: nothing was reported yet. */
export function indicatorsPicture(context: Words, ones: readonly Shown[]): Block | null {
  const reported = ones.flatMap(({ indicator, standings }) => {
    const now = latest(standings);
    return now.value === null ? [] : [{ indicator, shown: shownOf(standings), now, value: now.value }];
  });
  if (!reported.length) return null;
  const panels = reported.map(({ indicator, shown, now, value }) => ({
    title: `${codeOf('indicator', indicator.number)} ${indicator.name}`,
    status: statusOf(context, now),
    about: withUnit(context, indicator, value),
    labels: shown.map(one => shortPeriod(one.period.key, context.locale)),
    series: seriesOf(context, shown),
  }));
  const alt = reported
    .map(
      ({ indicator, now, value }) =>
        `${indicator.name}: ${withUnit(context, indicator, value)}, ${statusText(context, now)}`,
    )
    .join('; ');
  return picture({ kind: 'panels', locale: context.locale, title: context.m.indicator.list, panels }, alt);
}
