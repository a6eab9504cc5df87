import { addDays } from '../calendar.ts';
import { exact, type Fraction, minus } from './fraction.ts';
import { type Period, periodOfKey } from './periods.ts';
import type { Indicator } from './row.ts';
import { type Course, targetOf } from './status.ts';
import { type Chain, periodAt, type Terms, termsOf } from './terms.ts';
import type { Aggregate } from './total.ts';

export const isPercent = ({ unit }: Pick<Indicator, 'unit'>): boolean =>
  /^(%|persen|per cent|percent)$/i.test(unit.trim());

/** The calendar year of a period is that of its key: a week belongs to the year that has most of it. */
const yearOf = ({ key }: Period): string => key.slice(0, 4);

/** Tells whether a period lies in the course, which runs from the baseline: what ended by then is no part of it. */
export const isInCourse = ({ end }: Period, { baselineDate }: Pick<Terms, 'baselineDate'>): boolean =>
  baselineDate === null || end > baselineDate;

/** The periods over which a period's value is taken, as a name: those of the same name are added up together. */
export const spanOf = (period: Period, terms: Pick<Terms, 'valueKind' | 'baselineDate' | 'span'>): string =>
  isInCourse(period, terms)
    ? [terms.valueKind, terms.baselineDate, terms.span === 'year' ? yearOf(period) : ''].join('|')
    : period.key;

/** Tells how periods add up: a running total holds what came before already, and shares are not added. */
export function overPeriods(terms: Terms): Aggregate {
  if (terms.valueKind === 'cumulative') return 'latest';
  return terms.aggregate === 'sum' && isPercent(terms) ? 'latest' : terms.aggregate;
}

/** The line that a period is held against: of the whole course, or drawn anew from each year's first day to its last. */
function courseOf(terms: Terms, period: Period): Course {
  const { baseline, target } = terms;
  const from = terms.baselineDate ?? '1970-01-01';
  const by = terms.due ?? '';
  // A running total of each year begins anew with it, as a sum does.
  const isRunning = terms.valueKind === 'cumulative' || overPeriods(terms) !== 'latest';
  const isAnew = terms.span === 'year' && isRunning;
  const [first, last] = isAnew ? yearBounds(period) : [from, by];
  return {
    baseline: baseline === null ? null : { value: baseline, date: from > first ? from : first },
    target: target === null || terms.due === null ? null : { value: target, by: by < last ? by : last },
    periodTargets: new Map(Object.entries(terms.periodTargets)),
  };
}

/** The first and last date of a period's year; of weeks, of the year of their keys. */
export function yearBounds(period: Period): readonly [string, string] {
  const year = yearOf(period);
  if (period.frequency !== 'weekly') return [`${year}-01-01`, `${year}-12-31`];
  const last = periodOfKey(`${year}-W53`) ?? periodOfKey(`${year}-W52`)!;
  return [periodOfKey(`${year}-W01`)!.start, last.end];
}

/** The target of a period by its terms; null: there is none. */
export const targetIn = (terms: Terms, period: Period): ReturnType<typeof targetOf> =>
  targetOf(courseOf(terms, period), period);

/** Tells whether the periods' own values may be added up. */
export const isAdditive = (terms: Terms): boolean => overPeriods(terms) === 'sum';

/** Reckons what a period is to bring by itself where periods add up: the way from the one before. Null: no target. */
export function ownTarget(chain: Chain, period: Period): Fraction | null {
  const terms = termsOf(chain, period);
  const target = targetIn(terms, period)?.value ?? null;
  if (target === null) return null;
  const before = periodAt(chain, addDays(period.start, -1));
  const isSameSpan = isInCourse(before, terms) && spanOf(before, terms) === spanOf(period, terms);
  const reached = isSameSpan ? targetIn(terms, before)?.value : undefined;
  return minus(target, reached ?? exact(terms.baseline ?? 0));
}
