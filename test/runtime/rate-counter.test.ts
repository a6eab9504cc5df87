import { expect, it } from 'vitest';
import { createRateCounter } from '../../src/runtime/rate-counter.ts';

it('lets a burst through at once, spends the rest evenly, and keeps names apart', () => {
  const counter = createRateCounter({ burst: 3, perSecond: 1 });
  const take = (name: string, at: number): number => counter.take(name, 1, new Date(at));
  expect([0, 0, 0, 0].map(() => take('a', 5_000))).toEqual([0, 0, 0, 1_000]);
  expect(take('a', 5_400)).toBe(600);
  expect(take('a', 6_000)).toBe(0);
  expect(take('a', 6_000)).toBe(1_000);
  expect(take('b', 6_000)).toBe(0);
  expect([0, 0, 0, 0].map(() => take('a', 60_000))).toEqual([0, 0, 0, 1_000]);
});
