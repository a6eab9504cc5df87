import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { newPostgresUrl } from '../databases.ts';
import { newFolder } from '../program.ts';

/** Literals with which a database writes an instant, a yes and a no. */
export interface Literals {
  at(ms: number): string;
  readonly yes: string;
  readonly no: string;
}

const folder = (dialect: string): string => fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url));
const upTo = (last: number, dialect: string) =>
  readMigrationFiles({ migrationsFolder: folder(dialect) }).slice(0, last + 1);
const LEDGER = 'CREATE TABLE migrations (hash TEXT PRIMARY KEY, made_at BIGINT NOT NULL)';

type RowsOf = (literals: Literals) => readonly string[];

async function sqlite(last: number, rowsOf: RowsOf): Promise<string> {
  const file = join(newFolder(), 'x.db');
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  db.exec(LEDGER.replace('BIGINT', 'INTEGER'));
  for (const { sql, hash, folderMillis } of upTo(last, 'sqlite')) {
    for (const statement of sql) db.exec(statement);
    db.prepare('INSERT INTO migrations VALUES (?, ?)').run(hash, folderMillis);
  }
  for (const statement of rowsOf({ at: String, yes: '1', no: '0' })) db.exec(statement);
  db.close();
  return `file:${file}`;
}

async function postgres(last: number, rowsOf: RowsOf): Promise<string> {
  const url = await newPostgresUrl();
  const client = new pg.Client(url);
  await client.connect();
  await client.query(LEDGER);
  for (const { sql, hash, folderMillis } of upTo(last, 'postgres')) {
    for (const statement of sql) await client.query(statement);
    await client.query('INSERT INTO migrations VALUES ($1, $2)', [hash, folderMillis]);
  }
  const literals = { at: (ms: number) => `to_timestamp(${ms} / 1000.0)`, yes: 'true', no: 'false' };
  for (const statement of rowsOf(literals)) await client.query(statement);
  await client.end();
  return url;
}

/**
 * Makes databases as an older program left them: migrated up to migration `last`, with the rows that the statements
 * write. Gives their addresses.
 */
export const oldDatabases = (last: number, rowsOf: RowsOf) => [
  { name: 'sqlite', make: () => sqlite(last, rowsOf) },
  { name: 'postgres', make: () => postgres(last, rowsOf) },
];
