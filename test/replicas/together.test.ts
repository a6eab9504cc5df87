import { describe, expect, it } from 'vitest';
import { fairShareOf } from '../../src/cluster/fair-share.ts';
import { leased, type Tempo } from '../../src/cluster/leased.ts';
import type { Log } from '../../src/contract/log.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { newPostgresUrl } from '../databases.ts';
import { fc } from '../properties.ts';
import { WAIT_TIMEOUT_MS } from '../until.ts';
import { Signal } from '../wire/discord/signal.ts';

/** The proportions of a house at work, sooner. */
const TEMPO: Tempo = { leaseMs: 1_200, turnMs: 200, safetyMs: 300 };
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} } as unknown as Log;

describe('a share', () => {
  const crews = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 12 });

  it('is fair, and all shares together are the whole', () => {
    fc.assert(
      fc.property(fc.nat(200), crews, (total, crew) => {
        const shares = crew.map(one => fairShareOf(total, crew, one));
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never grows because somebody came later', () => {
    fc.assert(
      fc.property(fc.nat(200), crews, (total, crew) => {
        const grown = [...crew, '~newcomer'];
        for (const one of crew)
          expect(fairShareOf(total, grown, one)).toBeLessThanOrEqual(fairShareOf(total, crew, one));
      }),
    );
  });

  it('of somebody who is not there is nothing', () => expect(fairShareOf(5, ['a'], 'b')).toBe(0));
});

interface Ways {
  readonly clocks?: readonly [() => number, () => number];
  /** Waits as long as it takes until nothing is done with a piece any more. */
  readonly closing?: () => Promise<void>;
}

/** A crew on one database; who holds what, and every overlap, seen from outside. */
function aWatch() {
  const changed = new Signal();
  const holders = new Map<number, string>();
  const overlaps: string[] = [];
  const counts = new Set<number>();
  const join = async (store: Store, holder: string, total: number, { clocks, closing = async () => {} }: Ways = {}) => {
    const sharing = leased({ store, log: silent, holder, tempo: TEMPO, ...(clocks && { clocks }) });
    const division = await sharing.divide('w', {
      wanted: async () => total,
      take(piece, of) {
        if (holders.has(piece)) overlaps.push(`${piece}: ${holders.get(piece)} and ${holder}`);
        holders.set(piece, holder);
        counts.add(of);
        changed.fire();
      },
      async drop(piece) {
        await closing();
        if (holders.get(piece) === holder) holders.delete(piece);
        changed.fire();
      },
    });
    return { ...division, sharing };
  };
  const heldBy = (holder: string): number => [...holders.values()].filter(one => one === holder).length;
  const until = (...wanted: [holder: string, pieces: number][]) =>
    changed.until(
      () => JSON.stringify([...holders]),
      () => (wanted.every(([holder, pieces]) => heldBy(holder) === pieces) ? true : undefined),
      WAIT_TIMEOUT_MS,
    );
  return { join, until, overlaps, counts, holders, heldBy };
}

/** The same database, which can be cut off from one process. */
function cuttable(store: Store) {
  const written = new Signal();
  const state = { cut: false, writes: 0 };
  const write: Store['write'] = async (key, work) => {
    if (state.cut) throw new Error('the line is cut');
    const done = await store.write(key, work);
    state.writes += 1;
    written.fire();
    return done;
  };
  /** Resolves when so many more units of work are done. */
  const after = (more: number): Promise<true> => {
    const goal = state.writes + more;
    return written.until(
      () => `${state.writes} of ${goal} units of work`,
      () => state.writes >= goal || undefined,
      WAIT_TIMEOUT_MS,
    );
  };
  return { state, after, store: { ...store, write } };
}

describe('several processes on one database', () => {
  it('hold each piece once; a newcomer gets a fair part, and who leaves gives it back', async () => {
    const url = await newPostgresUrl();
    const [a, b, c] = [await openStore(url), await openStore(url), await openStore(url)];
    const watch = aWatch();
    const first = await watch.join(a, '1', 8);
    await watch.until(['1', 8]);
    const second = await watch.join(b, '2', 8);
    await watch.until(['1', 4], ['2', 4]);
    const third = await watch.join(c, '3', 8);
    await watch.until(['1', 3], ['2', 3], ['3', 2]);
    await first.stop();
    await watch.until(['1', 0], ['2', 4], ['3', 4]);
    await second.stop();
    await watch.until(['3', 8]);
    await third.stop();
    expect([watch.holders.size, watch.overlaps]).toEqual([0, []]);
    for (const store of [a, b, c]) await store.close();
  });

  it('who is cut off from the database stops before another begins, and comes back for a part', async () => {
    const url = await newPostgresUrl();
    const [a, b] = [await openStore(url), await openStore(url)];
    const line = cuttable(a);
    const watch = aWatch();
    const first = await watch.join(line.store, '1', 4);
    const second = await watch.join(b, '2', 4);
    await watch.until(['1', 2], ['2', 2]);
    line.state.cut = true;
    await watch.until(['1', 0]);
    await watch.until(['2', 4]);
    line.state.cut = false;
    await watch.until(['1', 2], ['2', 2]);
    expect(watch.overlaps).toEqual([]);
    await Promise.all([first.stop(), second.stop()]);
    for (const store of [a, b]) await store.close();
  });

  it('take nothing again that is still being dropped, though the lease is theirs once more', async () => {
    const store = await openStore(await newPostgresUrl());
    const line = cuttable(store);
    const watch = aWatch();
    const begun = new Signal();
    let closings = 0;
    let release = (): void => {};
    const closed = new Promise<void>(done => (release = done));
    const closing = () => {
      closings += 1;
      begun.fire();
      return closed;
    };
    const division = await watch.join(line.store, '1', 2, { closing });
    line.state.cut = true;
    await begun.until(
      () => 'the drop',
      () => closings === 2 || undefined,
      WAIT_TIMEOUT_MS,
    );
    line.state.cut = false;
    await line.after(3);
    expect(watch.heldBy('1')).toBe(2);
    release();
    await watch.until(['1', 0]);
    await watch.until(['1', 2]);
    expect(watch.overlaps).toEqual([]);
    await division.stop();
    await store.close();
  });

  it.each([
    ['the database answers too late', 0],
    ['the machine slept meanwhile', 1],
  ])('take nothing when %s, but in the next turn', async (_, which) => {
    const store = await openStore(await newPostgresUrl());
    const watch = aWatch();
    const ahead = [0, 0];
    const slow: Store['write'] = async (key, work) => {
      const done = await store.write(key, work);
      if (!watch.counts.size && ahead[which] === 0) ahead[which] = 3_600_000;
      return done;
    };
    const clocks = [() => performance.now() + ahead[0]!, () => Date.now() + ahead[1]!] as const;
    const division = await watch.join({ ...store, write: slow }, '1', 4, { clocks });
    expect(watch.holders.size).toBe(0);
    await watch.until(['1', 4]);
    await division.stop();
    await store.close();
  });

  it('who steps back leaves all to the others, and comes back for a part', async () => {
    const url = await newPostgresUrl();
    const [a, b] = [await openStore(url), await openStore(url)];
    const watch = aWatch();
    const first = await watch.join(a, '1', 4);
    const second = await watch.join(b, '2', 4);
    await watch.until(['1', 2], ['2', 2]);
    first.stepBack(4 * TEMPO.leaseMs);
    await watch.until(['1', 0], ['2', 4]);
    await watch.until(['1', 2], ['2', 2]);
    expect(watch.overlaps).toEqual([]);
    await Promise.all([first.stop(), second.stop()]);
    for (const store of [a, b]) await store.close();
  });

  it('agree upon how many pieces there are, and change that only when nobody holds one', async () => {
    const url = await newPostgresUrl();
    const [a, b] = [await openStore(url), await openStore(url)];
    const watch = aWatch();
    const first = await watch.join(a, '1', 2);
    const second = await watch.join(b, '2', 6);
    await watch.until(['1', 1], ['2', 1]);
    expect([...watch.counts]).toEqual([2]);
    await Promise.all([first.stop(), second.stop()]);
    const later = await watch.join(b, '3', 6);
    await watch.until(['3', 6]);
    expect([...watch.counts]).toEqual([2, 6]);
    await later.stop();
    for (const store of [a, b]) await store.close();
  });

  it('take turns at what may be done once in a while, whoever asks', async () => {
    const url = await newPostgresUrl();
    const stores = [await openStore(url), await openStore(url)];
    const crews = stores.map((store, n) => leased({ store, log: silent, holder: String(n) }));
    const everyMs = 400;
    const began = performance.now();
    await Promise.all([...crews, ...crews].map(crew => crew.turn('identify/0', everyMs)));
    // Four turns have three pauses between them, which no slow machine makes shorter.
    expect(performance.now() - began).toBeGreaterThan(3 * everyMs * 0.95);
    const given = new AbortController();
    const waiting = crews[0]!
      .turn('identify/0', 60_000, given.signal)
      .then(() => crews[1]!.turn('identify/0', 1, given.signal));
    setImmediate(() => given.abort());
    await expect(waiting).rejects.toThrow();
    for (const store of stores) await store.close();
  });
});
