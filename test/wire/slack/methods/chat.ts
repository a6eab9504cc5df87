import { textOf } from '../../discord/json.ts';
import { compose, edit, POSTING, post, remove, UPDATING } from '../compose.ts';
import { SlackError } from '../errors.ts';
import type { Channel, Message, User } from '../model.ts';
import { renderMessage } from '../render.ts';
import { bot, type Call, type Method, need } from './call.ts';

/** Messages. https://docs.slack.dev/reference/methods#chat */
export const chat: Record<string, Method> = {
  'chat.postMessage': bot('chat:write', call => {
    const { world, team, args, stage } = call;
    const channel = postable(call, need(call, 'channel'));
    checkThread(call, channel);
    const message = post(world, { team, channel, author: team.bot }, compose(world, team, args, POSTING), args);
    tell(call, channel.person, message);
    return { channel: channel.id, ts: message.ts, message: renderMessage(world, message, stage.origin) };
  }),
  'chat.update': bot('chat:write', call => {
    const { world, team, args, stage } = call;
    const message = own(call, 'cant_update_message');
    if (standing(call).archived) throw new SlackError('is_inactive');
    edit(world, message, compose(world, team, args, UPDATING));
    const { channelId: channel, ts, text } = message;
    return { channel, ts, text, message: renderMessage(world, message, stage.origin) };
  }),
  'chat.postEphemeral': bot('chat:write', call => {
    const { world, team, args } = call;
    const channel = postable(call, need(call, 'channel'));
    const user = world.person(team, need(call, 'user'));
    if (!channel.members.has(user.id)) throw new SlackError('user_not_in_channel');
    checkThread(call, channel);
    const who = { team, channel, author: team.bot, ephemeralFor: user };
    const message = post(world, who, compose(world, team, args, POSTING), args);
    tell(call, user, message);
    return { message_ts: message.ts };
  }),
  'chat.delete': bot('chat:write', call => {
    const message = own(call, 'cant_delete_message');
    remove(call.world, message);
    return { channel: message.channelId, ts: message.ts };
  }),
  'chat.getPermalink': bot(null, call => {
    const channel = standing(call);
    const ts = need(call, 'message_ts');
    if (!call.world.message(channel.id, ts)) throw new SlackError('message_not_found');
    const permalink = `https://${call.team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
    return { channel: channel.id, permalink };
  }),
};

/** The channel in which the bot may post; a person's id means their direct messages with the app. */
export function postable(call: Call, id: string): Channel {
  const { world, team, token } = call;
  const person = world.users.get(id);
  if (person) return directWith(call, person);
  const channel = world.channel(team, id);
  if (channel.archived) throw new SlackError('is_archived');
  if (channel.kind === 'im' && !team.messagesTab) throw new SlackError('messages_tab_disabled');
  const mayAnywhere = channel.kind === 'public' && token.scopes?.has('chat:write.public');
  if (!channel.members.has(team.bot.id) && !mayAnywhere) throw new SlackError('not_in_channel');
  return channel;
}

function directWith({ world, team }: Call, person: User): Channel {
  if (person.isBot) throw new SlackError('cannot_dm_bot');
  if (!visible(() => world.person(team, person.id)) || person.deleted) throw new SlackError('channel_not_found');
  if (!team.messagesTab) throw new SlackError('messages_tab_disabled');
  return world.direct(team, person);
}

function visible(look: () => User): boolean {
  try {
    look();
    return true;
  } catch {
    return false;
  }
}

/** The channel of a message that stands; a person's id is none. */
function standing(call: Call): Channel {
  return call.world.channel(call.team, need(call, 'channel'));
}

function own(call: Call, otherwise: string): Message {
  const message = call.world.message(standing(call).id, need(call, 'ts'));
  if (!message) throw new SlackError('message_not_found');
  if (message.author.id !== call.team.bot.id) throw new SlackError(otherwise);
  return message;
}

function checkThread({ world, args }: Call, channel: Channel): void {
  const ts = textOf(args.thread_ts);
  if (ts !== '' && !world.message(channel.id, ts)) throw new SlackError('thread_not_found');
}

/** Tells a person alone something: it belongs to what they did last. */
function tell({ world }: Call, person: User | null, message: Message): void {
  const latest = person && world.exchanges.findLast(e => e.parts.user.id === person.id);
  latest?.told.push(message);
  world.changed.fire();
}
