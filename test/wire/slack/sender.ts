import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../discord/json.ts';
import { receive } from './acknowledge.ts';
import { Exchange, type ExchangeParts } from './exchange.ts';
import { HttpDelivery, type Tampering } from './http-delivery.ts';
import { nextSequence, timestamp } from './ids.ts';
import type { User } from './model.ts';
import { Scene } from './scene.ts';
import type { Stage } from './stage.ts';
import type { Delivered, Envelope, EnvelopeType, Retry, Transport } from './transport.ts';

/** Describes what goes to the app besides the parts every payload has. */
export interface Sending {
  readonly parts: ExchangeParts;
  readonly type: EnvelopeType;
  readonly payload: JsonObject;
  /** True: it may open a modal. */
  readonly trigger: boolean;
  /** True: it can be answered at a response_url. */
  readonly responseUrl: boolean;
}

/** Brings what people do to the app, over Socket Mode or HTTP, and takes the acknowledgements. */
export class Sender extends Scene {
  readonly stage: Stage;
  readonly limitMs: number;
  readonly #envelopes = new WeakMap<Exchange, Envelope>();
  #transport: Transport;
  #http: HttpDelivery | null = null;
  #duplicates = 0;

  constructor(stage: Stage, limitMs: number) {
    super(stage.world);
    this.stage = stage;
    this.limitMs = limitMs;
    this.#transport = stage.socket;
  }

  /** Delivers to this address from now on, signed, instead of over Socket Mode. */
  http(url: string, signingSecret: string): void {
    this.#http = new HttpDelivery(url, signingSecret);
    this.#transport = this.#http;
  }

  /** Sends the next envelopes twice each, as Slack does when it is unsure. */
  duplicateNext(count = 1): void {
    this.#duplicates += count;
  }

  /** Sends once more what an exchange sent: the same event_id or trigger_id. The exchange itself stays as it is. */
  redeliver(exchange: Exchange, retry: Retry = { num: 1, reason: 'http_timeout' }): Promise<Delivered> {
    const envelope = this.#envelopeOf(exchange);
    return this.#transport.deliver(envelope.type === 'events_api' ? { ...envelope, retry } : envelope);
  }

  /** Sends over HTTP what an exchange sent, spoilt on its way; resolves with the app's status. */
  tamper(exchange: Exchange, how: Tampering): Promise<number> {
    if (!this.#http) throw new Error('only requests over HTTP are signed');
    return this.#http.tampered(this.#envelopeOf(exchange), how);
  }

  /** Asks the app's address for the challenge, as when it is entered in the app's settings. */
  verifyUrl(challenge: string): Promise<string> {
    if (!this.#http) throw new Error('only an address over HTTP is verified');
    return this.#http.verifyUrl(challenge);
  }

  /** Ends a trigger_id's life at once. */
  expireTrigger(exchange: Exchange): void {
    for (const trigger of this.world.triggers.values()) if (trigger.exchange === exchange) trigger.state = 'expired';
  }

  /** Ends a response_url's life at once. */
  expireResponseUrl(exchange: Exchange): void {
    for (const address of this.world.responseUrls.values()) if (address.exchange === exchange) address.expired = true;
  }

  /** Sends something to the app. */
  protected send(context: Sending): Exchange {
    const { parts, type } = context;
    if (!parts.team.installed && parts.kind !== 'event')
      throw new Error(`the app is not installed in ${parts.team.name}`);
    const exchange = new Exchange(parts, this.world, this.limitMs);
    exchange.payload = {
      token: this.world.verificationToken,
      api_app_id: this.world.appId,
      ...context.payload,
      ...(context.trigger ? { trigger_id: this.#trigger(exchange) } : {}),
      ...(context.responseUrl ? { response_url: this.#responseUrl(exchange) } : {}),
    };
    const envelope: Envelope = { type, payload: exchange.payload, takesAnswer: type !== 'events_api' };
    this.#envelopes.set(exchange, envelope);
    this.#watch(exchange);
    const deliver = async () => receive(this.stage, exchange, await this.#transport.deliver(envelope));
    const broke = (error: unknown) => this.world.fail(`the stand-in broke on "${parts.name}": ${String(error)}`);
    deliver().catch(broke);
    if (this.#duplicates > 0) {
      this.#duplicates -= 1;
      this.redeliver(exchange, { num: 1, reason: 'timeout' }).catch(broke);
    }
    return exchange;
  }

  /** Returns how a person stands in a payload. */
  protected userOf(user: User): JsonObject {
    return { id: user.id, username: user.name, name: user.name, team_id: user.teamId };
  }

  /** A person's own error after the time to acknowledge is over. */
  #watch(exchange: Exchange): void {
    if (exchange.parts.kind === 'event') return;
    const { answerWithinMs } = this.stage;
    const timer = setTimeout(() => {
      if (exchange.ack === undefined) exchange.breakOff(`operation_timeout: not acknowledged in ${answerWithinMs} ms`);
    }, answerWithinMs);
    timer.unref();
  }

  #trigger(exchange: Exchange): string {
    const id = `${nextSequence()}.${nextSequence()}.${randomBytes(16).toString('hex')}`;
    this.world.triggers.set(id, { exchange, bornAt: performance.now(), state: 'fresh' });
    return id;
  }

  #responseUrl(exchange: Exchange): string {
    const path = `/commands/${exchange.parts.team.id}/${timestamp().replace('.', '')}/${randomBytes(12).toString('hex')}`;
    this.world.responseUrls.set(path, { exchange, uses: 0, expired: false });
    return `${this.stage.origin}${path}`;
  }

  #envelopeOf(exchange: Exchange): Envelope {
    const envelope = this.#envelopes.get(exchange);
    if (!envelope) throw new Error(`"${exchange.parts.name}" was never sent`);
    return envelope;
  }
}
