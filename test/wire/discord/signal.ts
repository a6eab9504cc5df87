/** Tells waiting code that something has happened, so that nothing polls. */
export class Signal {
  readonly #listeners = new Set<() => void>();

  /** Wakes everyone who waits. */
  fire(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /**
   * Resolves with the first value other than undefined that `look` finds, now or after any later event. Rejects with
   * `what` in its message after `limitMs`: a test that waits for what never comes fails loudly.
   */
  until<T>(what: () => string, look: () => T | undefined, limitMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const finish = (end: () => void) => {
        clearTimeout(timer);
        this.#listeners.delete(check);
        end();
      };
      const check = () => {
        try {
          const found = look();
          if (found !== undefined) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const timer = setTimeout(
        () => finish(() => reject(new Error(`waited ${limitMs} ms in vain for ${what()}`))),
        limitMs,
      );
      this.#listeners.add(check);
      check();
    });
  }
}
