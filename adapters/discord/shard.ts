import { setTimeout as pause } from 'node:timers/promises';
import {
  Client,
  type ClientOptions,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Partials,
  Status,
} from 'discord.js';
import { withTimeout } from '../../src/adapter-kit/timeout.ts';
import type { Log } from '../../src/contract/log.ts';
import { makeCache } from './caches.ts';
import { restOptions } from './rest-limits.ts';

/** A gateway that cannot be reached is tried again, after longer and longer pauses. */
const RETRY_MS = [5_000, 30_000, 120_000, 600_000];
/** A session that Discord ended for good, or a token that it does not take, is tried again after such pauses. */
const ENDED_MS = [300_000, 1_800_000, 7_200_000];
/** Time that discord.js waits between two connections, ms; it cannot be told to stop meanwhile. */
const BETWEEN_MS = 600;
/** Timeout of Discord's own word when a shard closes, ms; nothing is heard from the shard meanwhile. */
const CLOSING_MS = 2_000;
/** Interval of IDENTIFY, ms: Discord takes one in this time, for each of so many lanes as it says. */
export const IDENTIFY_MS = 5_000;

type Throttle = NonNullable<NonNullable<ClientOptions['ws']>['buildIdentifyThrottler']>;
type Manager = Parameters<Throttle>[0];

export interface ShardOptions {
  readonly token: string;
  readonly apiUrl: string;
  readonly log: Log;
  /** Waits for the turn to identify, in a lane that all processes share. */
  turn(lane: number, signal: AbortSignal): Promise<void>;
  /** Hangs the listeners on a client, before it connects. */
  onClient(client: Client): void;
  /** A shard that is not connected for so long is told of; ms. */
  readonly overdueMs: number;
  onOverdue(): void;
}

/** A client for one shard, or without any for REST alone. */
const clientOf = (apiUrl: string, more: Partial<ClientOptions> = {}): Client =>
  new Client({
    // Direct messages to the bot may be read without the privileged intent for contents.
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    enforceNonce: true,
    makeCache,
    rest: restOptions(apiUrl),
    ...more,
  });

/** A client for REST alone, which needs no login. */
export function restOf(apiUrl: string, token: string): Client {
  const client = clientOf(apiUrl);
  client.rest.setToken(token);
  return client;
}

/** One shard of the gateway, with a client of its own: that others come and go is nothing to it. */
export class Shard {
  readonly id: number;
  readonly of: number;
  readonly #deps: ShardOptions;
  #client: Client | null = null;
  #manager: Manager | null = null;
  #state: 'connecting' | 'connected' | 'ended' = 'connecting';
  #since = performance.now();
  /** Number of times in a row that Discord ended it for good. */
  #ends = 0;
  readonly #closing = new AbortController();
  #overdue: NodeJS.Timeout | undefined;

  constructor(deps: ShardOptions, id: number, of: number) {
    this.#deps = deps;
    this.id = id;
    this.of = of;
    this.#watch();
    void this.#connect(0);
  }

  get state(): string {
    return this.#state;
  }

  /** Time for which it has been in this state, ms. */
  get forMs(): number {
    return performance.now() - this.#since;
  }

  /** The client, while it hears from Discord. */
  get client(): Client | null {
    return this.#client?.isReady() && this.#state === 'connected' ? this.#client : null;
  }

