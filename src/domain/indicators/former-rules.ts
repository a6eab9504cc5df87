import { addDays } from '../calendar.ts';
import { grouped } from '../grouped.ts';
import { exact, type Fraction, over, rounded, sum, times } from './fraction.ts';
import { periodsBetween } from './periods.ts';
import type { Figures, IndicatorRecord } from './record.ts';
import { isPercent } from './span.ts';
import { type Colour, type Course, judge, targetOf } from './status.ts';
import { type Terms, termsAt } from './terms.ts';
import { combine } from './total.ts';

/** Number of decimals to which those rules rounded before they judged. */
const DECIMALS = 3;
/** Maximum time that those rules looked back, days. */
const LOOK_BACK_DAYS = 3_660;

/** Describes how a period was told. */
export interface FormerStatus {
  readonly value: number | null;
  readonly target: number | null;
  readonly colour: Colour | null;
}

/**
 * Finds the keys of an indicator's periods as they were told until indicators had versions: by the terms of the day on
 * which one looked, sums anew from each January on, whatever kind of value it was. Nothing is judged by these rules any
 * more; what a corrected rule changed is found by them.
 */
export function formerStatuses(record: IndicatorRecord, today: string): ReadonlyMap<string, FormerStatus> {
  const terms = termsAt(record, today);
  const made = record.reports.filter(one => one.kind === 'value' && one.state === 'submitted');
  const byPeriod = grouped(made, one => one.period);
  const all = periodsBetween(addDays(today, -LOOK_BACK_DAYS), today, terms.frequency);
  const first = all.findIndex(one => one.key === made.map(({ period }) => period).sort()[0]);
  // A first report of longer ago hid all others.
  const periods = first < 0 ? all.slice(-1) : all.slice(first);
  const isSum = terms.aggregate === 'sum' && !isPercent(terms);
  const told = new Map<string, FormerStatus>();
  let year = '';
  let soFar: Fraction[] = [];
  for (const period of periods) {
    if (period.start.slice(0, 4) !== year) soFar = [];
    year = period.start.slice(0, 4);
    const reports = byPeriod.get(period.key) ?? [];
    const own = totalOf(reports, terms);
    if (own) soFar.push(own);
    const value = reports.length && isSum && soFar.length ? sum(soFar) : own;
    const line = targetOf(courseOf(terms), period);
    told.set(period.key, judged(value, line && rounded(line.value, DECIMALS), terms));
  }
  return told;
}

/** Total of the partners of a period: where one gave the two numbers of a ratio, nothing unless all did. */
function totalOf(reports: readonly Figures[], terms: Terms): Fraction | null {
  const inOrder = [...reports].sort((a, b) => a.reportedAt.getTime() - b.reportedAt.getTime());
  if (inOrder.some(one => one.denominator !== null)) {
    if (inOrder.some(one => one.numerator === null || one.denominator === null)) return null;
    const of = (name: 'numerator' | 'denominator') => sum(inOrder.map(one => exact(one[name]!)));
    const ratio = over(of('numerator'), of('denominator'));
    return ratio && isPercent(terms) ? times(ratio, exact(100)) : ratio;
  }
  const how = isPercent(terms) && terms.partnersAggregate === 'sum' ? 'average' : terms.partnersAggregate;
  return combine(
    inOrder.flatMap(one => (one.value === null ? [] : [exact(one.value)])),
    how,
  );
}

function judged(exactly: Fraction | null, target: number | null, terms: Terms): FormerStatus {
  if (exactly === null) return { value: null, target, colour: null };
  const { direction, baseline, green, amber } = terms;
  const value = rounded(exactly, DECIMALS);
  const aim = { direction: direction === 'up' ? 'higher' : 'lower', target } as const;
  return { value, target, colour: judge(value, baseline, aim, { basis: 'progress', green, amber }).colour };
}

const courseOf = ({ baseline, baselineDate, target, due, periodTargets }: Terms): Course => ({
  baseline: baseline === null ? null : { value: baseline, date: baselineDate ?? '1970-01-01' },
  target: target === null ? null : { value: target, by: due ?? '9999-12-31' },
  periodTargets: new Map(Object.entries(periodTargets)),
});
