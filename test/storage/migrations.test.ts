import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { getTableColumns, getTableName, is, Table } from 'drizzle-orm';
import { type PgTable, getTableConfig as postgresConfig } from 'drizzle-orm/pg-core';
import { type SQLiteTable, getTableConfig as sqliteConfig } from 'drizzle-orm/sqlite-core';
import pg from 'pg';
import { expect, it } from 'vitest';
import { postgresKit, sqliteKit } from '../../src/storage/kit.ts';
import { openStore } from '../../src/storage/open.ts';
import { defineSchema } from '../../src/storage/schema/index.ts';
import * as exportedPostgres from '../../src/storage/schema.postgres.ts';
import * as exportedSqlite from '../../src/storage/schema.sqlite.ts';
import { newPostgresUrl } from '../databases.ts';
import { newFolder } from '../program.ts';

it('both databases have the same tables, columns, types, indexes, checks and foreign keys', () => {
  const [lite, post] = [defineSchema(sqliteKit), defineSchema(postgresKit)] as unknown as Record<string, Table>[];
  expect(Object.keys(lite!)).toEqual(Object.keys(post!));
  for (const name of Object.keys(lite!)) {
    const shape = (table: Table) =>
      Object.entries(getTableColumns(table)).map(([key, c]) => [
        key,
        c.name,
        c.dataType,
        c.notNull,
        c.primary,
        c.enumValues,
      ]);
    expect(shape(lite![name]!)).toEqual(shape(post![name]!));
    const l = sqliteConfig(lite![name] as SQLiteTable);
    const p = postgresConfig(post![name] as PgTable);
    expect(l.indexes.map(one => one.config.name)).toEqual(p.indexes.map(one => one.config.name));
    expect(l.checks.map(one => one.name)).toEqual(p.checks.map(one => one.name));
    const keys = (all: readonly { reference(): { foreignTable: Table } }[]) =>
      all.map(one => getTableName(one.reference().foreignTable));
    expect(keys(l.foreignKeys)).toEqual(keys(p.foreignKeys));
  }
});

it('drizzle-kit is shown every table', () => {
  const names = Object.entries(defineSchema(sqliteKit))
    .filter(([, value]) => is(value, Table))
    .map(([name]) => name)
    .sort();
  expect([Object.keys(exportedSqlite).sort(), Object.keys(exportedPostgres).sort()]).toEqual([names, names]);
});

it('every SQLite table is strict, the search has its triggers, and ledger, months and budgets their guards', async () => {
  const file = join(newFolder(), 'x.db');
  await (await openStore(`file:${file}`)).close();
  const db = new Database(file, { readonly: true });
  const loose = db
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'activity_search%'",
    )
    .pluck()
    .all();
  const triggers = db.prepare("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").pluck().get();
  db.close();
  expect([loose, triggers]).toEqual([['migrations'], 3 + 4 + 4]);
});

const worker = new URL('./migrate-worker.mjs', import.meta.url);

it.each(['sqlite', 'postgres'])('four processes that start at once on %s migrate it once', async dialect => {
  const url = dialect === 'sqlite' ? `file:${join(newFolder(), 'x.db')}` : await newPostgresUrl();
  // The compiled program is what runs in production; the worker imports it.
  const codes = await Promise.all(
    Array.from({ length: 4 }, () => new Promise<number | null>(done => fork(worker, [url]).once('exit', done))),
  );
  expect(codes).toEqual([0, 0, 0, 0]);
  const files = readdirSync(new URL(`../../migrations/${dialect}`, import.meta.url)).filter(one =>
    one.endsWith('.sql'),
  );
  if (dialect === 'sqlite')
    expect(new Database(url.slice(5)).prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(files.length);
  else {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    expect((await client.query('SELECT count(*)::int AS n FROM migrations')).rows[0].n).toBe(files.length);
    await client.end();
  }
});
