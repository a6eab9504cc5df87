import { expect, it } from 'vitest';
import { Bounded, NotBegun } from '../../src/adapter-kit/bounded.ts';
import { TimeoutError } from '../../src/adapter-kit/timeout.ts';
import { PATIENT_MS } from '../charts/patient.ts';

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise(done => setImmediate(done));
};

it('Y8: so many calls are under way at once, the others follow in their order, and one that fails gives its place', async () => {
  const bounded = new Bounded(2, PATIENT_MS);
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const call = (n: number) =>
    bounded.run(async () => {
      begun.push(n);
      await new Promise<void>((done, fail) => {
        ends[n] = error => (error ? fail(error) : done());
      });
      return n;
    });
  const all = [0, 1, 2, 3].map(n => call(n).catch((error: Error) => error.message));
  await turns();
  expect(begun).toEqual([0, 1]);
  ends[1]!(new Error('broken'));
  await turns();
  expect(begun).toEqual([0, 1, 2]);
  // The place of one that has ended is taken by the one that waits, and by nobody who has just come.
  ends[0]!();
  const last = call(4);
  await turns();
  expect(begun).toEqual([0, 1, 2, 3]);
  for (const n of [2, 3]) ends[n]!();
  await turns();
  ends[4]!();
  expect(await Promise.all([...all, last])).toEqual([0, 'broken', 2, 3, 4]);
});

it('a call that hangs gives its place away, its caller hears of it, and what it throws later is nobody’s', async () => {
  const bounded = new Bounded(1, 1);
  let fail = (_: Error): void => {};
  const hangs = bounded.run(
    () =>
      new Promise<never>((_, reject) => {
        fail = reject;
      }),
  );
  const waits = bounded.run(async () => 'told', { timeoutMs: PATIENT_MS });
  await expect(hangs).rejects.toThrow(TimeoutError);
  expect(await waits).toBe('told');
  fail(new Error('ECONNRESET'));
  await turns();
  expect(await bounded.run(async () => 'next', { timeoutMs: PATIENT_MS })).toBe('next');
});

it('Y8: what has waited beyond its use is left out when its turn comes, and holds up nobody behind it', async () => {
  let now = 0;
  const bounded = new Bounded(1, PATIENT_MS, () => now);
  let end = (): void => {};
  const first = bounded.run(() => new Promise<void>(done => (end = done)));
  const begun: string[] = [];
  const call = (name: string, until?: number) =>
    bounded
      .run(async () => begun.push(name), until === undefined ? {} : { until })
      .then(
        () => 'done',
        (error: Error) => error.message,
      );
  const all = [call('late', 3_000), call('just in time', 3_001), call('whenever')];
  now = 3_000;
  end();
  await first;
  expect(await Promise.all(all)).toEqual([new NotBegun(3_000).message, 'done', 'done']);
  expect(begun).toEqual(['just in time', 'whenever']);
});

it('a call that takes too long is told to end', async () => {
  const bounded = new Bounded(1, 1);
  const ended: string[] = [];
  const hangs = bounded.run(
    signal => new Promise<void>(() => signal.addEventListener('abort', () => ended.push('hangs'))),
  );
  await expect(hangs).rejects.toThrow(TimeoutError);
  expect(ended).toEqual(['hangs']);
});

it('what comes to the same twice is tried once more where it took too long, and nowhere else', async () => {
  const bounded = new Bounded(1, 1);
  const hang = () => new Promise<never>(() => {});
  const tries = async (calls: (() => Promise<string>)[], until?: number) => {
    const left = [...calls];
    const told = await bounded
      .runIdempotent(() => left.shift()!(), until === undefined ? {} : { until })
      .catch((error: Error) => error.constructor.name);
    return [told, calls.length - left.length];
  };
  const fine = async () => 'told';
  const broken = () => Promise.reject(new RangeError('refused'));
  expect(await tries([fine, fine])).toEqual(['told', 1]);
  expect(await tries([hang, fine, fine])).toEqual(['told', 2]);
  expect(await tries([hang, hang, fine])).toEqual(['TimeoutError', 2]);
  expect(await tries([broken, fine])).toEqual(['RangeError', 1]);
  expect(await tries([fine], Number.NEGATIVE_INFINITY)).toEqual(['NotBegun', 0]);
});
