import { Scene } from './build.ts';
import { Exchange, INTERACTION, type ShownModal } from './exchange.ts';
import { snowflake } from './ids.ts';
import { type JsonObject, numberOf, objectOf, objectsOf, textOf } from './json.ts';
import { COMPONENT, flatten } from './limits/components.ts';
import { fillModal, type ModalValues, optionValue } from './modal-values.ts';
import type { Channel, Guild, Message, RegisteredCommand, User } from './model.ts';
import { bears, buildOptions, type Typed } from './options.ts';
import { ALL_PERMISSIONS, bits, type Permission } from './permissions.ts';
import { renderChannel, renderMember, renderMessage, renderUser } from './render.ts';
import { announceNew } from './routes/announce.ts';
import type { Stage } from './stage.ts';
import { type Given, Resolved } from './values.ts';

/** Person and place of what is done. `guild` may be left out: it is the channel's. */
export interface Where {
  readonly channel: Channel;
  readonly user: User;
  readonly guild?: Guild;
  /** Permissions of the person in the channel; left out: what the roles give. */
  readonly permissions?: bigint | readonly Permission[];
  /** The language of the person's Discord client; left out: the user's own. */
  readonly locale?: string;
}

/** A slash command as a person types it, names in their default or any localised form. */
export interface SlashCall extends Where, Typed {
  readonly name: string;
}

/** Does what people do. Each act sends one interaction to the bot and returns what comes of it. */
export class People extends Scene {
  readonly stage: Stage;
  readonly #limitMs: number;

  constructor(stage: Stage, limitMs: number) {
    super(stage.world);
    this.stage = stage;
    this.#limitMs = limitMs;
  }

  /** The signed addresses of what people have attached run out: they open nothing any more. */
  expireFiles(expired = true): void {
    this.stage.world.sentFilesExpired = expired;
  }

  /** Runs a slash command, built from the registered JSON. */
  slash(call: SlashCall): Exchange {
    return this.#typed(call, INTERACTION.command);
  }

  /** Types into an option that autocompletes; `focused` names the option, `options` hold what is typed so far. */
  autocomplete(call: SlashCall & { readonly focused: string }): Exchange {
    return this.#typed(call, INTERACTION.autocomplete);
  }

  /** Picks a command from a message's or user's menu (Apps). */
  contextCommand(call: Where & { readonly name: string; readonly target: Message | User }): Exchange {
    const isMessage = 'history' in call.target;
    const command = this.#find(call.channel, call.name, isMessage ? 3 : 2);
    const resolved = new Resolved(this.stage, this.#guildOf(call.channel));
    if (!isMessage) resolved.travel(call.target as User);
    const data = {
      ...headOf(command),
      target_id: call.target.id,
      resolved: isMessage ? { messages: { [call.target.id]: this.#message(call.target as Message) } } : resolved.json(),
    };
    return this.#send(call, INTERACTION.command, call.name, data, { source: null });
  }

  /** Presses a button, found by its custom_id or label. */
  click(message: Message, labelOrCustomId: string, user: User, where: Partial<Where> = {}): Exchange {
    const button = find(message, [COMPONENT.button], labelOrCustomId);
    const data = { component_type: COMPONENT.button, custom_id: button.custom_id, id: numberOf(button.id) };
    return this.#onMessage(message, user, where, labelOrCustomId, data);
  }

  /** Chooses in a menu, found by its custom_id or placeholder: options by label or value, or users, channels, roles. */
  select(message: Message, menu: string, values: readonly Given[], user: User, where: Partial<Where> = {}): Exchange {
    const select = find(message, [3, 5, 6, 7, 8], menu);
    const resolved = new Resolved(this.stage, this.#guildOf(this.#channelOf(message)));
    const options = objectsOf(select.options);
    const isString = select.type === COMPONENT.stringSelect;
    const chosen = values.map(v => (isString ? optionValue(menu, options, v) : resolved.travel(v)));
    const [least, most] = [numberOf(select.min_values, 1), numberOf(select.max_values, 1)];
    if (chosen.length < least || chosen.length > most) throw new Error(`"${menu}" takes ${least} to ${most} values`);
    const data = {
      component_type: select.type,
      custom_id: select.custom_id,
      id: numberOf(select.id),
      values: chosen,
      resolved: resolved.json(),
    };
    return this.#onMessage(message, user, where, menu, data);
  }

  /** Sends a modal off, with values by label or custom_id; fields left out keep what they were prefilled with. */
  submitModal(modal: ShownModal, values: ModalValues, user: User, where: Partial<Where> = {}): Exchange {
    const { channel, source, user: opener } = modal.exchange.parts;
    if (opener !== user) throw new Error(`the modal "${modal.title}" is on ${opener.displayName}'s screen`);
    const resolved = new Resolved(this.stage, this.#guildOf(channel));
    const components = fillModal(modal, values, resolved);
    const data = { custom_id: modal.customId, components, resolved: resolved.json() };
    return this.#send({ channel, user, ...where }, INTERACTION.modal, modal.title, data, { source });
  }

  /** Writes to the bot in a direct message; what it says is told to clients that asked for such events. */
  write(user: User, content: string): Message {
    const { world } = this.stage;
    const words = { content, embeds: [], components: [], attachments: [], flags: 0 };
    const said = { ...words, pings: { everyone: false, users: [], roles: [] } };
    const message = world.addMessage(world.dmWith(user), user, said);
    announceNew(this.stage, message);
    return message;
  }

  #typed(call: SlashCall, type: number): Exchange {
    const command = this.#find(call.channel, call.name, 1);
    const guild = this.#guildOf(call.channel);
    const needed = textOf(command.json.default_member_permissions);
    const held = this.#held(call);
    if (
      guild &&
      needed !== '' &&
      ((BigInt(needed) === 0n && held !== ALL_PERMISSIONS) || (held & BigInt(needed)) !== BigInt(needed))
    ) {
      throw new Error(`Discord does not show /${call.name} to ${call.user.displayName}`);
    }
    const resolved = new Resolved(this.stage, guild);
    const { options, focusedType } = buildOptions(command.json, call, resolved);
    const data = { ...headOf(command), options, resolved: resolved.json() };
    return this.#send(call, type, `/${[call.name, call.subcommand].filter(Boolean).join(' ')}`, data, {
      source: null,
      focusedType,
    });
  }

  #onMessage(message: Message, user: User, where: Partial<Where>, name: string, data: object): Exchange {
    if (message.deleted) throw new Error(`the message with "${name}" has been deleted`);
    if (message.ephemeralFor && message.ephemeralFor !== user.id) {
      throw new Error(`${user.displayName} does not see the message with "${name}"`);
    }
    const channel = this.#channelOf(message);
    return this.#send({ channel, user, ...where }, INTERACTION.component, name, data, { source: message });
  }

  #send(
    where: Where,
    type: number,
    name: string,
    data: object,
    more: { source: Message | null; focusedType?: number },
  ): Exchange {
    const { world, exchanges } = this.stage;
    const { channel, user } = where;
    const guild = this.#guildOf(channel);
    if (guild && !guild.members.has(user.id)) throw new Error(`${user.displayName} is not in ${guild.name}`);
    const id = snowflake();
    const parts = {
      id,
      token: `${id}.token`,
      type,
      name,
      user,
      guild,
      channel,
      source: more.source,
      focusedType: more.focusedType ?? 3,
    };
    const exchange = new Exchange(parts, world.changed, this.#limitMs);
    exchanges.set(id, exchange);
    const member = guild?.members.get(user.id);
    const payload: JsonObject = {
      ...{ id, application_id: world.applicationId, type, token: parts.token, version: 1 },
      data: JSON.parse(JSON.stringify(data)),
      ...(guild && member
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: guild.locale, features: [] },
            guild_locale: guild.locale,
            member: renderMember(member, this.#held(where)),
          }
        : { user: renderUser(user) }),
      channel_id: channel.id,
      channel: renderChannel(channel),
      locale: where.locale ?? user.locale,
      app_permissions: world.permissionsIn(channel, world.bot).toString(),
      entitlements: [],
      authorizing_integration_owners: guild ? { '0': guild.id } : { '0': '0' },
      context: guild ? 0 : 1,
      attachment_size_limit: 10 * 1024 * 1024,
      ...(more.source ? { message: this.#message(more.source) } : {}),
    };
    world.dispatch('INTERACTION_CREATE', payload, guild?.id ?? null);
    return exchange;
  }

  #held(where: Where): bigint {
    const { permissions } = where;
    if (permissions === undefined) return this.stage.world.permissionsIn(where.channel, where.user);
    return typeof permissions === 'bigint' ? permissions : bits(permissions);
  }

  #message(message: Message): JsonObject {
    return renderMessage(this.stage.world, message, this.stage.origin);
  }

