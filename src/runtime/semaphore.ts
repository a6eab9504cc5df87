/** The error of more to do than should wait. */
export class Busy extends Error {}

/** Lets so many tasks run at a time; the others wait, the first first, and more than may wait are refused. */
export class Semaphore {
  readonly #atOnce: number;
  readonly #mayWait: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(atOnce: number, mayWait = Number.POSITIVE_INFINITY) {
    this.#atOnce = atOnce;
    this.#mayWait = mayWait;
  }

  /** @throws Busy where too many wait already. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#running < this.#atOnce) this.#running++;
    else {
      if (this.#waiting.length >= this.#mayWait) throw new Busy();
      await new Promise<void>(go => this.#waiting.push(go));
    }
    try {
      return await task();
    } finally {
      // The place is handed on, so that nobody slips in between.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
