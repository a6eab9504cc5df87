import { createHash } from 'node:crypto';
import { type DriverValueEncoder, is, Param, Placeholder } from 'drizzle-orm';
import { PgDatabase } from 'drizzle-orm/pg-core';
import { type Ordered, rowReader } from './rows.ts';
import type { Reader } from './store.ts';

/** A query of drizzle's that is not asked yet. */
interface Query extends PromiseLike<unknown> {
  toSQL(): { readonly sql: string };
  prepare(name: string): {
    execute(values: Record<string, unknown>): PromiseLike<unknown>;
    getQuery(): { params: unknown[] };
    /** Fields of the rows as drizzle knows them: nothing where a statement tells nothing. */
    readonly fields?: readonly Ordered[];
    readonly joinsNotNullableMap?: Readonly<Record<string, boolean>>;
    customResultMapper?: (rows: readonly (readonly unknown[])[]) => unknown;
  };
}

type Values = Readonly<Record<string, unknown>>;

/** Stand for the values of a query, which it does not know while it is built. */
const placeholders = (names: readonly string[]) => Object.fromEntries(names.map(name => [name, new Placeholder(name)]));

/** Tells how a value is handed to a driver where no column says it. */
const plain = (isPostgres: boolean): DriverValueEncoder<unknown, unknown> => ({
  mapToDriverValue: value => {
    if (value instanceof Date) return isPostgres ? value.toISOString() : value.getTime();
    return typeof value === 'boolean' && !isPostgres ? Number(value) : value;
  },
});

/**
 * Wraps an encoder of drizzle's, so that null stays null: drizzle itself hands null to encoders that do not expect it.
 */
const nullable = (encoder: DriverValueEncoder<unknown, unknown>): DriverValueEncoder<unknown, unknown> => ({
  mapToDriverValue: value => (value === null || value === undefined ? null : encoder.mapToDriverValue(value)),
});

/** Names a statement by its text, the same in every process: behind a pooler they may share a connection. */
const nameOf = (sql: string): string => `r_${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;

function prepare(db: Reader, query: Query): (values: Values) => PromiseLike<unknown> {
  const prepared = query.prepare(nameOf(query.toSQL().sql));
  if (prepared.fields && !prepared.customResultMapper) {
    const read = rowReader(prepared.fields, prepared.joinsNotNullableMap);
    prepared.customResultMapper = rows => rows.map(read);
  }
  const { params } = prepared.getQuery();
  const bare = nullable(plain(is(db, PgDatabase)));
  for (const [i, param] of params.entries()) {
    if (is(param, Placeholder)) params[i] = new Param(param, bare);
    else if (is(param, Param) && is(param.value, Placeholder))
      params[i] = new Param(param.value, nullable(param.encoder));
  }
  return values => prepared.execute(values);
}

/**
 * A query that is asked often: drizzle builds it once for each handle of a database, the database plans it once for each
 * connection, and what reads its rows is made once. `build` is handed what stands for the values, and must not look at them: they come with each asking.
 * A list whose length varies (`inArray`) has no such query.
 */
export function prepared<V extends object, R, DB extends Reader = Reader>(
  build: (db: DB, values: V) => PromiseLike<R>,
): (db: DB, values: V) => Promise<R> {
  const built = new WeakMap<DB, Map<string, (values: Values) => PromiseLike<unknown>>>();
  return async (db, values) => {
    // Columns that are left out of a row make another statement.
    const names = Object.keys(values);
    const shape = names.join();
    const shapes = built.get(db) ?? new Map();
    if (!shapes.size) built.set(db, shapes);
    const ask = shapes.get(shape) ?? prepare(db, build(db, placeholders(names) as V) as unknown as Query);
    shapes.set(shape, ask);
    return (await ask(values as Values)) as R;
  };
}
