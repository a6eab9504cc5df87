import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { openStore } from '../src/storage/open.ts';
import type { Store } from '../src/storage/store.ts';
import { newDatabase } from './postgres.ts';

/** Names the folder of a run to its workers: what was migrated once is copied by all of them. */
const FOLDER = 'REMBUG_TEST_MIGRATED';

/** Makes the folder of a run. */
export function shareMigrated(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rembug-migrated-'));
  process.env[FOLDER] = folder;
  return folder;
}

const folderOfRun = (): string => process.env[FOLDER] ?? shareMigrated();

/**
 * Opens a file whose commits do not wait for the disk: what these stores hold outlives a killed process, and no test
 * cuts the power. Programs that tests start wait for it, as they do for people.
 */
function openUnsynced(file: string): Promise<Store> {
  const { pragma } = Database.prototype;
  Database.prototype.pragma = function (this: Database.Database, source, ...options) {
    return pragma.call(this, source === 'synchronous = FULL' ? 'synchronous = OFF' : source, ...options);
  };
  try {
    // Its connections are open when it returns; a promise comes of it all the same.
    return openStore(`file:${file}`);
  } finally {
    Database.prototype.pragma = pragma;
  }
}

/** An SQLite store of its own on a copy of a file that was migrated once a run; its file goes when it is closed. */
export async function newSqliteStore(): Promise<Store> {
  const template = join(folderOfRun(), 'migrated.db');
  if (!existsSync(template)) {
    const made = `${template}.${process.pid}`;
    await (await openUnsynced(made)).close();
    // Two workers may make one each: whichever comes last replaces an equal one.
    renameSync(made, template);
  }
  const folder = mkdtempSync(join(tmpdir(), 'rembug-'));
  const file = join(folder, 'memory.db');
  copyFileSync(template, file);
  const store = await openUnsynced(file);
  return {
    ...store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Name of the run's migrated database on a server. */
export const templateOf = (folder: string): string => `t_migrated_${Buffer.from(folder.slice(-6)).toString('hex')}`;

/** Number of the lock under which one worker migrates while others wait. */
const LOCK = 7_301;

async function postgresTemplate(server: string): Promise<string> {
  const name = templateOf(folderOfRun());
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount) return name;
    const url = await newDatabase(server);
    await (await openStore(url)).close();
    await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} RENAME TO ${name}`);
    return name;
  } finally {
    await client.end();
  }
}

const templates = new Map<string, Promise<string>>();

/** A PostgreSQL store on a new database, the copy of one that was migrated once a run. */
export async function newPostgresStore(server: string): Promise<Store> {
  const template = templates.get(server) ?? postgresTemplate(server);
  templates.set(server, template);
  const store = await openStore(await newDatabase(server, await template));
  // A database that is not new is cleaned at its first opening: that is over before a test begins.
  await store.erased();
  return store;
}
