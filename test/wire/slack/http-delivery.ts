import { createHmac } from 'node:crypto';
import type { Json } from '../discord/json.ts';
import type { Delivered, Envelope, Retry, Transport } from './transport.ts';

/**
 * Ways to spoil a request: an old time rightly signed, a wrong or missing signature, another body under the same
 * signature, or the very request that came before, time and signature included.
 */
export type Tampering = 'stale' | 'forged' | 'unsigned' | 'changed' | 'replayed';

interface Request {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const STALE_SECONDS = 6 * 60;

/** Brings what happens to the app over HTTP, signed as Slack signs. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export class HttpDelivery implements Transport {
  readonly #url: string;
  readonly #secret: string;
  readonly #sent = new WeakMap<object, Request>();

  constructor(url: string, signingSecret: string) {
    this.#url = url;
    this.#secret = signingSecret;
  }

  async deliver(envelope: Envelope): Promise<Delivered> {
    const { body, type } = bodyOf(envelope);
    const request = {
      body,
      headers: { ...this.#signed(body, now()), 'content-type': type, ...retryHeaders(envelope.retry) },
    };
    this.#sent.set(envelope.payload, request);
    try {
      const response = await this.#post(request);
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return { answer: isJson ? parsed(text) : text === '' ? null : text, status: response.status, problem: null };
    } catch (error) {
      return { answer: undefined, status: 0, problem: `dispatch_failed: ${String(error)}` };
    }
  }

  /** Sends what was sent before once more, spoilt; resolves with the app's status. */
  async tampered(envelope: Envelope, how: Tampering): Promise<number> {
    const sent = this.#sent.get(envelope.payload);
    if (!sent) throw new Error('nothing was sent yet');
    const { body, headers } = sent;
    const spoilt: Record<Tampering, () => Request> = {
      stale: () => ({ body, headers: { ...headers, ...this.#signed(body, now() - STALE_SECONDS) } }),
      forged: () => ({ body, headers: { ...headers, 'x-slack-signature': `v0=${'0'.repeat(64)}` } }),
      unsigned: () => {
        const { 'x-slack-signature': _, ...rest } = headers;
        return { body, headers: rest };
      },
      changed: () => ({ body: `${body}&more=1`, headers }),
      replayed: () => sent,
    };
    const response = await this.#post(spoilt[how]());
    await response.arrayBuffer();
    return response.status;
  }

  /** Asks what Slack asks when the address is set up; resolves with the app's answer. */
  async verifyUrl(challenge: string): Promise<string> {
    const body = JSON.stringify({ type: 'url_verification', challenge, token: 'stand-in' });
    const response = await this.#post({
      body,
      headers: { ...this.#signed(body, now()), 'content-type': 'application/json' },
    });
    return response.text();
  }

  #post({ body, headers }: Request): Promise<Response> {
    return fetch(this.#url, { method: 'POST', body, headers, redirect: 'manual' });
  }

  #signed(body: string, seconds: number): Record<string, string> {
    const hash = createHmac('sha256', this.#secret).update(`v0:${seconds}:${body}`).digest('hex');
    return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${hash}` };
  }
}

/** Events travel as JSON, commands as a form, all else as JSON in a form. */
function bodyOf({ type, payload }: Envelope): { body: string; type: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  const form = new URLSearchParams();
  if (type === 'interactive') form.set('payload', JSON.stringify(payload));
  else for (const [key, value] of Object.entries(payload)) form.set(key, String(value ?? ''));
  return { body: form.toString(), type: 'application/x-www-form-urlencoded' };
}

function retryHeaders(retry: Retry | undefined): Record<string, string> {
  return retry ? { 'x-slack-retry-num': String(retry.num), 'x-slack-retry-reason': retry.reason } : {};
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

const now = (): number => Math.floor(Date.now() / 1000);
