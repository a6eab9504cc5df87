import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { execute, newDatabase } from '../postgres.ts';
import { newFolder } from '../program.ts';
import { CANARY, fillForum } from './forum.ts';

/** Tables that a refusal may write: the draft that keeps what was typed, and tries that are counted. */
const MAY_CHANGE = new Set(['drafts', 'code_attempts', 'migrations', 'touched', 'sqlite_sequence']);

/** A database of its own with two forums whose codes are the same, in which acts are tried. */
export interface Ground {
  readonly store: Store;
  /** Counts the committed rows that were written, changed or deleted and that a refusal must leave alone. */
  touched(): Promise<number>;
  close(): Promise<void>;
}

/** Makes grounds of one kind: copies of a template that is written once, when the first is wanted. */
export type Grounds = () => Promise<Ground>;

async function fillBoth(url: string): Promise<void> {
  const store = await openStore(url);
  await fillForum(store, 'satu', 'Biasa');
  await fillForum(store, 'dua', CANARY);
  await store.close();
}

const watched = (tables: readonly string[]): string[] => tables.filter(name => !MAY_CHANGE.has(name));

export function onSqlite(): Grounds {
  let template: Promise<string> | undefined;

  async function write(): Promise<string> {
    const file = join(newFolder(), 'two.db');
    await fillBoth(`file:${file}`);
    const db = new Database(file);
    db.exec('CREATE TABLE touched (n INTEGER NOT NULL) STRICT; INSERT INTO touched VALUES (0)');
    const names = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'activity_search%'")
      .pluck();
    for (const name of watched(names.all() as string[]))
      for (const event of ['INSERT', 'UPDATE', 'DELETE'])
        db.exec(
          `CREATE TRIGGER t_${name}_${event} AFTER ${event} ON "${name}" BEGIN UPDATE touched SET n = n + 1; END`,
        );
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    return file;
  }

  return async () => {
    template ??= write();
    const file = join(newFolder(), 'x.db');
    copyFileSync(await template, file);
    const store = await openStore(`file:${file}`);
    const watch = new Database(file, { readonly: true });
    const touched = watch.prepare('SELECT n FROM touched').pluck();
    return {
      store,
      touched: async () => touched.get() as number,
      async close() {
        watch.close();
        await store.close();
      },
    };
  };
}

export function onPostgres(server: string): Grounds {
  let template: Promise<string> | undefined;

  async function write(): Promise<string> {
    const url = await newDatabase(server);
    await fillBoth(url);
    const db = await connect(url);
    // A row for each, as a counter that is one row would make units of work wait for each other.
    await db.query(`CREATE TABLE touched (); CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN INSERT INTO touched DEFAULT VALUES; RETURN NULL; END'`);
    const { rows } = await db.query<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
    );
    for (const name of watched(rows.map(row => row.name)))
      await db.query(
        `CREATE TRIGGER touch AFTER INSERT OR UPDATE OR DELETE ON "${name}" FOR EACH ROW EXECUTE FUNCTION touch()`,
      );
    await db.end();
    return url;
  }

  return async () => {
    template ??= write();
    const url = await newDatabase(server, nameOf(await template));
    const store = await openStore(url);
    const watch = await connect(url);
    return {
      store,
      async touched() {
        const { rows } = await watch.query<{ n: string }>('SELECT count(*) AS n FROM touched');
        return Number(rows[0]!.n);
      },
      async close() {
        await watch.end();
        await store.close();
        await execute(server, `DROP DATABASE ${nameOf(url)}`);
      },
    };
  };
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1);

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}
