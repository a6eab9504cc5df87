import { expect, it } from 'vitest';
import { Bounded } from '../../src/adapter-kit/bounded.ts';

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise(done => setImmediate(done));
};

it('Y8: so many calls are under way at once, the others follow in their order, and one that fails gives its place', async () => {
  const bounded = new Bounded(2);
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
