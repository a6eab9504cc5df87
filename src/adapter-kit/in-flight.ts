/** Tracks what an adapter has begun, so that it is ended before the adapter goes: nobody waits in vain. */
export class InFlight {
  readonly #running = new Set<Promise<unknown>>();

  add<T>(work: Promise<T>): Promise<T> {
    const running = work.finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  /** Resolves when everything begun so far has ended, well or not. */
  async ended(): Promise<void> {
    await Promise.allSettled(this.#running);
  }
}
