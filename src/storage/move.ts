import { createHash } from 'node:crypto';
import { and, asc, count, eq, getTableColumns, getTableName, is, ne, sql, Table } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { StorageFault } from './faults.ts';
import { configOf, keyOf } from './keys.ts';
import type { Store } from './store.ts';

/** Maximum number of rows that are read and written together; SQLite takes 32,766 values a statement. */
const PIECE = 500;

/** Maximum number of parts of files that are moved together, since they are large. */
const LARGE_PIECE = 16;

type Row = Record<string, unknown>;

/** One table that was moved: so many rows, equal on both sides. */
export interface Moved {
  readonly table: string;
  readonly rows: number;
}

/** Name of the key value that a move into the target is under way: nobody begins to work on half a database. */
const MARK = 'moving';

/**
 * Tells whether a move into a database has begun and not ended; it may be run again, and goes on where it was.
 */
export async function isHalfMoved({ read, tables }: Store): Promise<boolean> {
  const { facts } = tables;
  return (await read.select().from(facts).where(eq(facts.name, MARK))).length > 0;
}

/**
 * Copies everything from one database into another, empty one, and compares them table by table, row by row. What
 * stopped half-way is run again. Leases stay behind: they are of the processes that worked on the source.
 * @throws StorageFault `half` where the source itself is half of a move, `taken` where the target holds a forum
 * already, `corrupt` where a copy differs.
 */
export async function moveAll(from: Store, to: Store): Promise<Moved[]> {
  if (await isHalfMoved(from)) throw new StorageFault('half', 'the source is half of another move');
  const [taken] = await to.read.select({ n: count() }).from(to.tables.forums);
  if (taken?.n && !(await isHalfMoved(to))) throw new StorageFault('taken', 'the target database has a forum already');
  const { facts } = to.tables;
  await to.write(null, tx => tx.insert(facts).values({ name: MARK, value: '' }).onConflictDoNothing());
  const moved: Moved[] = [];
  for (const name of inOrder(from).filter(one => one !== 'leases')) {
    const [source, target] = [tableOf(from, name), tableOf(to, name)];
    // Rows that a fresh database has of its own, such as its memory of itself, stay as they are there.
    for await (const rows of pieces(from, source))
      await to.write(null, tx =>
        tx
          .insert(target)
          .values(rows as never[])
          .onConflictDoNothing(),
      );
    if (to.dialect === 'postgres') await goOnCounting(to, target);
    const [before, after] = [await fingerprint(from, source), await fingerprint(to, target)];
    if (before.hash !== after.hash || before.rows !== after.rows)
      throw new StorageFault('corrupt', `the copy of ${name} differs: drop the target database and try again`);
    moved.push({ table: name, rows: after.rows });
  }
  await to.write(null, tx => tx.delete(facts).where(eq(facts.name, MARK)));
  return moved;
}

const tableOf = (store: Store, name: string): PgTable => (store.tables as unknown as Record<string, PgTable>)[name]!;

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

/** All rows of a table in the order of its key, piece by piece; each begins after the last key of the one before. */
async function* pieces(store: Store, table: PgTable): AsyncGenerator<Row[]> {
  const key = keyOf(store, table);
  const fields = Object.entries(getTableColumns(table)) as [string, PgColumn][];
  const fieldOf = (column: PgColumn): string => fields.find(([, one]) => one.name === column.name)![0];
  const columns = sql.join(
    key.map(column => sql`${column}`),
    sql`, `,
  );
  const { facts, fileParts } = store.tables;
  const size = getTableName(table) === getTableName(fileParts) ? LARGE_PIECE : PIECE;
  const real = getTableName(table) === getTableName(facts) ? ne(facts.name, MARK) : undefined;
  for (let last: Row | undefined; ; ) {
    const from = last;
    const values =
      from &&
      sql.join(
        key.map(column => sql`${sql.param(from[fieldOf(column)], column)}`),
        sql`, `,
      );
    const rows = (await store.read
      .select()
      .from(table)
      .where(and(real, values && sql`(${columns}) > (${values})`))
      .orderBy(...key.map(column => asc(column)))
      .limit(size)) as Row[];
    if (rows.length) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1);
  }
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

/** Counts rows and sums the hashes of all: equal for equal rows, whatever the order in which they are read. */
async function fingerprint(store: Store, table: PgTable): Promise<{ rows: number; hash: string }> {
  let sum = 0n;
  let rows = 0;
  for await (const some of pieces(store, table)) {
    rows += some.length;
    for (const row of some) {
      const digest = createHash('sha256')
        .update(JSON.stringify(sorted(row)))
        .digest('hex');
      sum = (sum + BigInt(`0x${digest}`)) % (1n << 256n);
    }
  }
  return { rows, hash: sum.toString(16) };
}

/** A value with its keys in order: the databases keep those of JSON differently. */
function sorted(value: unknown): unknown {
  if (value instanceof Uint8Array) return createHash('sha256').update(value).digest('hex');
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
