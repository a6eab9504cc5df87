import type { Clock } from '../../src/contract/clock.ts';

/**
 * The console's clock, the only movable one: it starts at a given instant and stands still there, or runs with the
 * real time; either way it can be moved forwards.
 */
export class MovableClock implements Clock {
  #base: number;
  readonly #real: Clock | null;
  readonly #startedAt: number;

  constructor(start: Date | null, real: Clock) {
    this.#base = (start ?? real.now()).getTime();
    this.#real = start ? null : real;
    this.#startedAt = start ? 0 : real.now().getTime();
  }

  now(): Date {
    const passed = this.#real ? this.#real.now().getTime() - this.#startedAt : 0;
    return new Date(this.#base + passed);
  }

  /** Moves to `instant`; never backwards. */
  moveTo(instant: Date): void {
    const ahead = instant.getTime() - this.now().getTime();
    if (ahead > 0) this.#base += ahead;
  }
}
