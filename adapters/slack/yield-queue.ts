/**
 * Lets work begin one piece a turn of the event loop. An act keeps the process busy for some milliseconds; between two
 * of them what has come in meanwhile is acknowledged, for which Slack waits three seconds and people look at a spinner.
 */
export class YieldQueue {
  readonly #waiting: (() => void)[] = [];
  #running = false;

  /** Resolves when it is one's turn; in the order of asking. */
  next(): Promise<void> {
    return new Promise(done => {
      this.#waiting.push(done);
      if (this.#running) return;
      this.#running = true;
      setImmediate(() => this.#step());
    });
  }

  #step(): void {
    this.#waiting.shift()?.();
    this.#running = this.#waiting.length > 0;
    if (this.#running) setImmediate(() => this.#step());
  }
}
