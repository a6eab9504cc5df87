import type { Reader } from '../../storage/store.ts';
import { addDays } from '../calendar.ts';
import { type OverPeriods, overPartners, overPeriods, type PartnerValue, type Total } from './aggregate.ts';
import { rounded } from './fraction.ts';
import { type Period, periodsBetween } from './periods.ts';
import { type Band, bandOf, type Colour, judge, SCALES, targetOf } from './status.ts';
import { type Indicator, periodTargetsOf, type Report, reportsOf, responsibleFor } from './store.ts';

const HOW: Readonly<Record<Indicator['aggregate'], OverPeriods>> = {
  sum: 'sum',
  average: 'avg',
  latest: 'latest',
  max: 'max',
};
const DECIMALS = 3;

/** How an indicator stands in one period: the partners' total, the target, and the judgement. */
export interface Standing {
  readonly period: Period;
  readonly value: number | null;
  /** Reported by `n` of `of` partners. */
  readonly n: number;
  readonly of: number;
  readonly target: number | null;
  readonly interpolated: boolean;
  readonly colour: Colour | null;
  readonly percent: number | null;
}

export const isPercent = (indicator: Pick<Indicator, 'unit'>): boolean =>
  /^(%|persen|percent)$/i.test(indicator.unit.trim());

const counts = (report: Report): boolean => report.kind === 'value' && report.state === 'submitted';

const measured = (report: Report): PartnerValue => ({
  value: report.value,
  numerator: report.numerator,
  denominator: report.denominator,
  reportedAt: report.reportedAt,
  weight: null,
});

/**
 * How an indicator stands, period by period, from its first report (or its baseline) to the period of `today`. Within a
 * period partners add up; a sum over periods runs from the year's beginning, so that it is held against the year's line.
 */
export async function standingsOf(db: Reader, indicator: Indicator, today: string): Promise<Standing[]> {
  const { forumId, number, frequency } = indicator;
  const all = (await reportsOf(db, forumId, { indicator: number })).filter(counts);
  const expected = Math.max(1, (await responsibleFor(db, forumId, number)).length);
  const targets = await periodTargetsOf(db, forumId, number);
  // Percentages given without their two numbers can only be averaged; they are never added.
  const percents = { isPercent: isPercent(indicator), mayAverage: true };
  const single = percents.isPercent && indicator.partnersAggregate === 'sum' ? 'avg' : HOW[indicator.partnersAggregate];
  const since = all.map(report => report.period).sort()[0];
  const first = since
    ? periodsBetween(addDays(today, -3660), today, frequency).find(one => one.key === since)
    : undefined;
  const periods = periodsBetween(first?.start ?? today, today, frequency);
  const totals = new Map<string, Total>();
  for (const { key } of periods) {
    const values = all.filter(report => report.period === key).map(measured);
    const how = values.some(one => one.denominator !== null) ? 'ratio' : single;
    totals.set(key, overPartners(values, how, expected, percents));
  }
  return periods.map(period => {
    const here = totals.get(period.key)!;
    const upTo = periods.filter(one => one.key <= period.key && one.start.slice(0, 4) === period.start.slice(0, 4));
    const value = here.n === 0 ? null : (cumulated(indicator, upTo, totals) ?? here.value);
    const line = targetOf(courseOf(indicator, targets), period);
    const target = line ? rounded(line.value, DECIMALS) : null;
    const shown = value ? rounded(value, DECIMALS) : null;
    const aim = { direction: indicator.direction === 'up' ? 'higher' : 'lower', target } as const;
    const bands = { basis: 'progress', green: indicator.green, amber: indicator.amber } as const;
    const judged = shown === null ? null : judge(shown, indicator.baseline, aim, bands);
    return {
      period,
      value: shown,
      n: here.n,
      of: expected,
      target,
      interpolated: line?.interpolated ?? false,
      colour: judged?.colour ?? null,
      percent: judged?.percent ?? null,
    };
  });
}

/** What the periods up to one make together, where they add up; the others stand for themselves. */
function cumulated(indicator: Indicator, upTo: readonly Period[], totals: ReadonlyMap<string, Total>): Total['value'] {
  if (indicator.aggregate !== 'sum') return null;
  const values = upTo.map(({ key }) => {
    const { value, numerator, denominator } = totals.get(key)!;
    return { key, value, numerator, denominator };
  });
  const percents = { isPercent: isPercent(indicator), mayAverage: false };
  return overPeriods(values, 'sum', values.length, percents).value;
}

const courseOf = (indicator: Indicator, periodTargets: ReadonlyMap<string, number>) => ({
  baseline:
    indicator.baseline === null ? null : { value: indicator.baseline, date: indicator.baselineDate ?? '1970-01-01' },
  target: indicator.target === null ? null : { value: indicator.target, by: indicator.due ?? '9999-12-31' },
  periodTargets,
});

/** The band of the indicator's scale that a standing is in; null: it has no scale, or nothing to judge by. */
export function bandIn(indicator: Indicator, { value, target }: Standing): Band | null {
  if (!indicator.scale || value === null || target === null) return null;
  const aim = { direction: indicator.direction === 'up' ? 'higher' : 'lower', target } as const;
  const { percent } = judge(value, null, aim, { basis: 'ratio', green: 0, amber: 0 });
  return percent === null ? null : bandOf(percent, SCALES[indicator.scale]);
}

/** The last period for which anything was reported, or the current one. */
export const latest = (standings: readonly Standing[]): Standing =>
  [...standings].reverse().find(one => one.value !== null) ?? standings.at(-1)!;
