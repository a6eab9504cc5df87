import type { JsonObject } from '../discord/json.ts';
import { respond } from './acknowledge.ts';
import { compose, edit, POSTING, remove } from './compose.ts';
import { SlackError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { World } from './world.ts';

/** An address takes so many answers. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const MOST_USES = 5;

/** The form that this person has sent last, where that came of the act whose address it is. */
function formSentSince(world: World, asked: Exchange): Exchange | null {
  const latest = world.exchanges.findLast(one => one.parts.user.id === asked.parts.user.id);
  return latest?.parts.kind === 'submission' && latest !== asked ? latest : null;
}

/** Takes an answer at a response_url; the bot need not be in the channel. */
export function answerAt(world: World, path: string, args: JsonObject): { status: number; body: JsonObject | string } {
  const address = world.responseUrls.get(path);
  if (!address) return { status: 404, body: { ok: false, error: 'invalid_url' } };
  if (address.expired) return { status: 404, body: { ok: false, error: 'expired_url' } };
  if (address.uses >= MOST_USES) return { status: 404, body: { ok: false, error: 'used_url' } };
  const { exchange } = address;
  const source = exchange.parts.sourceMessage;
  try {
    if (args.delete_original === true) {
      if (source) remove(world, source);
    } else if (args.replace_original === true && source) {
      edit(world, source, compose(world, exchange.parts.team, args, POSTING));
      formSentSince(world, exchange)?.responses.push(source);
    } else {
      respond(exchange, args, world);
      formSentSince(world, exchange)?.responses.push(exchange.responses.at(-1)!);
    }
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    world.fail(`an answer at a response_url was refused: ${error.message}`);
    return { status: 400, body: error.body() };
  }
  address.uses += 1;
  world.changed.fire();
  return { status: 200, body: 'ok' };
}
