import { is, type SQL, sql } from 'drizzle-orm';
import { PgDatabase } from 'drizzle-orm/pg-core';
import { shareTurn } from '../runtime/event-loop.ts';
import { prepared } from './prepared.ts';
import { type Fields, ordered, rowReader } from './rows.ts';
import type { Reader } from './store.ts';

/** A query of drizzle's that is not asked yet, with what it knows of the rows that will come. */
export interface Select extends PromiseLike<readonly unknown[]> {
  getSQL(): SQL;
}

interface Known {
  readonly config: { readonly fields: Fields };
  /** By table: whether its row is there in every row of the result. */
  readonly joinsNotNullableMap: Readonly<Record<string, boolean>>;
}

type RowsOf<Q extends readonly Select[]> = { readonly [K in keyof Q]: Awaited<Q[K]> };

/** One query as one value: all its rows, each a list of its columns. */
function asJson(db: Reader, query: Select & Known): SQL<unknown> {
  const names = ordered(query.config.fields).map((_, i) => sql.raw(`c${i}`));
  const list = sql.join(names, sql`, `);
  const rows = is(db, PgDatabase)
    ? sql`json_agg(json_build_array(${list}))`
    : sql`json_group_array(json_array(${list}))`;
  return sql`(with q(${list}) as ${query} select ${rows} from q)`;
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
    const selected = Object.fromEntries(queries.map((query, i) => [`q${i}`, asJson(db, query).as(`q${i}`)]));
    return db.select(selected).from(sql`(select 1 as one) as one`);
  });
  return async (db, values) => {
    const [row] = await ask(db, values);
    const found: unknown[][] = [];
    for (const [i, read] of readers.get(db)!.entries()) {
      const told = row?.[`q${i}`] ?? [];
      const rows = (typeof told === 'string' ? JSON.parse(told) : told) as (readonly unknown[])[];
      found.push(rows.map(read));
      await shareTurn();
    }
    return found as unknown as RowsOf<Q>;
  };
}
