import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import type { Pool, PoolClient } from 'pg';
import { driverCode, StorageFault } from './faults.ts';
import { areAll, statementsFor } from './new-database.ts';
import { privateFile } from './private-file.ts';

/** Finds the folder beside the sources or, one folder further up, beside the compiled program. */
function folderOf(dialect: string): string {
  const beside = ['../../migrations', '../../../migrations'].map(up =>
    fileURLToPath(new URL(`${up}/${dialect}`, import.meta.url)),
  );
  return beside.find(existsSync) ?? beside[0]!;
}

const read = new Map<string, readonly MigrationMeta[]>();

/** All migrations of a database, in order; their files are read once. */
export function migrationsOf(dialect: 'sqlite' | 'postgres'): readonly MigrationMeta[] {
  const all = read.get(dialect) ?? readMigrationFiles({ migrationsFolder: folderOf(dialect) });
  read.set(dialect, all);
  return all;
}

/** The tables that older programs kept the ties of secret ballots in. */
const CUT = ['ballots', 'secret_votes', 'events', 'drafts', 'acts'] as const;

const LEDGER = 'CREATE TABLE IF NOT EXISTS migrations (hash TEXT PRIMARY KEY, made_at BIGINT NOT NULL)';

/** Lists what is to be applied. @throws StorageFault `newer` when the database knows a migration that we do not. */
function pending(all: readonly MigrationMeta[], done: ReadonlySet<string>): MigrationMeta[] {
  const known = new Set(all.map(migration => migration.hash));
  if ([...done].some(hash => !known.has(hash))) throw new StorageFault('newer', 'database of a newer program');
  return all.filter(migration => !done.has(migration.hash));
}

/**
 * Tells whether a database is this program's: it has been migrated by it, and by no newer one.
 * @throws StorageFault `newer`.
 */
export function isOurs(db: Database): boolean {
  const tables = db.prepare("SELECT name FROM sqlite_master WHERE name IN ('migrations', 'forums')").pluck().all();
  if (tables.length < 2) return false;
  const done = new Set(db.prepare('SELECT hash FROM migrations').pluck().all() as string[]);
  const all = migrationsOf('sqlite');
  pending(all, done);
  return done.has(all[0]!.hash);
}

const SQLITE_LEDGER = LEDGER.replace('BIGINT', 'INTEGER');

/** Runs migrations on an SQLite database, as they are, and notes them as applied. */
export function runSqlite(db: Database, migrations: readonly MigrationMeta[]): void {
  db.exec(SQLITE_LEDGER);
  for (const migration of migrations) {
    for (const statement of migration.sql) if (!/^\s*PRAGMA foreign_keys/i.test(statement)) db.exec(statement);
    note(db, migration);
  }
}

const note = (db: Database, { hash, folderMillis }: MigrationMeta): void =>
  void db.prepare('INSERT INTO migrations VALUES (?, ?)').run(hash, folderMillis);

/** Makes an empty database what all migrations would make of it: at once where that was built, else one by one. */
function makeSqlite(db: Database, all: readonly MigrationMeta[]): void {
  const statements = statementsFor(all);
  if (statements === null) runSqlite(db, all);
  else {
    db.exec(SQLITE_LEDGER);
    db.exec(statements);
    for (const migration of all) note(db, migration);
  }
}

const isEmpty = (db: Database): boolean => db.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() === undefined;

/**
 * Brings an SQLite file up to date in one transaction, after a copy of it was made beside it. Foreign keys are off
 * meanwhile (a rebuilt table is dropped, which would take its children along) and checked before the commit.
 * Our own runner: drizzle's keeps them on and loses rows.
 */
export function migrateSqlite(db: Database, file: string): number {
  const applied = (): Set<string> =>
    new Set(db.prepare('SELECT hash FROM migrations ORDER BY rowid').pluck().all() as string[]);
  const hasLedger = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").get() !== undefined;
  if (hasLedger && areAll([...applied()])) return 0;
  const all = migrationsOf('sqlite');
  const todo = hasLedger ? pending(all, applied()) : all;
  if (!todo.length) return 0;
  const copy = `${file}.before-${todo.at(-1)!.hash.slice(0, 8)}.bak`;
  if (hasLedger && !existsSync(copy)) {
    // Under another name until it is whole: one that was interrupted is not taken for a copy.
    const part = `${copy}.${process.pid}.tmp`;
    rmSync(part, { force: true });
    privateFile(part);
    db.prepare('VACUUM INTO ?').run(part);
    renameSync(part, copy);
  }
  db.pragma('foreign_keys = OFF');
  let done = 0;
  try {
    done = db
      .transaction(() => {
        const isNew = isEmpty(db);
        db.exec(SQLITE_LEDGER);
        const left = pending(all, applied());
        if (isNew) makeSqlite(db, left);
        else runSqlite(db, left);
        const broken = db.pragma('foreign_key_check') as unknown[];
        if (broken.length) throw new Error(`migration breaks ${broken.length} foreign keys`);
        return left.length;
      })
      .immediate();
  } finally {
    db.pragma('foreign_keys = ON');
  }
  // Content that a migration took out of an older database does not stay readable in the file, nor in its log.
  if (hasLedger && done) {
    db.exec('VACUUM');
    db.pragma('wal_checkpoint(TRUNCATE)');
  }
  return done;
}

/** Brings a PostgreSQL database up to date; processes that start together take turns. */
export async function migratePostgres(pool: Pool): Promise<{ isNew: boolean }> {
  const all = migrationsOf('postgres');
  const connection = await pool.connect().catch(error => {
    // An error without a code means that nobody answered in time.
    throw driverCode(error) === null ? new StorageFault('unreachable', 'the server does not answer', error) : error;
  });
  let lost: Error | undefined;
  const lose = (error: Error): void => {
    lost ??= error;
  };
  connection.on('error', lose);
  try {
    await connection.query("BEGIN; SELECT pg_advisory_xact_lock(hashtext('migrations'))");
    await connection.query(LEDGER);
    const { rows } = await connection.query<{ hash: string }>('SELECT hash FROM migrations');
    const todo = pending(all, new Set(rows.map(row => row.hash)));
    for (const { sql, hash, folderMillis } of todo) {
      for (const statement of sql) await connection.query(statement);
      await connection.query('INSERT INTO migrations VALUES ($1, $2)', [hash, folderMillis]);
    }
    await connection.query('COMMIT');
    // Content that a migration took out of an older database does not stay readable in its files.
    if (todo.length && rows.length) await connection.query(`VACUUM (FULL) ${CUT.join(', ')}`);
    return { isNew: !rows.length };
  } catch (error) {
    await connection.query('ROLLBACK').catch(lose);
    if (driverCode(error) === '42501') throw await forbidden(connection, error);
    // The driver's error about a line that broke between two statements has no code.
    throw lost && driverCode(error) === null ? new StorageFault('unreachable', 'the server went away', lost) : error;
  } finally {
    connection.off('error', lose);
    connection.release(lost);
  }
}

/**
 * The fault of a role that may not make tables, which since PostgreSQL 15 a new role may not; with the grant it lacks.
 */
async function forbidden(connection: PoolClient, cause: unknown): Promise<StorageFault> {
  const asked = await connection.query<{ role: string; may: boolean }>(
    "SELECT quote_ident(current_user) AS role, has_schema_privilege('public', 'CREATE') AS may",
  );
  const { role, may } = asked.rows[0]!;
  const remedy = may ? null : `GRANT USAGE, CREATE ON SCHEMA public TO ${role};`;
  return new StorageFault('forbidden', 'the role may not make or change tables', cause, remedy);
}
