import { composeEdit, composeNew, isThinking, thinking } from '../compose.ts';
import { ApiError } from '../errors.ts';
import { type Exchange, INTERACTION } from '../exchange.ts';
import { type JsonObject, numberOf, objectOf, objectsOf } from '../json.ts';
import { checkAutocomplete } from '../limits/commands.ts';
import { FLAG } from '../limits/messages.ts';
import { checkModal } from '../limits/modals.ts';
import type { Message } from '../model.ts';
import { Problems } from '../problems.ts';
import { renderMessage } from '../render.ts';
import { type Answer, type Call, openRoute, param, type Route } from '../rest.ts';
import type { Stage } from '../stage.ts';
import { announceEdit, announceNew, removeMessage } from './announce.ts';

const WEBHOOK = '/webhooks/:application/:token';

/** Interaction callbacks (types 4–9, one answer each) and the interaction's webhook. */
export function interactionRoutes(stage: Stage): Route[] {
  const one = `${WEBHOOK}/messages/:message`;
  return [
    openRoute('POST', '/interactions/:interaction/:token/callback', call => callback(stage, call)),
    openRoute('POST', WEBHOOK, call => followUp(stage, call)),
    openRoute('GET', one, call => show(stage, target(stage, call).message)),
    openRoute('PATCH', one, call => edit(stage, call)),
    openRoute('DELETE', one, call => {
      const { exchange, message } = target(stage, call);
      exchange.touched = true;
      removeMessage(stage, message);
      return {};
    }),
  ];
}

function show(stage: Stage, message: Message): Answer {
  return { body: renderMessage(stage.world, message, stage.origin) };
}

function callback(stage: Stage, call: Call): Answer {
  const exchange = stage.exchanges.get(param(call, 'interaction'));
  if (!exchange || exchange.parts.token !== param(call, 'token') || exchange.expired) throw new ApiError(10062);
  if (exchange.callbackType !== null) throw new ApiError(40060);
  if (exchange.ageMs > stage.answerWithinMs) {
    exchange.expired = true;
    throw new ApiError(10062);
  }
  const type = numberOf(call.body.type);
  const data = objectOf(call.body.data);
  refuseWrongType(exchange, type);
  perform(stage, exchange, type, data, call);
  exchange.acknowledge(type);
  if (call.query.get('with_response') !== 'true') return {};
  const message =
    exchange.original && type !== 6 ? renderMessage(stage.world, exchange.original, stage.origin) : undefined;
  return {
    body: {
      interaction: {
        id: exchange.parts.id,
        type: exchange.parts.type,
        response_message_id: exchange.original?.id,
        response_message_loading: type === 5,
        response_message_ephemeral: exchange.ephemeral,
      },
      resource: { type, ...(message ? { message } : {}) },
    },
  };
}

function refuseWrongType(exchange: Exchange, type: number): void {
  const { type: kind, source } = exchange.parts;
  const allowed =
    kind === INTERACTION.autocomplete
      ? [8]
      : [4, 5, ...(kind === INTERACTION.modal ? [] : [9]), ...(source && kind !== INTERACTION.command ? [6, 7] : [])];
  const p = new Problems();
  p.choice(['type'], type, allowed);
  p.refuse();
}

function perform(stage: Stage, exchange: Exchange, type: number, data: JsonObject, call: Call): void {
  const { source } = exchange.parts;
  if (type === 4) exchange.original = post(stage, exchange, data, call, isEphemeral(data));
  else if (type === 5) exchange.original = postThinking(stage, exchange, isEphemeral(data));
  else if (type === 6) {
    exchange.original = source;
    stage.deferredUpdates.add(exchange);
  }
  if (type === 7 && source) {
    stage.world.editMessage(source, composeEdit(source, data, call.uploads, 'users'));
    exchange.original = source;
    announceEdit(stage, source);
  } else if (type === 8) {
    checkAutocomplete(data, exchange.parts.focusedType);
    exchange.choiceJson = objectsOf(data.choices);
  } else if (type === 9) {
    checkModal(data);
    exchange.modalJson = data;
  }
}

function isEphemeral(data: JsonObject): boolean {
  return (numberOf(data.flags) & FLAG.ephemeral) !== 0;
}

function post(stage: Stage, exchange: Exchange, data: JsonObject, call: Call, ephemeral: boolean): Message {
  const { channel, user, id, name } = exchange.parts;
  const content = composeNew(data, call.uploads, 'users');
  if (ephemeral) content.flags |= FLAG.ephemeral;
  const message = stage.world.addMessage(channel, stage.world.bot, content, {
    type: 20,
    interactionId: id,
    interactionName: name,
    ephemeralFor: ephemeral ? user.id : null,
  });
  announceNew(stage, message);
  return message;
}

function postThinking(stage: Stage, exchange: Exchange, ephemeral: boolean): Message {
  const { channel, user, id, name } = exchange.parts;
  return stage.world.addMessage(channel, stage.world.bot, thinking(ephemeral), {
    type: 20,
    interactionId: id,
    interactionName: name,
    ephemeralFor: ephemeral ? user.id : null,
  });
}

/** The exchange of a webhook token: 10015 before the first answer, 50027 once the token is dead. */
function byToken(stage: Stage, call: Call): Exchange {
  const token = param(call, 'token');
  const exchange = stage.exchanges.get(token.split('.')[0] ?? '');
  if (!exchange || exchange.parts.token !== token || param(call, 'application') !== stage.world.applicationId)
    throw new ApiError(10015);
  if (exchange.expired) throw new ApiError(50027);
  if (exchange.callbackType === null) throw new ApiError(10015);
  return exchange;
}

function target(stage: Stage, call: Call): { exchange: Exchange; message: Message } {
  const exchange = byToken(stage, call);
  const id = param(call, 'message');
  const message =
    id === '@original'
      ? exchange.original
      : ([exchange.original, ...exchange.followUps, exchange.parts.source].find(m => m?.id === id) ?? null);
  if (!message || message.deleted) throw new ApiError(10008);
  return { exchange, message };
}

function edit(stage: Stage, call: Call): Answer {
  const { exchange, message } = target(stage, call);
  fill(stage, message, call);
  exchange.touched = true;
  return show(stage, message);
}

function fill(stage: Stage, message: Message, call: Call): void {
  const content = composeEdit(message, call.body, call.uploads, 'users');
  const wasThinking = isThinking(message);
  content.flags &= ~FLAG.loading;
  stage.world.editMessage(message, content);
  if (wasThinking) announceNew(stage, message);
  else announceEdit(stage, message);
}

/** A follow-up; after a deferral the first one takes the place of "thinking…", as on Discord. */
function followUp(stage: Stage, call: Call): Answer {
  const exchange = byToken(stage, call);
  exchange.touched = true;
  const { original } = exchange;
  if (original && isThinking(original) && !original.deleted) {
    fill(stage, original, call);
    return show(stage, original);
  }
  const message = post(stage, exchange, call.body, call, isEphemeral(call.body));
  exchange.followUps.push(message);
  return show(stage, message);
}
