import { WAIT_TIMEOUT_MS } from '../../until.ts';
import { everyoneIn } from './effects.ts';
import { type Fault, type FaultPlan, Faults, type Held, type Pace } from './faults.ts';
import { Happenings } from './happenings.ts';
import { type Consent, type Installed, installApp } from './install.ts';
import { METHODS } from './methods/index.ts';
import type { CallRecord, Channel, Message, StoredFile, Team, User, View } from './model.ts';
import { WebServer } from './server.ts';
import { SocketMode } from './socket.ts';
import type { Stage } from './stage.ts';
import { World } from './world.ts';

/** Options with which the stand-in is set up. */
export interface SlackOptions {
  /** The first workspace; 'Forum' when left out. */
  readonly team?: string;
  /** Scopes of its token; everything when left out. */
  readonly scopes?: readonly string[];
  /** The hard limit of every wait, ms; below that of a test when left out. */
  readonly limitMs?: number;
  /**
   * Timeout of an acknowledgement and life of a trigger_id, ms. Slack's 3,000 where speed is measured; when left out a
   * minute, so that no busy machine decides a test.
   */
  readonly answerWithinMs?: number;
}

/**
 * A Slack of our own on a loopback port: what the app can reach, what people do, what there is to see.
 *
 *     const slack = await Slack.start();
 *     const ana = slack.addUser('Ana');
 *     const channel = slack.addChannel('umum', { members: [ana] });
 *     // … start the app with `clientOptions: { slackApiUrl: slack.api }`, `slack.team.token` and `slack.appToken` …
 *     const seen = await slack.command({ channel, user: ana, command: '/rembug', text: 'catat' }).answered();
 *     const sent = await slack.submitView(seen.view, { Judul: 'Rapat' }, ana).answered();
 */
export class Slack extends Happenings {
  /** Socket Mode: drop, disconnect, count connections. */
  readonly socket: SocketMode;
  /** The app-level token for Socket Mode. */
  readonly appToken = 'xapp-1-stand-in';
  readonly #faults: Faults;
  readonly #server: WebServer;

  private constructor(stage: Stage, faults: Faults, server: WebServer, limitMs: number) {
    super(stage, limitMs);
    this.socket = stage.socket;
    this.#faults = faults;
    this.#server = server;
    const scopes = new Set(['connections:write']);
    this.world.tokens.set(this.appToken, { value: this.appToken, team: null, scopes, state: 'good' });
  }

  /** Starts a Slack with one workspace in which the app is installed. */
  static async start(options: SlackOptions = {}): Promise<Slack> {
    const world = new World();
    const faults = new Faults();
    const socket = new SocketMode(world);
    const server = new WebServer(world, faults);
    const origin = await server.listen();
    socket.attach(server.http, origin);
    const stage: Stage = { world, socket, origin, answerWithinMs: options.answerWithinMs ?? 60_000 };
    server.stage = stage;
    const slack = new Slack(stage, faults, server, options.limitMs ?? WAIT_TIMEOUT_MS);
    slack.addTeam(options.team ?? 'Forum', { scopes: options.scopes ?? null });
    return slack;
  }

  /** The base of the Web API, for `slackApiUrl`. */
  get api(): string {
    return `${this.stage.origin}/api/`;
  }

  /** Returns what to give the app for OAuth. */
  get oauth(): { readonly clientId: string; readonly clientSecret: string; readonly authorizationUrl: string } {
    const { clientId, clientSecret } = this.world;
    return { clientId, clientSecret, authorizationUrl: `${this.stage.origin}/oauth/v2/authorize` };
  }

  /** Every call the app has made, response_url ('response_url') and uploads ('upload') included, with its answer. */
  get calls(): readonly CallRecord[] {
    return this.#server.calls;
  }

  /** Returns what no test should overlook: unknown methods, refused acknowledgements. A test should find this empty. */
  get failures(): readonly string[] {
    return this.world.failures;
  }

  /** Every method of the Web API that is answered. */
  get methods(): readonly string[] {
    return [...METHODS.keys()];
  }

  /** The messages standing in a channel, threads included, oldest first, each with its `history`. */
  messages(channel: Channel): Message[] {
    return this.world.messages.filter(m => m.channelId === channel.id && m.ephemeralFor === null && !m.deleted);
  }

  /** The answers in a message's thread, oldest first. */
  thread(parent: Message): Message[] {
    return this.world.messages.filter(
      m => m.channelId === parent.channelId && m.threadTs === parent.ts && m.ephemeralFor === null && !m.deleted,
    );
  }

  /** Returns what only this person was shown, oldest first. */
  ephemerals(user: User): Message[] {
    return this.world.messages.filter(m => m.ephemeralFor === user.id && !m.deleted);
  }

  /** The app's direct messages with a person. */
  directMessages(user: User, team?: Team): Message[] {
    return this.messages(this.directChannel(user, team));
  }

  /** The person's Home tab as last published. */
  home(user: User, team = this.world.team(user.teamId)): View | undefined {
    return this.world.home(team.id, user);
  }

  /** The modal in front of a person, if any. */
  modal(user: User): View | undefined {
    return this.world.stack(user).at(-1);
  }

  /** The files the app has uploaded, oldest first. */
  get uploads(): StoredFile[] {
    return [...this.world.files.values()].filter(f => f.owner.isBot && f.bytes !== null);
  }

  /** Everyone whom any text of the app, in any version, in a message, modal or Home tab, would have notified. */
  get pings(): string[] {
    return everyoneIn(this.world.said);
  }

  /** Every address that could be clicked in anything the app ever said, its own buttons included. */
  get links(): string[] {
    return [...new Set(this.world.said.flatMap(effects => effects.links))];
  }

  /** Spoils coming calls. */
  fail(plan: FaultPlan): Fault {
    return this.#faults.fail(plan);
  }

  /** Holds coming calls until they are released. */
  hold(plan: Pick<FaultPlan, 'method' | 'channel' | 'team' | 'after'>): Held {
    return this.#faults.hold(plan);
  }

  /** Answers 429 to calls beyond a pace from now on. */
  pace(pace: Pace): void {
    this.#faults.pace(pace);
  }

  /** A person installs the app by its own page, such as http://127.0.0.1:3000/slack/install. */
  install(installUrl: string, team: Team, user: User, consent: Consent = 'agrees'): Promise<Installed> {
    return installApp(this.world, installUrl, team, user, consent);
  }

  /** Resolves with the first value `look` finds, looked at now and after everything that happens; fails loudly. */
  until<T>(look: () => T | undefined | false | null, what = 'a condition'): Promise<T> {
    return this.world.changed.until(
      () => what,
      () => look() || undefined,
      this.limitMs,
    );
  }

  /** Resolves once the app is connected by Socket Mode. */
  async connected(): Promise<void> {
    await this.until(() => this.socket.connections > 0, 'a Socket Mode connection');
  }

  /** Resolves once the app has called a method `count` times in all and has been answered. */
  async called(method: string, count = 1): Promise<readonly CallRecord[]> {
    return await this.until(() => {
      const done = this.calls.filter(c => c.method === method && c.answeredAt !== null);
      return done.length >= count && done;
    }, `${count} calls of ${method}`);
  }

  /** Ends everything. */
  async stop(): Promise<void> {
    this.socket.close();
    this.#server.http.closeAllConnections();
    await new Promise<void>(done => {
      this.#server.http.close(() => done());
    });
  }
}
