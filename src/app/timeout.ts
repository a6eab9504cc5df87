import { inTime } from '../adapter-kit/timeout.ts';

/** Timeout of a health check, ms. */
const SOON_MS = 2_000;

/** An answer in time, or an error: the database may be waited for elsewhere, not here. */
export const answerInTime = <T>(work: Promise<T>): Promise<T> => inTime(SOON_MS, work);
