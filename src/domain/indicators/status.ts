import type { BAND_SCALES } from '../../storage/schema/indicators.ts';
import { daysBetween } from '../calendar.ts';
import { type Amount, compare, exact, type Fraction, minus, over, plus, rounded, times } from './fraction.ts';
import type { Period } from './periods.ts';

export type Colour = 'met' | 'green' | 'amber' | 'red';

/** Describes what is aimed at: more, less, or to stay within bounds (both included). */
export type Aim =
  | { readonly direction: 'higher' | 'lower'; readonly target: Amount | null }
  | { readonly direction: 'range'; readonly from: Amount; readonly to: Amount };

/**
 * Bounds of green and amber. `progress`: percent of the way from baseline to target; `ratio`: percent of the target;
 * `absolute`: in the indicator's own unit.
 */
export interface Thresholds {
  readonly basis: 'progress' | 'ratio' | 'absolute';
  readonly green: number;
  readonly amber: number;
}

export const THRESHOLDS: Thresholds = { basis: 'progress', green: 90, amber: 70 };

export interface Judgement {
  /** Null: there is no target to judge by. */
  readonly colour: Colour | null;
  /**
   * Percentage of the way or of the target, to one decimal; null: there is no such ratio. Below zero: the wrong way.
   */
  readonly percent: number | null;
  readonly worseThanBaseline: boolean;
}

const HUNDRED = exact(100);

/**
 * Judges a value. Worse than the baseline is red whatever the ratio; a target reached is met; where target and
 * baseline are equal, or the target lies on the wrong side of the baseline, the direction alone decides. A baseline
 * that is not known leaves the ratio of value to target. Computed exactly: 90 % is green, a hair less is amber.
 */
export function judge(value: Amount, baseline: Amount | null, aim: Aim, thresholds: Thresholds): Judgement {
  const actual = exact(value);
  const start = baseline === null ? null : exact(baseline);
  if (aim.direction === 'range') return judgeRange(actual, start, aim, thresholds);
  const target = aim.target === null ? null : exact(aim.target);
  const better = (a: Fraction, b: Fraction): number => (aim.direction === 'higher' ? compare(a, b) : compare(b, a));
  const worseThanBaseline = start !== null && better(actual, start) < 0;
  const score = target && scoreOf(actual, start, target, aim.direction, thresholds.basis);
  const percent = score && rounded(times(score, HUNDRED), 1);
  const say = (colour: Colour | null): Judgement => ({ colour, percent, worseThanBaseline });
  if (worseThanBaseline) return say('red');
  if (target && better(actual, target) >= 0) return say('met');
  if (thresholds.basis === 'absolute') {
    const reaches = (limit: number): boolean => better(actual, exact(limit)) >= 0;
    return say(reaches(thresholds.green) ? 'green' : reaches(thresholds.amber) ? 'amber' : 'red');
  }
  if (!target) return say(null);
  const reaches = (limit: number): boolean => score !== null && compare(times(score, HUNDRED), exact(limit)) >= 0;
  return say(reaches(thresholds.green) ? 'green' : reaches(thresholds.amber) ? 'amber' : 'red');
}

/** The share of the way, or of the target; null where it says nothing. */
function scoreOf(
  actual: Fraction,
  baseline: Fraction | null,
  target: Fraction,
  direction: 'higher' | 'lower',
  basis: Thresholds['basis'],
): Fraction | null {
  if (basis === 'absolute') return null;
  if (basis === 'progress' && baseline) {
    const way = minus(target, baseline);
    const forward = direction === 'higher' ? way.n > 0n : way.n < 0n;
    return forward ? over(minus(actual, baseline), way) : null;
  }
  if (target.n < 0n || actual.n < 0n) return null;
  return direction === 'higher' ? over(actual, target) : over(target, actual);
}

/**
 * Judges a value against bounds: within them it is met; outside, the way back to the nearer bound counts, from a
 * baseline beyond the same one.
 */
