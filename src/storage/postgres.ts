import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { tableWritten } from './answers.ts';
import { Eraser } from './eraser.ts';
import { driverCode, faultOf, StorageFault } from './faults.ts';
import { postgresKit } from './kit.ts';
import { migratePostgres } from './migrate.ts';
import { LIMITS } from './postgres-limits.ts';
import { Away, isAway, RETRY_TIMEOUT_MS, RetryBudget } from './retry.ts';
import { each } from './scans.ts';
import { defineSchema } from './schema/index.ts';
import { refuseInUnitOfWork, runInScope, Scope, scopeInUse } from './scope.ts';
import { StatementNames } from './statement-names.ts';
import { Queue, type Reader, type Snapshot, type Store, type Tx } from './store.ts';
import type { Sought } from './words.ts';

const tables = defineSchema(postgresKit);

/** The number of a key's advisory lock. */
const lockNumber = (key: string): bigint => createHash('sha256').update(key).digest().readBigInt64BE();

const queryOf = (words: readonly Sought[]): string =>
  words.map(({ word, isBegun }) => (isBegun ? `${word}:*` : word)).join(' & ');

function matching(query: string) {
  const { activities: a } = tables;
  return {
    from: sql`${a}`,
    where: sql`to_tsvector('simple', ${a.search}) @@ to_tsquery('simple', ${query})`,
    // A sum has no index: else PostgreSQL goes through all numbers down, as it takes words that are begun for frequent.
    newest: sql`${a.number} + 0 desc`,
  };
}

/** Instant so many milliseconds after the statement's beginning. */
const after = (ms: number): SQL<Date> => sql`(statement_timestamp() + ${ms} * interval '1 millisecond')`;

/** A statement as drizzle hands it to the driver. */
type Asked = pg.QueryConfig & { readonly rowMode?: 'array' };

interface Queryable {
  query(asked: Asked, values: unknown[]): Promise<unknown>;
}

const handle = (client: Queryable): unknown =>
  Object.assign(drizzle({ client: client as never, casing: 'snake_case' }), { tables, queryOf, matching, after, each });

/** Opens a connection that reads the record as it is now. @throws StorageFault */
export async function openPostgresSnapshot(url: string): Promise<Snapshot> {
  const client = new pg.Client({ ...LIMITS, connectionString: url });
  // A line that breaks while nothing is asked on it fails what is asked next.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Behind a pooler another's statement may have the name: here an error would end all of it.
    const read = { query: (asked: Asked, values: unknown[]) => client.query({ ...asked, name: undefined }, values) };
    return { read: handle(read) as Reader, close: () => client.end() };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw faultOf(error);
  }
}

/**
 * Opens and migrates a PostgreSQL database. `onIdleError` hears of idle connections that died; the pool replaces them.
 * @throws StorageFault when it cannot be reached or belongs to a newer program.
 */
export async function openPostgres(
  url: string,
  { connections = 10, onIdleError = (_: Error) => {} } = {},
): Promise<Store> {
  const config = { ...LIMITS, connectionString: url, max: connections };
  // Statements follow each other without waiting: what tells nothing costs no way to the server and back.
  const writers = new pg.Pool({ ...config, pipeline: true } as pg.PoolConfig);
  const readers = new pg.Pool({ ...config, options: '-c default_transaction_read_only=on' });
  for (const pool of [writers, readers]) pool.on('error', onIdleError);
  // A migration may take as long as it takes, and so may waiting for another process that is at it.
  const { connectionTimeoutMillis } = LIMITS;
  const migrating = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis });
  migrating.on('error', onIdleError);
  let isNew = false;
  try {
    ({ isNew } = await migratePostgres(migrating));
    for (const pool of [writers, readers]) await pool.query('SELECT 1').catch(refusedParameters);
  } catch (error) {
    await Promise.all([writers.end(), readers.end()]);
    throw faultOf(error);
  } finally {
    await migrating.end();
  }
  // Units of work for the same key wait here, so that they do not hold a connection each.
  const queue = new Queue();
  const budget = new RetryBudget();
  const names = new StatementNames();
  const inUse = {
    query(asked: Asked, values: unknown[]) {
      const scope = scopeInUse<pg.PoolClient>();
      const written = tableWritten(asked.text);
      if (written !== undefined) scope.answers.written(written);
      // A statement that tells nothing is not waited for.
      const ask = () => scope.connection.query(names.asked(scope.connection, asked), values);
      return written !== undefined && asked.rowMode !== 'array' ? scope.send(ask) : scope.async(ask);
    },
  };
  const erase = (...names: readonly string[]) => {
    for (const name of names) scopeInUse().erased.add(name);
  };
  const writing = Object.assign(handle(inUse) as Tx, { erase });
  const eraser = new Eraser(url, tables, onIdleError);
  // Erasing that a process before this one may not have come to.
  if (!isNew) eraser.ask(new Set(['secretBallots', 'pollSecretBallots', 'drafts']));

  async function unit<T>(key: string | null, work: (tx: Tx) => Promise<T>): Promise<T> {
    const line = await borrow(writers);
    const { connection } = line;
    const scope = new Scope(connection);
    const told = (error: unknown): unknown =>
      line.lost() || isAway(error) || names.failedBy(connection, error) ? new Away(error) : error;
    try {
      const id = await begin(connection, key).catch(error => {
        if (driverCode(error) === null) line.lose(error);
        throw told(error);
      });
      const result = await runInScope(scope, async () => {
        const result = await work(writing);
        scope.finish();
        return result;
      }).catch(error => {
        throw scope.failed ? told(error) : error;
      });
      const done = await commit(readers, line, id, scope, result).catch(error => {
        throw names.failedBy(connection, error) ? new Away(error) : error;
      });
      eraser.ask(scope.erased);
      return done;
    } catch (error) {
      // Work that the driver gave up, such as a statement without an answer, still runs on that line.
      if (scope.failed && driverCode(error) === null) line.lose(error as Error);
      scope.abandon();
      if (!line.lost()) await connection.query('ROLLBACK').catch(line.lose);
      throw error;
    } finally {
      line.giveBack();
    }
  }

  const reading = {
    query(asked: Asked, values: unknown[]) {
      refuseInUnitOfWork('store.read');
      return budget.run(async () => {
        const line = await borrow(readers);
        try {
          return await line.connection.query(names.asked(line.connection, asked), values);
        } catch (error) {
          const away = line.lost() || isAway(error) || names.failedBy(line.connection, error);
          // The next user of a line on which an answer is still awaited would wait for that one too.
          if (driverCode(error) === null) line.lose(error as Error);
          throw away ? new Away(error) : error;
        } finally {
          line.giveBack();
        }
      });
    },
  };

  return {
    dialect: 'postgres',
    address: url,
    tables,
    read: handle(reading) as Reader,
    write(key, work) {
      refuseInUnitOfWork('store.write');
      // From here, not from its turn: those who wait for the same forum wait together, not one after the other.
      const until = budget.deadline();
      const run = () => budget.run(() => unit(key, work), until);
      return key === null ? run() : queue.run(key, run);
    },
    erased: () => eraser.idle(),
    connections: () =>
      [['write', writers] as const, ['read', readers] as const].map(
        ([pool, { totalCount, idleCount, waitingCount }]) => ({
          pool,
          open: totalCount,
          idle: idleCount,
          waiting: waitingCount,
        }),
      ),
    settle: async () => undefined,
    async close() {
      await queue.idle();
      await eraser.close();
      await Promise.all([writers.end(), readers.end()]);
    },
  };
}

