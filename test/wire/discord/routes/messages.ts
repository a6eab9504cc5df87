import { composeEdit, composeNew } from '../compose.ts';
import { ApiError } from '../errors.ts';
import { isObject, type JsonObject, objectOf, objectsOf, textOf } from '../json.ts';
import { CHANNEL, type Channel, type Message } from '../model.ts';
import type { Permission } from '../permissions.ts';
import { renderMessage } from '../render.ts';
import { type Answer, type Call, param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';
import { announceEdit, announceNew, removeMessage } from './announce.ts';

/**
 * A message as the bot may read it: without the Message Content intent what other people wrote in a server stays
 * empty, unless they mentioned the bot.
 */
function readable(stage: Stage, message: Message): JsonObject {
  const { world } = stage;
  const full = renderMessage(world, message, stage.origin);
  const open = message.author === world.bot || message.pings.users.includes(world.bot.id);
  if (open || world.channels.get(message.channelId)?.type === CHANNEL.dm) return full;
  return { ...full, content: '', embeds: [], components: [], attachments: [] };
}

/** Messages of a channel. */
export function messageRoutes(stage: Stage): Route[] {
  const { world } = stage;
  const all = '/channels/:channel/messages';
  const one = `${all}/:message`;
  const find = (call: Call) => {
    const channel = world.channel(param(call, 'channel'));
    return { channel, message: world.message(channel.id, param(call, 'message')) };
  };
  return [
    route('GET', all, call => {
      const channel = world.channel(param(call, 'channel'));
      world.require(channel, 'ReadMessageHistory');
      const limit = Number(call.query.get('limit') ?? 50);
      const before = call.query.get('before');
      const older = world.messagesIn(channel.id).filter(m => !before || BigInt(m.id) < BigInt(before));
      return {
        body: older
          .slice(-limit)
          .reverse()
          .map(m => readable(stage, m)),
      };
    }),
    route('GET', one, call => {
      const { channel, message } = find(call);
      world.require(channel, 'ReadMessageHistory');
      return { body: readable(stage, message) };
    }),
    route('POST', all, call => create(stage, call)),
    route('PATCH', one, call => {
      const { channel, message } = find(call);
      if (message.author !== world.bot) throw new ApiError(50005);
      refuseArchived(channel);
      if (call.uploads.length > 0) world.require(channel, 'AttachFiles');
      world.editMessage(message, composeEdit(message, call.body, call.uploads, 'everything'));
      announceEdit(stage, message);
      return { body: renderMessage(world, message, stage.origin) };
    }),
    route('DELETE', one, call => {
      const { channel, message } = find(call);
      if (message.author !== world.bot) world.require(channel, 'ManageMessages');
      removeMessage(stage, message);
      return {};
    }),
  ];
}

function refuseArchived(channel: Channel): void {
  if (channel.thread?.archived) throw new ApiError(50083);
}

/** Refuses a post which the bot may not make here, with the code Discord gives for the reason. */
function refusePost(stage: Stage, channel: Channel, call: Call): void {
  const { world } = stage;
  if (channel.type === CHANNEL.forum) throw new ApiError(50008);
  if (channel.recipient?.dmClosed) throw new ApiError(50007);
  if (channel.recipient?.noMutualGuild) throw new ApiError(50278);
  const needs: Permission[] = [channel.thread ? 'SendMessagesInThreads' : 'SendMessages'];
  if (objectsOf(call.body.embeds).length > 0) needs.push('EmbedLinks');
  if (call.uploads.length > 0) needs.push('AttachFiles');
  world.require(channel, ...needs);
  if (channel.thread?.locked) world.require(channel, 'ManageThreads');
}

function create(stage: Stage, call: Call): Answer {
  const { world } = stage;
  const channel = world.channel(param(call, 'channel'));
  refusePost(stage, channel, call);
  const given = call.body.nonce;
  const nonce = given === undefined || given === null ? null : String(given);
  // With enforce_nonce a repeat by the same author answers the first message and sends nothing.
  const first = nonce !== null && call.body.enforce_nonce === true ? world.nonces.get(nonce) : undefined;
  if (first) return { body: renderMessage(world, first, stage.origin) };
  const replied = repliedTo(stage, channel, call);
  const content = composeNew(call.body, call.uploads, 'everything', replied?.author.id ?? null);
  // Writing in an archived thread wakes it.
  if (channel.thread) channel.thread.archived = false;
  const message = world.addMessage(channel, world.bot, content, {
    nonce,
    replyTo: replied?.id ?? null,
    type: replied ? 19 : 0,
  });
  if (nonce !== null) world.nonces.set(nonce, message);
  announceNew(stage, message);
  return { body: renderMessage(world, message, stage.origin) };
}

function repliedTo(stage: Stage, channel: Channel, call: Call): Message | null {
  const reference = call.body.message_reference;
  if (!isObject(reference)) return null;
  stage.world.require(channel, 'ReadMessageHistory');
  const found = stage.world.messages.get(textOf(objectOf(reference).message_id));
  if (found && !found.deleted && found.channelId === channel.id) return found;
  if (reference.fail_if_not_exists === false) return null;
  throw new ApiError(50035, {
    message_reference: { _errors: [{ code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }] },
  });
}
