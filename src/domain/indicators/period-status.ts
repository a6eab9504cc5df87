import { shareTurn } from '../../runtime/event-loop.ts';
import type { Reader } from '../../storage/store.ts';
import { dateIn } from '../calendar.ts';
import { grouped } from '../grouped.ts';
import { type Amount, compare, exact, type Fraction, over, plus, times } from './fraction.ts';
import { type Period, periodOfKey } from './periods.ts';
import { dueOf, type Figures, type IndicatorRecord, recordsOf, reportersIn } from './record.ts';
import type { Indicator } from './row.ts';
import { isInCourse, isPercent, overPeriods, spanOf, targetIn } from './span.ts';
import { type Band, bandOf, type Colour, type Judgement, judge, SCALES } from './status.ts';
import { WHOLE } from './store.ts';
import { periodsOf, type Terms, termsOf } from './terms.ts';
import { type Measured, totalOf } from './total.ts';

/**
 * Reasons for which a value is not final, and so has no colour: its period still runs; reports are awaited whose day
 * has not passed; some partners gave numbers and others only a share; a running total rests partly on an older period.
 */
export type Provisional = 'running' | 'awaited' | 'mixed' | 'carried';

/** Describes how an indicator stands in one period: the partners' total, the target, and the judgement. */
export interface PeriodStatus {
  readonly period: Period;
  /** The terms that held when the period ended, by which it is judged. */
  readonly terms: Terms;
  /** Judged value, of the span up to the period. Null: nothing was reported for the period. */
  readonly value: Fraction | null;
  /** Value of the period's own reports, and the two sums behind it where it is a ratio. */
  readonly own: Fraction | null;
  readonly numerator: Fraction | null;
  readonly denominator: Fraction | null;
  /** Reported by `n` of `of` partners. */
  readonly n: number;
  readonly of: number;
  /** Number of partners whose values are in it: a running total holds what others reported earlier, too. */
  readonly counted: number;
  /** The partners that gave a share without its numbers, where others gave them or a mean was not agreed. */
  readonly without: readonly number[];
  /** Number of things that several partners counted, each in the total once. */
  readonly shared: number;
  /** Empty: the value is final. */
  readonly provisional: readonly Provisional[];
  readonly target: Fraction | null;
  readonly interpolated: boolean;
  readonly colour: Colour | null;
  /** The share of the way to the period's target, in per cent, to one decimal. */
  readonly percent: number | null;
  /** The same of the final target, and whether that is reached; null: there is none. */
  readonly final: { readonly percent: number | null; readonly reached: boolean } | null;
}

/** Describes what one period's reports make, before it is set in its span. */
interface Own {
  readonly period: Period;
  readonly terms: Terms;
  readonly values: readonly Measured[];
  readonly counted: number;
  readonly answered: ReadonlySet<number>;
  readonly value: Fraction | null;
  readonly numerator: Fraction | null;
  readonly denominator: Fraction | null;
  readonly without: readonly number[];
  readonly shared: number;
  readonly carried: boolean;
}

/**
 * Judges an indicator period by period, from its first report to the period of `until`, as it is seen today. At
 * least that period is there.
 */
export function periodStatuses(record: IndicatorRecord, today: string, until = today): PeriodStatus[] {
  const owns = ownsOf(record, until);
  const spans = new Spans(owns);
  return owns.map((own, at) => judged(record, own, spans.valueAt(at), today));
}

/** Maximum number of periods that are judged one by one, before the spans of all are added up. */
const LOOKED_ALONE = 3;

/** The last of these with a colour, the others not judged: what is asked of a thousand indicators at once. */
export function lastJudged(record: IndicatorRecord, today: string): PeriodStatus | null {
  const owns = ownsOf(record, today);
  let values: readonly (Fraction | null)[] | undefined;
  for (let at = owns.length - 1, looked = 0; at >= 0; at--) {
    if (owns[at]!.value === null) continue;
    // Mostly one of the last has a colour: then the spans of the others need not be added up.
    if (looked++ === LOOKED_ALONE) {
      const spans = new Spans(owns);
      values = owns.map((_, i) => spans.valueAt(i));
    }
    const value = values ? values[at]! : new Spans(owns).valueAt(at);
    const status = judged(record, owns[at]!, value, today);
    if (status.colour) return status;
  }
  return null;
}

