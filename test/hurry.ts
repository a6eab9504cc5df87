import { onTestFinished, vi } from 'vitest';

const LEAP_MS = 1_000;
const EVERY_MS = 20;

/**
 * Holds the steady clock of this process (performance.now) until a test ends: what waits for a deadline by it waits on.
 * `over` lets it leap forward while a promise is waited for, which deadlines then end soon, on any machine; `leap` once.
 */
export function holdClock() {
  let now = performance.now();
  const held = vi.spyOn(performance, 'now').mockImplementation(() => now);
  onTestFinished(() => held.mockRestore());
  return {
    leap(ms: number): void {
      now += ms;
    },
    async over<T>(promise: Promise<T>): Promise<T> {
      const leaps = setInterval(() => {
        now += LEAP_MS;
      }, EVERY_MS);
      return await promise.finally(() => clearInterval(leaps));
    },
  };
}