  /** Closes it: when this resolves nothing comes from it any more, and nothing will identify or resume in its name. */
  async close(): Promise<void> {
    this.#closing.abort();
    clearTimeout(this.#overdue);
    const wasConnected = this.#client?.ws.shards.get(this.id)?.status === Status.Ready;
    await withTimeout(CLOSING_MS, Promise.resolve(this.#client?.destroy()), undefined);
    if (wasConnected) return;
    await pause(BETWEEN_MS);
    await withTimeout(CLOSING_MS, Promise.resolve(this.#manager?.destroy()), undefined);
  }

  #is(state: 'connecting' | 'connected' | 'ended'): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#since = performance.now();
    this.#watch();
  }

  #watch(): void {
    clearTimeout(this.#overdue);
    if (this.#state !== 'connecting' || this.#closing.signal.aborted) return;
    this.#overdue = setTimeout(() => this.#deps.onOverdue(), this.#deps.overdueMs).unref();
  }

  async #connect(attempt: number): Promise<void> {
    const { log, token, apiUrl, onClient } = this.#deps;
    const { id: shard, of } = this;
    const client = clientOf(apiUrl, {
      shards: [shard],
      shardCount: of,
      ws: { buildIdentifyThrottler: async manager => this.#throttle(manager) },
    });
    this.#client = client;
    client.on(Events.Error, error => log.warn('discord error', { shard, error }));
    client.on(Events.ShardError, error => log.info('discord connection error', { shard, error }));
    client.on(Events.ShardReconnecting, () => this.#is('connecting'));
    for (const event of [Events.ShardReady, Events.ShardResume] as const)
      client.on(event, () => {
        this.#ends = 0;
        this.#is('connected');
      });
    for (const event of [Events.ShardDisconnect, Events.Invalidated] as const)
      client.on(event, () => {
        void this.#end('discord ended the session for good: check the token', client);
      });
    onClient(client);
    try {
      await client.login(token);
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      log.error('shard did not connect', { shard, error });
      if (error instanceof Error && 'code' in error && error.code === DiscordjsErrorCodes.TokenInvalid)
        return this.#end('discord does not take the token', client);
      const wait = RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]!;
      await pause(wait, undefined, { ref: false, signal: this.#closing.signal }).catch(() => undefined);
      if (!this.#closing.signal.aborted) await this.#connect(attempt + 1);
    }
  }

  /** Says that Discord does not want us, and asks again after minutes, then hours: a token may be taken back. */
  async #end(why: string, client: Client): Promise<void> {
    if (this.#client !== client || this.#state === 'ended' || this.#closing.signal.aborted) return;
    this.#is('ended');
    const waitMs = ENDED_MS[Math.min(this.#ends++, ENDED_MS.length - 1)]!;
    this.#deps.log.error(why, { shard: this.id, triedAgainInMs: waitMs });
    await pause(waitMs, undefined, { ref: false, signal: this.#closing.signal }).catch(() => undefined);
    if (this.#closing.signal.aborted) return;
    await client.destroy().catch(() => undefined);
    this.#is('connecting');
    await this.#connect(0);
  }

  async #leave(manager: Manager): Promise<void> {
    try {
      await manager.destroy();
    } catch (error) {
      this.#deps.log.warn('shard was not closed', { shard: this.id, error });
    }
  }

  /**
   * Resolves when this shard may identify: in its turn, while any of the day's sessions is left, and never once it is
   * closed.
   */
  #throttle(manager: Manager): Awaited<ReturnType<Throttle>> {
    this.#manager = manager;
    return {
      waitForIdentify: async (id, closed) => {
        const signal = AbortSignal.any([closed, this.#closing.signal]);
        while (!signal.aborted) {
          try {
            const { session_start_limit: limit } = await manager.fetchGatewayInformation(true);
            if (limit.remaining > 0) return await this.#deps.turn(id % limit.max_concurrency, signal);
            this.#deps.log.error('no session is left today', { shard: id, forMs: limit.reset_after });
            await pause(limit.reset_after, undefined, { ref: false, signal });
          } catch (error) {
            if (signal.aborted) break;
            this.#deps.log.warn('shard waits to identify', { shard: id, error });
            await pause(1_000, undefined, { ref: false, signal }).catch(() => undefined);
          }
        }
        // A client that was on its way when it was closed goes no further: it is closed again, and never gets its turn.
        if (!closed.aborted) void this.#leave(manager);
        await new Promise<never>((_, fail) => closed.addEventListener('abort', fail));
      },
    };
  }
}
