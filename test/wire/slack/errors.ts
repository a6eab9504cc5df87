import type { JsonObject } from '../discord/json.ts';

/** Errors that say the app sent something Slack does not take: a bug of the app, and so a failure of the test. */
const REFUSALS = new Set([
  'invalid_arguments',
  'invalid_attachments',
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'invalid_payload',
  'msg_too_long',
  'no_text',
  'push_limit_reached',
  'too_many_attachments',
  'unknown_method',
  'view_too_large',
]);

/** An answer `{ ok: false, error }`; `messages` says where a payload is wrong. */
export class SlackError extends Error {
  readonly code: string;
  readonly messages: readonly string[];
  readonly more: JsonObject;

  constructor(code: string, messages: readonly string[] = [], more: JsonObject = {}) {
    super(messages.length > 0 ? `${code}: ${messages.join('; ')}` : code);
    this.code = code;
    this.messages = messages;
    this.more = more;
  }

  /** Tells whether the payload itself was at fault. */
  get isRefusal(): boolean {
    return REFUSALS.has(this.code);
  }

  /** The body Slack answers. */
  body(): JsonObject {
    const { code, messages, more } = this;
    if (messages.length === 0) return { ok: false, error: code, ...more };
    return {
      ok: false,
      error: code,
      errors: messages.map(message => message.replace('[ERROR] ', '')),
      response_metadata: { messages: [...messages] },
      ...more,
    };
  }
}
