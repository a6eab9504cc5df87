import { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../src/log.ts';
import { slackLog } from './clients.ts';

/** A connection that has not greeted us by then is given up. */
const GREETING_MS = 20_000;
/** Between two tries to be connected again: at once, then longer and longer. */
const PAUSES_MS = [0, 1_000, 5_000, 15_000, 60_000];

/**
 * The socket over which Slack speaks to us. Slack closes it every few hours; connecting again is ours and not the
 * SDK's, which waits five seconds and throws past everybody when a token was withdrawn meanwhile.
 */
export class Link {
  readonly receiver: SocketModeReceiver;
  readonly #log: Log;
  #state: 'idle' | 'connecting' | 'connected' | 'stopped' = 'idle';
  #timer: NodeJS.Timeout | undefined;

  constructor(appToken: string, apiUrl: string | undefined, log: Log) {
    this.#log = log;
    this.receiver = new SocketModeReceiver({
      appToken,
      logger: slackLog(log),
      autoReconnectEnabled: false,
      installerOptions: {
        clientOptions: { ...(apiUrl && { slackApiUrl: apiUrl }), timeout: 10_000, retryConfig: { retries: 2 } },
      },
    });
    const { client } = this.receiver;
    client.on('connected', () => {
      if (this.#state === 'stopped') this.#leave();
      else this.#state = 'connected';
    });
    client.on('disconnected', () => {
      if (this.#state === 'connected') this.#again(0);
    });
  }

  get state(): string {
    return this.#state;
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
    await this.receiver.stop();
  }

  async #connect(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => {
        this.#leave();
        fail(new Error('slack did not greet us in time'));
      }, GREETING_MS);
    });
    try {
      await Promise.race([this.receiver.client.start(), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #leave(): void {
    void this.receiver.client.disconnect().catch(error => this.#log.warn('slack was not left', { error }));
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
