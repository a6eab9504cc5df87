import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { everyMinute } from '../../src/schedule/tick.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

beforeEach(() => vi.useFakeTimers({ now: Date.parse('2026-11-25T01:00:30Z') }));
afterEach(() => vi.useRealTimers());

it.each([
  ['set back', -HOUR],
  ['set forward', HOUR],
])('a clock that is %s by an hour keeps no minute from coming', async (_, ms) => {
  let ticks = 0;
  const beat = everyMinute(
    async () => void ticks++,
    error => {
      throw error;
    },
  );
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(ticks).toBe(3);
  vi.setSystemTime(Date.now() + ms);
  for (let n = 1; n <= 10; n++) {
    const before = ticks;
    await vi.advanceTimersByTimeAsync(1.5 * MINUTE);
    expect(ticks).toBeGreaterThan(before);
  }
  expect(ticks).toBeLessThanOrEqual(3 + 2 + 15);
  await beat.stop();
  const end = ticks;
  await vi.advanceTimersByTimeAsync(HOUR);
  expect(ticks).toBe(end);
});

it('one tick at a time, and stopping waits for the one under way', async () => {
  let running = 0;
  let most = 0;
  let release = (): void => {};
  const beat = everyMinute(
    async () => {
      most = Math.max(most, ++running);
      await new Promise<void>(done => (release = done));
      running--;
    },
    () => {},
  );
  await vi.advanceTimersByTimeAsync(5 * MINUTE);
  expect([running, most]).toEqual([1, 1]);
  let stopped = false;
  const stopping = beat.stop().then(() => (stopped = true));
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(stopped).toBe(false);
  release();
  await stopping;
  expect(running).toBe(0);
});
