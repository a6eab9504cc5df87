import { type JsonObject, objectOf, textOf } from '../discord/json.ts';
import { escapeCommand } from './command-text.ts';
import type { Exchange, ExchangeParts } from './exchange.ts';
import { type FieldValue, fillIn, handOver, refusal, type SentFile } from './fields.ts';
import { nextSequence, timestamp } from './ids.ts';
import { stateField } from './input-state.ts';
import type { Channel, Message, StoredFile, Team, User, View } from './model.ts';
import { renderMessage, renderView } from './render.ts';
import { Sender } from './sender.ts';
import { type Found, findElement, surfaceOf } from './surface.ts';
import { closeModal, inputsOf } from './viewing.ts';

/** A slash command as a person types it. */
export interface CommandCall {
  readonly channel: Channel;
  readonly user: User;
  /** Command with the slash. */
  readonly command: string;
  readonly text?: string;
  /** Left out: the person's own workspace. */
  readonly team?: Team;
  /** False: the command is set up without `should_escape`, and the text arrives as typed. */
  readonly escape?: boolean;
}

/** Does what people do. Each act sends one thing to the app and returns what comes of it. */
export class People extends Sender {
  /** Runs a slash command. Only people of the workspace itself can. */
  command(call: CommandCall): Exchange {
    const { channel, user, command } = call;
    const team = call.team ?? this.world.team(user.teamId);
    if (user.teamId !== team.id) throw new Error(`${user.realName} is not from ${team.name}: no slash commands`);
    if (channel.kind !== 'public' && !channel.members.has(user.id))
      throw new Error(`${user.realName} is not in ${channel.name}`);
    const typed = (call.text ?? '').trim();
    const parts = this.#parts('command', `${command} ${typed}`.trim(), team, user, { channel });
    const payload = {
      ...{ team_id: team.id, team_domain: team.domain, channel_id: channel.id, channel_name: channel.name },
      ...{ user_id: user.id, user_name: user.name, command, is_enterprise_install: 'false' },
      text: (call.escape ?? true) ? escapeCommand(typed, this.world.names(team.id)) : typed,
    };
    return this.send({ parts, type: 'slash_commands', payload, trigger: true, responseUrl: true });
  }

  /** Presses a button, or picks from an overflow menu, by action_id or label. A question to confirm is answered yes. */
  click(on: Message | View, label: string, user: User): Exchange {
    const found = findElement(on, label, ['button', 'overflow']);
    const { element, option } = found;
    if (element.type === 'overflow' && !option) throw new Error(`"${label}" is a menu: name one of its options`);
    const said = option
      ? { selected_option: option }
      : { text: element.text, ...(element.value === undefined ? {} : { value: element.value }) };
    return this.#act(on, found, said, user, label);
  }

  /** Chooses in a menu, picker or box, found by action_id, block_id, label or placeholder. */
  select(on: Message | View, label: string, value: FieldValue, user: User): Exchange {
    const found = findElement(on, label);
    const { block, element } = found;
    if (block.type === 'input' && block.dispatch_action !== true) {
      throw new Error(`"${label}" tells the app nothing before the form is sent off`);
    }
    const state = fillIn(this.stage, element, value, user, label);
    this.#note(on, found, state);
    const { type: _, ...said } = state;
    return this.#act(on, found, said, user, label);
  }

  /** Types into a menu that loads its options. */
  suggest(on: Message | View, label: string, query: string, user: User): Exchange {
    const found = findElement(on, label, ['external_select', 'multi_external_select']);
    const least = Number(found.element.min_query_length ?? 3);
    if (query.length < least) throw new Error(`"${label}" asks the app only after ${least} characters`);
    const parts = this.#parts('options', label, this.world.team(on.teamId), user, this.#place(on, user));
    const payload = {
      type: 'block_suggestion',
      ...this.#who(parts),
      ...this.#where(on),
      action_id: found.element.action_id,
      block_id: found.block.block_id,
      value: query,
    };
    return this.send({ parts, type: 'interactive', payload, trigger: false, responseUrl: false });
  }

  /** Fills in fields of a form by label, block_id or action_id, without sending it. */
  fill(view: View, values: Readonly<Record<string, FieldValue>>, user: User): void {
    this.#onScreen(view, user);
    for (const [label, value] of Object.entries(values)) {
      const found = findElement(view, label);
      this.#note(view, found, fillIn(this.stage, found.element, value, user, label));
    }
  }

  /** Sends a form off, with values as for `fill`; fields left out keep what stands in them. */
  submitView(view: View, values: Readonly<Record<string, FieldValue>>, user: User): Exchange {
    this.fill(view, values, user);
    for (const { block, element } of inputsOf(view)) {
      const state = objectOf(view.state[textOf(block.block_id)]?.[textOf(element.action_id)]);
      const why = refusal(block, state);
      if (why) throw new Error(`"${textOf(objectOf(block.label).text)}" ${why}`);
    }
    const name = textOf(objectOf(view.json.title).text);
    const parts = this.#parts('submission', name, this.world.team(view.teamId), user, this.#place(view, user));
    const payload = {
      type: 'view_submission',
      ...this.#who(parts),
      view: renderView(this.world, view),
      response_urls: [],
    };
    return this.send({ parts, type: 'interactive', payload, trigger: true, responseUrl: false });
  }

