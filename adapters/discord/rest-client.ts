import type { Client } from 'discord.js';
import { InFlight } from '../../src/adapter-kit/in-flight.ts';

/** Maximum number of remembered servers that other processes hear of, and of channels in them. */
const MOST = 1_000;

/** Speaks over REST alone: for servers that other processes hear of, and for what belongs to none. */
export class Far {
  readonly #create: () => Client;
  readonly #most: number;
  #client: Client;
  #users = new InFlight();

  constructor(create: () => Client, most = MOST) {
    this.#create = create;
    this.#most = most;
    this.#client = create();
  }

  /**
   * Runs `work` with one REST client, which has fetched the server. The client is replaced when its cache is full, and
   * destroyed once no call uses it.
   * @throws what Discord refused
   */
  speak<T>(guild: string | null, work: (client: Client) => Promise<T>): Promise<T> {
    const { guilds, channels } = this.#client;
    if (guilds.cache.size + channels.cache.size >= this.#most) this.#renew();
    return this.#users.add(this.#inside(this.#client, guild, work));
  }

  /** A server must be known before its channels can be spoken of. */
  async #inside<T>(client: Client, guild: string | null, work: (client: Client) => Promise<T>): Promise<T> {
    if (guild) await client.guilds.fetch(guild);
    return work(client);
  }

  #renew(): void {
    const [old, users] = [this.#client, this.#users];
    this.#client = this.#create();
    this.#users = new InFlight();
    void users.ended().then(() => old.destroy());
  }
}
