import { type App, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { withTimeout } from '../../src/adapter-kit/timeout.ts';
import type { Log } from '../../src/contract/log.ts';
import { slackLog } from './clients.ts';

/** Timeout of a new connection's greeting, ms. */
const GREETING_MS = 20_000;
/** Pauses between two tries to connect again, ms: at once, then longer and longer. */
const PAUSES_MS = [0, 1_000, 5_000, 15_000, 60_000];
/** Time for which a connection being replaced takes acknowledgements, ms: Slack waits three seconds for one. */
const REMAINS_MS = 5_000;

/** Bolt hands each frame of a socket to one listener of its own, and passes on what that one made of it. */
type Frame = (data: unknown, isBinary: boolean) => unknown;

/**
 * The sockets over which Slack speaks to us. Slack replaces one every few hours: the new one is open before the old one
 * is left, so that nothing said in between is lost. Connecting is ours and not the SDK's, which closes first, waits
 * five seconds and throws past everybody when a token was withdrawn meanwhile.
 */
export class Link implements Receiver {
  readonly #log: Log;
  readonly #appToken: string;
  readonly #apiUrl: string | undefined;
  #app: App | null = null;
  #state: 'idle' | 'connecting' | 'connected' | 'stopped' = 'idle';
  #timer: NodeJS.Timeout | undefined;
  /** Every socket that is open or being opened; the last of them is the one in use. */
  readonly #sockets: SocketModeReceiver[] = [];

  constructor(appToken: string, apiUrl: string | undefined, log: Log) {
    this.#appToken = appToken;
    this.#apiUrl = apiUrl;
    this.#log = log;
  }

  get state(): string {
    return this.#state;
  }

  init(app: App): void {
    this.#app = app;
  }

  /**
   * Connects for the first time.
   * @throws what Slack refused, or that it did not greet us in time
   */
  async start(): Promise<void> {
    this.#state = 'connecting';
    await this.#connect();
  }

  async stop(): Promise<void> {
    this.#state = 'stopped';
    clearTimeout(this.#timer);
    for (const socket of [...this.#sockets]) this.#leave(socket);
  }

  async #connect(): Promise<void> {
    const socket = this.#open();
    const greeted = socket.client.start().then(() => true);
    try {
      if (!(await withTimeout(GREETING_MS, greeted, false))) throw new Error('slack did not greet us in time');
    } catch (error) {
      this.#leave(socket);
      throw error;
    }
    if (this.#state === 'stopped') return this.#leave(socket);
    this.#state = 'connected';
    const former = this.#sockets.filter(one => one !== socket);
    setTimeout(() => {
      for (const one of former) this.#leave(one);
    }, REMAINS_MS).unref();
  }

  /** A socket that does not leave when Slack asks for another one, but is told of it. */
  #open(): SocketModeReceiver {
    const socket = new SocketModeReceiver({
      appToken: this.#appToken,
      logger: slackLog(this.#log),
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: {
          ...(this.#apiUrl && { slackApiUrl: this.#apiUrl }),
          timeout: 10_000,
          retryConfig: { retries: 2 },
        },
      },
    });
    const { client } = socket;
    const listeners = client.listeners('ws_message') as Frame[];
    client.removeAllListeners('ws_message');
    client.on('ws_message', (data: unknown, isBinary: boolean) => {
      if (isGoodbye(data)) this.#replace(socket);
      else for (const hear of listeners) hear(data, isBinary);
    });
    client.on('disconnected', () => {
      const wasInUse = this.#forget(socket);
      if (wasInUse && this.#state === 'connected') this.#again(0);
    });
    if (this.#app) socket.init(this.#app);
    this.#sockets.push(socket);
    return socket;
  }

  /** Slack will close this one: another is opened while it still stands. */
  #replace(socket: SocketModeReceiver): void {
    if (this.#state === 'connected' && socket === this.#sockets.at(-1)) this.#again(0);
  }

  /** Tells whether it was the one in use. */
  #forget(socket: SocketModeReceiver): boolean {
    const at = this.#sockets.indexOf(socket);
    const wasInUse = at >= 0 && at === this.#sockets.length - 1;
    if (at >= 0) this.#sockets.splice(at, 1);
    return wasInUse;
  }

  #leave(socket: SocketModeReceiver): void {
    if (!this.#sockets.includes(socket)) return;
    this.#forget(socket);
    void socket.client.disconnect().catch(error => this.#log.warn('slack was not left', { error }));
  }

  #again(attempt: number): void {
    this.#state = 'connecting';
    const pause = PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]!;
    this.#timer = setTimeout(() => {
      if (this.#state === 'stopped') return;
      this.#connect().catch(error => {
        if (this.#state === 'stopped') return;
        this.#log.warn('slack did not take us back yet', { attempt, error });
        this.#again(attempt + 1);
      });
    }, pause);
  }
}

/** Slack asks for another connection in place of this one. */
function isGoodbye(data: unknown): boolean {
  if (typeof data !== 'string' || !data.includes('"disconnect"')) return false;
  try {
    return (JSON.parse(data) as { readonly type?: unknown }).type === 'disconnect';
  } catch {
    return false;
  }
}