  /** Closes a form; the app hears of it when the form asked for that. Resolves with null when it did not. */
  closeView(view: View, user: User, all = false): Exchange | null {
    const parts = this.#parts('closed', 'close', this.world.team(view.teamId), user, this.#place(view, user));
    const isCleared = all || view.json.clear_on_close === true;
    const payload = {
      type: 'view_closed',
      ...this.#who(parts),
      view: renderView(this.world, view),
      is_cleared: isCleared,
    };
    closeModal(this.world, view, isCleared);
    if (view.json.notify_on_close !== true) return null;
    return this.send({ parts, type: 'interactive', payload, trigger: false, responseUrl: false });
  }

  /** People delete what they have put into Slack: its addresses open nothing any more. */
  deleteFiles(): void {
    for (const file of this.world.files.values()) if (!file.owner.isBot) file.bytes = null;
  }

  /** A file a person has put into Slack. */
  handOver(sent: SentFile, owner: User): StoredFile {
    return handOver(this.stage, sent, owner);
  }

  /** Picks a global shortcut. */
  shortcut(callbackId: string, user: User): Exchange {
    const parts = this.#parts('shortcut', callbackId, this.world.team(user.teamId), user, {});
    const payload = { type: 'shortcut', ...this.#who(parts), callback_id: callbackId, action_ts: timestamp() };
    return this.send({ parts, type: 'interactive', payload, trigger: true, responseUrl: false });
  }

  /** Picks a shortcut from a message's menu. */
  messageShortcut(callbackId: string, message: Message, user: User): Exchange {
    const place = { ...this.#place(message, user), sourceMessage: null };
    const parts = this.#parts('shortcut', callbackId, this.world.team(user.teamId), user, place);
    const payload = {
      type: 'message_action',
      ...this.#who(parts),
      callback_id: callbackId,
      action_ts: timestamp(),
      message_ts: message.ts,
      channel: { id: message.channelId, name: place.channel?.name ?? '' },
      message: renderMessage(this.world, message, this.stage.origin),
    };
    return this.send({ parts, type: 'interactive', payload, trigger: true, responseUrl: true });
  }

  #act(on: Message | View, { block, element }: Found, said: JsonObject, user: User, label: string): Exchange {
    const parts = this.#parts('action', label, this.world.team(on.teamId), user, this.#place(on, user));
    const action: JsonObject = {
      type: element.type,
      action_id: element.action_id ?? `a${nextSequence()}`,
      block_id: block.block_id,
      action_ts: timestamp(),
      ...said,
    };
    const isMessage = 'ts' in on;
    const state = isMessage ? { state: { values: {} } } : {};
    const payload = { type: 'block_actions', ...this.#who(parts), ...this.#where(on), ...state, actions: [action] };
    return this.send({ parts, type: 'interactive', payload, trigger: true, responseUrl: isMessage });
  }

  #note(on: Message | View, { block, element }: Found, state: JsonObject): void {
    if ('ts' in on || !stateField(element)) return;
    const blockId = textOf(block.block_id);
    on.state[blockId] = { ...on.state[blockId], [textOf(element.action_id)]: state };
  }

  #where(on: Message | View): JsonObject {
    if (!('ts' in on)) {
      return { container: { type: 'view', view_id: on.id }, view: renderView(this.world, on) };
    }
    const channel = this.world.channels.get(on.channelId);
    const isEphemeral = on.ephemeralFor !== null;
    return {
      container: { type: 'message', message_ts: on.ts, channel_id: on.channelId, is_ephemeral: isEphemeral },
      channel: { id: on.channelId, name: channel?.name ?? '' },
      ...(isEphemeral ? {} : { message: renderMessage(this.world, on, this.stage.origin) }),
    };
  }

  #place(on: Message | View, user: User): Pick<ExchangeParts, 'channel' | 'sourceMessage' | 'sourceView'> {
    if (!('ts' in on)) {
      this.#onScreen(on, user);
      return { channel: null, sourceMessage: null, sourceView: on };
    }
    surfaceOf(on, user);
    return { channel: this.world.channels.get(on.channelId) ?? null, sourceMessage: on, sourceView: null };
  }

  #onScreen(view: View, user: User): void {
    if (view.user.id !== user.id) throw new Error(`this view is on ${view.user.realName}'s screen`);
    if (!view.open) throw new Error('this view has been closed');
    if (view.type === 'modal' && this.world.stack(user).at(-1) !== view) throw new Error('another modal lies on top');
  }

  /** Names the person's own workspace for what is done in a window, and the window's beside it in `view`. */
  #who({ team: host, user, sourceView }: ExchangeParts): JsonObject {
    const team = sourceView ? this.world.team(user.teamId) : host;
    return {
      team: { id: team.id, domain: team.domain },
      user: this.userOf(user),
      enterprise: null,
      is_enterprise_install: false,
    };
  }

  #parts(
    kind: ExchangeParts['kind'],
    name: string,
    team: Team,
    user: User,
    place: Partial<Pick<ExchangeParts, 'channel' | 'sourceMessage' | 'sourceView'>>,
  ): ExchangeParts {
    return { kind, name, team, user, channel: null, sourceMessage: null, sourceView: null, ...place };
  }
}
