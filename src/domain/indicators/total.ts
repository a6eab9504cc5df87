import { type Amount, compare, exact, type Fraction, minus, over, sum, times } from './fraction.ts';

/** Describes how several values become one. */
export type Aggregate = 'sum' | 'average' | 'latest' | 'max';

/** A value that a partner reported, with the two numbers it is made of where it is a ratio. */
export interface Measured {
  readonly partner: number;
  readonly value: Amount | null;
  readonly numerator: Amount | null;
  readonly denominator: Amount | null;
  readonly reportedAt: Date;
  /** Count of each thing of the record, where the value was made from it. */
  readonly of?: Readonly<Record<string, string>> | null;
  /** The same of what a share is a share of. */
  readonly per?: Readonly<Record<string, string>> | null;
}

/** Describes what the partners of one period make together. */
export interface Total {
  readonly value: Fraction;
  /** The sums behind a ratio. */
  readonly numerator: Fraction | null;
  readonly denominator: Fraction | null;
  /** The partners whose two numbers are missing, so that the value is only the mean of the shares; else none. */
  readonly without: readonly number[];
  /** Number of things that several partners counted: each is in the total once. */
  readonly shared: number;
}

const HUNDRED = exact(100);

/** The value, or the quotient of its two numbers (times a hundred in per cent); null: there is neither. */
function numberOf(
  { value, numerator, denominator }: Pick<Measured, 'value' | 'numerator' | 'denominator'>,
  percent: boolean,
) {
  const quotient = numerator === null || denominator === null ? null : over(exact(numerator), exact(denominator));
  if (quotient) return percent ? times(quotient, HUNDRED) : quotient;
  return value === null ? null : exact(value);
}

/** Several numbers as one; the last of them is the latest. None make nothing. */
export function combine(numbers: readonly Fraction[], how: Aggregate): Fraction | null {
  if (!numbers.length) return null;
  if (how === 'sum') return sum(numbers);
  if (how === 'average') return over(sum(numbers), exact(numbers.length));
  if (how === 'latest') return numbers.at(-1)!;
  return numbers.reduce((best, one) => (compare(one, best) > 0 ? one : best));
}

/**
 * Totals the values of one period; null: there are none. Shares are never added: they are the sum of the
 * numerators over that of the denominators where all partners gave both, and else the plain mean, which names who did
 * not. A mean that was agreed needs no numbers.
 */
export function totalOf(values: readonly Measured[], how: Aggregate, percent: boolean): Total | null {
  const [first] = values;
  if (first && values.length === 1 && isPlain(first)) return alone(first);
  const given = [...values]
    .sort((a, b) => a.reportedAt.getTime() - b.reportedAt.getTime())
    .flatMap(one => {
      const number = numberOf(one, percent);
      return number === null ? [] : [{ one, number }];
    });
  const numbers = given.map(({ number }) => number);
  const plain = { numerator: null, denominator: null, without: [], shared: 0 };
  const isShare = percent || given.some(({ one }) => one.denominator !== null);
  if (!isShare && how === 'sum' && numbers.length) {
    const { value, shared } = sumOnce(given.map(({ one, number }) => ({ number, of: one.of })));
    return { ...plain, value, shared };
  }
  if (!isShare || how === 'latest' || how === 'max') {
    const value = combine(numbers, how);
    return value && { ...plain, value };
  }
  const tops = given.flatMap(({ one }) => partOf(one.numerator, one.of));
  const bottoms = given.flatMap(({ one }) => partOf(one.denominator, one.per));
  const [top, bottom] = [sumOnce(tops), sumOnce(bottoms)];
  const ratio = over(top.value, bottom.value);
  if (ratio && bottoms.length === given.length)
    return {
      value: percent ? times(ratio, HUNDRED) : ratio,
      numerator: top.value,
      denominator: bottom.value,
      without: [],
      shared: Math.max(top.shared, bottom.shared),
    };
  const value = combine(numbers, 'average');
  const agreed = given.length === 1 || (how === 'average' && !bottoms.length);
  const without = given.filter(({ one }) => one.denominator === null).map(({ one }) => one.partner);
  return value && { ...plain, value, without: agreed ? [] : without };
}

/** Tells whether a report is a value and nothing more. */
const isPlain = ({ numerator, denominator, of }: Measured): boolean =>
  numerator === null && denominator === null && !of;

/** The total of a single plain value: itself, however values are totalled. Most periods of most indicators have one. */
const alone = ({ value }: Measured): Total | null =>
  value === null ? null : { value: exact(value), numerator: null, denominator: null, without: [], shared: 0 };

/** A number that is added up, with what each thing counted for in it. */
interface Summand {
  readonly number: Fraction;
  readonly of: Measured['of'];
}

const partOf = (number: Amount | null, of: Measured['of']): Summand[] =>
  number === null ? [] : [{ number: exact(number), of }];

/**
 * Adds numbers up, and counts what several partners did together once: as the last of them counted it. What somebody
 * reported beyond the record, or below it, stays.
 */
function sumOnce(given: readonly Summand[]): { value: Fraction; shared: number } {
  const things = new Map<string, Fraction>();
  const shared = new Set<string>();
  const beside: Fraction[] = [];
  for (const { of, number } of given) {
    const own = Object.entries(of ?? {}).map(([thing, counted]) => [thing, exact(counted)] as const);
    beside.push(minus(number, sum(own.map(([, counted]) => counted))));
    for (const [thing, counted] of own) {
      if (things.has(thing)) shared.add(thing);
      things.set(thing, counted);
    }
  }
  return { value: sum([...beside, ...things.values()]), shared: shared.size };
}
