import { type Client, DiscordAPIError, REST, Routes } from 'discord.js';
import { GivenUp } from '../../src/contract/act.ts';
import type { Pieces } from '../../src/contract/sharing.ts';
import { Shard, type ShardOptions } from './shard.ts';

/** Maximum time for which a shard is not connected before it is not well, ms: a reconnection is no news. */
const GRACE_MS = 15_000;

/** Timeouts, ms: how long a process tries in vain to reach Discord, and how long it then leaves it to others. */
export interface ShardTimeouts {
  readonly overdueMs: number;
  readonly restMs: number;
}

const SHARD_TIMEOUTS: ShardTimeouts = { overdueMs: 120_000, restMs: 60_000 };

interface ShardsOptions extends Omit<ShardOptions, 'overdueMs' | 'onOverdue'> {
  /** Leaves all shards to other processes, for so many milliseconds. */
  stepBack(forMs: number): void;
}

/** The shards that this process holds. */
export class Shards implements Pieces {
  readonly #deps: ShardOptions;
  readonly #open = new Map<number, Shard>();
  #everConnected = false;
  #restsUntil = Number.NEGATIVE_INFINITY;

  constructor(deps: ShardsOptions, { overdueMs, restMs }: ShardTimeouts = SHARD_TIMEOUTS) {
    const onOverdue = (): void => {
      // One connected shard shows that Discord can be reached from here, and nobody else would do better.
      if (this.#isAnyConnected()) return;
      deps.log.error('discord cannot be reached from here: its shards are left to other processes');
      this.#restsUntil = performance.now() + restMs;
      deps.stepBack(restMs);
    };
    this.#deps = { ...deps, overdueMs, onOverdue };
  }

  #isAnyConnected(): boolean {
    return [...this.#open.values()].some(one => one.state === 'connected');
  }

  /** Returns the number of shards that Discord recommends. @throws GivenUp if Discord does not take the token. */
  async wanted(): Promise<number> {
    const { apiUrl, token } = this.#deps;
    const rest = new REST({ api: apiUrl }).setToken(token);
    try {
      return ((await rest.get(Routes.gatewayBot())) as { shards: number }).shards;
    } catch (error) {
      if (error instanceof DiscordAPIError && error.status === 401)
        throw new GivenUp('Discord does not take this token', { cause: error });
      throw error;
    }
  }

  take(piece: number, of: number): void {
    this.#open.set(piece, new Shard(this.#deps, piece, of));
  }

  async drop(piece: number): Promise<void> {
    const shard = this.#open.get(piece);
    this.#open.delete(piece);
    await shard?.close();
  }

  /** The client that hears of a server, where it is one of this process. */
  clientOf(guild: string): Client | null {
    for (const { client } of this.#open.values()) if (client?.guilds.cache.has(guild)) return client;
    return null;
  }

  /** A process that holds no shard is well: others hold them. */
  health(): { well: boolean; detail: string } {
    const all = [...this.#open.values()];
    this.#everConnected ||= this.#isAnyConnected();
    if (!all.length && performance.now() < this.#restsUntil)
      return { well: false, detail: 'Discord cannot be reached from here' };
    const ill = all.find(
      ({ state, forMs }) => state === 'ended' || (state === 'connecting' && (!this.#everConnected || forMs > GRACE_MS)),
    );
    if (ill)
      return {
        well: false,
        detail: `shard ${ill.id} of ${ill.of} is ${ill.state}${ill.state === 'ended' ? ': check the token' : ''}`,
      };
    return { well: true, detail: all.length ? 'connected' : 'other processes hold all shards' };
  }
}
