import { createHash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { driverCode, faultOf } from './faults.ts';
import { postgresKit } from './kit.ts';
import { migratePostgres } from './migrate.ts';
import { defineSchema } from './schema/index.ts';
import { refuseInUnitOfWork, runInScope, Scope } from './scope.ts';
import { Queue, type Reader, type Store, type Tx } from './store.ts';
import { wordsOf } from './words.ts';

const tables = defineSchema(postgresKit);

/** Serialization failure and deadlock: the transaction did nothing and may be run again. */
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 6;

type Guard = <T>(query: () => Promise<T>) => Promise<T>;

/** The number of a key's advisory lock. */
const lockNumber = (key: string): bigint => createHash('sha256').update(key).digest().readBigInt64BE();

/** The full-text condition: all words, the last may be a beginning. */
function matches(typed: string) {
  const words = wordsOf(typed);
  if (!words.length) return sql`false`;
  return sql`to_tsvector('simple', ${tables.activities.search}) @@ to_tsquery('simple', ${`${words.join(' & ')}:*`})`;
}

/** Of the statement's beginning, to the millisecond. */
const after = (ms: number): SQL<Date> => sql`(statement_timestamp() + ${ms} * interval '1 millisecond')`;

const handle = (client: pg.Pool | pg.PoolClient, guard: Guard): unknown => {
  const queryable = { query: (...query: [string]) => guard(() => client.query(...query)) };
  return Object.assign(drizzle({ client: queryable as never, casing: 'snake_case' }), { tables, matches, after });
};

/**
 * Opens and migrates a PostgreSQL database. `onIdleError` hears of idle connections that died; the pool replaces them.
 * @throws StorageFault when it cannot be reached or belongs to a newer program.
 */
export async function openPostgres(
  url: string,
  { connections = 10, onIdleError = (_: Error) => {} } = {},
): Promise<Store> {
  const writers = new pg.Pool({ connectionString: url, max: connections });
  const readers = new pg.Pool({
    connectionString: url,
    max: connections,
    options: '-c default_transaction_read_only=on',
  });
  for (const pool of [writers, readers]) pool.on('error', onIdleError);
  try {
    await migratePostgres(writers);
  } catch (error) {
    await Promise.all([writers.end(), readers.end()]);
    throw faultOf(error);
  }
  // Those who wait for the same key wait here, not on a connection each.
  const queue = new Queue();

  async function unit<T>(key: string | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    const connection = await writers.connect();
    const scope = new Scope();
    let broken: Error | undefined;
    try {
      await connection.query(key === null ? 'BEGIN' : `BEGIN; SELECT pg_advisory_xact_lock(${lockNumber(key)})`);
      const result = await runInScope(scope, () => work(handle(connection, query => scope.async(query)) as Tx));
      scope.finish();
      await connection.query('COMMIT');
      return result;
    } catch (error) {
      scope.abandon();
      await connection.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      connection.release(broken);
    }
  }

  async function attempt<T>(key: string | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let left = ATTEMPTS - 1; ; left--) {
      try {
        return await unit(key, work);
      } catch (error) {
        if (left === 0 || !RETRYABLE.has(driverCode(error) ?? '')) throw faultOf(error);
      }
    }
  }

  return {
    dialect: 'postgres',
    tables,
    read: handle(readers, query => {
      refuseInUnitOfWork('store.read');
      return query();
    }) as Reader,
    write(key, work) {
      refuseInUnitOfWork('store.write');
      return key === null ? attempt(key, work) : queue.run(key, () => attempt(key, work));
    },
    skipLocked: query => query.for('update', { skipLocked: true }) as typeof query,
    connections: () =>
      [['write', writers] as const, ['read', readers] as const].map(
        ([pool, { totalCount, idleCount, waitingCount }]) => ({
          pool,
          open: totalCount,
          idle: idleCount,
          waiting: waitingCount,
        }),
      ),
    async close() {
      await queue.idle();
      await Promise.all([writers.end(), readers.end()]);
    },
  };
}
