import { and, eq, lte } from 'drizzle-orm';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/storage/open.ts';
import { prepared } from '../../src/storage/prepared.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases, newPostgresUrl } from '../databases.ts';
import { START } from '../world.ts';

const fact = prepared((db, at: { name: string }) => {
  const { facts } = db.tables;
  return db.select().from(facts).where(eq(facts.name, at.name));
});

const addFact = prepared((tx: Tx, row: { name: string; value: string }) => tx.insert(tx.tables.facts).values(row));
type Tx = Parameters<Parameters<Store['write']>[1]>[0];

const factOf = async (db: Parameters<typeof fact>[0], name: string) => (await fact(db, { name }))[0]?.value;

describe.each(databases)('a prepared query on $name', ({ open }) => {
  it('gives what the query itself gives, on every handle', async () => {
    const store = await open();
    await store.write(null, async tx => {
      await addFact(tx, { name: 'a', value: '1' });
      await addFact(tx, { name: 'b', value: '2' });
      expect(await factOf(tx, 'b')).toBe('2');
    });
    expect([await factOf(store.read, 'a'), await factOf(store.read, 'b'), await factOf(store.read, 'c')]).toEqual([
      '1',
      '2',
      undefined,
    ]);
    await store.close();
  });

  it('takes instants, truth values, JSON and nothing, as columns and in conditions', async () => {
    const store = await open();
    const add = prepared((tx: Tx, row: Store['tables']['forums']['$inferInsert']) =>
      tx.insert(tx.tables.forums).values({
        id: row.id,
        name: row.name,
        locale: row.locale,
        zone: row.zone,
        settings: row.settings,
        createdAt: row.createdAt,
      }),
    );
    const forum = {
      id: 'f',
      name: 'Uji',
      locale: 'id',
      zone: 'Asia/Jakarta',
      settings: { pictures: false },
      createdAt: START,
    } as const;
    await store.write(null, tx => add(tx, forum));
    const until = prepared((db, at: { id: string; now: Date }) => {
      const { forums: f } = db.tables;
      return db
        .select()
        .from(f)
        .where(and(eq(f.id, at.id), lte(f.createdAt, at.now)));
    });
    expect(await until(store.read, { id: 'f', now: START })).toMatchObject([forum]);
    expect(await until(store.read, { id: 'f', now: new Date(START.getTime() - 1) })).toEqual([]);
    const addPlace = prepared((tx: Tx, row: { workspace: string; leftAt: Date | null; putOut: boolean }) =>
      tx.insert(tx.tables.places).values({
        platform: 'console',
        workspace: row.workspace,
        forumId: 'f',
        name: 'x',
        joinedAt: START,
        leftAt: row.leftAt,
        putOut: row.putOut,
      }),
    );
    await store.write(null, async tx => {
      await addPlace(tx, { workspace: 'a', leftAt: null, putOut: false });
      await addPlace(tx, { workspace: 'b', leftAt: START, putOut: true });
    });
    const out = prepared((db, at: { putOut: boolean }) => {
      const { places: p } = db.tables;
      return db.select({ workspace: p.workspace, leftAt: p.leftAt }).from(p).where(eq(p.putOut, at.putOut));
    });
    expect(await out(store.read, { putOut: false })).toEqual([{ workspace: 'a', leftAt: null }]);
    expect(await out(store.read, { putOut: true })).toEqual([{ workspace: 'b', leftAt: START }]);
    await store.close();
  });

  it('a write that fails fails its unit with its own error, and nothing of it is kept', async () => {
    const store = await open();
    const twice = store.write(null, async tx => {
      await addFact(tx, { name: 'x', value: '1' });
      await addFact(tx, { name: 'x', value: '2' });
      await addFact(tx, { name: 'y', value: '3' });
    });
    await expect(twice).rejects.toThrow(/x|unique/i);
    const read = store.write(null, async tx => {
      await addFact(tx, { name: 'z', value: '1' });
      await addFact(tx, { name: 'z', value: '2' });
      return factOf(tx, 'z');
    });
    await expect(read).rejects.toSatisfy(error => !/aborted/.test(String(error)));
    expect(await store.read.select().from(store.tables.facts).where(eq(store.tables.facts.name, 'z'))).toEqual([]);
    await store.write(null, tx => addFact(tx, { name: 'x', value: '4' }));
    expect(await factOf(store.read, 'x')).toBe('4');
    await store.close();
  });
});

/** Runs work with every client of the driver that a query of ours is asked on meanwhile, and the names it asks under. */
async function clientsOf(
  work: (clients: Set<pg.Client>, names: (string | undefined)[]) => Promise<void>,
): Promise<void> {
  const { query } = pg.Client.prototype;
  const clients = new Set<pg.Client>();
  const names: (string | undefined)[] = [];
  pg.Client.prototype.query = function (this: pg.Client, ...given: [{ name?: string } | string]) {
    if (typeof given[0] === 'object') {
      clients.add(this);
      names.push(given[0].name);
    }
    return query.apply(this, given as never);
  } as typeof query;
  try {
    await work(clients, names);
  } finally {
    pg.Client.prototype.query = query;
  }
}

describe('names of prepared statements on PostgreSQL', () => {
  /** Asks for a fact and writes one, each on a line of its own. */
  async function use(store: Store, n: number): Promise<void> {
    await store.write(null, async tx => {
      await addFact(tx, { name: `n${n}`, value: String(n) });
      expect(await factOf(tx, `n${n}`)).toBe(String(n));
    });
    expect(await factOf(store.read, `n${n}`)).toBe(String(n));
  }

  it('that the server has forgotten are given up on that connection, and nothing fails or is done twice', async () => {
    const store = await openStore(await newPostgresUrl());
    await clientsOf(async (clients, names) => {
      await use(store, 1);
      await use(store, 2);
      expect(names.every(Boolean)).toBe(true);
      for (const client of clients) await client.query('DEALLOCATE ALL');
      await use(store, 3);
      names.length = 0;
      await use(store, 4);
      expect(names).toEqual([undefined, undefined, undefined]);
    });
    const { facts } = store.tables;
    const all = await store.read.select({ name: facts.name }).from(facts).orderBy(facts.name);
    expect(all.filter(row => row.name.startsWith('n')).map(row => row.name)).toEqual(['n1', 'n2', 'n3', 'n4']);
    await store.close();
  });

  it('that somebody else has given already are not used', async () => {
    const url = await newPostgresUrl();
    const names: string[] = [];
    const first = await openStore(url);
    await clientsOf(async (_, seen) => {
      await use(first, 1);
      names.push(...new Set(seen.filter(name => name !== undefined)));
    });
    await first.close();
    expect(names).toHaveLength(2);
    const store = await openStore(url);
    await clientsOf(async clients => {
      await store.read.select().from(store.tables.facts);
      await store.write(null, async tx => void (await tx.select().from(tx.tables.facts)));
      for (const client of clients) for (const name of names) await client.query(`PREPARE ${name} AS SELECT 1`);
      await use(store, 2);
    });
    await store.close();
  });

  it('of which the plan gives other rows since the schema has changed are given up', async () => {
    const store = await openStore(await newPostgresUrl());
    await clientsOf(async clients => {
      await use(store, 1);
      await use(store, 2);
      await [...clients][0]!.query('ALTER TABLE facts ALTER COLUMN value TYPE varchar(100)');
      await use(store, 3);
    });
    await store.close();
  });
});
