import { faultOf, StorageFault } from '../storage/faults.ts';

/** Time for which a database that was away is left alone, ms. */
const CALM_MS = 5_000;

/** Tells whether a database is left alone for a moment, since it failed the last one who asked it. */
export class Calm {
  /** End of the pause, by a clock that nobody sets. */
  #until = 0;

  get isOn(): boolean {
    return performance.now() < this.#until;
  }

  /** Asks the database; where that fails, it is left alone. @throws what the asking throws */
  async asking<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (faultOf(error) instanceof StorageFault) this.#until = performance.now() + CALM_MS;
      throw error;
    }
  }
}
