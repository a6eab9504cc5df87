import { setTimeout as pause } from 'node:timers/promises';

/** Maximum time for which a test waits for a state, ms: below its own limit, which would not say what was waited for. */
export const WAIT_TIMEOUT_MS = 150_000;

/** Pause between two looks, ms: what is waited for needs the processor more than the one who waits. */
const LOOK_PAUSE_MS = 5;

/** Looks after which what did not change is still: more than a second, in which what is tried anew would be seen. */
const STILL_LOOKS = 200;

/**
 * Looks again and again until it finds what it looks for; resolves with that.
 * @throws Error that names `what` after `WAIT_TIMEOUT_MS`
 */
export async function until<T>(
  look: () => T | undefined | false | null | Promise<T | undefined | false | null>,
  what: string,
): Promise<T> {
  const since = performance.now();
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() - since > WAIT_TIMEOUT_MS) throw new Error(`waited in vain for ${what}`);
    await pause(LOOK_PAUSE_MS);
  }
}

/** Resolves once a count stays as it is while the event loop turns on: nothing that was begun is under way any more. */
export async function quiet(count: () => number, what: string): Promise<void> {
  await until(async () => {
    const before = count();
    for (let turn = 0; turn < STILL_LOOKS; turn++) await pause(LOOK_PAUSE_MS);
    return count() === before;
  }, `${what} to end`);
}
