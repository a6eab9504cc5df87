import { expect, it } from 'vitest';
import { TokenBucket } from '../../adapters/slack/token-bucket.ts';

it('lets a burst through at once, spends the rest evenly, and keeps lanes apart', () => {
  const budget = new TokenBucket(3, 1_000);
  expect([0, 0, 0, 0].map(() => budget.take('a', 5_000))).toEqual([0, 0, 0, 1_000]);
  expect(budget.take('a', 5_400)).toBe(600);
  expect(budget.take('a', 6_000)).toBe(0);
  expect(budget.take('a', 6_000)).toBe(1_000);
  expect(budget.take('b', 6_000)).toBe(0);
  expect([0, 0, 0, 0].map(() => budget.take('a', 60_000))).toEqual([0, 0, 0, 1_000]);
});
