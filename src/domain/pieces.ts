/** Maximum rows of one statement: 500 of fifty columns are less than either database takes. */
const PIECE = 500;
/**
 * Maximum rows that one statement inserts where many are written: the query builder makes several objects of each value,
 * and those of few rows are gone before they are kept.
 */
const INSERTED = 50;

/** Rows in pieces of which one statement inserts each. */
export const inserts = <T>(all: readonly T[]): Generator<readonly T[]> => pieces(all, INSERTED);

/** A list in pieces of which one statement writes or asks for each. */
export function* pieces<T>(all: readonly T[], size = PIECE): Generator<readonly T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
}
