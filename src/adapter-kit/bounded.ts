import { Semaphore } from '../runtime/semaphore.ts';
import { inTime, TimeoutError } from './timeout.ts';

/** Limits of one call: time that it may take once it has begun, ms, and the instant after which it is of no use. */
interface Limits {
  readonly timeoutMs?: number;
  readonly until?: number;
}

/** Tells that a call was of no use any more when its turn came: nothing of it was sent. */
export class NotBegun extends TimeoutError {}

/** Tells whether a call ran out of time after it had begun: it may have come all the same. */
export const isOverdue = (error: unknown): boolean => error instanceof TimeoutError && !(error instanceof NotBegun);

/**
 * Lets so many calls be on their way at once; the others wait in the order in which they came. Each call that is under
 * way has a connection of its own: thousands of them cost more memory than all that the acts themselves need. A call that
 * hangs gives its place away after a time, and one that has waited beyond its use is left out, so that the others are
 * not held up by them.
 */
export class Bounded {
  readonly #places: Semaphore;
  readonly #timeoutMs: number;
  readonly #now: () => number;

  /** `now`: milliseconds of a clock that nobody sets. */
  constructor(most: number, timeoutMs: number, now: () => number = () => performance.now()) {
    this.#places = new Semaphore(most);
    this.#timeoutMs = timeoutMs;
    this.#now = now;
  }

  /**
   * Calls when it is its turn; `signal` ends what takes too long.
   * @throws what the call throws; TimeoutError where it takes too long once it has begun; NotBegun
   */
  run<T>(call: (signal: AbortSignal) => Promise<T>, { timeoutMs = this.#timeoutMs, until }: Limits = {}): Promise<T> {
    const came = this.#now();
    return this.#places.run(async () => {
      const now = this.#now();
      if (until !== undefined && now >= until) throw new NotBegun(Math.round(now - came));
      const end = new AbortController();
      try {
        return await inTime(timeoutMs, call(end.signal));
      } finally {
        // A call that has ended by itself takes no notice.
        end.abort();
      }
    });
  }

  /**
   * Runs what comes to the same when it is done twice: what took too long may have come all the same, and is tried once
   * more before its caller hears of it.
   * @throws the same as `run`
   */
  runIdempotent<T>(call: (signal: AbortSignal) => Promise<T>, limits: Limits = {}): Promise<T> {
    return this.run(call, limits).catch(error => {
      if (!isOverdue(error)) throw error;
      return this.run(call, limits);
    });
  }
}
