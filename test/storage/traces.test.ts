import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import pg from 'pg';
import { expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { addresses } from '../databases.ts';
import { aWorld, START } from '../world.ts';

const OLD = 'slack:T1:U7:1795.0001:1795.0002:1.sv.S-1.agree#0';
const TYPED = 'slack:T1:1795.22.8088930838d88f';

/** Runs the migration again, on what an older version might have left. */
async function migrate(url: string, dialect: string): Promise<void> {
  const file = new URL(`../../migrations/${dialect}/0017_traces.sql`, import.meta.url);
  const statements = readFileSync(file, 'utf8').replaceAll('--> statement-breakpoint', '');
  if (url.startsWith('file:')) return void new Database(url.slice(5)).exec(statements).close();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statements);
  await client.end();
}

it.each(addresses)('what older versions kept of a press loses who chose what ($name)', async ({ name, newUrl }) => {
  const url = await newUrl();
  const store = await openStore(url);
  await using world = await aWorld({ store });
  await world.all('/forum setup Uji announce:umum', '/activity log Gladi');
  const { acts, deliveries, forums } = store.tables;
  const forumId = (await store.read.select().from(forums))[0]!.id;
  const before = await store.read.select().from(deliveries);
  const [sent] = before;
  const { seq: _, ...letter } = sent!;
  await store.write(null, async tx => {
    for (const key of [OLD, TYPED]) {
      await tx.insert(acts).values({ forumId, key, answer: {}, at: START });
      await tx.insert(deliveries).values({ ...letter, occurrence: `${key}#1@slack:T1:C1` });
    }
  });
  await migrate(url, name);
  const keys = (await store.read.select().from(acts)).map(one => one.key);
  const occurrences = (await store.read.select().from(deliveries)).map(one => one.occurrence);
  expect(keys).toContain(TYPED);
  expect(occurrences).toContain(`${TYPED}#1@slack:T1:C1`);
  expect([...keys, ...occurrences].filter(one => /U7|agree/.test(one))).toEqual([]);
  expect(occurrences).toHaveLength(before.length + 2);
});

it.each(addresses)('what older versions kept of when people came and went is the day alone ($name)', async place => {
  const { name, newUrl } = place;
  const url = await newUrl();
  const store = await openStore(url);
  await using world = await aWorld({ store });
  await world.all('/forum setup Uji', '/activity log Gladi');
  const { members, accounts } = store.tables;
  const at = new Date('2026-11-23T22:14:15.678Z');
  await store.write(null, async tx => {
    await tx.update(members).set({ createdAt: at });
    await tx.update(accounts).set({ lastSeenAt: at });
  });
  await migrate(url, name);
  const day = new Date('2026-11-23T00:00:00Z');
  expect((await store.read.select().from(members)).map(one => one.createdAt)).toEqual([day]);
  expect((await store.read.select().from(accounts)).map(one => one.lastSeenAt)).toEqual([day]);
});
