import { createHash } from 'node:crypto';
import { asc, count, getTableName, is, sql, Table } from 'drizzle-orm';
import { type PgColumn, type PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { type SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import { StorageFault } from './faults.ts';
import type { Store } from './store.ts';

/** Rows are read and written in pieces of this many; SQLite takes 32,766 values a statement. */
const PIECE = 500;

type Row = Record<string, unknown>;

/** One table that was moved: so many rows, equal on both sides. */
export interface Moved {
  readonly table: string;
  readonly rows: number;
}

/**
 * Copies everything from one database into another, empty one, and compares them table by table, row by row.
 * @throws StorageFault `exists` where the target holds a forum already, `corrupt` where a copy differs.
 */
export async function moveAll(from: Store, to: Store): Promise<Moved[]> {
  const [taken] = await to.read.select({ n: count() }).from(to.tables.forums);
  if (taken?.n) throw new StorageFault('exists', 'the target database has a forum already');
  const moved: Moved[] = [];
  for (const name of inOrder(from)) {
    const [source, target] = [tableOf(from, name), tableOf(to, name)];
    for (let at = 0; ; at += PIECE) {
      const rows = await piece(from, source, at);
      // What a fresh database already has of its own, such as what it remembers of itself, stays as it is there.
      if (rows.length)
        await to.write(null, tx =>
          tx
            .insert(target)
            .values(rows as never[])
            .onConflictDoNothing(),
        );
      if (rows.length < PIECE) break;
    }
    if (to.dialect === 'postgres') await goOnCounting(to, target);
    const [before, after] = [await fingerprint(from, source), await fingerprint(to, target)];
    if (before.hash !== after.hash || before.rows !== after.rows)
      throw new StorageFault('corrupt', `the copy of ${name} differs: drop the target database and try again`);
    moved.push({ table: name, rows: after.rows });
  }
  return moved;
}

const tableOf = (store: Store, name: string): PgTable => (store.tables as unknown as Record<string, PgTable>)[name]!;

const configOf = (store: Store, table: PgTable) =>
  store.dialect === 'postgres' ? postgresConfig(table) : sqliteConfig(table as unknown as SQLiteTable);

/** The tables, each after those that it refers to. */
function inOrder(store: Store): string[] {
  const left = new Map(
    Object.entries(store.tables as unknown as Record<string, unknown>).filter(([, table]) => is(table, Table)),
  ) as Map<string, PgTable>;
  const order: string[] = [];
  while (left.size) {
    const names = new Set([...left.values()].map(getTableName));
    const free = [...left].filter(([, table]) =>
      configOf(store, table).foreignKeys.every(key => {
        const to = getTableName(key.reference().foreignTable as PgTable);
        return to === getTableName(table) || !names.has(to);
      }),
    );
    if (!free.length) throw new TypeError('tables refer to one another in a circle');
    for (const [name] of free) {
      order.push(name);
      left.delete(name);
    }
  }
  return order;
}

/** So many rows of a table, in the order of its key. */
function piece(store: Store, table: PgTable, at: number): Promise<Row[]> {
  const config = configOf(store, table);
  const key = config.primaryKeys[0]?.columns ?? config.columns.filter(column => column.primary);
  return store.read
    .select()
    .from(table)
    .orderBy(...key.map(column => asc(column as PgColumn)))
    .limit(PIECE)
    .offset(at) as unknown as Promise<Row[]>;
}

/** Rows that were copied with their numbers leave PostgreSQL's counter behind: it goes on after the last. */
async function goOnCounting(store: Store, table: PgTable): Promise<void> {
  const seq = configOf(store, table).columns.find(column => column.name === 'seq' && column.primary);
  if (!seq) return;
  const name = getTableName(table);
  await store.write(null, tx =>
    tx
      .select({ last: sql`setval(pg_get_serial_sequence(${name}, 'seq'), (select max(seq) from ${table}))` })
      .from(table)
      .limit(1),
  );
}

/** How many rows, and a sum of the hashes of all: equal for equal rows, whatever the order in which they are read. */
async function fingerprint(store: Store, table: PgTable): Promise<{ rows: number; hash: string }> {
  let sum = 0n;
  let rows = 0;
  for (let at = 0; ; at += PIECE) {
    const some = await piece(store, table, at);
    rows += some.length;
    for (const row of some) {
      const digest = createHash('sha256')
        .update(JSON.stringify(sorted(row)))
        .digest('hex');
      sum = (sum + BigInt(`0x${digest}`)) % (1n << 256n);
    }
    if (some.length < PIECE) return { rows, hash: sum.toString(16) };
  }
}

/** A value with its keys in order: the databases keep those of JSON differently. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
