import { type Column, inArray, type SQL } from 'drizzle-orm';

/**
 * Maximum number of things that a statement names: databases take some thousands. Beyond it the statement reads all, of
 * which most are wanted.
 */
const MAXIMUM_NAMED = 100;

/** Tells whether a statement names these numbers. */
export const isNamed = (numbers: readonly number[]): boolean => numbers.length <= MAXIMUM_NAMED;

/** Tells whether a column holds one of some numbers; of many no condition, so the reader looks up what it wants. */
export const among = (column: Column, numbers: readonly number[]): SQL | undefined =>
  isNamed(numbers) ? inArray(column, [...numbers]) : undefined;
