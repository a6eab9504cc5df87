import { inTime } from './timeout.ts';

/**
 * Lets so many calls be on their way at once; the others wait in the order in which they came. Each call that is under
 * way has a connection of its own: thousands of them cost more memory than all that the acts themselves need. A call that
 * hangs gives its place away after a time, so that the others are not held up by it.
 */
export class Bounded {
  readonly #most: number;
  readonly #timeoutMs: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number, timeoutMs: number) {
    this.#most = most;
    this.#timeoutMs = timeoutMs;
  }

  /** @throws what the call throws; TimeoutError where it takes too long once it has begun: the call itself goes on */
  async run<T>(call: () => Promise<T>, timeoutMs = this.#timeoutMs): Promise<T> {
    if (this.#running < this.#most) this.#running++;
    else await new Promise<void>(begin => this.#waiting.push(begin));
    try {
      return await inTime(timeoutMs, call());
    } finally {
      const next = this.#waiting.shift();
      // Its place goes to the next, so that nobody who has just come overtakes those who wait.
      if (next) next();
      else this.#running--;
    }
  }
}
