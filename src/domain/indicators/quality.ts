import { grouped } from '../grouped.ts';
import type { Figures, IndicatorRecord } from './record.ts';

/** Minimum number of earlier periods by which a value can be called unusual. */
export const MINIMUM_PERIODS = 6;
/** Minimum modified z-score of an unusual value, after Iglewicz and Hoaglin (1993). */
const UNUSUAL = 3.5;
/** Factor that makes the median deviation of a normal distribution comparable to its standard deviation. */
const MEDIAN_SCALE = 0.6745;
/** Factor of the mean deviation, which stands in where more than half of the values are equal. */
const MEAN_SCALE = 0.7979;
/** Number of periods with the same value that is asked about. */
const UNCHANGED = 3;

/** Doubts about a report by its figures alone; it may well be right. */
export type Doubt =
  | { readonly kind: 'high' | 'low'; readonly usual: number }
  | { readonly kind: 'unchanged'; readonly times: number };

const median = (sorted: readonly number[]): number => {
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/**
 * The modified z-score of a value among earlier ones; null: too few of them, or all are equal, so that nothing says how
 * far values usually lie apart.
 */
export function modifiedZ(value: number, earlier: readonly number[]): number | null {
  if (earlier.length < MINIMUM_PERIODS) return null;
  const middle = median(ascending(earlier));
  const deviations = earlier.map(one => Math.abs(one - middle));
  const spread = median(ascending(deviations));
  if (spread > 0) return (MEDIAN_SCALE * (value - middle)) / spread;
  const mean = deviations.reduce((sum, one) => sum + one, 0) / deviations.length;
  return mean > 0 ? (MEAN_SCALE * (value - middle)) / mean : null;
}

/** The length of a period, as its key tells: months are not held against quarters. */
const lengthOf = (key: string): string => key.replace(/\d/g, '0');

const courseKey = (one: Pick<Figures, 'period' | 'partner'>): string => `${one.partner} ${lengthOf(one.period)}`;

/** Periods in their order, and the value of each. */
interface Course {
  readonly periods: readonly string[];
  readonly values: readonly number[];
}

/** Reports of each partner for periods of each length. Kept, since a digest asks for it with every report. */
const courses = new WeakMap<IndicatorRecord, ReadonlyMap<string, Course>>();

function coursesOf(record: IndicatorRecord): ReadonlyMap<string, Course> {
  const known = courses.get(record);
  if (known) return known;
  const made = record.reports.filter(one => one.kind === 'value' && one.state === 'submitted' && one.value !== null);
  const found = new Map<string, Course>();
  for (const [key, its] of grouped(made, courseKey))
    found.set(key, { periods: its.map(one => one.period), values: its.map(one => Number(one.value)) });
  courses.set(record, found);
  return found;
}

/** Values of one partner in the order of periods of one length, up to a report's own. */
function valuesUpTo(record: IndicatorRecord, report: Pick<Figures, 'period' | 'partner'>): number[] {
  const course = coursesOf(record).get(courseKey(report));
  if (!course) return [];
  return course.values.slice(0, course.periods.findLastIndex(period => period <= report.period) + 1);
}

/**
 * Finds doubts about a report that was made and not returned: a value far from the partner's earlier ones, or the same
 * for the third period running. Periods in which nothing was reported are passed over.
 */
export function doubtsOf(record: IndicatorRecord, report: Pick<Figures, 'period' | 'partner' | 'state'>): Doubt[] {
  if (report.state !== 'submitted') return [];
  const values = valuesUpTo(record, report);
  const value = values.pop();
  if (value === undefined) return [];
  const doubts: Doubt[] = [];
  const z = modifiedZ(value, values);
  if (z !== null && Math.abs(z) > UNUSUAL)
    doubts.push({ kind: z > 0 ? 'high' : 'low', usual: median(ascending(values)) });
  let times = 1;
  while (values.at(-times) === value) times++;
  if (times >= UNCHANGED) doubts.push({ kind: 'unchanged', times });
  return doubts;
}
