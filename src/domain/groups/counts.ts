import { type Amount, compare, exact, type Fraction, sum } from '../indicators/fraction.ts';
import { unitKindOf } from '../indicators/units.ts';
import type { Counts, Dimension } from './dimensions.ts';

/** People of an activity, as the record has them. */
export interface Counted {
  readonly participants: number | null;
  readonly groups: Counts | null;
}

/** The counts of one dimension's groups, of those that were counted. */
const countsIn = <N>(counts: Counts<N>, { groups }: Pick<Dimension, 'groups'>): N[] =>
  groups.flatMap(key => (counts[key] === undefined ? [] : [counts[key]]));

/** The groups of one dimension together are more than the whole. */
export interface TooMany {
  readonly dimension: Dimension;
  readonly sum: Fraction;
}

/** The first dimension whose groups together are more than the whole; null: none, or nobody said what the whole is. */
export function tooMany(
  counts: Counts<Amount> | null,
  whole: Amount | null,
  dimensions: readonly Dimension[],
): TooMany | null {
  if (!counts || whole === null) return null;
  for (const dimension of dimensions) {
    const together = sum(countsIn(counts, dimension).map(exact));
    if (compare(together, exact(whole)) > 0) return { dimension, sum: together };
  }
  return null;
}

/** Tells whether the groups of a value add up to it: those of a share or a level do not. */
export const addUp = (unit: string): boolean => !['percent', 'level'].includes(unitKindOf(unit));

/**
 * The sum of groups that together should be the whole and are not: each group of a dimension was counted, or they are
 * of no dimension. Null: there are none.
 */
export function differingSum(counts: Counts<Amount>, whole: Amount, dimensions: readonly Dimension[]): Fraction | null {
  const inSome = new Set(dimensions.flatMap(({ groups }) => groups));
  const others = Object.keys(counts).filter(key => !inSome.has(key));
  const complete = dimensions.filter(({ groups }) => groups.every(key => key in counts)).map(({ groups }) => groups);
  for (const groups of others.length ? [...complete, others] : complete) {
    const together = sum(groups.map(key => exact(counts[key]!)));
    if (compare(together, exact(whole)) !== 0) return together;
  }
  return null;
}

/** Everybody, where each group of a dimension was counted; null where that cannot be told. */
export function wholeOf(counts: Counts, dimensions: readonly Dimension[]): number | null {
  const complete = dimensions.filter(({ groups }) => groups.length > 1 && groups.every(key => key in counts));
  return complete.length ? Math.max(...complete.map(one => totalOf(countsIn(counts, one)))) : null;
}

/** Counts as they were, with those that are given now; null takes a group out. Null: none is left. */
export function withCounts(before: Counts | null, given: Counts<number | null>): Counts | null {
  const left = Object.entries({ ...before, ...given }).flatMap(([key, n]) => (n === null ? [] : [[key, n] as const]));
  return left.length ? Object.fromEntries(left) : null;
}

/** Tells whether two counts say the same, in whatever order. */
export const isSameCounts = (one: Counts, other: Counts | null): boolean =>
  Object.keys(one).length === Object.keys(other ?? {}).length &&
  Object.entries(one).every(([key, n]) => other?.[key] === n);

/** Counts how many of the people were women; null: nobody said. */
export const womenOf = ({ groups }: Pick<Counted, 'groups'>): number | null => groups?.women ?? null;

/** People by the groups of a dimension. */
export interface DimensionSum {
  readonly dimension: Dimension;
  /** Groups in which anybody was counted. */
  readonly groups: readonly { readonly key: string; readonly people: number }[];
  /** Number of people whose group nobody told. */
  readonly unknown: number;
}

/** People together, and by each dimension of which a group was counted. */
export interface GroupSums {
  /** Number of people at least, by the groups that were counted, where nobody said how many there were. */
  readonly people: number;
  readonly dimensions: readonly DimensionSum[];
}

/** People of activities that are counted alike; `times`: of so many of them, else of one. */
type CountedTimes = Counted & { readonly times?: number };

/** Adds people up by group: the groups of a dimension and those unknown together are always all people. */
export function sumGroups(counted: readonly CountedTimes[], dimensions: readonly Dimension[]): GroupSums {
  const sums = new Map<string, number>();
  for (const { groups, times = 1 } of counted)
    for (const [key, n] of Object.entries(groups ?? {})) sums.set(key, (sums.get(key) ?? 0) + n * times);
  const people = totalOf(counted.map(one => peopleOf(one, dimensions) * (one.times ?? 1)));
  const summed = dimensions
    .filter(({ groups }) => groups.some(key => sums.has(key)))
    .map(dimension => {
      const groups = dimension.groups.flatMap(key => (sums.has(key) ? [{ key, people: sums.get(key)! }] : []));
      return { dimension, groups, unknown: people - totalOf(groups.map(group => group.people)) };
    });
  return { people, dimensions: summed };
}

/** The people of an activity: as many as were said, else at least those that were counted of one dimension. */
export const peopleOf = ({ participants, groups }: Counted, dimensions: readonly Dimension[]): number =>
  participants ?? Math.max(0, ...dimensions.map(one => totalOf(countsIn(groups ?? {}, one))));

const totalOf = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
