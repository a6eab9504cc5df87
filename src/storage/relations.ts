import type { Table } from 'drizzle-orm';
import { getTableColumns } from 'drizzle-orm';
import { configOf } from './keys.ts';
import type { Store } from './store.ts';

/** A column as others are told of it, by the name that it has in rows. */
export interface ColumnFacts {
  readonly name: string;
  readonly kind: 'text' | 'integer' | 'number' | 'boolean' | 'instant' | 'json';
  readonly required: boolean;
  readonly values: readonly string[] | null;
}

/** Structure of a table: its columns, its key, and to which tables its rows refer. All names are those of rows. */
export interface TableFacts {
  readonly columns: readonly ColumnFacts[];
  readonly key: readonly string[];
  readonly references: readonly {
    readonly columns: readonly string[];
    readonly table: Table;
    readonly foreign: readonly string[];
  }[];
}

function kindOf(column: { readonly dataType: string; readonly columnType: string }): ColumnFacts['kind'] {
  if (column.dataType === 'date') return 'instant';
  if (column.dataType === 'boolean') return 'boolean';
  if (column.dataType === 'custom' || column.dataType === 'json') return 'json';
  if (column.dataType === 'string') return 'text';
  return /Double|Real/.test(column.columnType) ? 'number' : 'integer';
}

/** Tells how a table is made, the same of both databases. */
export function factsOf(store: Pick<Store, 'dialect'>, table: Table): TableFacts {
  // PostgreSQL's constraints hold copies of the columns, so that only their names tell which they are.
  const named = (of: Table): Map<string, string> =>
    new Map(Object.entries(getTableColumns(of)).map(([name, column]) => [column.name, name]));
  const own = named(table);
  const { primaryKeys, columns, foreignKeys } = configOf(store, table);
  const key: readonly { readonly name: string }[] = primaryKeys[0]?.columns ?? columns.filter(column => column.primary);
  return {
    columns: Object.entries(getTableColumns(table)).map(([name, column]) => ({
      name,
      kind: kindOf(column),
      required: column.notNull,
      values: column.enumValues ?? null,
    })),
    key: key.map(column => own.get(column.name)!),
    references: foreignKeys.map(one => {
      const { columns: from, foreignTable, foreignColumns } = one.reference();
      const theirs = named(foreignTable);
      return {
        columns: from.map(column => own.get(column.name)!),
        table: foreignTable,
        foreign: foreignColumns.map(column => theirs.get(column.name)!),
      };
    }),
  };
}
