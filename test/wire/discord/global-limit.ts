/** Calls that one bot may make in a second; those of an interaction's token are not counted. */
const CALLS = 50;
const SECOND_MS = 1_000;

/** Counts the bot's calls against Discord's global limit, by the steady clock. */
export class GlobalLimit {
  #since = Number.NEGATIVE_INFINITY;
  #calls = 0;

  /** Counts a call; returns the seconds to wait where it is one too many, else 0. */
  count(): number {
    const now = performance.now();
    if (now - this.#since >= SECOND_MS) {
      this.#since = now;
      this.#calls = 0;
    }
    this.#calls += 1;
    return this.#calls > CALLS ? (this.#since + SECOND_MS - now) / 1_000 : 0;
  }
}
