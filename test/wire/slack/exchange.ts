import { isObject, type Json, type JsonObject, objectsOf } from '../discord/json.ts';
import { wordsOf } from './effects.ts';
import type { Choice } from './fields.ts';
import type { Channel, Message, Team, User, View } from './model.ts';
import { readableText, readableView } from './reading.ts';
import type { World } from './world.ts';

/** Events that people wait for an answer to. */
const ANSWERED = new Set(['app_home_opened', 'message', 'app_mention']);

/** Parts of one thing that went to the app. */
export interface ExchangeParts {
  readonly kind: 'command' | 'action' | 'options' | 'submission' | 'closed' | 'shortcut' | 'event';
  readonly name: string;
  readonly team: Team;
  readonly user: User;
  readonly channel: Channel | null;
  /** The message whose button or menu was used. */
  readonly sourceMessage: Message | null;
  /** The view whose button was used, or that was sent off. */
  readonly sourceView: View | null;
}

/** One act of a person, or one event, and all that the person sees come of it. */
export class Exchange {
  readonly parts: ExchangeParts;
  /** Payload that was sent. */
  payload: JsonObject = {};
  /** Acknowledgement of the app (null: with nothing), or undefined while there is none. */
  ack: Json | undefined;
  /** Milliseconds from sending to the acknowledgement. */
  acknowledgedAfterMs: number | null = null;
  /** Answers in the acknowledgement or at the response_url. */
  readonly responses: Message[] = [];
  /** Messages that the app has since sent to this person alone: ephemeral and direct ones. */
  readonly told: Message[] = [];
  /** The modals opened by this act. */
  readonly opened: View[] = [];
  /** Inline errors of a form, by block_id. */
  errors: Record<string, string> = {};
  /** Choices that a menu offers which loads its options. */
  choices: readonly Choice[] = [];
  /** The message or view with the button has changed since. */
  touched = false;
  /** Words of Slack's own client when the app fails: 'operation_timeout …', 'dispatch_failed …'. */
  problem: string | null = null;
  readonly #world: World;
  readonly #limitMs: number;
  readonly #startedAt = performance.now();

  constructor(parts: ExchangeParts, world: World, limitMs: number) {
    this.parts = parts;
    this.#world = world;
    this.#limitMs = limitMs;
    world.exchanges.push(this);
  }

  /** Notes the acknowledgement. */
  acknowledge(answer: Json): void {
    this.ack = answer;
    this.acknowledgedAfterMs = performance.now() - this.#startedAt;
  }

  /** The person sees Slack's own words for an app that failed. */
  breakOff(problem: string): void {
    this.problem ??= problem;
    this.#world.changed.fire();
  }

  /** Resolves with this exchange once the app has acknowledged, or Slack has given up waiting. */
  acknowledged(): Promise<this> {
    return this.until(() => this.ack !== undefined || this.problem !== null, 'an acknowledgement');
  }

  /** Resolves with this exchange once the person has seen an answer, or Slack's own error. */
  answered(): Promise<this> {
    return this.until(() => this.isSettled, 'the answer');
  }

  /** Resolves once the condition holds, looked at after everything that happens; fails loudly when it never does. */
  until(condition: (exchange: this) => boolean, what = 'the condition'): Promise<this> {
    const { name, user } = this.parts;
    const state = () =>
      `${what} to "${name}" (${user.realName}); ack ${JSON.stringify(this.ack)}, text: ${this.text || '–'}`;
    return this.#world.changed.until(state, () => (condition(this) ? this : undefined), this.#limitMs);
  }

  /** Tells whether the person has been answered. */
  get isSettled(): boolean {
    if (this.problem !== null) return true;
    if (this.ack === undefined) return false;
    const { kind, name } = this.parts;
    if (kind === 'options' || kind === 'closed') return true;
    if (kind === 'submission') {
      // A window that is closed for good is answered in the chat it was asked for in, or else directly.
      if (!isObject(this.ack) || this.ack.response_action !== 'clear') return true;
      // Other things that are told directly meanwhile are not the answer.
      const told = this.told.filter(one => !this.#wasAskedInChat || one.ephemeralFor !== null);
      return this.touched || this.opened.length + this.responses.length + told.length > 0;
    }
    if (kind === 'event' && !ANSWERED.has(name)) return true;
    return this.touched || this.opened.length + this.responses.length + this.told.length > 0;
  }

  /**
   * Tells whether the form that was sent was opened in a channel in which the bot can say something to one person: not by an
   * act without a place, in direct messages, or where the bot is not.
   */
  get #wasAskedInChat(): boolean {
    const { sourceView, team } = this.parts;
    const opener = this.#world.exchanges.find(one => sourceView && one.opened.includes(sourceView));
    const channel = opener?.parts.channel;
    return channel != null && channel.kind !== 'im' && channel.members.has(team.bot.id);
  }

  /** The modal in front of the person: opened by this act, or the one it came from, as it stands now. */
  get view(): View {
    const view = this.opened.at(-1) ?? this.parts.sourceView;
    if (!view) throw new Error(`"${this.parts.name}" opened no view; text: ${this.text || '–'}`);
    return view;
  }

  /** The answer at the place of the act, or the last thing the person was told alone. */
  get message(): Message {
    const message = this.responses.at(-1) ?? this.told.at(-1);
    if (!message) throw new Error(`"${this.parts.name}" was answered by no message`);
    return message;
  }

  /** Tells whether only this person sees the answer. */
  get ephemeral(): boolean {
    return this.message.ephemeralFor === this.parts.user.id;
  }

  /** The inline errors of a form by the labels of their fields, as the person reads them. */
  get errorsByLabel(): Record<string, string> {
    const blocks = objectsOf(this.parts.sourceView?.json.blocks);
    const labelOf = (id: string) => wordsOf(blocks.find(block => block.block_id === id)?.label);
    return Object.fromEntries(Object.entries(this.errors).map(([id, text]) => [labelOf(id), text]));
  }

  /** All the person can read: Slack's error, answers, messages for them alone, modals, inline errors, choices. */
  get text(): string {
    const messages = [...this.responses, ...this.told].filter(m => !m.deleted);
    const changed = this.touched && this.parts.sourceView?.open ? [this.parts.sourceView] : [];
    const views = [...this.opened.filter(v => v.open), ...changed];
    return [
      this.problem ?? '',
      ...messages.map(readableText),
      ...[...new Set(views)].map(readableView),
      ...Object.values(this.errors),
      ...this.choices.map(c => c.text),
    ]
      .filter(text => text !== '')
      .join('\n');
  }
}
