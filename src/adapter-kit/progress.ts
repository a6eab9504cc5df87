import { setTimeout as pause } from 'node:timers/promises';
import type { View } from '../contract/view.ts';

/** Minimum time between two states that are shown, ms: platforms bound how often a message may be edited. */
const PAUSE_MS = 1_500;

/** Shows how far an act has come: the newest state, one at a time, until its answer is there. */
export class Progress {
  readonly #pauseMs: number;
  #newest: View | null = null;
  #isOver = false;
  #busy: Promise<void> = Promise.resolve();
  #isBusy = false;
  #show: ((state: View) => Promise<unknown>) | null = null;

  /** `pauseMs` passes before the first state and between two of them. */
  constructor(pauseMs = PAUSE_MS) {
    this.#pauseMs = pauseMs;
  }

  /** Hears of a state: what an act is handed as `onProgress`. */
  readonly hear = (state: View): void => {
    this.#newest = state;
    this.#next();
  };

  /** Shows states in this way from now on. A state that cannot be shown is left out: the answer comes all the same. */
  showBy(show: (state: View) => Promise<unknown>): void {
    this.#show = show;
    this.#next();
  }

  /** Shows nothing any more; resolves when what is being shown stands. */
  end(): Promise<void> {
    this.#isOver = true;
    return this.#busy;
  }

  #next(): void {
    if (this.#isBusy || this.#isOver || !this.#show || !this.#newest) return;
    this.#isBusy = true;
    this.#busy = this.#showNewest(this.#show);
  }

  async #showNewest(show: (state: View) => Promise<unknown>): Promise<void> {
    while (this.#newest && !this.#isOver) {
      await pause(this.#pauseMs, undefined, { ref: false });
      const state: View = this.#newest;
      this.#newest = null;
      if (!this.#isOver) await show(state).catch(() => undefined);
    }
    this.#isBusy = false;
  }
}