/** An indicator with its record, and how it stands period by period. */
export interface IndicatorStatus {
  readonly indicator: Indicator;
  readonly record: IndicatorRecord;
  readonly standings: readonly PeriodStatus[];
}

/** Tells how some indicators stand today, each with its record; the number of statements is the same for any number. */
export async function statusesOfAll(
  db: Reader,
  indicators: readonly Indicator[],
  now: Date,
): Promise<IndicatorStatus[]> {
  const stood: IndicatorStatus[] = [];
  for (const record of await recordsOf(db, indicators)) {
    const { indicator, zone } = record;
    stood.push({ indicator, record, standings: periodStatuses(record, dateIn(now, zone)) });
    await shareTurn();
  }
  return stood;
}

/** Tells how one indicator stands today, in the forum's zone. */
export const statusesOf = async (db: Reader, indicator: Indicator, now: Date): Promise<readonly PeriodStatus[]> =>
  (await statusesOfAll(db, [indicator], now))[0]!.standings;

function ownsOf(record: IndicatorRecord, today: string): Own[] {
  const submitted = record.reports.filter(report => report.state === 'submitted');
  const byPeriod = grouped(submitted, report => report.period);
  const starts = submitted.flatMap(({ kind, period }) => (kind === 'value' ? [periodOfKey(period)!.start] : []));
  const from = starts.reduce((first, one) => (one < first ? one : first), today);
  const running = new RunningTotals();
  return periodsOf(record, from, today).map(period => {
    const terms = termsOf(record, period);
    const made = byPeriod.get(period.key) ?? [];
    const reported = made.filter(report => report.kind === 'value').map(measured);
    const { values, carried } = running.upTo(period, terms, reported);
    const total = totalOf(values, terms.partnersAggregate, isPercent(terms));
    return {
      period,
      terms,
      values: reported,
      counted: values.length,
      answered: new Set(made.map(report => report.partner)),
      value: total?.value ?? null,
      numerator: total?.numerator ?? null,
      denominator: total?.denominator ?? null,
      without: total?.without ?? [],
      shared: total?.shared ?? 0,
      carried,
    };
  });
}

const measured = ({ partner, value, numerator, denominator, reportedAt, sources }: Figures): Measured => ({
  partner,
  value,
  numerator,
  denominator,
  reportedAt,
  of: sources?.of ?? null,
  per: sources?.per ?? null,
});

/**
 * The last running total of each partner, as far as it is of the same span: who is silent has not gone back to none.
 */
class RunningTotals {
  private readonly past: { period: Period; terms: Terms; values: readonly Measured[] }[] = [];
  private readonly known = new Map<string, { next: number; last: Map<number, Measured> }>();

  /** The values of a period, with those of older ones for the partners that have given none. Periods come in order. */
  upTo(period: Period, terms: Terms, values: readonly Measured[]): { values: readonly Measured[]; carried: boolean } {
    this.past.push({ period, terms, values });
    if (terms.valueKind !== 'cumulative' || !values.length) return { values, carried: false };
    const span = spanOf(period, terms);
    const so = this.known.get(span) ?? { next: 0, last: new Map<number, Measured>() };
    this.known.set(span, so);
    for (; so.next < this.past.length; so.next++) {
      const one = this.past[so.next]!;
      if (one.terms.valueKind !== 'cumulative' || spanOf(one.period, terms) !== span) continue;
      for (const value of one.values) so.last.set(value.partner, value);
    }
    // A total of the whole forum and those of its partners are two accounts of the same.
    const isWhole = terms.partners.length === 0;
    const all = [...so.last.values()].filter(one => values.includes(one) || (one.partner === WHOLE) === isWhole);
    return { values: all, carried: all.length > values.length };
  }
}

