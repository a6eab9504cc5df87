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
