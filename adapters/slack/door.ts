import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { isValidSlackRequest } from '@slack/bolt';
import * as z from 'zod';
import { steadyMs } from '../../src/contract/clock.ts';
import type { Log } from '../../src/contract/log.ts';

/** Maximum size of a request body, in bytes: a view of Slack's has 250 kB at most, three times as much encoded. */
export const MAX_BODY_BYTES = 1_048_576;
/** Maximum number of requests without a right signature that one visitor is told about in a minute. */
const MAX_UNSIGNED = 60;
/** Maximum number of visitors counted in a minute. */
const MAX_VISITORS = 10_000;
const MINUTE_MS = 60_000;

/** A text of a form; one that is sent twice is a list and refused. */
const field = z.string();

/** The fields that the platform's library reads before our own code does, by the kind of the body. */
const interaction = z.looseObject({
  type: field,
  user: z.looseObject({ id: field.optional() }),
  team: z.looseObject({ id: field.optional() }).nullish(),
  enterprise: z.looseObject({ id: field.optional() }).nullish(),
  actions: z.array(z.looseObject({ action_id: field.optional(), block_id: field.optional(), type: field })).optional(),
  view: z.looseObject({ callback_id: field.optional() }).nullish(),
});
const command = z.record(field, field).and(z.looseObject({ command: field }));
const check = z.looseObject({ ssl_check: field });
const event = z.looseObject({
  type: z.literal('event_callback'),
  event: z.looseObject({ type: field }),
  team_id: field.nullish(),
  authorizations: z.array(z.looseObject({})).nullish(),
});
const challenge = z.looseObject({ type: z.literal('url_verification'), challenge: field });
const notice = z.looseObject({ type: field.refine(type => type !== 'event_callback' && type !== 'url_verification') });
const json = z.union([event, challenge, notice]);

/** Tells whether a signed body has the form that Slack documents. */
function isWellFormed(type: string | undefined, raw: string): boolean {
  try {
    if (type !== 'application/x-www-form-urlencoded') return json.safeParse(JSON.parse(raw)).success;
    const fields = { ...parse(raw) };
    if (typeof fields.payload === 'string') return interaction.safeParse(JSON.parse(fields.payload)).success;
    return (fields.payload === undefined && command.safeParse(fields).success) || check.safeParse(fields).success;
  } catch {
    return false;
  }
}

/** The body of a request; null where it is larger than we take. One that hides its size is cut off. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length']) > MAX_BODY_BYTES) return null;
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_BODY_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/**
 * Guards the platform's library: only a body that Slack signed and whose form is documented reaches it. Wrong
 * signatures are counted by visitor and logged in sum once a minute; a right one is never refused for others' floods.
 */
export function createDoor(
  signingSecret: string,
  log: Log,
  listener: (request: IncomingMessage, response: ServerResponse) => void,
  now: () => number = steadyMs,
) {
  const unsigned = new Map<string, number>();
  let begun = Number.NEGATIVE_INFINITY;
  let untold = 0;

  /** Counts one request without a right signature, and tells whether its sender is still told why it fails. */
  function isTold(visitor: string): boolean {
    untold++;
    if (now() - begun >= MINUTE_MS) {
      log.warn('slack: requests without a right signature', { count: untold, visitors: unsigned.size });
      begun = now();
      untold = 0;
      unsigned.clear();
    }
    if (!unsigned.has(visitor) && unsigned.size >= MAX_VISITORS) return false;
    const count = (unsigned.get(visitor) ?? 0) + 1;
    unsigned.set(visitor, count);
    return count <= MAX_UNSIGNED;
  }

  const refuse = (response: ServerResponse, status: number): void => {
    response.writeHead(status, status === 429 ? { 'retry-after': '60' } : {}).end();
  };

  return async (request: IncomingMessage, response: ServerResponse, visitor: string): Promise<void> => {
    const body = await bodyOf(request);
    if (!body) return refuse(response, 413);
    const { headers } = request;
    const raw = body.toString();
    const type = headers['content-type'];
    // Slack's own check of the line is not signed; the library drops all else that such a body says.
    const isLineCheck = type === 'application/x-www-form-urlencoded' && parse(raw).ssl_check === '1';
    const isSigned =
      isLineCheck ||
      isValidSlackRequest({
        signingSecret,
        body: raw,
        headers: {
          'x-slack-signature': String(headers['x-slack-signature'] ?? ''),
          'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
        },
      });
    if (!isSigned) return refuse(response, isTold(visitor) ? 401 : 429);
    if (!isWellFormed(type, raw)) {
      log.warn('slack: a signed body of an unknown form was refused', { type, bytes: body.length });
      return refuse(response, 400);
    }
    listener(Object.assign(request, { rawBody: body }), response);
  };
}
