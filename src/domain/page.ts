import { type Column, count, gte, type SQL, sql } from 'drizzle-orm';

/** Describes where a page stands in the whole list, counted when it is asked for. */
export interface Place {
  /** Number of rows before its first one. */
  readonly passed: number;
  readonly of: number;
}

/** Some rows of a long list, and whether more follow. */
export interface Page<Row> {
  readonly rows: Row[];
  readonly more: boolean;
  place(): Promise<Place>;
}

/** A page of so many rows; one row more was asked for, as that tells whether more follow. */
export const pageOf = <Row>(rows: readonly Row[], size: number, place: () => Promise<Place>): Page<Row> => ({
  rows: rows.slice(0, size),
  more: rows.length > size,
  place,
});

/**
 * A page of a list that is read whole and stands in the order of its numbers: what follows the number `after`. The order
 * does not change while entries are added or taken away.
 */
export function pageAfter<Row extends { readonly number: number }>(
  all: readonly Row[],
  after: number,
  size: number,
): Page<Row> {
  const left = all.filter(row => row.number > after);
  return pageOf(left, size, async () => ({ passed: all.length - left.length, of: all.length }));
}

/** Counts the rows of a list that runs down by number, and those of them that a page before `before` has passed. */
export const counted = (
  number: Column,
  before: number | undefined,
): { readonly of: SQL<number>; readonly passed: SQL<number> } => ({
  of: count(),
  passed: before === undefined ? sql<number>`0` : count(sql`case when ${gte(number, before)} then 1 end`),
});
