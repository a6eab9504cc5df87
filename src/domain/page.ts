import { and, count, desc, gte, lt, type SQL, sql } from 'drizzle-orm';
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
 * it is left out. The order does not change while rows are added. `counted`: another way to all of them.
 */
export async function newestPage<Table extends Numbered>(
  db: Reader,
  table: Table,
  where: SQL | undefined,
  before: number | undefined,
  size: number,
  counted: { readonly from: SQL; readonly where: SQL | undefined } = { from: sql`${table}`, where },
): Promise<Page<Table['$inferSelect']>> {
  const from = anyTable(table);
  const rows: unknown[] = await db
    .select()
    .from(from)
    .where(and(where, before === undefined ? undefined : lt(from.number, before)))
    .orderBy(desc(from.number))
    .limit(size + 1);
  return pageOf(rows as Table['$inferSelect'][], size, async () => {
    const passed = before === undefined ? sql<number>`0` : count(sql`case when ${gte(from.number, before)} then 1 end`);
    const [row] = await db.select({ of: count(), passed }).from(counted.from).where(counted.where);
    return row!;
  });
}
