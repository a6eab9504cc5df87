import { withTimeout } from '../adapter-kit/timeout.ts';

/** Timeout of a health check, ms. */
const SOON_MS = 2_000;
const LATE = Symbol('late');

/** An answer in time, or an error: the database may be waited for elsewhere, not here. */
export async function answerInTime<T>(work: Promise<T>): Promise<T> {
  const answer = await withTimeout<T | typeof LATE>(SOON_MS, work, LATE);
  if (answer === LATE) throw new Error('no answer in time');
  return answer;
}
