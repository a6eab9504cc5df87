import * as pg from 'drizzle-orm/pg-core';
import * as lite from 'drizzle-orm/sqlite-core';

/**
 * PostgreSQL refuses half a character and the sign of number zero in JSON; what comes from outside may hold either. It
 * is the same on SQLite, since what is stored there may move.
 */
const keepable = (text: string): string => text.toWellFormed().replaceAll('\0', '');
const storable = (_: string, value: unknown): unknown => {
  if (typeof value === 'string') return keepable(value);
  if (!value || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [keepable(name), one]));
};
/** Matches how JSON writes them, and whatever looks alike. */
const UNSTORABLE = /\\u(?:d[89a-f]|0000)/;

function writeJson(value: unknown): string {
  const written = JSON.stringify(value);
  return UNSTORABLE.test(written) ? JSON.stringify(value, storable) : written;
}

const pgJson = pg.customType<{ data: unknown; driverData: unknown }>({ dataType: () => 'jsonb', toDriver: writeJson });
const liteJson = lite.customType<{ data: unknown; driverData: string }>({
  dataType: () => 'text',
  toDriver: writeJson,
  fromDriver: written => JSON.parse(written),
});

/** SQLite hands out a Buffer, PostgreSQL as well. */
const pgBytes = pg.customType<{ data: Buffer }>({ dataType: () => 'bytea' });
const liteBytes = lite.customType<{ data: Buffer }>({ dataType: () => 'blob' });

/**
 * The column and table builders of one database. The schema is written once against this, and the core is
 * type-checked against PostgreSQL's form of it.
 */
export const postgresKit = {
  table: pg.pgTable,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  foreignKey: pg.foreignKey,
  check: pg.check,
  text: pg.text,
  /** A small whole number, below 2^31 on both databases. */
  int: () => pg.integer(),
  /** A whole number up to 2^53: money in minor units, scaled decimals. */
  big: () => pg.bigint({ mode: 'number' }),
  /** The primary key that counts up. */
  sequence: () => pg.bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
  real: () => pg.doublePrecision(),
  bool: () => pg.boolean(),
  /** An instant, to the millisecond, as a Date. */
  instant: () => pg.timestamp({ mode: 'date', precision: 3, withTimezone: true }),
  json: <T>() => pgJson().$type<T>(),
  /** Raw bytes; a value of 256 KiB at most. */
  bytes: () => pgBytes(),
};

export type Kit = typeof postgresKit;

/** SQLite's builders: the same methods and JavaScript values. The schema's one cast is here. */
export const sqliteKit = {
  table: lite.sqliteTable,
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  primaryKey: lite.primaryKey,
  foreignKey: lite.foreignKey,
  check: lite.check,
  text: lite.text,
  int: () => lite.integer(),
  big: () => lite.integer(),
  sequence: () => lite.integer().primaryKey({ autoIncrement: true }),
  real: () => lite.real(),
  bool: () => lite.integer({ mode: 'boolean' }),
  instant: () => lite.integer({ mode: 'timestamp_ms' }),
  json: <T>() => liteJson().$type<T>(),
  bytes: () => liteBytes(),
} satisfies Record<keyof Kit, unknown> as unknown as Kit;
