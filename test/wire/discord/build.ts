import { snowflake } from './ids.ts';
import { CHANNEL, type Channel, type ForumTag, type Guild, type Message, type Role, type User } from './model.ts';
import { BOT_DEFAULT, bits, PERSON_DEFAULT, type Permission } from './permissions.ts';
import { computePings } from './pings.ts';
import { renderChannel, renderGuildCreate } from './render.ts';
import type { World } from './world.ts';

/** A new server with the bot in it. */
export interface GuildPlan {
  readonly name: string;
  readonly locale?: string;
  readonly members?: readonly User[];
  /** Permissions of the bot's own role; left out: the recommended invite link. */
  readonly botPermissions?: readonly Permission[];
}

/** A new channel; text unless told otherwise. */
export interface ChannelPlan {
  readonly guild: Guild;
  readonly name: string;
  readonly type?: 'text' | 'announcement' | 'forum';
  /** Names of a forum channel's tags. */
  readonly tags?: readonly string[];
  readonly requireTag?: boolean;
}

/** Sets the scene: servers, channels and people, before or while the bot is connected. */
export class Scene {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** A new person; `locale` is the language of their Discord client. */
  addUser(name: string, locale = 'id'): User {
    return this.world.addUser(name, false, locale);
  }

  /** A new server which the bot has just joined (GUILD_CREATE when it is connected). */
  addGuild(plan: GuildPlan): Guild {
    const { bot } = this.world;
    const id = snowflake();
    const role = (roleId: string, name: string, permissions: bigint, managed = false): Role => ({
      id: roleId,
      name,
      permissions,
      managed,
    });
    const everyone = role(id, '@everyone', 0n);
    const people = role(snowflake(), 'Anggota', PERSON_DEFAULT);
    const own = role(snowflake(), bot.displayName, plan.botPermissions ? bits(plan.botPermissions) : BOT_DEFAULT, true);
    const owner = plan.members?.[0] ?? this.world.addUser('Pemilik');
    const guild: Guild = {
      id,
      name: plan.name,
      locale: plan.locale ?? 'id',
      ownerId: owner.id,
      roles: new Map([everyone, people, own].map(r => [r.id, r])),
      members: new Map([[bot.id, { user: bot, nick: null, roles: [own.id] }]]),
      present: true,
      unavailable: false,
    };
    this.world.guilds.set(id, guild);
    for (const user of new Set([owner, ...(plan.members ?? [])])) this.join(guild, user);
    this.world.dispatch('GUILD_CREATE', renderGuildCreate(this.world, guild), id);
    return guild;
  }

  /** A person joins a server as an ordinary member; `extra` permissions come with a role of their own. */
  join(guild: Guild, user: User, ...extra: Permission[]): void {
    const roles = [...guild.roles.values()].filter(r => r.name === 'Anggota').map(r => r.id);
    if (extra.length > 0) roles.push(this.addRole(guild, extra.join('+'), ...extra).id);
    guild.members.set(user.id, { user, nick: null, roles });
  }

  /** A person leaves a server; without a members intent the bot does not learn of it. */
  leave(guild: Guild, user: User): void {
    guild.members.delete(user.id);
  }

  /** A new role. */
  addRole(guild: Guild, name: string, ...permissions: Permission[]): Role {
    const role: Role = { id: snowflake(), name, permissions: bits(permissions), managed: false };
    guild.roles.set(role.id, role);
    return role;
  }

  /** A new channel (CHANNEL_CREATE when the bot is connected). */
  addChannel(plan: ChannelPlan): Channel {
    const tags: ForumTag[] = (plan.tags ?? []).map(name => ({ id: snowflake(), name }));
    const type = CHANNEL[plan.type ?? 'text'];
    const parts = { type, name: plan.name, guildId: plan.guild.id, tags, requireTag: plan.requireTag ?? false };
    const channel = this.world.addChannel(parts);
    this.world.dispatch('CHANNEL_CREATE', renderChannel(channel), plan.guild.id);
    return channel;
  }

  /** Takes permissions from the bot in one channel: 50001 without ViewChannel, 50013 for the rest. */
  deny(channel: Channel, ...permissions: Permission[]): void {
    const others = channel.overwrites.filter(o => o.id !== this.world.bot.id);
    channel.overwrites = [...others, { id: this.world.bot.id, type: 1, allow: 0n, deny: bits(permissions) }];
    this.world.dispatch('CHANNEL_UPDATE', renderChannel(channel), channel.guildId);
  }

  /** Gives back what `deny` took. */
  allow(channel: Channel): void {
    channel.overwrites = channel.overwrites.filter(o => o.id !== this.world.bot.id);
    this.world.dispatch('CHANNEL_UPDATE', renderChannel(channel), channel.guildId);
  }

  /** A channel is deleted under the bot's feet: CHANNEL_DELETE, and 10003 from then on. */
  deleteChannel(channel: Channel): void {
    channel.deleted = true;
    const event = channel.thread ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
    this.world.dispatch(event, renderChannel(channel), channel.guildId);
  }

  /** The bot is removed from a server: GUILD_DELETE, and 50001 from then on. */
  kickBot(guild: Guild): void {
    guild.present = false;
    guild.members.delete(this.world.bot.id);
    this.world.dispatch('GUILD_DELETE', { id: guild.id }, guild.id);
  }

  /** The server has an outage: GUILD_DELETE with `unavailable`. */
  outage(guild: Guild): void {
    guild.unavailable = true;
    this.world.dispatch('GUILD_DELETE', { id: guild.id, unavailable: true }, guild.id);
  }

  /** The outage is over, or the bot is invited again: GUILD_CREATE. */
  restore(guild: Guild): void {
    const { bot } = this.world;
    const own = [...guild.roles.values()].filter(r => r.managed).map(r => r.id);
    Object.assign(guild, { present: true, unavailable: false });
    guild.members.set(bot.id, { user: bot, nick: null, roles: own });
    this.world.dispatch('GUILD_CREATE', renderGuildCreate(this.world, guild), guild.id);
  }

  /** A person writes an ordinary message. */
  say(channel: Channel, user: User, content: string): Message {
    const pings = computePings(content, [], undefined, 'everything', null);
    return this.world.addMessage(channel, user, {
      content,
      embeds: [],
      components: [],
      attachments: [],
      flags: 0,
      pings,
    });
  }
}
