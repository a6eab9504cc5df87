import type { JsonObject } from './json.ts';
import type { Attachment, Channel, Guild, Member, Message, ScheduledEvent, User } from './model.ts';
import { CHANNEL } from './model.ts';
import { listedAttachments } from './pictures.ts';
import type { World } from './world.ts';

/** A user as the API writes one. */
export function renderUser(user: User): JsonObject {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.bot ? '0001' : '0',
    global_name: user.bot ? null : user.displayName,
    avatar: null,
    bot: user.bot,
    flags: 0,
    public_flags: 0,
  };
}

/** A member as the API writes one; `permissions` only where an interaction carries it. */
export function renderMember(member: Member, permissions?: bigint): JsonObject {
  return {
    user: renderUser(member.user),
    nick: member.nick,
    avatar: null,
    roles: [...member.roles],
    joined_at: '2026-01-05T03:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
    ...(permissions === undefined ? {} : { permissions: permissions.toString() }),
  };
}

/** A channel, direct message channel or thread as the API writes one. */
export function renderChannel(channel: Channel): JsonObject {
  const base: JsonObject = {
    id: channel.id,
    type: channel.type,
    last_message_id: channel.lastMessageId,
    flags: channel.requireTag ? 1 << 4 : 0,
  };
  if (channel.type === CHANNEL.dm)
    return { ...base, recipients: channel.recipient ? [renderUser(channel.recipient)] : [] };
  const named = { ...base, guild_id: channel.guildId, name: channel.name, parent_id: channel.parentId };
  if (channel.thread) {
    const { thread } = channel;
    return {
      ...named,
      owner_id: thread.ownerId,
      message_count: 0,
      member_count: thread.members.size,
      total_message_sent: 0,
      rate_limit_per_user: 0,
      applied_tags: [...thread.appliedTags],
      thread_metadata: {
        archived: thread.archived,
        locked: thread.locked,
        auto_archive_duration: thread.autoArchiveMinutes,
        archive_timestamp: '2026-01-05T03:00:00.000000+00:00',
        create_timestamp: '2026-01-05T03:00:00.000000+00:00',
      },
    };
  }
  return {
    ...named,
    position: 0,
    nsfw: false,
    topic: null,
    rate_limit_per_user: 0,
    permission_overwrites: channel.overwrites.map(o => ({
      id: o.id,
      type: o.type,
      allow: o.allow.toString(),
      deny: o.deny.toString(),
    })),
    ...(channel.type === CHANNEL.forum
      ? {
          available_tags: channel.tags.map(t => ({ ...t, moderated: false, emoji_id: null, emoji_name: null })),
          default_reaction_emoji: null,
          default_sort_order: null,
          default_forum_layout: 0,
        }
      : {}),
  };
}

/** A guild as GET /guilds/{id} writes one. */
export function renderGuild(guild: Guild): JsonObject {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner_id: guild.ownerId,
    preferred_locale: guild.locale,
    features: ['COMMUNITY'],
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    premium_progress_bar_enabled: false,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    roles: [...guild.roles.values()].map((role, position) => ({
      id: role.id,
      name: role.name,
      permissions: role.permissions.toString(),
      managed: role.managed,
      position,
      color: 0,
      colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
      hoist: false,
      mentionable: true,
      flags: 0,
    })),
    emojis: [],
    stickers: [],
  };
}

/** A guild as GUILD_CREATE carries it: without a members intent the bot sees itself only. */
export function renderGuildCreate(world: World, guild: Guild): JsonObject {
  const own = [...world.channels.values()].filter(c => c.guildId === guild.id && !c.deleted);
  const me = guild.members.get(world.bot.id);
  return {
    ...renderGuild(guild),
    joined_at: '2026-01-05T03:00:00.000000+00:00',
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: me ? [renderMember(me)] : [],
    channels: own.filter(c => !c.thread).map(renderChannel),
    threads: own.filter(c => c.thread && !c.thread.archived).map(renderChannel),
    presences: [],
    voice_states: [],
    stage_instances: [],
    soundboard_sounds: [],
    guild_scheduled_events: [...world.events.values()]
      .filter(e => e.guildId === guild.id && !e.deleted)
      .map(renderEvent),
  };
}

/** An attachment as the API writes one; the bytes are served by the stand-in under `origin`. */
export function renderAttachment(attachment: Attachment, origin: string): JsonObject {
  const url = `${origin}/cdn/${attachment.id}/${encodeURIComponent(attachment.filename)}`;
  return {
    id: attachment.id,
    filename: attachment.filename,
    description: attachment.description,
    content_type: attachment.contentType,
    size: attachment.bytes.byteLength,
    url,
    proxy_url: url,
  };
}

/** A message as the API writes one. */
export function renderMessage(world: World, message: Message, origin: string): JsonObject {
  const channel = world.channels.get(message.channelId);
  const replied = message.replyTo ? world.messages.get(message.replyTo) : undefined;
  return {
    id: message.id,
    channel_id: message.channelId,
    author: renderUser(message.author),
    content: message.content,
    timestamp: message.timestamp,
    edited_timestamp: message.editedTimestamp,
    tts: false,
    mention_everyone: message.pings.everyone,
    mentions: message.pings.users.flatMap(id => {
      const user = world.users.get(id);
      return user ? [renderUser(user)] : [];
    }),
    mention_roles: [...message.pings.roles],
    attachments: listedAttachments(message).map(a => renderAttachment(a, origin)),
    embeds: message.embeds.map(embed => ({ type: 'rich', ...embed })),
    components: message.components,
    pinned: channel?.pins.includes(message.id) ?? false,
    type: message.type,
    flags: message.flags,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(replied ? { message_reference: { type: 0, message_id: replied.id, channel_id: replied.channelId } } : {}),
    ...(message.author.bot ? { application_id: world.applicationId } : {}),
    ...(message.interactionId ? { webhook_id: world.applicationId } : {}),
  };
}

/** A scheduled event as the API writes one. */
export function renderEvent(event: ScheduledEvent): JsonObject {
  return { ...event.fields, id: event.id, guild_id: event.guildId };
}
