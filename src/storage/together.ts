import { is, type SQL, sql } from 'drizzle-orm';
import { PgDatabase } from 'drizzle-orm/pg-core';
import { shareTurn } from '../runtime/event-loop.ts';
import { prepared } from './prepared.ts';
import { type Known, ordered, rowReader, type Select } from './rows.ts';
import type { Reader } from './store.ts';

export type { Select } from './rows.ts';

type RowsOf<Q extends readonly Select[]> = { readonly [K in keyof Q]: Awaited<Q[K]> };

/** The columns of a query as `q(c0, c1, …)` names them, and its rows as one value, each a list of its columns. */
function asJson(db: Reader, query: Select & Known): { readonly list: SQL; readonly rows: SQL } {
  const names = ordered(query.config.fields).map((_, i) => sql.raw(`c${i}`));
  const list = sql.join(names, sql`, `);
  const rows = is(db, PgDatabase)
    ? sql`json_agg(json_build_array(${list}))`
    : sql`json_group_array(json_array(${list}))`;
  return { list, rows };
}

/** One query as one value. */
function asValue(db: Reader, query: Select & Known): SQL<unknown> {
  const { list, rows } = asJson(db, query);
  return sql`(with q(${list}) as ${query} select ${rows} from q)`;
}

/** Reads what `asJson` made: one driver hands it over as text, the other has read it. */
const told = (rows: unknown): (readonly unknown[])[] =>
  (typeof rows === 'string' ? JSON.parse(rows) : (rows ?? [])) as (readonly unknown[])[];

/**
 * The rows of a query by its first column, each group in the order of the query, of which that column comes first. One
 * statement whatever their number, a row of the database a group: a hundred thousand rows come in a fifth of the time,
 * and others have their turn meanwhile. What holds bytes cannot come so.
 */
export async function rowsByFirst<Key extends number | string, Row>(
  db: Reader,
  query: Select & PromiseLike<readonly Row[]>,
): Promise<ReadonlyMap<Key, readonly Row[]>> {
  const asked = query as unknown as Select & Known;
  const { list, rows } = asJson(db, asked);
  const read = rowReader(ordered(asked.config.fields), asked.joinsNotNullableMap);
  const groups = new Map<Key, Row[]>();
  const select = db
    .select({ key: sql<Key>`c0`, rows: sql<unknown>`r` })
    .from(sql`(with q(${list}) as ${asked} select c0, ${rows} as r from q group by c0) as g`);
  await db.each(select, ({ key, rows }) => void groups.set(key, told(rows).map(read) as Row[]));
  return groups;
}

/**
 * Asks several queries with one statement, which costs one way to the server and back, built once for each handle like
 * a `prepared` one. For what one answer reads in several tables, of some hundred rows: they come as one text. Rows keep
 * their order. What holds bytes cannot come so.
 */
export function together<V extends object, Q extends readonly Select[], DB extends Reader = Reader>(
  build: (db: DB, values: V) => readonly [...Q],
): (db: DB, values: V) => Promise<RowsOf<Q>> {
  const readers = new WeakMap<DB, readonly ((row: readonly unknown[]) => unknown)[]>();
  const ask = prepared((db: DB, values: V) => {
    const queries = build(db, values) as unknown as readonly (Select & Known)[];
    readers.set(
      db,
      queries.map(query => rowReader(ordered(query.config.fields), query.joinsNotNullableMap)),
    );
    const selected = Object.fromEntries(queries.map((query, i) => [`q${i}`, asValue(db, query).as(`q${i}`)]));
    return db.select(selected).from(sql`(select 1 as one) as one`);
  });
  return async (db, values) => {
    const [row] = await ask(db, values);
    const found: unknown[][] = [];
    for (const [i, read] of readers.get(db)!.entries()) {
      found.push(told(row?.[`q${i}`]).map(read));
      await shareTurn();
    }
    return found as unknown as RowsOf<Q>;
  };
}
