import { ApiError } from '../errors.ts';
import { isoNow } from '../ids.ts';
import { type JsonObject, numberOf, textOf, textsOf } from '../json.ts';
import { CHANNEL, type Channel, type ThreadState } from '../model.ts';
import { Problems } from '../problems.ts';
import { renderChannel, renderMessage } from '../render.ts';
import { type Answer, type Call, param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';
import { checkThreadFields } from './threads.ts';

/** Channels, direct message channels, pins and the typing sign. */
export function channelRoutes(stage: Stage): Route[] {
  const { world } = stage;
  const channelOf = (call: Call) => world.channel(param(call, 'channel'));
  return [
    route('GET', '/channels/:channel', call => ({ body: renderChannel(channelOf(call)) })),
    route('PATCH', '/channels/:channel', call => change(stage, channelOf(call), call.body)),
    route('DELETE', '/channels/:channel', call => {
      const channel = channelOf(call);
      if (channel.type === CHANNEL.dm) return { body: renderChannel(channel) };
      world.require(channel, channel.thread ? 'ManageThreads' : 'ManageChannels');
      channel.deleted = true;
      world.dispatch(channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE', renderChannel(channel), channel.guildId);
      return { body: renderChannel(channel) };
    }),
    route('POST', '/channels/:channel/typing', call => {
      world.require(channelOf(call), 'SendMessages');
      return {};
    }),
    route('POST', '/users/@me/channels', call => {
      const user = world.users.get(textOf(call.body.recipient_id));
      if (!user || user.bot) throw new ApiError(user ? 50007 : 10013);
      return { body: renderChannel(world.dmWith(user)) };
    }),
    ...pinRoutes(stage),
  ];
}

function pinRoutes(stage: Stage): Route[] {
  const { world } = stage;
  const one = '/channels/:channel/messages/pins/:message';
  const find = (call: Call) => {
    const channel = world.channel(param(call, 'channel'));
    world.require(channel, 'PinMessages');
    return { channel, message: world.message(channel.id, param(call, 'message')) };
  };
  return [
    route('GET', '/channels/:channel/messages/pins', call => {
      const channel = world.channel(param(call, 'channel'));
      world.require(channel, 'ReadMessageHistory');
      const messages = channel.pins.map(id => world.message(channel.id, id));
      const items = messages.map(m => ({ pinned_at: isoNow(), message: renderMessage(world, m, stage.origin) }));
      return { body: { items, has_more: false } };
    }),
    route('PUT', one, call => {
      const { channel, message } = find(call);
      if (channel.pins.includes(message.id)) return {};
      if (channel.pins.length >= 250) throw new ApiError(30003);
      channel.pins.push(message.id);
      return {};
    }),
    route('DELETE', one, call => {
      const { channel, message } = find(call);
      channel.pins.splice(0, channel.pins.length, ...channel.pins.filter(id => id !== message.id));
      return {};
    }),
  ];
}

function change(stage: Stage, channel: Channel, body: JsonObject): Answer {
  const p = new Problems();
  p.text(['name'], body.name, { min: 1, max: 100 });
  if (channel.thread) {
    checkThreadFields(p, stage.world.channels.get(channel.parentId ?? ''), body);
    p.refuse();
    changeThread(stage, channel, channel.thread, body);
  } else {
    stage.world.require(channel, 'ManageChannels');
    const unknown = Object.keys(body).find(key => key !== 'name');
    if (unknown) throw new Error(`changing "${unknown}" of a channel is not modelled`);
    p.refuse();
  }
  if (typeof body.name === 'string') channel.name = body.name;
  stage.world.dispatch(channel.thread ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE', renderChannel(channel), channel.guildId);
  return { body: renderChannel(channel) };
}

/**
 * Changes a thread: its creator may rename, tag and archive it; locking, and anything in a locked thread, takes
 * ManageThreads; an archived thread takes nothing but being opened again.
 * https://discord.com/developers/docs/topics/threads#editing-and-deleting-threads
 */
function changeThread(stage: Stage, channel: Channel, thread: ThreadState, body: JsonObject): void {
  const mine = thread.ownerId === stage.world.bot.id;
  if (!mine || thread.locked || typeof body.locked === 'boolean') stage.world.require(channel, 'ManageThreads');
  if (thread.archived && body.archived !== false) throw new ApiError(50083);
  if (typeof body.archived === 'boolean') thread.archived = body.archived;
  if (typeof body.locked === 'boolean') thread.locked = body.locked;
  if (body.applied_tags !== undefined) thread.appliedTags = textsOf(body.applied_tags);
  thread.autoArchiveMinutes = numberOf(body.auto_archive_duration, thread.autoArchiveMinutes);
}