/** A sum, a mean or a maximum so far. */
interface SoFar {
  next: number;
  n: number;
  sum: Fraction;
  max: Fraction | null;
}

/** The values of spans, each period looked at once for each span. */
class Spans {
  private readonly owns: readonly Own[];
  private readonly known = new Map<string, SoFar>();

  constructor(owns: readonly Own[]) {
    this.owns = owns;
  }

  /** The value of a period's span up to it; null where the period has none. */
  valueAt(at: number): Fraction | null {
    const { period, terms, value } = this.owns[at]!;
    const how = overPeriods(terms);
    if (value === null || how === 'latest' || !isInCourse(period, terms)) return value;
    const span = spanOf(period, terms);
    const so = this.known.get(span) ?? { next: 0, n: 0, sum: exact(0), max: null };
    this.known.set(span, so);
    for (; so.next <= at; so.next++) {
      const one = this.owns[so.next]!;
      if (one.value === null || spanOf(one.period, terms) !== span || one.terms.valueKind !== terms.valueKind) continue;
      so.n++;
      so.sum = plus(so.sum, one.value);
      so.max = so.max === null || compare(one.value, so.max) > 0 ? one.value : so.max;
    }
    if (how === 'sum') return so.sum;
    return how === 'max' ? so.max : over(so.sum, exact(so.n));
  }
}

function judged(record: IndicatorRecord, own: Own, value: Fraction | null, today: string): PeriodStatus {
  const { period, terms } = own;
  const expected = reportersIn(record, period);
  const of = new Set([...expected, ...own.values.map(one => one.partner)]).size;
  const awaits = expected.some(one => !own.answered.has(one));
  const isRunning = today <= period.end;
  const reasons: readonly (readonly [Provisional, boolean])[] = [
    ['running', isRunning],
    ['awaited', awaits && !isRunning && today <= dueOf(record, period)],
    ['mixed', own.without.length > 0],
    ['carried', own.carried],
  ];
  const provisional = value === null ? [] : reasons.filter(([, holds]) => holds).map(([why]) => why);
  const line = targetIn(terms, period);
  // Values by the baseline's date are what the course began with: they are judged only where a target was agreed.
  const isJudged = value !== null && (line !== null || isInCourse(period, terms));
  const said = isJudged ? against(value, terms, line?.value ?? null) : null;
  return {
    period,
    terms,
    value,
    own: own.value,
    numerator: own.numerator,
    denominator: own.denominator,
    n: own.values.length,
    of,
    counted: own.counted,
    without: own.without,
    shared: own.shared,
    provisional,
    target: line?.value ?? null,
    interpolated: line?.interpolated ?? false,
    colour: provisional.length ? null : (said?.colour ?? null),
    percent: said?.percent ?? null,
    final: value === null || terms.target === null ? null : finalOf(value, terms, terms.target),
  };
}

/** A value against a target, by the terms' direction, baseline and bands. */
function against(value: Fraction, { direction, baseline, green, amber }: Terms, target: Amount | null): Judgement {
  const aim = { direction: direction === 'up' ? 'higher' : 'lower', target } as const;
  return judge(value, baseline, aim, { basis: 'progress', green, amber });
}

/** Tells how a value stands against the final target. */
function finalOf(value: Fraction, terms: Terms, target: Amount): NonNullable<PeriodStatus['final']> {
  const { percent, colour } = against(value, terms, target);
  return { percent, reached: colour === 'met' };
}

/** The band of the indicator's scale that a standing is in; null: it has no scale, or nothing to judge by. */
export function bandIn({ terms, value, target, provisional }: PeriodStatus): Band | null {
  if (!terms.scale || value === null || target === null || provisional.length) return null;
  const score = terms.direction === 'up' ? over(value, target) : over(target, value);
  return score && target.n >= 0n && value.n >= 0n ? bandOf(times(score, exact(100)), SCALES[terms.scale]) : null;
}

/** The last period for which anything was reported, or the current one. */
export const latest = (all: readonly PeriodStatus[]): PeriodStatus =>
  all.findLast(one => one.value !== null) ?? all.at(-1)!;
