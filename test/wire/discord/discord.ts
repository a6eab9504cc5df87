import { WAIT_TIMEOUT_MS } from '../../until.ts';
import type { Exchange } from './exchange.ts';
import { type Fault, type FaultPlan, Faults, type Held } from './faults.ts';
import { Gateway } from './gateway.ts';
import type { JsonObject } from './json.ts';
import type { Channel, Guild, Message, Pings, RegisteredCommand, RequestRecord, User } from './model.ts';
import { People } from './people.ts';
import { applicationRoutes } from './routes/application.ts';
import { channelRoutes } from './routes/channels.ts';
import { commandRoutes } from './routes/commands.ts';
import { eventRoutes } from './routes/events.ts';
import { guildRoutes } from './routes/guilds.ts';
import { interactionRoutes } from './routes/interactions.ts';
import { messageRoutes } from './routes/messages.ts';
import { threadRoutes } from './routes/threads.ts';
import { RestServer } from './server.ts';
import type { Stage } from './stage.ts';
import { World } from './world.ts';

/** Options with which the stand-in is set up. */
export interface DiscordOptions {
  readonly token?: string;
  readonly botName?: string;
  /** The hard limit of every wait, ms; below that of a test when left out. */
  readonly limitMs?: number;
  /**
   * Timeout of an interaction's acknowledgement, ms. Discord's 3,000 where speed is measured; when left out a minute,
   * so that no busy machine decides a test.
   */
  readonly answerWithinMs?: number;
  /** Discord's idea of the present, epoch ms; the real one when left out. Scheduled events must lie after it. */
  readonly now?: () => number;
  /** The shards /gateway/bot recommends. */
  readonly shards?: number;
}

/**
 * A Discord of our own on a loopback port: what the bot can reach, what people do, what there is to see.
 *
 *     const discord = await Discord.start();
 *     const ana = discord.addUser('Ana');
 *     const channel = discord.addChannel({ guild: discord.addGuild({ name: 'Forum', members: [ana] }), name: 'umum' });
 *     // … log the bot in with `rest: { api: discord.api }` and `discord.token`, let it register its commands …
 *     const seen = await discord.slash({ channel, user: ana, name: 'catat', options: { judul: 'Rapat' } }).answered();
 *     const done = await discord.click(seen.message, 'Simpan', ana).answered();
 */
export class Discord extends People {
  readonly gateway: Gateway;
  readonly #faults: Faults;
  readonly #rest: RestServer;
  readonly #limitMs: number;

  private constructor(stage: Stage, faults: Faults, rest: RestServer, limitMs: number) {
    super(stage, limitMs);
    this.gateway = stage.gateway;
    this.#faults = faults;
    this.#rest = rest;
    this.#limitMs = limitMs;
  }

  /** Starts a Discord with an empty world. */
  static async start(options: DiscordOptions = {}): Promise<Discord> {
    const world = new World(options.botName ?? 'Bot');
    const faults = new Faults();
    const rest = new RestServer(world, faults, options.token ?? 'discord-test-token');
    const gateway = new Gateway(world, () => rest.token);
    gateway.shards = options.shards ?? 1;
    const origin = await rest.listen();
    gateway.attach(rest.http, origin);
    const stage: Stage = {
      ...{ world, gateway, origin, exchanges: new Map(), deferredUpdates: new Set() },
      now: options.now ?? Date.now,
      answerWithinMs: options.answerWithinMs ?? 60_000,
    };
    rest.routes = [
      ...applicationRoutes(stage),
      ...commandRoutes(stage),
      ...interactionRoutes(stage),
      ...messageRoutes(stage),
      ...channelRoutes(stage),
      ...threadRoutes(stage),
      ...guildRoutes(stage),
      ...eventRoutes(stage),
    ];
    return new Discord(stage, faults, rest, options.limitMs ?? WAIT_TIMEOUT_MS);
  }

  /** The REST base for the client (`rest.api`), without the version. */
  get api(): string {
    return `${this.stage.origin}/api`;
  }

  /** The bot token the stand-in accepts. */
  get token(): string {
    return this.#rest.token;
  }

  /** Revokes the token: 401 on every call, and the gateway closes with 4004. */
  revokeToken(): void {
    this.#rest.token = `${this.#rest.token}-renewed`;
    this.gateway.closeSockets(4004);
  }

  /** Every request the bot has made, in order, with its answer. */
  get requests(): readonly RequestRecord[] {
    return this.#rest.requests;
  }

  /** Calls to routes and gateway opcodes which do not exist here; a test should find this empty. */
  get failures(): readonly string[] {
    return this.world.failures;
  }

  /** Every route, as 'METHOD /pattern'. */
  get routes(): readonly string[] {
    return this.#rest.routes.map(r => `${r.method} ${r.pattern}`);
  }

  /** Counts how often each route has been called, those never called with 0. */
  get coverage(): ReadonlyMap<string, number> {
    const called = this.requests.map(r => `${r.method} ${r.route}`);
    return new Map(this.routes.map(r => [r, called.filter(c => c === r).length]));
  }

  /** The registered commands, global and of all guilds. */
  get commands(): readonly RegisteredCommand[] {
    return this.world.commands;
  }

  /** The messages standing in a channel, oldest first, each with its `history`; ephemeral ones are in the exchanges. */
  messages(channel: Channel | string): Message[] {
    return this.world.messagesIn(typeof channel === 'string' ? channel : channel.id);
  }

  /** The threads and forum posts under a channel, oldest first. */
  threads(parent: Channel): Channel[] {
    return [...this.world.channels.values()].filter(c => c.parentId === parent.id && !c.deleted);
  }

  /** The scheduled events of a server, as the bot sent them. */
  events(guild: Guild): JsonObject[] {
    return [...this.world.events.values()].filter(e => e.guildId === guild.id && !e.deleted).map(e => e.fields);
  }

  /** The bot's direct messages to a person. */
  directMessages(user: User): Message[] {
    return this.messages(this.world.dmWith(user));
  }

  /** Everyone any message has ever notified, edits included. */
  get pings(): Pings {
    const all = [...this.world.messages.values()].filter(m => m.author === this.world.bot);
    const versions = all.flatMap(m => [m.pings, ...m.history.map(h => h.pings)]);
    return {
      everyone: versions.some(p => p.everyone),
      users: [...new Set(versions.flatMap(p => p.users))],
      roles: [...new Set(versions.flatMap(p => p.roles))],
    };
  }

  /** Spoils coming calls. */
  fail(plan: FaultPlan): Fault {
    return this.#faults.fail(plan);
  }

  /** Holds coming calls until they are released. */
  hold(plan: Pick<FaultPlan, 'method' | 'route' | 'after'>): Held {
    return this.#faults.hold(plan);
  }

  /** Kills an interaction's token: 10062 for its first answer, 50027 for everything later. */
  expire(exchange: Exchange): void {
    exchange.expired = true;
  }

  /** Resolves with the first value `look` finds, looked at now and after every change; fails loudly in the end. */
  until<T>(look: () => T | undefined | false | null, what = 'a condition'): Promise<T> {
    return this.world.changed.until(
      () => what,
      () => look() || undefined,
      this.#limitMs,
    );
  }

  /** Resolves once a client is connected with all its shards and has been sent READY. */
  async connected(): Promise<void> {
    await this.until(() => this.gateway.connected, 'a client at the gateway');
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    this.gateway.close();
    this.#rest.http.closeAllConnections();
    await new Promise<void>(done => {
      this.#rest.http.close(() => done());
    });
  }
}
