import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Maximum time that work keeps the event loop before others have their turn, milliseconds. Far below the 50 ms that no
 * turn may last: what is in hand, such as one statement, is finished first.
 */
const TURN_MAXIMUM_MS = 10;
/** Number of turns after which work in the background goes first, so that a flood of acts never stops it for good. */
const BACKGROUND_EVERY = 4;

const background = new AsyncLocalStorage<true>();

/** Does work for which nobody waits, such as a digest: in turns that it shares with acts, the acts go first. */
export const inBackground = <T>(work: () => T): T => background.run(true, work);

let since: number | null = null;
let turns = 0;
const acts: (() => void)[] = [];
const others: (() => void)[] = [];
let isWoken = false;

/** Tells whether this turn of the event loop has lasted so long that others are to have theirs. */
export function isTurnOver(): boolean {
  const now = performance.now();
  if (since === null) {
    since = now;
    wake();
  }
  return now - since > TURN_MAXIMUM_MS;
}

/** Lets the event loop take what has arrived, and goes on in a later turn: one of those who wait goes on in each. */
export function nextTurn(): Promise<void> {
  return new Promise(resolve => {
    (background.getStore() ? others : acts).push(resolve);
    wake();
  });
}

/** Goes on at once, or in a later turn where this one is over. For loops that compute, between two rounds. */
export async function shareTurn(): Promise<void> {
  if (isTurnOver()) await nextTurn();
}

function wake(): void {
  if (isWoken) return;
  isWoken = true;
  setImmediate(begin);
}

function begin(): void {
  isWoken = false;
  since = null;
  turns++;
  const [first, second] = turns % BACKGROUND_EVERY ? [acts, others] : [others, acts];
  const resume = first.shift() ?? second.shift();
  if (acts.length + others.length) wake();
  resume?.();
}
