import { describe, expect, it } from 'vitest';
import { plan, planned } from '../../src/schedule/occurrences.ts';
import { type Backoff, type Handlers, runDue } from '../../src/schedule/run.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { START } from '../world.ts';

const SECOND = 1_000;
const DAY = 86_400_000;
const since = (ms: number): Date => new Date(START.getTime() + ms);

async function aForum(store: Store, ...subjects: readonly string[]): Promise<void> {
  const row = { id: 'f', name: 'f', locale: 'id' as const, zone: 'Asia/Jakarta', settings: {}, createdAt: START };
  await store.write('f', async tx => {
    await tx.insert(tx.tables.forums).values(row);
    await plan(tx, 'f', ...subjects.map(subject => planned('x', subject, START)));
  });
}

/** A pass at an instant; what was logged as an error. */
function aRunner(store: Store, handlers: Handlers, backoff?: Backoff) {
  const errors: string[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (message: string) => void errors.push(message) };
  const pass = (at: Date) =>
    runDue({
      store,
      clock: { now: () => at },
      ids: { next: () => 'x' },
      log,
      handlers,
      ...(backoff && { backoff }),
    });
  return { pass, errors };
}

const states = async (store: Store) => {
  const rows = await store.read.select().from(store.tables.occurrences);
  return rows.map(row => `${row.subject} ${row.state}`).sort();
};

describe.each(databases)('what is due on $name', ({ open }) => {
  it('lets everything else have its turn in between, however much it is', async () => {
    const store = await open();
    const subjects = Array.from({ length: 40 }, (_, n) => String(n));
    await aForum(store, ...subjects);
    let turns = 0;
    let beat = setImmediate(function again() {
      turns++;
      beat = setImmediate(again);
    });
    const seen: number[] = [];
    const handlers: Handlers = {
      x: {
        windowMs: DAY,
        async run() {
          seen.push(turns);
          return 'done';
        },
      },
    };
    expect(await aRunner(store, handlers).pass(START)).toBe(40);
    clearImmediate(beat);
    expect(new Set(seen).size).toBe(40);
    await store.close();
  });

  it('of a kind that this program does not know waits a day for one that does', async () => {
    const store = await open();
    await aForum(store, '1');
    const older = aRunner(store, {});
    expect([await older.pass(since(SECOND)), await states(store)]).toEqual([0, ['1 pending']]);
    const newer = aRunner(store, { x: { windowMs: DAY, run: async () => 'done' } });
    expect([await newer.pass(since(2 * SECOND)), await states(store)]).toEqual([1, ['1 done']]);
    await store.write('f', tx => plan(tx, 'f', planned('x', '2', START)));
    await older.pass(since(DAY + SECOND));
    expect([await states(store), older.errors]).toEqual([['1 done', '2 missed'], []]);
    await store.close();
  });

  it('and fails rests longer and longer, wakes when the clock is set back, and holds up nothing else', async () => {
    const store = await open();
    await aForum(store, '1', '2');
    let tries = 0;
    let broken = true;
    const handlers: Handlers = {
      x: {
        windowMs: DAY,
        async run({ occurrence }) {
          if (occurrence.subject === '1' && ++tries && broken) throw new Error('broken');
          return 'done';
        },
      },
    };
    const { pass, errors } = aRunner(store, handlers, new Map());
    await pass(START);
    expect([tries, await states(store)]).toEqual([1, ['1 pending', '2 done']]);
    for (let ms = 100; ms < 10 * SECOND; ms += 100) await pass(since(ms));
    expect([tries, errors.length]).toEqual([4, 4]);
    await pass(since(-SECOND));
    expect(tries).toBe(4);
    await store.write('f', tx => plan(tx, 'f', planned('x', '0', since(-2 * SECOND))));
    await pass(since(-SECOND));
    broken = false;
    await pass(since(15 * SECOND));
    expect([tries, await states(store)]).toEqual([5, ['0 done', '1 done', '2 done']]);
    await store.close();
  });
});
