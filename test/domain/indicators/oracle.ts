/**
 * Oracle of how indicators stand, by the slowest and plainest way: every question goes through the whole list of facts
 * again, numbers are quotients of integers, days are counted one by one. Written from the rules of figures (each said
 * beside the function), so that the program can be held against it.
 */

/** A quotient of integers; the denominator is positive. */
export type Q = readonly [n: bigint, d: bigint];

const q = (n: bigint, d = 1n): Q => (d < 0n ? [-n, -d] : [n, d]);
const add = (a: Q, b: Q): Q => q(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
const sub = (a: Q, b: Q): Q => add(a, [-b[0], b[1]]);
const mul = (a: Q, b: Q): Q => q(a[0] * b[0], a[1] * b[1]);
const div = (a: Q, b: Q): Q => q(a[0] * b[1], a[1] * b[0]);
const less = (a: Q, b: Q): boolean => a[0] * b[1] < b[0] * a[1];
export const same = (a: Q, b: Q): boolean => a[0] * b[1] === b[0] * a[1];
const hundred = q(100n);

/** A decimal of at most six places. */
function qOf(text: string): Q {
  const [whole = '', fraction = ''] = text.split('.');
  return q(BigInt(whole + fraction.padEnd(6, '0')), 1_000_000n);
}

export type Frequency = 'weekly' | 'monthly' | 'quarterly' | 'semiannual' | 'annual';

/** Terms that are agreed at one time. */
export interface Agreed {
  readonly unit: string;
  readonly direction: 'up' | 'down';
  readonly baseline: string | null;
  readonly baselineDate: string | null;
  readonly target: string | null;
  readonly due: string | null;
  readonly frequency: Frequency;
  readonly valueKind: 'stock' | 'flow' | 'cumulative';
  readonly aggregate: 'sum' | 'average' | 'latest' | 'max';
  readonly partnersAggregate: 'sum' | 'average' | 'latest' | 'max';
  readonly span: 'course' | 'year';
  readonly green: number;
  readonly amber: number;
  readonly partners: readonly number[];
  readonly periodTargets: Readonly<Record<string, string>>;
}

/** Everything that happened, in the order in which it happened. */
export type Fact =
  | { readonly what: 'agreed'; readonly on: string; readonly terms: Agreed }
  | { readonly what: 'changed'; readonly since: string; readonly set: Partial<Agreed> }
  | { readonly what: 'archived'; readonly partner: number; readonly on: string }
  | {
      readonly what: 'reported';
      readonly partner: number;
      readonly period: string;
      readonly value: string | null;
      readonly numerator?: string;
      readonly denominator?: string;
      readonly onTime: boolean;
      readonly returned?: boolean;
    };

export interface Expected {
  readonly period: string;
  readonly value: Q | null;
  readonly target: Q | null;
  readonly colour: string | null;
  readonly n: number;
  readonly of: number;
}

const DAY = 86_400_000;
const at = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const dayAfter = (date: string): string => dateOf(at(date) + DAY);

/** The key of the period in which a date lies. A week belongs to the year of its Thursday. */
export function keyOf(date: string, frequency: Frequency): string {
  const [year, month] = date.split('-').map(Number) as [number, number];
  if (frequency === 'annual') return String(year);
  if (frequency === 'monthly') return date.slice(0, 7);
  if (frequency === 'quarterly') return `${year}-Q${Math.floor((month + 2) / 3)}`;
  if (frequency === 'semiannual') return `${year}-H${month < 7 ? 1 : 2}`;
  const weekday = (new Date(at(date)).getUTCDay() + 6) % 7;
  const thursday = dateOf(at(date) + (3 - weekday) * DAY);
  const first = at(`${thursday.slice(0, 4)}-01-01`);
  return `${thursday.slice(0, 4)}-W${String(Math.floor((at(thursday) - first) / (7 * DAY)) + 1).padStart(2, '0')}`;
}

interface Span {
  readonly key: string;
  readonly frequency: Frequency;
  readonly start: string;
  readonly end: string;
}

/** Calendars do not change: each is walked through once, day by day. */
const calendars = new Map<Frequency, readonly Span[]>();

/** The periods of a frequency that touch a time, from 2010 to 2033. */
export function walk(from: string, to: string, frequency: Frequency): readonly Span[] {
  const known = calendars.get(frequency) ?? walkDays('2010-01-01', '2033-01-01', frequency);
  calendars.set(frequency, known);
  return known.filter(({ start, end }) => end >= from && start <= to);
}

function walkDays(from: string, to: string, frequency: Frequency): Span[] {
  const found: Span[] = [];
  let start = from;
  while (keyOf(dateOf(at(start) - DAY), frequency) === keyOf(from, frequency)) start = dateOf(at(start) - DAY);
  for (let day = start; day <= to; ) {
    const key = keyOf(day, frequency);
    let end = day;
    while (keyOf(dayAfter(end), frequency) === key) end = dayAfter(end);
    found.push({ key, frequency, start: day, end });
    day = dayAfter(end);
  }
  return found;
}

export class Oracle {
  private readonly facts: readonly Fact[];
  private readonly seen = new Map<string, readonly Span[]>();
  private readonly dueDays: number;
  private readonly isOff: (date: string) => boolean;

  constructor(facts: readonly Fact[], how: { dueDays: number; isOff: (date: string) => boolean }) {
    this.facts = facts;
    this.dueDays = how.dueDays;
    this.isOff = how.isOff;
  }

  /** The day of the agreement. */
  private agreed(): Extract<Fact, { what: 'agreed' }> {
    return this.facts.find(one => one.what === 'agreed') as Extract<Fact, { what: 'agreed' }>;
  }

  /** G7: a period is judged by what had been said, and held, when it ended; before the agreement, by the agreement. */
  termsOn(date: string): Agreed {
    const { on, terms } = this.agreed();
    const day = date < on ? on : date;
    let now = terms;
    for (const fact of this.facts)
      if (fact.what === 'changed' && fact.since <= day)
        now = {
          ...now,
          ...fact.set,
          periodTargets: { ...now.periodTargets, ...fact.set.periodTargets },
        };
    return now;
  }

  /** The first day of the year before anything happened. */
  private beginning(): string {
    const years = this.facts.flatMap(fact =>
      fact.what === 'reported' ? [fact.period.slice(0, 4)] : fact.what === 'agreed' ? [fact.on.slice(0, 4)] : [],
    );
    return `${Number(years.sort()[0]) - 1}-01-01`;
  }

  /** G5, G15: all periods from the first one reported; each of the frequency that held when it ended. */
  periods(today: string): readonly Span[] {
    const known = this.seen.get(today) ?? this.allPeriods(today);
    this.seen.set(today, known);
    return known;
  }

  private allPeriods(today: string): Span[] {
    const begun = this.beginning();
    const isReported = (key: string): boolean => this.reportsFor(key).some(one => one.value !== null);
    const all: Span[] = [];
    for (const frequency of ['weekly', 'monthly', 'quarterly', 'semiannual', 'annual'] as const)
      for (const one of walk(begun, today, frequency)) if (this.termsOn(one.end).frequency === frequency) all.push(one);
    const earliest = (['weekly', 'monthly', 'quarterly', 'semiannual', 'annual'] as const)
      .flatMap(frequency => walk(begun, today, frequency))
      .filter(one => isReported(one.key))
      .map(one => one.start)
      .sort()[0];
    const from = earliest ?? today;
    return all.filter(one => one.end >= from).sort((a, b) => (a.end < b.end ? -1 : 1));
  }

  private reportsFor(period: string): Extract<Fact, { what: 'reported' }>[] {
    const last = new Map<number, Extract<Fact, { what: 'reported' }>>();
    for (const fact of this.facts)
      if (fact.what === 'reported' && fact.period === period) {
        last.delete(fact.partner);
        last.set(fact.partner, fact);
      }
    return [...last.values()].filter(one => !one.returned);
  }

  /**
   * Returns who is to report a period: those agreed on when it ended, without those archived by then; else the forum.
   */
  expected(period: Span): number[] {
    const { partners } = this.termsOn(period.end);
    if (!partners.length) return [0];
    const gone = this.facts.flatMap(fact => (fact.what === 'archived' && fact.on <= period.end ? [fact.partner] : []));
    return partners.filter(one => !gone.includes(one));
  }

  /** The course runs from the baseline: what ended by its date is no part of it (G9). */
  private inCourse(period: Span, terms: Agreed): boolean {
    return terms.baselineDate === null || period.end > terms.baselineDate;
  }

  private sameSpan(one: Span, period: Span, terms: Agreed): boolean {
    if (one.key === period.key) return true;
    if (!this.inCourse(one, terms) || !this.inCourse(period, terms)) return false;
    if (this.termsOn(one.end).valueKind !== terms.valueKind) return false;
    return terms.span === 'course' || one.key.slice(0, 4) === period.key.slice(0, 4);
  }

  /** Returns what one period's partners make (G4, G10): null, or the value and why it is not final. */
  own(period: Span, today: string): { value: Q; mixed: boolean; carried: boolean; n: number } | null {
    const terms = this.termsOn(period.end);
    const here = this.reportsFor(period.key).filter(one => one.value !== null);
    if (!here.length) return null;
    let counted = here;
    if (terms.valueKind === 'cumulative') {
      const earlier: typeof here = [];
      for (const one of this.periods(today)
        .filter(one => one.end < period.end)
        .reverse())
        if (this.sameSpan(one, period, terms) && this.termsOn(one.end).valueKind === 'cumulative')
          for (const report of this.reportsFor(one.key))
            if (
              report.value !== null &&
              ![...here, ...earlier].some(known => known.partner === report.partner) &&
              (report.partner === 0) === (terms.partners.length === 0)
            )
              earlier.push(report);
      counted = [...here, ...earlier];
    }
    // The order in which they were made is that of the facts.
    counted = [...counted].sort((a, b) => this.facts.indexOf(a) - this.facts.indexOf(b));
    const percent = terms.unit === '%';
    const number = (one: (typeof here)[number]): Q =>
      one.numerator !== undefined && one.denominator !== undefined
        ? mul(div(qOf(one.numerator), qOf(one.denominator)), percent ? hundred : q(1n))
        : qOf(one.value!);
    const numbers = counted.map(number);
    const withNumbers = counted.filter(one => one.denominator !== undefined);
    const total = (all: readonly Q[]): Q => all.reduce(add, q(0n));
    const mean = (all: readonly Q[]): Q => div(total(all), q(BigInt(all.length)));
    const carried = counted.length > here.length;
    const say = (value: Q, mixed: boolean) => ({ value, mixed, carried, n: here.length });
    const how = terms.partnersAggregate;
    if (how === 'latest') return say(numbers.at(-1)!, false);
    if (how === 'max')
      return say(
        numbers.reduce((a, b) => (less(a, b) ? b : a)),
        false,
      );
    if (!percent && !withNumbers.length) return say(how === 'sum' ? total(numbers) : mean(numbers), false);
    if (withNumbers.length === counted.length) {
      const top = total(counted.map(one => qOf(one.numerator!)));
      const bottom = total(counted.map(one => qOf(one.denominator!)));
      return say(mul(div(top, bottom), percent ? hundred : q(1n)), false);
    }
    const agreed = counted.length === 1 || (how === 'average' && !withNumbers.length);
    return say(mean(numbers), !agreed);
  }

  /** G1, G2, G3, G4: what is judged is of the span up to the period. */
  value(period: Span, today: string): Q | null {
    const terms = this.termsOn(period.end);
    const own = this.own(period, today);
    if (!own) return null;
    if (terms.valueKind === 'cumulative' || terms.aggregate === 'latest') return own.value;
    if (terms.aggregate === 'sum' && terms.unit === '%') return own.value;
    if (!this.inCourse(period, terms)) return own.value;
    const all = this.periods(today)
      .filter(one => one.end <= period.end && this.sameSpan(one, period, terms))
      .flatMap(one => {
        const made = this.own(one, today);
        return made ? [made.value] : [];
      });
    if (terms.aggregate === 'max') return all.reduce((a, b) => (less(a, b) ? b : a));
    const sum = all.reduce(add, q(0n));
    return terms.aggregate === 'sum' ? sum : div(sum, q(BigInt(all.length)));
  }

  /** The agreed target of the period; else the straight line by days, of the course or of the year (G1, G9). */
  target(period: Span): Q | null {
    const terms = this.termsOn(period.end);
    const agreed = terms.periodTargets[period.key];
    if (agreed !== undefined) return qOf(agreed);
    if (terms.target === null || terms.due === null) return null;
    let from = terms.baselineDate ?? '1970-01-01';
    let by = terms.due;
    const anew =
      terms.span === 'year' &&
      // A running total of a year is that of a year, however its periods are said to add up (G1, G4).
      (terms.valueKind === 'cumulative' ||
        (terms.aggregate !== 'latest' && !(terms.aggregate === 'sum' && terms.unit === '%')));
    if (anew) {
      const year = period.key.slice(0, 4);
      const days = walk(`${Number(year) - 1}-12-20`, `${Number(year) + 1}-01-10`, period.frequency).filter(
        one => one.key.slice(0, 4) === year,
      );
      if (days[0]!.start > from) from = days[0]!.start;
      if (days.at(-1)!.end < by) by = days.at(-1)!.end;
    }
    if (terms.baseline !== null && period.end <= from) return null;
    if (period.end >= by) return qOf(terms.target);
    if (terms.baseline === null) return null;
    const start = qOf(terms.baseline);
    const gone = BigInt((at(period.end) - at(from)) / DAY);
    const all = BigInt((at(by) - at(from)) / DAY);
    return add(start, mul(sub(qOf(terms.target), start), q(gone, all)));
  }

  /** The day a report is due: so many days after the period, then the next working day. */
  due(period: Span): string {
    let day = dateOf(at(period.end) + this.dueDays * DAY);
    while (this.isOff(day)) day = dayAfter(day);
    return day;
  }

  /** G13, G16: the colour, exactly; none while anything of it is provisional. */
  colour(period: Span, today: string): string | null {
    const own = this.own(period, today);
    const value = this.value(period, today);
    if (!own || value === null) return null;
    if (today <= period.end || own.mixed || own.carried) return null;
    const answered = this.reportsFor(period.key).map(one => one.partner);
    const awaits = this.expected(period).some(one => !answered.includes(one));
    if (awaits && today <= this.due(period)) return null;
    const terms = this.termsOn(period.end);
    const target = this.target(period);
    if (target === null && !this.inCourse(period, terms)) return null;
    const worse = (a: Q, b: Q): boolean => (terms.direction === 'up' ? less(a, b) : less(b, a));
    const baseline = terms.baseline === null ? null : qOf(terms.baseline);
    if (baseline && worse(value, baseline)) return 'red';
    if (target === null) return null;
    if (!worse(value, target)) return 'met';
    let share: Q | null = null;
    if (baseline) {
      const way = sub(target, baseline);
      const forward = terms.direction === 'up' ? way[0] > 0n : way[0] < 0n;
      share = forward ? div(sub(value, baseline), way) : null;
    } else if (target[0] >= 0n && value[0] >= 0n) {
      const [top, bottom] = terms.direction === 'up' ? [value, target] : [target, value];
      share = bottom[0] === 0n ? null : div(top, bottom);
    }
    const reaches = (limit: number): boolean => share !== null && !less(mul(share, hundred), q(BigInt(limit)));
    return reaches(terms.green) ? 'green' : reaches(terms.amber) ? 'amber' : 'red';
  }

  /** Returns how every period stands. */
  standing(today: string): Expected[] {
    return this.periods(today).map(period => {
      const reporters = this.reportsFor(period.key).filter(one => one.value !== null);
      const of = new Set([...this.expected(period), ...reporters.map(one => one.partner)]).size;
      return {
        period: period.key,
        value: this.value(period, today),
        target: this.target(period),
        colour: this.colour(period, today),
        n: reporters.length,
        of,
      };
    });
  }

  /** G6: the reports owed of the periods that ended in a time; the first is of the period of the agreement. */
  owed(from: string, to: string): { period: string; partner: number; due: string; made: boolean; onTime: boolean }[] {
    const { on } = this.agreed();
    const all: Span[] = [];
    for (const frequency of ['weekly', 'monthly', 'quarterly', 'semiannual', 'annual'] as const)
      for (const one of walk(this.beginning(), to, frequency))
        if (this.termsOn(one.end).frequency === frequency) all.push(one);
    return all
      .filter(one => one.end >= from && one.end <= to && one.end >= on)
      .sort((a, b) => (a.end < b.end ? -1 : 1))
      .flatMap(period =>
        this.expected(period).map(partner => {
          const report = this.reportsFor(period.key).find(one => one.partner === partner);
          const onTime = report?.onTime ?? false;
          return { period: period.key, partner, due: this.due(period), made: report !== undefined, onTime };
        }),
      );
  }
}
