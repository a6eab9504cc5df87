import { setTimeout as pause } from 'node:timers/promises';
import { DiscordAPIError, HTTPError } from 'discord.js';
import { TimeoutError } from '../../src/adapter-kit/timeout.ts';

/** Maximum tries of one answer; with the pauses between them they stay within Discord's three seconds. */
const MAXIMUM_TRIES = 4;
const PAUSE_MS = 200;

/** An interaction that is unknown to Discord by now; one whose fifteen minutes are over; one whose webhook is gone. */
const TOO_LATE = new Set<number | string>([10062, 50027, 10015]);
const isTooLate = (error: unknown): boolean => error instanceof DiscordAPIError && TOO_LATE.has(error.code);

/** Discord has an answer to this interaction already. */
export const isAnswered = (error: unknown): boolean => error instanceof DiscordAPIError && error.code === 40060;

/** Names of the network's errors, be they the system's or the HTTP client's. */
const NETWORK = /^(E[A-Z_]+|UND_ERR_[A-Z_]+)$/;

/** Tells whether a call broke on its way: Discord may have taken it or not. */
function isBroken(error: unknown): boolean {
  if (error instanceof HTTPError) return true;
  if (!(error instanceof Error) || error instanceof DiscordAPIError) return false;
  return error.name === 'AbortError' || NETWORK.test(String((error as Error & { code?: unknown }).code));
}

/** Tells whether a person is to be told another way: Discord waits no longer, or cannot be reached with the answer. */
export const isUnheard = (error: unknown): boolean =>
  isTooLate(error) || isBroken(error) || error instanceof TimeoutError;

/**
 * Calls again what broke on its way, until `signal` ends it. An answer that Discord has by then is one of the tries before.
 * @throws what Discord refused, or the last break
 */
export async function insist(call: () => Promise<unknown>, signal?: AbortSignal): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      await call();
      return;
    } catch (error) {
      if (tries > 1 && isAnswered(error)) return;
      if (signal?.aborted || !isBroken(error) || tries === MAXIMUM_TRIES) throw error;
      await pause(PAUSE_MS, undefined, { ref: false, ...(signal && { signal }) });
    }
}
