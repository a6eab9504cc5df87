import { Column, type DriverValueDecoder, getTableName, is, SQL } from 'drizzle-orm';

/** A query of drizzle's that is not asked yet, with what it knows of the rows that will come. */
export interface Select extends PromiseLike<readonly unknown[]> {
  getSQL(): SQL;
  toSQL(): { readonly sql: string; readonly params: readonly unknown[] };
}

/** The part of drizzle's query that knows its columns. */
export interface Known {
  readonly config: { readonly fields: Fields };
  /** True by table: its row is there in every row of the result. */
  readonly joinsNotNullableMap: Readonly<Record<string, boolean>>;
}

/** Describes what is selected: names, perhaps grouped by table. */
export interface Fields {
  readonly [name: string]: Field | Fields;
}

type Field = Column | SQL | SQL.Aliased;

/** A column of a result: under which name, or which names, its value stands in a row. */
export interface Ordered {
  readonly path: readonly string[];
  readonly field: Field;
}

const isField = (one: Field | Fields): one is Field => is(one, Column) || is(one, SQL) || is(one, SQL.Aliased);

/** The fields of a query in the order of its columns, as drizzle orders them. */
export const ordered = (fields: Fields, path: readonly string[] = []): Ordered[] =>
  Object.entries(fields).flatMap(([name, one]) =>
    isField(one) ? [{ path: [...path, name], field: one }] : ordered(one, [...path, name]),
  );

const decoderOf = (field: Field): DriverValueDecoder<unknown, unknown> => {
  if (is(field, Column)) return field;
  const made = is(field, SQL.Aliased) ? field.sql : field;
  return (made as unknown as { readonly decoder: DriverValueDecoder<unknown, unknown> }).decoder;
};

/** One column: where it stands in a row, and what reads it; null: it is as it comes. */
interface Cell {
  readonly name: string;
  readonly at: number;
  readonly decoder: DriverValueDecoder<unknown, unknown> | null;
}

/** One property of a row: a column, or a group of them that may be of a joined table without a row. */
interface Part {
  readonly name: string;
  readonly cells: Cell[];
  readonly isGroup: boolean;
  /** Tables of the columns in it. */
  readonly tables: Set<string>;
}

type Row = readonly unknown[];

const cellValue = ({ at, decoder }: Cell, row: Row): unknown => {
  const raw = row[at];
  if (raw === null || raw === undefined) return null;
  return decoder ? decoder.mapFromDriverValue(raw) : raw;
};

function grouped(columns: readonly Ordered[]): Part[] {
  const parts = new Map<string, Part>();
  for (const [at, { path, field }] of columns.entries()) {
    const [name, within] = path as [string, string?];
    const part: Part = parts.get(name) ?? { name, cells: [], isGroup: within !== undefined, tables: new Set() };
    parts.set(name, part);
    const isPlain = is(field, Column) && field.mapFromDriverValue === Column.prototype.mapFromDriverValue;
    part.cells.push({ name: within ?? name, at, decoder: isPlain ? null : decoderOf(field) });
    if (is(field, Column)) part.tables.add(getTableName(field.table));
  }
  return [...parts.values()];
}

/**
 * Reads rows that come as arrays into objects, as drizzle does, what is the same for all of them found out once. A group
 * of columns of one joined table is null where none of them has a value; `isThere` names the tables that have a row always.
 */
export function rowReader(
  columns: readonly Ordered[],
  isThere: Readonly<Record<string, boolean>> | undefined,
): (row: Row) => unknown {
  const parts = grouped(columns).map(part => {
    const [table, ...others] = part.tables;
    const mayBeAbsent = isThere !== undefined && table !== undefined && !others.length && !isThere[table];
    return { ...part, mayBeAbsent };
  });
  return row => {
    const made: Record<string, unknown> = {};
    for (const { name, cells, isGroup, mayBeAbsent } of parts) {
      if (!isGroup) {
        made[name] = cellValue(cells[0]!, row);
        continue;
      }
      const group: Record<string, unknown> = {};
      let isEmpty = true;
      for (const cell of cells) {
        const value = cellValue(cell, row);
        group[cell.name] = value;
        if (value !== null) isEmpty = false;
      }
      made[name] = isEmpty && mayBeAbsent ? null : group;
    }
    return made;
  };
}
