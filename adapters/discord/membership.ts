import { type Client, DiscordAPIError, Routes } from 'discord.js';
import { steadyMs } from '../../src/contract/clock.ts';
import { ExpiringMap } from '../../src/runtime/expiring-map.ts';

/** Maximum age of what Discord says of somebody, ms. */
const BELIEVED_MS = 5 * 60_000;
/** Maximum number of remembered answers; the oldest go first. */
const MOST = 10_000;

/** The person, or the server, is not there: to the bot, at least. */
const ABSENT = new Set<number | string>([10007, 10013, 10004]);

/**
 * Tells whether people are still on a server: for direct messages, where nothing else tells. Discord is asked
 * about one person at a time, which needs no privilege; where it does not answer, nobody is held up.
 */
export class Present {
  readonly #known = new ExpiringMap<string, boolean>(BELIEVED_MS, MOST);
  readonly #now: () => number;

  constructor(now: () => number = steadyMs) {
    this.#now = now;
  }

  async isThere(client: Client, guild: string, user: string): Promise<boolean> {
    const key = `${guild}:${user}`;
    const known = this.#known.get(key, this.#now());
    if (known !== undefined) return known;
    try {
      await client.rest.get(Routes.guildMember(guild, user));
      return this.#keep(key, true);
    } catch (error) {
      if (error instanceof DiscordAPIError && ABSENT.has(error.code)) return this.#keep(key, false);
      return true;
    }
  }

  #keep(key: string, there: boolean): boolean {
    this.#known.set(key, there, this.#now());
    return there;
  }
}
