import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/contract/log.ts';
import { CalledOff, createMaker } from '../../src/reports/maker.ts';
import { type Order, productOf } from '../../src/reports/product.ts';
import { StorageFault } from '../../src/storage/faults.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { addresses, databases } from '../databases.ts';
import { newFolder, runProgram } from '../program.ts';
import { aWorld, START } from '../world.ts';

const SPAN = { from: '2026-01-01', to: '2026-12-31' };
const NEVER = new URL('data:text/javascript,setInterval(() => {}, 1_000)');

/** A forum with a little of everything, whose numbers have come so far that its products are made in a thread. */
async function aLargeForum(store: Store) {
  const world = await aWorld({ store });
  await world.all(
    '/forum setup "Forum Uji"',
    '/partner add BPBD sector:government',
    '/goal add Tangguh',
    '/activity log Gladi participants:12 partners:BPBD goal:T-1',
    '/indicator add Warga unit:orang target:100 due:2026-12-31 frequency:monthly partner:BPBD goal:T-1',
    '/finance record direction:in amount:1000000 purpose:Hibah',
  );
  await makeLarge(store);
  const [forum] = await store.read.select().from(store.tables.forums);
  return { forum: forum!, world };
}

const makeLarge = (store: Store): Promise<unknown> =>
  store.write(null, tx =>
    tx.update(tx.tables.counters).set({ last: 3_000 }).where(eq(tx.tables.counters.thing, 'activity')),
  );

const logOf = (lines: string[]) =>
  createLog(
    { level: 'debug', format: 'json' },
    () => START,
    line => lines.push(line),
  );

describe.each(databases)('what is made in a thread, on $name', ({ open }) => {
  it('is the same as without one, and is told of sheet by sheet', async () => {
    const store = await open();
    const { forum, world } = await aLargeForum(store);
    const lines: string[] = [];
    const maker = createMaker(store, logOf(lines));
    for (const format of ['xlsx', 'iati'] as const) {
      const order: Order = { kind: 'report', forum, span: SPAN, format, now: START };
      const told: string[] = [];
      const made = await maker.make(order, { onProgress: (done, of) => void told.push(`${done}/${of}`) });
      const plain = await productOf(store.read, order, () => undefined);
      expect({ ...made, bytes: null }).toEqual({ ...plain, bytes: null });
      expect(Buffer.from(made.bytes).equals(plain.bytes)).toBe(true);
      expect(told).toEqual(format === 'iati' ? [] : Array.from({ length: 14 }, (_, i) => `${i}/14`));
    }
    const [member] = await store.read.select().from(store.tables.members);
    const person: Order = { kind: 'person', member: member!, maximumBytes: 10 };
    const packed = await maker.make(person);
    expect(packed.name).toBe('rembug.zip');
    expect(Buffer.from(packed.bytes).equals((await productOf(store.read, person, () => undefined)).bytes)).toBe(true);
    expect(lines.filter(line => line.includes('made in a thread'))).toHaveLength(3);
    const said = await world.run('/report 1/1/2026 format:csv');
    expect(said.text).toContain('rembug-2026-01-01-2026-11-24-csv.zip');
    await world[Symbol.asyncDispose]();
  });

  it('ends when it is called off, when the program ends, and with what it says where it fails', async () => {
    const store = await open();
    const { forum, world } = await aLargeForum(store);
    const order: Order = { kind: 'report', forum, span: SPAN, format: 'xlsx', now: START };
    const hanging = createMaker(store, logOf([]), NEVER);
    const own = new AbortController();
    const off = hanging.make(order, { signal: own.signal });
    const other = hanging.make(order);
    for (let n = 0; n < 20; n++) await setImmediate();
    own.abort();
    await expect(off).rejects.toThrow(CalledOff);
    await hanging.close();
    await expect(other).rejects.toThrow(CalledOff);
    await expect(hanging.make(order)).rejects.toThrow(CalledOff);
    const failing = createMaker(store, logOf([]), new URL('data:text/javascript,throw new Error("patah")'));
    await expect(failing.make(order)).rejects.toThrow('patah');
    const away = createMaker({ ...store, address: `file:${join(newFolder(), 'gone.db')}` }, logOf([]));
    await expect(away.make(order)).rejects.toThrow(StorageFault);
    await world[Symbol.asyncDispose]();
  });
});

it.each(addresses)('the built program finds its thread ($name)', async ({ newUrl }) => {
  const url = await newUrl();
  const store = await openStore(url);
  const { world } = await aLargeForum(store);
  await world[Symbol.asyncDispose]();
  const { stdout, stderr } = runProgram(
    ['console', '--json', '--now', '2026-11-24T01:00:00Z'],
    { DATABASE_URL: url, LOG_LEVEL: 'debug', LOG_FORMAT: 'json' },
    '/report 1/1/2026\n/me export\n',
  );
  expect(
    stdout
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line).ok),
  ).toEqual([true, true]);
  expect(stderr.split('\n').filter(line => line.includes('made in a thread'))).toHaveLength(2);
});
