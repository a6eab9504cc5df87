/** Maximum rows of one statement: 500 of fifty columns are less than either database takes. */
const PIECE = 500;

/** A list in pieces of which one statement writes or asks for each. */
export function* pieces<T>(all: readonly T[], size = PIECE): Generator<readonly T[]> {
  for (let i = 0; i < all.length; i += size) yield all.slice(i, i + size);
}
