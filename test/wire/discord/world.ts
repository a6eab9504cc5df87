import { ApiError } from './errors.ts';
import { isoNow, snowflake } from './ids.ts';
import {
  type Attachment,
  CHANNEL,
  type Channel,
  type Guild,
  type Member,
  type Message,
  type MessageContent,
  type RegisteredCommand,
  type ScheduledEvent,
  type User,
} from './model.ts';
import { bits, inChannel, type Permission } from './permissions.ts';
import { Signal } from './signal.ts';

/** Sends a gateway event to the bot; the gateway sets it once it stands. */
export type Dispatch = (event: string, data: object, guildId: string | null) => void;

/** All that exists on the stand-in's Discord. Deleted things stay, marked, so that tests can look back. */
export class World {
  readonly users = new Map<string, User>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly messages = new Map<string, Message>();
  readonly events = new Map<string, ScheduledEvent>();
  /** The bot's messages by nonce, for enforce_nonce. */
  readonly nonces = new Map<string, Message>();
  readonly commands: RegisteredCommand[] = [];
  /** Files people have handed to the bot (options, modals), by id. */
  readonly sentFiles = new Map<string, Attachment>();
  /** The addresses of those open nothing. */
  sentFilesExpired = false;
  readonly bot: User;
  readonly applicationId = snowflake();
  /** Requests of the bot that are not modelled, and breakdowns of the stand-in: a test should find this empty. */
  readonly failures: string[] = [];
  /** Fires after everything the bot or a person did. */
  readonly changed = new Signal();
  dispatch: Dispatch = () => undefined;

  constructor(botName: string) {
    this.bot = this.addUser(botName, true);
  }

  /** A new user. */
  addUser(name: string, bot = false, locale = 'id'): User {
    const user: User = {
      id: snowflake(),
      username: name.toLowerCase().replace(/[^a-z0-9._]+/g, '_') || 'user',
      displayName: name,
      bot,
      locale,
      dmClosed: false,
      noMutualGuild: false,
    };
    this.users.set(user.id, user);
    return user;
  }

  /** The guild the bot is in, or 10004 (50001 once the bot was removed). */
  guild(id: string): Guild {
    const guild = this.guilds.get(id);
    if (!guild) throw new ApiError(10004);
    if (!guild.present) throw new ApiError(50001);
    return guild;
  }

  /** The channel as the bot sees it: 10003 when it is gone, 50001 when the bot may not see it. */
  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (!channel || channel.deleted) throw new ApiError(10003);
    if (channel.guildId && !this.guilds.get(channel.guildId)?.present) throw new ApiError(50001);
    if (!this.may(channel, this.bot, 'ViewChannel')) throw new ApiError(50001);
    return channel;
  }

  /** The message in the channel, or 10008; ephemeral messages are not found this way. */
  message(channelId: string, id: string): Message {
    const message = this.messages.get(id);
    if (!message || message.channelId !== channelId || message.deleted || message.ephemeralFor)
      throw new ApiError(10008);
    return message;
  }

  /** The member of a guild, or 10007. */
  member(guild: Guild, userId: string): Member {
    const member = guild.members.get(userId);
    if (!member) throw new ApiError(this.users.has(userId) ? 10007 : 10013);
    return member;
  }

  /** The messages of a channel that still stand, oldest first. */
  messagesIn(channelId: string): Message[] {
    return [...this.messages.values()].filter(m => m.channelId === channelId && !m.deleted && !m.ephemeralFor);
  }

  /** Returns what a user holds in a guild as a whole. */
  guildPermissions(guild: Guild, userId: string): bigint {
    const member = guild.members.get(userId);
    const held = [guild.id, ...(member?.roles ?? [])];
    return held.reduce((sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n), 0n);
  }

  /**
   * Returns what a user may do in a channel; a thread takes its parent's overwrites. In direct messages all is allowed.
   */
  permissionsIn(channel: Channel, user: User): bigint {
    const guild = channel.guildId ? this.guilds.get(channel.guildId) : undefined;
    if (!guild) return bits(['ViewChannel', 'SendMessages', 'EmbedLinks', 'AttachFiles', 'ReadMessageHistory']);
    const overwrites = channel.thread && channel.parentId ? this.channels.get(channel.parentId)?.overwrites : undefined;
    return inChannel(
      this.guildPermissions(guild, user.id),
      { guild: guild.id, user: user.id, roles: guild.members.get(user.id)?.roles ?? [] },
      overwrites ?? channel.overwrites,
    );
  }

  /** Tells whether the user holds the permission in the channel. */
  may(channel: Channel, user: User, ...permissions: Permission[]): boolean {
    if (!channel.guildId) return true;
    const need = bits(permissions);
    return (this.permissionsIn(channel, user) & need) === need;
  }

  /** 50013 unless the bot holds the permissions in the channel. */
  require(channel: Channel, ...permissions: Permission[]): void {
    if (!this.may(channel, this.bot, ...permissions)) throw new ApiError(50013);
  }

  /** The direct message channel with a user, opened when there is none yet. */
  dmWith(user: User): Channel {
    for (const channel of this.channels.values()) if (channel.recipient?.id === user.id) return channel;
    return this.addChannel({ type: CHANNEL.dm, name: '', recipient: user });
  }

  /** A new channel with the given parts. */
  addChannel(parts: Partial<Channel> & { type: number; name: string }): Channel {
    const channel: Channel = {
      id: snowflake(),
      guildId: null,
      parentId: null,
      overwrites: [],
      recipient: null,
      tags: [],
      requireTag: false,
      thread: null,
      lastMessageId: null,
      pins: [],
      deleted: false,
      ...parts,
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** A new message, stored and set as its channel's last. */
  addMessage(
    channel: Channel,
    author: User,
    content: MessageContent,
    more: Partial<Pick<Message, 'id' | 'type' | 'nonce' | 'replyTo' | 'ephemeralFor' | 'interactionId'>> & {
      interactionName?: string | null;
    } = {},
  ): Message {
    const message: Message = {
      id: snowflake(),
      channelId: channel.id,
      author,
      timestamp: isoNow(),
      editedTimestamp: null,
      type: 0,
      nonce: null,
      replyTo: null,
      ephemeralFor: null,
      interactionId: null,
      interactionName: null,
      history: [],
      deleted: false,
      ...content,
      ...more,
    };
    this.messages.set(message.id, message);
    if (!message.ephemeralFor) channel.lastMessageId = message.id;
    return message;
  }

  /** Replaces what a message says and keeps the version before. */
  editMessage(message: Message, content: MessageContent): void {
    const { content: text, embeds, components, attachments, flags, pings } = message;
    message.history.push({ content: text, embeds, components, attachments, flags, pings });
    Object.assign(message, content);
    message.editedTimestamp = isoNow();
  }
}
