import { Semaphore } from '../runtime/semaphore.ts';
import { inTime } from './timeout.ts';

/**
 * Lets so many calls be on their way at once; the others wait in the order in which they came. Each call that is under
 * way has a connection of its own: thousands of them cost more memory than all that the acts themselves need. A call that
 * hangs gives its place away after a time, so that the others are not held up by it.
 */
export class Bounded {
  readonly #places: Semaphore;
  readonly #timeoutMs: number;

  constructor(most: number, timeoutMs: number) {
    this.#places = new Semaphore(most);
    this.#timeoutMs = timeoutMs;
  }

  /** @throws what the call throws; TimeoutError where it takes too long once it has begun: the call itself goes on */
  run<T>(call: () => Promise<T>, timeoutMs = this.#timeoutMs): Promise<T> {
    return this.#places.run(() => inTime(timeoutMs, call()));
  }
}