  #channelOf(message: Message): Channel {
    const channel = this.stage.world.channels.get(message.channelId);
    if (!channel) throw new Error('the message is in no channel');
    return channel;
  }

  #guildOf(channel: Channel): Guild | null {
    return (channel.guildId && this.stage.world.guilds.get(channel.guildId)) || null;
  }

  #find(channel: Channel, name: string, type: number): RegisteredCommand {
    const { commands } = this.stage.world;
    const fits = (c: RegisteredCommand) => numberOf(c.json.type, 1) === type && bears(c.json, name);
    const contexts = (c: RegisteredCommand) => objectOf(c.json).contexts;
    const command =
      commands.find(c => c.guildId !== null && c.guildId === channel.guildId && fits(c)) ??
      commands.find(c => c.guildId === null && fits(c));
    if (!command)
      throw new Error(`no command "${name}" is registered (there are: ${commands.map(c => c.json.name).join(', ')})`);
    const allowed = contexts(command);
    if (Array.isArray(allowed) && !allowed.includes(channel.guildId ? 0 : 1)) {
      throw new Error(`"${name}" is not offered ${channel.guildId ? 'in servers' : 'in direct messages'}`);
    }
    return command;
  }
}

function headOf(command: RegisteredCommand): JsonObject {
  const { id, json, guildId } = command;
  return { id, name: json.name, type: numberOf(json.type, 1), ...(guildId ? { guild_id: guildId } : {}) };
}

/** A component of a message which a person can use, by custom_id, label or placeholder. */
function find(message: Message, types: readonly number[], wanted: string): JsonObject {
  const usable = flatten(message.components).filter(c => types.includes(numberOf(c.type)));
  const hit =
    usable.find(c => c.custom_id === wanted) ?? usable.find(c => c.label === wanted || c.placeholder === wanted);
  const known = usable.map(c => `"${textOf(c.label) || textOf(c.placeholder) || textOf(c.custom_id)}"`).join(', ');
  if (!hit) throw new Error(`the message has no "${wanted}" (it has: ${known || 'nothing to press'})`);
  if (hit.disabled === true) throw new Error(`"${wanted}" is disabled`);
  if (hit.style === 5) throw new Error(`"${wanted}" is a link: the bot does not learn of it`);
  return hit;
}
