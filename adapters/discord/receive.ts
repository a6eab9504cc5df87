import {
  type APIRole,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Client,
  type CommandInteractionOption,
  type Guild,
  type Interaction,
  type Message,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { type Act, type Ask, DIRECT, type Identity, type Raw, type Role } from '../../src/contract/act.ts';
import { chosenIn, FILLS } from '../../src/contract/menus.ts';
import { localeOfTag } from '../../src/language/locale.ts';
import type { Present } from './membership.ts';
import { lacking } from './permissions.ts';

/** A Discord account; accounts are global, so they have no home. */
const identityOf = (
  user: { readonly id: string; readonly username: string; readonly globalName: string | null },
  admin: boolean,
  name?: string | null,
  locale?: string,
): Identity => ({
  account: user.id,
  home: '',
  name: name ?? user.globalName ?? user.username,
  admin,
  ...(locale && { locale }),
});

/** Returns what somebody is called on the server, as the SDK or Discord itself tells of a member. */
function nameIn(member: unknown): string | null {
  const { displayName, nick } = (member ?? {}) as { displayName?: unknown; nick?: unknown };
  return typeof displayName === 'string' ? displayName : typeof nick === 'string' ? nick : null;
}

/**
 * Identifies a person whom another one names; `member`: what Discord says of them on this server, null where they are
 * not.
 */
export const namedOf = (
  user: Parameters<typeof identityOf>[0] & { readonly bot?: boolean },
  member: unknown,
): Identity => {
  const outsider = user.bot ? 'bot' : member ? null : 'absent';
  return { ...identityOf(user, false, nameIn(member)), ...(outsider && { outsider }) };
};

/** A person as Discord writes one (`<@1>`). Of those whose name is not known only members are found. */
function personIn(client: Client, guild: Guild | null, typed: string): Identity | null {
  const id = /^<@!?(\d+)>$/.exec(typed)?.[1];
  if (!id) return null;
  const known = client.users.cache.get(id);
  if (known) return namedOf(known, guild?.members.cache.get(id));
  return { account: id, home: '', name: typed, admin: false, outsider: 'absent' };
}

/** A channel as Discord writes one (`<#1>`). */
function channelIn(client: Client, typed: string): { readonly id: string; readonly name: string } | null {
  const id = /^<#(\d+)>$/.exec(typed)?.[1];
  const known = id === undefined ? undefined : client.channels.cache.get(id);
  return id === undefined ? null : { id, name: known && 'name' in known ? (known.name ?? id) : id };
}

/** Returns the key that tells an interaction from all others. */
export const keyOf = (interaction: Interaction): string => `discord:${interaction.id}`;

/** An interaction as an act. Its id is the act's key: one that is delivered twice is the same act. */
export function actOf(interaction: Interaction, ask: Ask, present: Present): Act {
  // Names these alone in functions that are called later: they are kept while the act waits, and the interaction is large.
  const { client, guild, user, guildId, channelId, locale } = interaction;
  const account = user.id;
  const member = interaction.inCachedGuild() ? interaction.member.displayName : null;
  // An answer for one person's eyes was sent by no forum: only the place tells.
  const pressed = 'message' in interaction && interaction.message;
  const message = pressed && !pressed.flags.has(MessageFlags.Ephemeral) ? pressed : null;
  // Answers to a person's own words refer to them; messages that a forum sends by itself never do.
  const isAnswer = !guildId && message?.reference;
  const admin = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  return {
    key: keyOf(interaction),
    place: {
      platform: 'discord',
      workspace: guildId ?? DIRECT,
      ...(guild && { workspaceName: guild.name }),
      channel: guildId ? channelId : null,
      ...(interaction.channel && 'name' in interaction.channel && interaction.channel.name
        ? { channelName: interaction.channel.name }
        : {}),
      ...(message && { message: message.id }),
      ...(isAnswer && { answeredAt: message.createdAt }),
      actedAt: interaction.createdAt,
    },
    who: identityOf(user, admin, member, localeOfTag(locale) ?? undefined),
    ask,
    memberOf: typed => personIn(client, guild, typed),
    channelOf: typed => channelIn(client, typed),
    ...(!guildId && { isThere: place => present.isThere(client, place, account) }),
    lacks: channel => lacking(client, channel),
  };
}

/** Returns what a person has written to the bot directly, as an act. */
export function spokenActOf(message: Message, present: Present): Act {
  const { author, client, id, content } = message;
  return {
    key: `discord:${id}`,
    place: { platform: 'discord', workspace: DIRECT, channel: null, actedAt: message.createdAt },
    who: identityOf(author, false),
    ask: { kind: 'typed', line: content, spoken: true },
    memberOf: typed => personIn(client, null, typed),
    channelOf: typed => channelIn(client, typed),
    isThere: guild => present.isThere(client, guild, author.id),
    lacks: channel => lacking(client, channel),
  };
}

/** The words of a slash command: its name and its subcommand. */
const pathOf = (interaction: ChatInputCommandInteraction | AutocompleteInteraction): string[] =>
  [interaction.commandName, interaction.options.getSubcommand(false) ?? ''].filter(Boolean);

const TITLE = 200;

/**
 * The form of an issue, begun with the words of a message: the first line is its title. A line that is too long for one
 * is not cut: the title is asked for.
 */
export function issueFrom(
  content: string,
  from?: { readonly author: string; readonly url: string; readonly message?: string },
): Ask {
  const [first = ''] = content.trim().split('\n');
  const title = first.length <= TITLE ? first : '';
  // The author of the words, and where they stand, stay with the issue.
  const detail = from ? `${content.trim()}\n\n— ${from.author}, ${from.url}`.trim() : content;
  const given = {
    ...(title && { title: { typed: title } }),
    ...(detail.trim() && { detail: { typed: detail } }),
    ...(from?.message && { message: { typed: from.message } }),
  };
  return { kind: 'chosen', path: ['issue', 'raise'], given, edit: true };
}

/** The same of the message from whose menu it was picked. */
export function issueOf(interaction: MessageContextMenuCommandInteraction): Ask {
  const { content, author, url, id } = interaction.targetMessage;
  return issueFrom(content, { author: author.displayName, url, message: `${interaction.channelId}/${id}` });
}

/** Returns what a person asks for with a slash command, also while they still type it. */
export function askOf(interaction: ChatInputCommandInteraction | AutocompleteInteraction): Ask {
  const [first] = interaction.options.data;
  const options = first?.options ?? (first?.type === 1 ? [] : interaction.options.data);
  const given = Object.fromEntries(options.map(option => [option.name, rawOf(option)]));
  return { kind: 'chosen', path: pathOf(interaction), given };
}

/** A role as Discord tells of it. */
export const roleOf = ({ id, name, mentionable }: Pick<APIRole, 'id' | 'name' | 'mentionable'>): Role => ({
  id,
  name,
  mentionable,
});

function rawOf(option: CommandInteractionOption): Raw {
  if (option.user) return { account: namedOf(option.user, option.member) };
  if (option.channel) return { channel: { id: option.channel.id, name: option.channel.name ?? option.channel.id } };
  if (option.role) return { role: roleOf(option.role) };
  const { attachment: file } = option;
  if (file) return { file: { name: file.name, type: file.contentType ?? '', size: file.size, url: file.url } };
  return { typed: String(option.value ?? '') };
}

const MENU = new RegExp(`^s\\.(${FILLS})\\.(.+)$`);

/** Reads a pressed component: a button's id is an invocation, a menu's tells which options it fills. */
export function pressedOf(customId: string, values: readonly string[]): Ask {
  const menu = MENU.exec(customId);
  if (!menu) return { kind: 'pressed', invocation: customId };
  return { kind: 'pressed', invocation: menu[2]!, given: chosenIn(menu[1]!, values.join(';')) };
}
