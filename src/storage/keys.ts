import type { Table } from 'drizzle-orm';
import { type PgColumn, type PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { type SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import type { Store } from './store.ts';

/** Tells how a table is made, in its own database's form. */
export const configOf = ({ dialect }: Pick<Store, 'dialect'>, table: Table) =>
  dialect === 'postgres' ? postgresConfig(table as PgTable) : sqliteConfig(table as SQLiteTable);

/** The columns of a table's key: rows read in its order come in the same order each time. */
export function keyOf(store: Pick<Store, 'dialect'>, table: Table): PgColumn[] {
  const { primaryKeys, columns } = configOf(store, table);
  return (primaryKeys[0]?.columns ?? columns.filter(column => column.primary)) as PgColumn[];
}
