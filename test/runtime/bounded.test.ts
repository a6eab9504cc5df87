import { expect, it } from 'vitest';
import { Bounded } from '../../src/adapter-kit/bounded.ts';
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
  const waits = bounded.run(async () => 'told', PATIENT_MS);
  await expect(hangs).rejects.toThrow(TimeoutError);
  expect(await waits).toBe('told');
  fail(new Error('ECONNRESET'));
  await turns();
  expect(await bounded.run(async () => 'next', PATIENT_MS)).toBe('next');
});
