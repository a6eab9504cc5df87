import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { differences } from '../../src/storage/structure.ts';
import { databases, newPostgresUrl } from '../databases.ts';
import { newFolder } from '../program.ts';

it.each(databases)('R28: a database as we make it differs in nothing ($name)', async ({ open }) => {
  const store = await open();
  expect(await differences(store)).toEqual([]);
  await store.close();
});

it('R28: PostgreSQL tells triggers and indexes that are gone, switched off or foreign', async () => {
  const url = await newPostgresUrl();
  const store = await openStore(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`
    ALTER TABLE ledger_lines DISABLE TRIGGER ledger_lines_append_only;
    DROP TRIGGER entries_append_only ON entries;
    DROP INDEX activities_date;
    CREATE TRIGGER extra BEFORE DELETE ON goals FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
  `);
  await client.end();
  expect(await differences(store)).toEqual([
    'activities_date',
    'entries_append_only',
    'extra',
    'ledger_lines_append_only',
  ]);
  expect(await store.read.select({ one: sql<number>`1` }).from(sql`migrations`)).not.toEqual([]);
  await store.close();
});

it('R28: PostgreSQL tells what has its name and is another: a hollow function, a condition, one index for all', async () => {
  const url = await newPostgresUrl();
  const store = await openStore(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const hollow = '$$ BEGIN RETURN COALESCE(NEW, OLD); END $$';
  const { rows } = await client.query<{ name: string; made: string }>(`
    SELECT indexname AS name, indexdef AS made FROM pg_indexes
    WHERE schemaname = current_schema() AND indexdef LIKE 'CREATE UNIQUE%' AND indexname NOT LIKE '%pk%' AND indexname NOT LIKE '%pkey%'
    ORDER BY indexname LIMIT 1`);
  const { name, made } = rows[0]!;
  await client.query(`
    CREATE OR REPLACE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS ${hollow};
    DROP TRIGGER entries_append_only ON entries;
    CREATE TRIGGER entries_append_only BEFORE UPDATE OR DELETE ON entries FOR EACH ROW WHEN (false)
      EXECUTE FUNCTION ledger_is_append_only();
    DROP TRIGGER budgets_append_only ON budgets;
    CREATE TRIGGER budgets_append_only BEFORE UPDATE ON budgets FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
    ALTER TABLE ledger_months ENABLE REPLICA TRIGGER ledger_months_append_only;
    DROP INDEX "${name}";
    ${made.replace('CREATE UNIQUE', 'CREATE')};
  `);
  await client.end();
  expect(await differences(store)).toEqual(
    ['budgets_append_only', 'entries_append_only', 'ledger_is_append_only', 'ledger_months_append_only', name].sort(),
  );
  await store.close();
});

it('R28: SQLite tells a guard that has its name and guards nothing, and one that copies ballots', async () => {
  const file = join(newFolder(), 'x.db');
  const store = await openStore(`file:${file}`);
  const other = new Database(file);
  other.exec(`
    DROP TRIGGER entries_no_update;
    CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT 1; END;
    CREATE TABLE seen (a, b);
    CREATE TRIGGER peep AFTER INSERT ON ballots BEGIN INSERT INTO seen VALUES (1, 2); END;
  `);
  other.close();
  expect(await differences(store)).toEqual(['table seen', 'trigger entries_no_update', 'trigger peep']);
  await store.close();
});
