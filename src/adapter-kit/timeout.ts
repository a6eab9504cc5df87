import { setTimeout as pause } from 'node:timers/promises';

/** Gives the result of `work`, or `fallback` where it takes longer than `ms`. The work itself goes on either way. */
export async function withTimeout<T>(ms: number, work: Promise<T>, fallback: T): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([work, pause(ms, fallback, { ref: false, signal: late.signal })]);
  } finally {
    late.abort();
  }
}
