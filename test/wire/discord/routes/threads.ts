import { composeNew } from '../compose.ts';
import { ApiError } from '../errors.ts';
import { snowflake } from '../ids.ts';
import { type JsonObject, numberOf, objectOf, textOf, textsOf } from '../json.ts';
import { CHANNEL, type Channel } from '../model.ts';
import { Problems } from '../problems.ts';
import { renderChannel, renderMessage } from '../render.ts';
import { type Answer, type Call, param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';
import { announceNew } from './announce.ts';

/** Threads under a message, in a channel, and as the posts of a forum; who is in them; which are open. */
export function threadRoutes(stage: Stage): Route[] {
  const { world } = stage;
  const listed = (threads: Channel[]) => ({
    body: { threads: threads.map(renderChannel), members: [], has_more: false },
  });
  const threadsOf = (fits: (c: Channel) => boolean) =>
    [...world.channels.values()].filter(c => c.thread && !c.deleted && fits(c));
  const member = '/channels/:channel/thread-members/:user';
  return [
    route('POST', '/channels/:channel/messages/:message/threads', call => {
      const parent = world.channel(param(call, 'channel'));
      const message = world.message(parent.id, param(call, 'message'));
      if (parent.thread || parent.type === CHANNEL.dm) throw new ApiError(50024);
      world.require(parent, 'CreatePublicThreads', 'ReadMessageHistory');
      if (world.channels.has(message.id)) throw new ApiError(160004);
      return { body: renderChannel(open(stage, parent, call.body, message.id, CHANNEL.publicThread)), status: 201 };
    }),
    route('POST', '/channels/:channel/threads', call => {
      const parent = world.channel(param(call, 'channel'));
      if (parent.type === CHANNEL.forum) return post(stage, parent, call);
      if (parent.thread || parent.type === CHANNEL.dm) throw new ApiError(50024);
      const type = numberOf(call.body.type, CHANNEL.privateThread);
      world.require(parent, type === CHANNEL.privateThread ? 'CreatePrivateThreads' : 'CreatePublicThreads');
      return { body: renderChannel(open(stage, parent, call.body, snowflake(), type)), status: 201 };
    }),
    route('PUT', member, call => {
      const { thread, user } = seat(stage, call);
      thread.members.add(user.id);
      return {};
    }),
    route('DELETE', member, call => {
      const { thread, user } = seat(stage, call);
      thread.members.delete(user.id);
      return {};
    }),
    route('PUT', '/channels/:channel/thread-members/@me', call => {
      threadOf(world.channel(param(call, 'channel'))).members.add(world.bot.id);
      return {};
    }),
    route('GET', '/guilds/:guild/threads/active', call => {
      const guild = world.guild(param(call, 'guild'));
      return listed(threadsOf(c => c.guildId === guild.id && c.thread?.archived === false));
    }),
    route('GET', '/channels/:channel/threads/archived/public', call => {
      const parent = world.channel(param(call, 'channel'));
      return listed(threadsOf(c => c.parentId === parent.id && c.thread?.archived === true));
    }),
  ];
}

function threadOf(channel: Channel) {
  if (!channel.thread) throw new ApiError(50024);
  return channel.thread;
}

function seat(stage: Stage, call: Call) {
  const channel = stage.world.channel(param(call, 'channel'));
  const thread = threadOf(channel);
  if (thread.archived) throw new ApiError(50083);
  stage.world.require(channel, 'SendMessagesInThreads');
  const user = stage.world.users.get(param(call, 'user'));
  if (!user) throw new ApiError(10013);
  return { thread, user };
}

function open(stage: Stage, parent: Channel, body: JsonObject, id: string, type: number): Channel {
  const p = new Problems();
  p.text(['name'], body.name, { min: 1, max: 100, required: true });
  checkThreadFields(p, parent, body);
  p.refuse();
  const { world } = stage;
  const thread = world.addChannel({
    id,
    type,
    name: textOf(body.name),
    guildId: parent.guildId,
    parentId: parent.id,
    thread: {
      archived: false,
      locked: false,
      autoArchiveMinutes: numberOf(body.auto_archive_duration, 4320),
      ownerId: world.bot.id,
      appliedTags: textsOf(body.applied_tags),
      members: new Set([world.bot.id]),
    },
  });
  world.dispatch('THREAD_CREATE', { ...renderChannel(thread), newly_created: true }, parent.guildId);
  return thread;
}

/** Checks the fields which both opening and changing a thread take; `forum` is the parent channel. */
export function checkThreadFields(p: Problems, forum: Channel | undefined, body: JsonObject): void {
  // discord.js sends null where the channel has no default.
  if (body.auto_archive_duration !== undefined && body.auto_archive_duration !== null) {
    p.choice(['auto_archive_duration'], body.auto_archive_duration, [60, 1440, 4320, 10080]);
  }
  p.list(['applied_tags'], body.applied_tags, { max: 5 });
  textsOf(body.applied_tags).forEach((id, i) => {
    const known = (forum?.tags ?? []).map(tag => tag.id);
    p.choice(['applied_tags', i], id, known);
  });
}

/** A forum post: a thread whose first message has the thread's own id. */
function post(stage: Stage, forum: Channel, call: Call): Answer {
  const { world } = stage;
  world.require(forum, 'SendMessages');
  if (forum.requireTag && textsOf(call.body.applied_tags).length === 0) throw new ApiError(40067);
  const content = composeNew(objectOf(call.body.message), call.uploads, 'everything');
  if (content.attachments.length > 0) world.require(forum, 'AttachFiles');
  if (content.embeds.length > 0) world.require(forum, 'EmbedLinks');
  const thread = open(stage, forum, call.body, snowflake(), CHANNEL.publicThread);
  const message = world.addMessage(thread, world.bot, content, { id: thread.id });
  announceNew(stage, message);
  return { body: { ...renderChannel(thread), message: renderMessage(world, message, stage.origin) }, status: 201 };
}
