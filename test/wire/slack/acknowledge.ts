import { isObject, type Json, type JsonObject, objectOf, objectsOf, textOf } from '../discord/json.ts';
import { compose, POSTING, post } from './compose.ts';
import { SlackError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { checkSuggestions } from './limits/surfaces.ts';
import type { Stage } from './stage.ts';
import type { Delivered } from './transport.ts';
import { closeModal, inputsOf, openModal, updateModal } from './viewing.ts';

/** Carries out what an acknowledgement says; what Slack would not take is shown to the person and noted as a failure. */
export function receive({ world }: Stage, exchange: Exchange, { answer, status, problem }: Delivered): void {
  if (exchange.problem !== null) return;
  if (problem !== null) return void exchange.breakOff(problem);
  if (status < 200 || status > 299) return void exchange.breakOff(`dispatch_failed: the app answered ${status}`);
  try {
    checkSize(answer ?? null);
    carryOut(exchange, answer ?? null, world);
    exchange.acknowledge(answer ?? null);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const { kind, name } = exchange.parts;
    world.fail(`the acknowledgement of "${name}" was refused: ${error.message}`);
    exchange.breakOff(kind === 'command' ? `invalid_command_response: ${error.message}` : error.message);
  }
  world.changed.fire();
}

/** Maximum size of an acknowledgement over Socket Mode, bytes. https://github.com/slack-go/slack/issues/1196 */
const LARGEST_ACK = 20_000;

function checkSize(answer: Json): void {
  const bytes = Buffer.byteLength(JSON.stringify(answer) ?? '');
  if (bytes > LARGEST_ACK) throw new SlackError('ack_too_large', [`${bytes} bytes`]);
}

function carryOut(exchange: Exchange, answer: Json, world: Stage['world']): void {
  switch (exchange.parts.kind) {
    case 'command':
      return void answerCommand(exchange, answer, world);
    case 'options':
      return void offer(exchange, objectOf(answer));
    case 'submission':
      return void answerForm(exchange, objectOf(answer), world);
    default:
  }
}

function answerCommand(exchange: Exchange, answer: Json, world: Stage['world']): void {
  const message: JsonObject = isObject(answer) ? answer : typeof answer === 'string' ? { text: answer } : {};
  if (!['text', 'blocks', 'attachments'].some(key => message[key] !== undefined && message[key] !== '')) return;
  respond(exchange, message, world);
}

/** Shows a message where the person acted: to them alone, or with `in_channel` to all. */
export function respond(exchange: Exchange, message: JsonObject, world: Stage['world']): void {
  const { team, user, channel } = exchange.parts;
  if (!channel) throw new SlackError('channel_not_found');
  const inChannel = message.response_type === 'in_channel';
  const who = { team, channel, author: team.bot, ...(inChannel ? {} : { ephemeralFor: user }) };
  exchange.responses.push(post(world, who, compose(world, team, message, POSTING), message));
  world.changed.fire();
}

function offer(exchange: Exchange, answer: JsonObject): void {
  checkSuggestions(answer);
  const grouped = objectsOf(answer.option_groups).flatMap(group => objectsOf(group.options));
  exchange.choices = [...objectsOf(answer.options), ...grouped].map(option => ({
    text: textOf(objectOf(option.text).text),
    value: textOf(option.value),
  }));
}

/** https://docs.slack.dev/surfaces/modals#handling_submissions */
function answerForm(exchange: Exchange, answer: JsonObject, world: Stage['world']): void {
  const view = exchange.parts.sourceView;
  if (!view) return;
  switch (answer.response_action) {
    case undefined:
      return void closeModal(world, view, false);
    case 'clear':
      return void closeModal(world, view, true);
    case 'update':
      return void updateModal(world, view, answer.view, '');
    case 'push':
      openModal(world, exchange, answer.view, view);
      return;
    case 'errors': {
      const known = inputsOf(view).map(({ block }) => textOf(block.block_id));
      const errors = Object.entries(objectOf(answer.errors));
      const strange = errors.find(([id, text]) => !known.includes(id) || textOf(text) === '');
      if (errors.length === 0 || strange) {
        throw new SlackError('invalid_errors', [`no input block has the error ${JSON.stringify(strange ?? {})}`]);
      }
      exchange.errors = Object.fromEntries(errors.map(([id, text]) => [id, textOf(text)]));
      return;
    }
    default:
      throw new SlackError('invalid_response_action', [String(answer.response_action)]);
  }
}
