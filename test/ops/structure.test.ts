import { sql } from 'drizzle-orm';
import pg from 'pg';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { differences } from '../../src/storage/structure.ts';
import { databases, newPostgresUrl } from '../databases.ts';

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
