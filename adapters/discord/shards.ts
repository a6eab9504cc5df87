import { type Client, DiscordAPIError, REST, Routes } from 'discord.js';
import { GivenUp } from '../../src/bot/act.ts';
import type { Pieces } from '../../src/bot/sharing.ts';
import { Shard, type ShardHouse } from './shard.ts';

/** A shard that is not connected for longer than this is not well; a reconnection is no news. */
const GRACE_MS = 15_000;

/** The shards that this process holds. */
export class Shards implements Pieces {
  readonly #house: ShardHouse;
  readonly #open = new Map<number, Shard>();
  #everConnected = false;

  constructor(house: ShardHouse) {
    this.#house = house;
  }

  /** As many as Discord recommends. @throws GivenUp where it does not take the token. */
  async wanted(): Promise<number> {
    const { apiUrl, token } = this.#house;
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
    this.#open.set(piece, new Shard(this.#house, piece, of));
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
    this.#everConnected ||= all.some(one => one.state === 'connected');
    const ill = all.find(
      ({ state, forMs }) => state === 'ended' || (state === 'connecting' && (!this.#everConnected || forMs > GRACE_MS)),
    );
    if (ill) return { well: false, detail: `shard ${ill.id} of ${ill.of} is ${ill.state}` };
    return { well: true, detail: all.length ? 'connected' : 'other processes hold all shards' };
  }
}
