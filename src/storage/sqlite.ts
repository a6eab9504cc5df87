import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { type SQL, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { BoundedMap } from '../runtime/bounded-map.ts';
import { isTurnOver, nextTurn } from '../runtime/event-loop.ts';
import { tableWritten } from './answers.ts';
import { faultOf } from './faults.ts';
import { sqliteKit } from './kit.ts';
import { migrateSqlite } from './migrate.ts';
import { makeFolder, privateFile } from './private-file.ts';
import { eachRow, type Guard, type Lender, lender } from './scans.ts';
import { defineSchema } from './schema/index.ts';
import { refuseInUnitOfWork, scopeInUse } from './scope.ts';
import { Queue, type Reader, type Snapshot, type Store, type Tx } from './store.ts';
import { transactions } from './transactions.ts';
import type { Sought } from './words.ts';

const tables = defineSchema(sqliteKit);

/**
 * Timeout of another program's write lock, ms: less than the 3 s that the platforms give an act to be acknowledged in.
 */
const PATIENCE_MS = 2_500;
/** Timeout of a lock at the start, ms: nobody waits for an answer, and another process may be migrating. */
const OPENING_MS = 10_000;
/**
 * Timeout of a lock for readers, ms: reading blocks the event loop, and waits only where another process recovers the
 * log.
 */
const READING_MS = 250;

/** Maximum number of prepared statements to keep per connection. When full, the one used longest ago is dropped. */
const MAX_STATEMENTS = 1_000;

/**
 * The part of better-sqlite3 that drizzle uses, every statement passing through `guard`. A statement is prepared once
 * for each SQL text: SQLite itself prepares it again after a change of the schema.
 */
function guarded(connection: Database.Database, guard: Guard): Database.Database {
  const prepare = (source: string) => {
    const statement = connection.prepare(source);
    const written = tableWritten(source);
    const rows = (statement: Database.Statement) => ({
      all: (...values: unknown[]) => guard(() => statement.all(...values), written),
      get: (...values: unknown[]) => guard(() => statement.get(...values), written),
    });
    // Rows as arrays are a mode of a statement, so they have one of their own.
    let arrays: ReturnType<typeof rows> | undefined;
    return {
      run: (...values: unknown[]) => guard(() => statement.run(...values), written),
      ...rows(statement),
      raw: () => {
        arrays ??= rows(connection.prepare(source).raw());
        return arrays;
      },
    };
  };
  const kept = new BoundedMap<string, ReturnType<typeof prepare>>(MAX_STATEMENTS);
  const client = {
    prepare: (source: string) =>
      guard(() => {
        const statement = kept.get(source) ?? prepare(source);
        kept.set(source, statement);
        return statement;
      }),
  };
  return client as unknown as Database.Database;
}

/** Quotes the words, so that none is an operator. */
const queryOf = (words: readonly Sought[]): string =>
  words.map(({ word, isBegun }) => `"${word}"${isBegun ? '*' : ''}`).join(' ') || '""';

/**
 * The planner knows nothing of how many there are of a word, and would go through all activities for each count. Rows of
 * a forum are numbered in the order in which they were entered, in which the index hands them over without sorting them.
 */
const matching = (query: string) => ({
  from: sql`activity_search cross join ${tables.activities} on ${tables.activities.seq} = activity_search.rowid`,
  where: sql`activity_search match ${query}`,
  newest: sql`activity_search.rowid desc`,
});

const after = (ms: number): SQL<Date> => sql`(cast(unixepoch('subsec') * 1000 as integer) + ${ms})`;

type Prepared = Record<'all' | 'get' | 'run', (...values: unknown[]) => unknown>;
type Session = { prepareQuery(...of: unknown[]): Prepared };

/**
 * Lets others have their turn between two statements. A statement of SQLite is answered at once, so that an act of many
 * would otherwise hold the event loop from its first to its last.
 */
function shareTurns<Handle>(handle: Handle): Handle {
  const { session } = handle as unknown as { session: Session };
  const prepare = session.prepareQuery.bind(session);
  session.prepareQuery = (...of) => {
    const query = prepare(...of);
    for (const way of ['all', 'get', 'run'] as const) {
      const run = query[way].bind(query);
      query[way] = (...values) => (isTurnOver() ? nextTurn().then(() => run(...values)) : run(...values));
    }
    return query;
  };
  return handle;
}

const handle = (connection: Database.Database, guard: Guard, scans: Lender = { lend: () => connection }): unknown =>
  Object.assign(shareTurns(drizzle({ client: guarded(connection, guard), casing: 'snake_case' })), {
    tables,
    queryOf,
    matching,
    after,
    each: eachRow(scans, guard),
  });

function open(file: string, readonly: boolean): Database.Database {
  const connection = new Database(file, { readonly, timeout: OPENING_MS });
  if (!readonly) connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  // Deleted and overwritten content is filled with zeros: nobody reads it in the file.
  if (!readonly) connection.pragma('secure_delete = ON');
  return connection;
}

function openReader(file: string): Database.Database {
  const connection = open(file, true);
  connection.pragma(`busy_timeout = ${READING_MS}`);
  return connection;
}

/**
 * A database in memory is a file in a folder of its own that goes when it is closed: readers see what was committed.
 */
function fileOf(path: string): { file: string; release(): void } {
  if (path !== ':memory:') {
    makeFolder(dirname(path));
    return { file: path, release: () => undefined };
  }
  const folder = mkdtempSync(join(tmpdir(), 'rembug-'));
  return { file: join(folder, 'memory.db'), release: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Opens a file that is in use to read it, as it is now. @throws StorageFault */
export async function openSqliteSnapshot(file: string): Promise<Snapshot> {
  try {
    const connection = open(file, true);
    connection.exec('BEGIN');
    return {
      read: handle(connection, statement => statement()) as Reader,
      close: async () => void connection.close(),
    };
  } catch (error) {
    throw faultOf(error);
  }
}

/**
 * Opens and migrates an SQLite database: one connection writes, one only reads.
 * @throws StorageFault when the file is locked, read-only, full, corrupt or of a newer program.
 */
export async function openSqlite(path: string): Promise<Store> {
  const { file, writer, reading, release } = (() => {
    try {
      const { file, release } = fileOf(path);
      privateFile(file);
      const writer = open(file, false);
      migrateSqlite(writer, file);
      // From here on waiting for a lock must not block the event loop.
      writer.pragma('busy_timeout = 0');
      if (path !== ':memory:') chmodSync(file, 0o600);
      return { file, writer, reading: openReader(file), release };
    } catch (error) {
      throw faultOf(error);
    }
  })();
  const queue = new Queue();
  const scans = lender(() => openReader(file));
  const begin = beginner(writer);
  const erase = (...names: readonly string[]) => {
    for (const name of names) scopeInUse().erased.add(name);
  };
  const writing = Object.assign(
    handle(writer, (statement, written) => {
      const scope = scopeInUse();
      if (written !== undefined) scope.answers.written(written);
      return scope.sync(statement);
    }) as Tx,
    { erase },
  );
  // Erasing that a process before this one may not have come to.
  let toErase = true;

  /** Empties the write-ahead log, which holds the pages as they were. A reader elsewhere may hold it: then later. */
  function eraseLog(): void {
    if (!toErase) return;
    const [state] = writer.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    toErase = state?.busy !== 0;
  }

  const together = transactions(writer, begin, names => {
    toErase ||= names.size > 0;
    try {
      eraseLog();
    } catch {
      // The commit stands; what could not be emptied now is tried again after the next unit.
    }
  });

  return {
    dialect: 'sqlite',
    address: `file:${file}`,
    tables,
    read: handle(
      reading,
      statement => {
        refuseInUnitOfWork('store.read');
        return statement();
      },
      scans,
    ) as Reader,
    write(_key, work) {
      refuseInUnitOfWork('store.write');
      const done = together.add(() => work(writing));
      void queue.run('', together.run);
      return done;
    },
    async erased() {
      await queue.idle();
      eraseLog();
    },
    settle: () => queue.run('', async () => void writer.pragma('wal_checkpoint(PASSIVE)')),
    connections: () => [],
    async close() {
      await queue.idle();
      scans.close();
      reading.close();
      writer.close();
      release();
    },
  };
}

/**
 * Takes the write lock; another process may hold it, so this waits without blocking the event loop. All who wait while
 * one lock lasts share one deadline: after it each tries once, so that many are refused together and not in turn.
 */
function beginner(writer: Database.Database): () => Promise<void> {
  let since = Number.NEGATIVE_INFINITY;
  let seen = Number.NEGATIVE_INFINITY;
  return async () => {
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        writer.exec('BEGIN IMMEDIATE');
        seen = Number.NEGATIVE_INFINITY;
        return;
      } catch (error) {
        const now = performance.now();
        // A lock that nobody met for so long may be another one.
        if (now - seen > PATIENCE_MS) since = now;
        seen = now;
        if (!String((error as { code?: string }).code).startsWith('SQLITE_BUSY') || now > since + PATIENCE_MS)
          throw faultOf(error);
      }
      await new Promise(resolve => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  };
}
