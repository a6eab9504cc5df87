import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { expect, it, vi } from 'vitest';
import { faultOf, type StorageFault } from '../../src/storage/faults.ts';
import { openStore } from '../../src/storage/open.ts';
import { newPostgresUrl } from '../databases.ts';
import { holdClock } from '../hurry.ts';

const AT = new Date('2026-11-24T01:00:00Z');
const forum = (id: string) => ({
  id,
  name: id,
  locale: 'id' as const,
  zone: 'Asia/Jakarta',
  settings: {},
  createdAt: AT,
});

/** Ends every connection of Rembug's to the database, as an administrator does. */
async function cut(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'rembug'",
  );
  await client.end();
  return rowCount ?? 0;
}

/** A line to the server that the test can break: what goes to the server is looked at, and a match breaks it. */
async function aLine(url: string) {
  const to = new URL(url);
  const there = Number(to.port);
  const state = {
    breakAfter: null as string | null,
    staysAway: false,
    broken: 0,
    /** Words of a statement that is not answered, nor anything after it on that line. */
    silentAfter: null as string | null,
    /** Nor does it reach the server. */
    deaf: false,
    refuses: false,
    tries: 0,
  };
  const open = new Set<Socket>();
  const server = createServer(near => {
    state.tries++;
    if (state.refuses) return near.destroy();
    let silent = false;
    const far = connect(there, to.hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => open.delete(socket));
    }
    near.on('data', chunk => {
      if (state.silentAfter && chunk.includes(state.silentAfter)) {
        state.silentAfter = null;
        silent = true;
        state.broken++;
      }
      if (!silent || !state.deaf) far.write(chunk);
      if (!state.breakAfter || !chunk.includes(state.breakAfter)) return;
      state.breakAfter = null;
      state.broken++;
      if (state.staysAway) {
        server.close();
        for (const socket of open) if (socket !== far) socket.destroy();
      }
      // The server has the words; its answer never comes back.
      near.resetAndDestroy();
      setImmediate(() => far.end());
    });
    far.on('data', chunk => silent || near.write(chunk));
    // Also where the server resets the line: it says no end then.
    far.on('close', () => near.end());
    near.on('close', () => far.end());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  to.port = String((server.address() as { port: number }).port);
  return {
    url: to.href,
    state,
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

it('a unit whose connection is ended in its middle is run again, and is there once', async () => {
  const url = await newPostgresUrl();
  const store = await openStore(url);
  let runs = 0;
  await store.write('a', async tx => {
    await tx.insert(tx.tables.forums).values(forum('x'));
    // Between two statements nobody waits for an answer: the connection's end must not end the process.
    if (++runs === 1) expect(await cut(url)).toBeGreaterThan(0);
    await tx.insert(tx.tables.forums).values(forum('y'));
  });
  expect(runs).toBe(2);
  expect((await store.read.select().from(store.tables.forums)).map(one => one.id).sort()).toEqual(['x', 'y']);
  await cut(url);
  expect(await store.read.select().from(store.tables.forums)).toHaveLength(2);
  await store.close();
});

it('what is thrown for a person goes through, also when the line breaks just then', async () => {
  const url = await newPostgresUrl();
  const store = await openStore(url);
  const refusing = store.write('a', async tx => {
    await tx.insert(tx.tables.forums).values(forum('x'));
    await cut(url);
    throw new RangeError('refused');
  });
  await expect(refusing).rejects.toThrow(RangeError);
  expect(await store.read.select().from(store.tables.forums)).toEqual([]);
  await store.close();
});

it('a line that breaks while the server commits: the server is asked, and the unit is there exactly once', async () => {
  const line = await aLine(await newPostgresUrl());
  const store = await openStore(line.url);
  for (let n = 0; n < 20; n++) {
    line.state.breakAfter = 'COMMIT';
    await store.write(n % 2 ? 'a' : null, tx => tx.insert(tx.tables.forums).values(forum(`f${n}`)));
  }
  expect(line.state.broken).toBe(20);
  expect(await store.read.select().from(store.tables.forums)).toHaveLength(20);
  // Where the server stays away it is said that nobody knows.
  line.state.breakAfter = 'COMMIT';
  line.state.staysAway = true;
  const clock = holdClock();
  const unsure = store.write(null, tx => tx.insert(tx.tables.forums).values(forum('z')));
  await clock.over(expect(unsure).rejects.toMatchObject({ code: 'uncertain' } satisfies Partial<StorageFault>));
  await store.close();
  line.close();
});

it.each([
  ['was committed', false],
  ['did not arrive and is run again', true],
])('a COMMIT without an answer on a line that does not break: what %s is there once', async (_, deaf) => {
  const line = await aLine(await newPostgresUrl());
  await (await openStore(line.url)).close();
  const store = await openStore(`${line.url}?query_timeout=5000`);
  await store.read.select().from(store.tables.forums);
  Object.assign(line.state, { silentAfter: 'COMMIT', deaf });
  await store.write('a', tx => tx.insert(tx.tables.forums).values(forum('x')));
  expect([line.state.broken, (await store.read.select().from(store.tables.forums)).length]).toEqual([1, 1]);
  await store.close();
  line.close();
});

it.each(['select', 'insert'])(
  'a line on which a %s is never answered is given up, and it is asked anew on another',
  async word => {
    const line = await aLine(await newPostgresUrl());
    await (await openStore(line.url)).close();
    const store = await openStore(`${line.url}?query_timeout=5000`);
    line.state.silentAfter = `${word} `;
    if (word === 'insert') await store.write('a', tx => tx.insert(tx.tables.forums).values(forum('x')));
    const found = await store.read.select().from(store.tables.forums);
    expect([line.state.broken, found.length]).toEqual([1, word === 'insert' ? 1 : 0]);
    await store.close();
    line.close();
  },
);

it('a server that is not there is a fault with a name, nothing rejects unheard, and all of one forum wait together', async () => {
  const unheard = vi.fn();
  process.on('unhandledRejection', unheard);
  const line = await aLine(await newPostgresUrl());
  const store = await openStore(line.url);
  await cut(line.url);
  line.state.refuses = true;
  const clock = holdClock();
  const read = store.read
    .select()
    .from(store.tables.forums)
    .then(() => null, faultOf);
  const triesBefore: number[] = [];
  const writes = ['x', 'y', 'z'].map(id =>
    store
      .write('a', tx => tx.insert(tx.tables.forums).values(forum(id)))
      .catch(async error => {
        // Those behind it do not begin the wait anew.
        await read;
        triesBefore.push(line.state.tries);
        return faultOf(error);
      }),
  );
  for (const fault of await clock.over(Promise.all([read, ...writes])))
    expect(fault).toMatchObject({ code: 'unreachable' });
  expect(Math.max(...triesBefore) - Math.min(...triesBefore)).toBeLessThan(3);
  line.state.refuses = false;
  await store.write('a', tx => tx.insert(tx.tables.forums).values(forum('x')));
  expect(await store.read.select().from(store.tables.forums)).toHaveLength(1);
  await store.close();
  line.close();
  process.off('unhandledRejection', unheard);
  expect(unheard).not.toHaveBeenCalled();
});

it('a server that takes the line and never says a word does not hold up the start for ever', async () => {
  const mute = createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const { port } = mute.address() as { port: number };
  await expect(openStore(`postgres://x@127.0.0.1:${port}/x`)).rejects.toMatchObject({ code: 'unreachable' });
  mute.close();
});

it('more at once than there are connections wait for their turn, and none is lost', async () => {
  const store = await openStore(await newPostgresUrl());
  await Promise.all(
    Array.from({ length: 300 }, (_, n) =>
      store.write(`forum ${n}`, tx => tx.insert(tx.tables.forums).values(forum(`f${n}`))),
    ),
  );
  expect(await store.read.select().from(store.tables.forums)).toHaveLength(300);
  await store.close();
});
