/** Token bucket for each lane: a burst of calls at once, then one call every so many milliseconds. */
export class TokenBucket {
  readonly #burst: number;
  readonly #everyMs: number;
  readonly #lanes = new Map<string, { left: number; at: number }>();

  constructor(burst: number, everyMs: number) {
    this.#burst = burst;
    this.#everyMs = everyMs;
  }

  /** Takes one call of a lane: 0, or how many milliseconds it has to wait instead. */
  take(lane: string, now: number): number {
    const { left, at } = this.#lanes.get(lane) ?? { left: this.#burst, at: now };
    const grown = Math.min(this.#burst, left + Math.max(0, now - at) / this.#everyMs);
    if (grown < 1) return Math.ceil((1 - grown) * this.#everyMs);
    this.#lanes.set(lane, { left: grown - 1, at: now });
    return 0;
  }
}