/** Line for a pooler's settings, so that it lets our start parameters pass. */
const POOLER_LINE =
  'ignore_startup_parameters = extra_float_digits,options,statement_timeout,lock_timeout,idle_in_transaction_session_timeout';

/** A server takes the parameters that lines begin with; where a line without them was taken, a pooler refuses these. */
function refusedParameters(error: unknown): never {
  if (driverCode(error) !== '08P01') throw error;
  throw new StorageFault('pooler', 'a pooler refuses the start parameters', error, POOLER_LINE);
}

/** A connection of a pool; whether it was lost is heard also between statements, where nobody waits for an answer. */
async function borrow(pool: pg.Pool) {
  const connection = await pool.connect().catch(error => {
    // A wrong password or name does not pass; a full pool, a server that starts and a line that is down do.
    throw /^(28|3D)/.test(String((error as { code?: string }).code)) ? error : new Away(error);
  });
  let lost: Error | undefined;
  const lose = (error: Error): void => {
    lost ??= error;
  };
  connection.on('error', lose);
  let given = false;
  return {
    connection,
    lose,
    lost: (): boolean => lost !== undefined,
    /** Gives a connection back, once, however often it is called; a lost one is closed. */
    giveBack(): void {
      if (given) return;
      given = true;
      connection.off('error', lose);
      connection.release(lost);
    },
  };
}

type Line = Awaited<ReturnType<typeof borrow>>;

/** Begins a transaction, its key locked; returns its number, by which the server knows afterwards what became of it. */
async function begin(connection: pg.PoolClient, key: string | null): Promise<string> {
  const lock = key === null ? '' : `pg_advisory_xact_lock(${lockNumber(key)}), `;
  const both: unknown = await connection.query(`BEGIN; SELECT ${lock}pg_current_xact_id()::text AS id`);
  return (both as pg.QueryResult<{ id: string }>[])[1]!.rows[0]!.id;
}

/**
 * Commits. Where the server's own answer does not come, because the line broke or was silent for too long, it is asked
 * on another line what became of the transaction.
 * @throws Away where it was not committed; StorageFault `uncertain` where nobody can tell.
 */
async function commit<T>(readers: pg.Pool, line: Line, id: string, scope: Scope, result: T): Promise<T> {
  try {
    // Sent behind what is on its way: where one of that fails, the server does not commit.
    await line.connection.query('COMMIT');
    await scope.sent();
    return result;
  } catch (error) {
    // Only the server knows that it did not commit.
    if (error instanceof pg.DatabaseError && !isAway(error)) throw error;
    line.lose(error as Error);
    // Closed first: a transaction whose COMMIT never arrived ends with its line.
    line.giveBack();
    const became = await statusOf(readers, id);
    if (became === 'committed') return result;
    if (became === 'aborted') throw new Away(error);
    throw new StorageFault('uncertain', 'the line broke while the server committed', error);
  }
}

/** Returns what became of a transaction: PostgreSQL remembers it, also after a crash. Null: the server stays away. */
async function statusOf(readers: pg.Pool, id: string): Promise<string | null> {
  const until = performance.now() + RETRY_TIMEOUT_MS;
  for (;;) {
    try {
      const { rows } = await readers.query('SELECT pg_xact_status($1::text::xid8) AS status', [id]);
      const status = (rows[0] as { status: string | null }).status;
      if (status !== 'in progress') return status;
    } catch {
      // It may be back in a moment.
    }
    if (performance.now() > until) return null;
    await pause(100 + Math.random() * 200);
  }
}
