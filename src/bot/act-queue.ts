import { isTurnOver, nextTurn } from '../runtime/event-loop.ts';

/** Maximum acts in hand and waiting, in all and of one server or workspace. */
export interface QueueLimits {
  /** Maximum number of acts in hand at once; more would only wait for the same database. */
  readonly running: number;
  readonly runningOfOne: number;
  readonly waiting: number;
  readonly waitingOfOne: number;
  /** Maximum time that an act waits, milliseconds: platforms take an answer for 15 minutes. */
  readonly waitMs: number;
}

/** Limits of the queue: on a database that answers, two thousand acts are done within seconds. */
export const QUEUE_LIMITS: QueueLimits = {
  running: 12,
  runningOfOne: 4,
  waiting: 2_000,
  waitingOfOne: 500,
  waitMs: 600_000,
};

/** Minimum number of acts that wait of each place, however many wait of others. */
const ALWAYS_OF_ONE = 5;

/** An act was not begun: too much waits before it, or it would have come too late. */
export class Busy extends Error {
  override readonly name = 'Busy';
}

interface Waiting {
  readonly since: number;
  begin(): void;
  refuse(): void;
}

/**
 * Lets acts begin: so many at once, of each place in the order in which they came, and of several places in turn, so
 * that a flood in one of them holds up no other. Beyond a length an act is refused before anything of it is begun.
 */
export class ActQueue {
  readonly #limits: QueueLimits;
  readonly #now: () => number;
  /** Waiting acts by place; the first place is the next. */
  readonly #waiting = new Map<string, Waiting[]>();
  readonly #running = new Map<string, number>();
  #waits = 0;
  #runs = 0;

  /** `now`: milliseconds of a clock that nobody sets. */
  constructor(limits = QUEUE_LIMITS, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts how many acts wait. */
  get length(): number {
    return this.#waits;
  }

  /**
   * Runs an act when it is its turn.
   * @throws Busy where it was not begun.
   */
  async run<T>(place: string, work: () => Promise<T>): Promise<T> {
    if (this.#mayBegin(place)) {
      this.#begin(place);
      // Acts that have arrived meanwhile are acknowledged between two others.
      if (isTurnOver()) await nextTurn();
    } else await this.#wait(place);
    try {
      return await work();
    } finally {
      this.#end(place);
    }
  }

  #mayBegin(place: string): boolean {
    const { running, runningOfOne } = this.#limits;
    return this.#runs < running && this.#of(place) < runningOfOne && !this.#waiting.has(place);
  }

  #of(place: string): number {
    return this.#running.get(place) ?? 0;
  }

  #begin(place: string): void {
    this.#runs++;
    this.#running.set(place, this.#of(place) + 1);
  }

  #wait(place: string): Promise<void> {
    const mine = this.#waiting.get(place) ?? [];
    const { waiting, waitingOfOne } = this.#limits;
    const isFull = mine.length >= waitingOfOne || (this.#waits >= waiting && mine.length >= ALWAYS_OF_ONE);
    if (isFull) return Promise.reject(new Busy());
    return new Promise((resolve, reject) => {
      mine.push({ since: this.#now(), begin: () => resolve(nextTurn()), refuse: () => reject(new Busy()) });
      this.#waiting.set(place, mine);
      this.#waits++;
    });
  }

  #end(place: string): void {
    this.#runs--;
    const left = this.#of(place) - 1;
    if (left) this.#running.set(place, left);
    else this.#running.delete(place);
    this.#next();
  }

  /** Begins what waits, a place after the other. */
  #next(): void {
    for (const [place, mine] of this.#waiting) {
      if (this.#runs >= this.#limits.running) return;
      if (this.#of(place) >= this.#limits.runningOfOne) continue;
      const one = mine.shift()!;
      this.#waits--;
      // Behind all others of which something waits.
      this.#waiting.delete(place);
      if (mine.length) this.#waiting.set(place, mine);
      if (this.#now() - one.since > this.#limits.waitMs) one.refuse();
      else {
        this.#begin(place);
        one.begin();
      }
    }
  }
}
