import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';
import type { Store } from '../src/storage/store.ts';

/** Counts how often a text stands in some bytes. */
function timesIn(bytes: Buffer, text: string): number {
  let times = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) times++;
  return times;
}

/** The bytes of every table and index of a PostgreSQL database, as its files hold them. */
async function postgresFiles(url: string): Promise<Buffer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('CHECKPOINT');
    const { rows } = await client.query<{ bytes: Buffer }>(
      `SELECT pg_read_binary_file(pg_relation_filepath(c.oid)) AS bytes FROM pg_class c
       JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'i', 't') AND n.nspname IN ('public', 'pg_toast') AND pg_relation_filepath(c.oid) IS NOT NULL
         AND (n.nspname = 'public' OR c.oid > 16384)`,
    );
    return Buffer.concat(rows.map(row => row.bytes));
  } finally {
    await client.end();
  }
}

/** Counts how often a text stands in the files of a database: for SQLite in the file and its write-ahead log. */
export async function timesInFiles(url: string, text: string): Promise<number> {
  if (!url.startsWith('file:')) return timesIn(await postgresFiles(url), text);
  const file = url.slice('file:'.length);
  return [file, `${file}-wal`].filter(existsSync).reduce((sum, one) => sum + timesIn(readFileSync(one), text), 0);
}

/** Counts how often a text stands in the rows that the database gives when it is asked. */
export async function timesInRows(store: Store, text: string): Promise<number> {
  let times = 0;
  for (const table of Object.values(store.tables))
    for (const row of await store.read.select().from(table as never))
      times += timesIn(Buffer.from(JSON.stringify(row)), text);
  return times;
}