function judgeRange(
  actual: Fraction,
  baseline: Fraction | null,
  { from, to }: Extract<Aim, { direction: 'range' }>,
  thresholds: Thresholds,
): Judgement {
  const [low, high] = [exact(from), exact(to)];
  const above = compare(actual, high) > 0;
  if (!above && compare(actual, low) >= 0) return { colour: 'met', percent: null, worseThanBaseline: false };
  const sameSide = baseline && (above ? compare(baseline, high) > 0 : compare(baseline, low) < 0);
  if (!sameSide) return { colour: 'red', percent: null, worseThanBaseline: baseline !== null };
  const aim = above ? ({ direction: 'lower', target: high } as const) : ({ direction: 'higher', target: low } as const);
  return judge(actual, baseline, aim, { ...thresholds, basis: 'progress' });
}

export type Band = 'very_high' | 'high' | 'medium' | 'low' | 'very_low' | 'good' | 'sufficient' | 'poor' | 'very_poor';

/** Named bands, the best first, in per cent of the target: a value has the first whose limit it reaches, else the last. */
export interface Scale {
  readonly bands: readonly { readonly name: Band; readonly from: number }[];
  readonly below: Band;
}

/** Other bands that people expect; the same words mean other limits elsewhere, so they are data. */
export const SCALES = {
  /** Performance of civil servants, PermenPANRB 8/2021. */
  skp: {
    bands: [
      { name: 'good', from: 100 },
      { name: 'sufficient', from: 80 },
      { name: 'poor', from: 60 },
    ],
    below: 'very_poor',
  },
  /** Performance of regional government, Permendagri 86/2017. */
  permendagri_86: {
    bands: [
      { name: 'very_high', from: 91 },
      { name: 'high', from: 76 },
      { name: 'medium', from: 66 },
      { name: 'low', from: 51 },
    ],
    below: 'very_low',
  },
} as const satisfies Readonly<Record<(typeof BAND_SCALES)[number], Scale>>;

/** The band of a percentage of the target. */
export const bandOf = (value: Amount, scale: Scale): Band =>
  scale.bands.find(({ from }) => compare(exact(value), exact(from)) >= 0)?.name ?? scale.below;

/** Describes what an indicator is measured against over time. */
export interface Course {
  readonly baseline: { readonly value: Amount; readonly date: string } | null;
  readonly target: { readonly value: Amount; readonly by: string } | null;
  /** Agreed targets by period key. */
  readonly periodTargets: ReadonlyMap<string, Amount>;
}

/**
 * The target of a period: the agreed one, else the point at the period's end of the straight line from baseline to
 * target, by days, marked as interpolated. After the target's date it is the target. Null: there is no line, or it has
 * not begun by the period's end.
 */
export function targetOf(
  { baseline, target, periodTargets }: Course,
  { key, end }: Pick<Period, 'key' | 'end'>,
): { readonly value: Fraction; readonly interpolated: boolean } | null {
  const agreed = periodTargets.get(key);
  if (agreed !== undefined) return { value: exact(agreed), interpolated: false };
  if (!target || (baseline && end <= baseline.date)) return null;
  if (end >= target.by) return { value: exact(target.value), interpolated: false };
  if (!baseline) return null;
  const start = exact(baseline.value);
  const gone = over(exact(daysBetween(baseline.date, end)), exact(daysBetween(baseline.date, target.by)))!;
  return { value: plus(start, times(minus(exact(target.value), start), gone)), interpolated: true };
}

export type Absence =
  | { readonly status: 'not_due' | 'due' | 'returned' | 'provisional' }
  | { readonly status: 'overdue'; readonly days: number }
  | { readonly status: 'no_data'; readonly reason: string };

/** The part of a partner's report that its status needs. */
export interface Reported {
  readonly state: 'draft' | 'submitted' | 'returned' | 'verified';
  /** The partner's reason for giving no value; null: it gave one. */
  readonly noData: string | null;
}

/**
 * Returns the reason for which a period's report has no colour; null: it counts, and its value may be judged. A draft
 * is provisional, and so is a value for a period that still runs.
 */
export function absenceOf(
  report: Reported | null,
  period: Pick<Period, 'end'>,
  due: string,
  today: string,
): Absence | null {
  const open = today <= period.end;
  if (report?.state === 'returned') return { status: 'returned' };
  if (report && report.noData !== null && report.state !== 'draft') return { status: 'no_data', reason: report.noData };
  if (report?.state === 'draft') return { status: 'provisional' };
  if (report) return open ? { status: 'provisional' } : null;
  if (open) return { status: 'not_due' };
  return today <= due ? { status: 'due' } : { status: 'overdue', days: daysBetween(due, today) };
}
