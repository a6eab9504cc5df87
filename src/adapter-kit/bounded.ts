/**
 * Lets so many calls be on their way at once; the others wait in the order in which they came. Each call that is under
 * way has a connection of its own: thousands of them cost more memory than all that the acts themselves need.
 */
export class Bounded {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(most: number) {
    this.#most = most;
  }

  async run<T>(call: () => Promise<T>): Promise<T> {
    if (this.#running < this.#most) this.#running++;
    else await new Promise<void>(begin => this.#waiting.push(begin));
    try {
      return await call();
    } finally {
      const next = this.#waiting.shift();
      // Its place goes to the next, so that nobody who has just come overtakes those who wait.
      if (next) next();
      else this.#running--;
    }
  }
}
