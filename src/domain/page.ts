import { and, type Column, count, desc, gte, lt, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import { anyTable, type Numbered } from './numbered.ts';

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

/**
 * One page of a table's rows under a condition, the highest number first: those below `before`, or the first page where
 * it is left out. The order does not change while rows are added.
 */
export async function newestPage<Table extends Numbered>(
  db: Reader,
  table: Table,
  where: SQL | undefined,
  before: number | undefined,
  size: number,
): Promise<Page<Table['$inferSelect']>> {
  const from = anyTable(table);
  const rows: unknown[] = await db
    .select()
    .from(from)
    .where(and(where, before === undefined ? undefined : lt(from.number, before)))
    .orderBy(desc(from.number))
    .limit(size + 1);
  return pageOf(rows as Table['$inferSelect'][], size, async () => {
    const [row] = await db
      .select({ of: count(), passed: passedBefore(from.number, before) })
      .from(from)
      .where(where);
    return row!;
  });
}

/** Number of rows that stand before those below `before`, as a column of a count of all of them. */
export const passedBefore = (number: Column, before: number | undefined): SQL<number> =>
  before === undefined ? sql<number>`0` : count(sql`case when ${gte(number, before)} then 1 end`);
