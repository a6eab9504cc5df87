/** Tells that something took longer than is waited for. */
export class TimeoutError extends Error {
  constructor(ms: number) {
    super(`no answer in time: ${ms} ms`);
    this.name = 'TimeoutError';
  }
}

const LATE = Symbol('late');

/**
 * Gives the result of `work`, which itself goes on when it takes longer than `ms`.
 * @throws TimeoutError where it takes longer
 */
export async function inTime<T>(ms: number, work: Promise<T>): Promise<T> {
  const result = await withTimeout<T | typeof LATE>(ms, work, LATE);
  if (result === LATE) throw new TimeoutError(ms);
  return result;
}

/**
 * Gives the result of `work`, or `fallback` where it takes longer than `ms`. The work itself goes on either way; what
 * it throws too late is nobody's.
 */
export async function withTimeout<T>(ms: number, work: Promise<T>, fallback: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>(resolve => {
    timer = setTimeout(resolve, ms, fallback).unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
