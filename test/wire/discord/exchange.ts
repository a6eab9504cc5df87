import { isThinking, readableText } from './compose.ts';
import { type JsonObject, objectOf, objectsOf, textOf } from './json.ts';
import { COMPONENT } from './limits/components.ts';
import { FLAG } from './limits/messages.ts';
import type { Channel, Guild, Message, User } from './model.ts';
import type { Signal } from './signal.ts';

/** Interaction types of the API. */
export const INTERACTION = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

/** A modal on a person's screen. */
export interface ShownModal {
  readonly title: string;
  readonly customId: string;
  /** The fields in order: the label over each and the component under it. */
  readonly fields: readonly { readonly label: string; readonly description: string; readonly component: JsonObject }[];
  readonly json: JsonObject;
  readonly exchange: Exchange;
}

/** Parts of one interaction. */
export interface ExchangeParts {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly name: string;
  readonly user: User;
  readonly guild: Guild | null;
  readonly channel: Channel;
  /** The message whose button, menu or modal this came from. */
  readonly source: Message | null;
  /** The type of the option being completed, for autocomplete. */
  readonly focusedType: number;
}

/** One interaction of a person with the bot, and all that the person sees come of it. */
export class Exchange {
  readonly parts: ExchangeParts;
  /** 4 reply, 5 deferred reply, 6 deferred update, 7 update, 8 choices, 9 modal; null while unanswered. */
  callbackType: number | null = null;
  /** The bot's own reply; for an update (6, 7) the message that carries the button. */
  original: Message | null = null;
  readonly followUps: Message[] = [];
  modalJson: JsonObject | null = null;
  choiceJson: JsonObject[] = [];
  /** Something was done with the token, or to the source message, after the first answer. */
  touched = false;
  /** True once the token is dead: acknowledging answers 10062, webhooks 50027. */
  expired = false;
  readonly #startedAt = performance.now();
  /** Milliseconds from dispatch to the first answer. */
  acknowledgedAfterMs: number | null = null;
  readonly #changed: Signal;
  readonly #limitMs: number;

  constructor(parts: ExchangeParts, changed: Signal, limitMs: number) {
    this.parts = parts;
    this.#changed = changed;
    this.#limitMs = limitMs;
  }

  /** Notes the first answer. */
  acknowledge(type: number): void {
    this.callbackType = type;
    this.acknowledgedAfterMs = performance.now() - this.#startedAt;
  }

  /** Milliseconds since the interaction was sent to the bot. */
  get ageMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Resolves with this exchange once the bot has answered in any way, be it only "thinking…". */
  acknowledged(): Promise<this> {
    return this.until(() => this.callbackType !== null, 'an acknowledgement');
  }

  /** Resolves with this exchange once the bot has finally answered: no longer "thinking…", an update carried out. */
  answered(): Promise<this> {
    return this.until(() => this.isSettled, 'the final answer');
  }

  /** Resolves once the condition holds, looked at after every change; fails loudly when it never does. */
  until(condition: (exchange: this) => boolean, what = 'the condition'): Promise<this> {
    const state = () =>
      `${what} to "${this.parts.name}" (${this.parts.user.displayName}); callback ${this.callbackType}, text: ${this.text || '–'}`;
    return this.#changed.until(state, () => (condition(this) ? this : undefined), this.#limitMs);
  }

  /** Tells whether the bot has finally answered. */
  get isSettled(): boolean {
    if (this.callbackType === null) return false;
    if (this.callbackType === 5) return this.original === null || this.original.deleted || !isThinking(this.original);
    return this.callbackType !== 6 || this.touched;
  }

  /** The reply, or the updated message. */
  get message(): Message {
    if (!this.original) throw new Error(`"${this.parts.name}" has no message (callback ${this.callbackType})`);
    return this.original;
  }

  /** Tells whether the reply is for this person only. */
  get ephemeral(): boolean {
    return this.original !== null && (this.original.flags & FLAG.ephemeral) !== 0;
  }

  /** All that can be read in the reply and the follow-ups. */
  get text(): string {
    const shown = [this.original, ...this.followUps].filter(m => m !== null && !m.deleted);
    return shown.map(m => (m ? readableText(m) : '')).join('\n');
  }

  /** The modal on the screen. */
  get modal(): ShownModal {
    const json = this.modalJson;
    if (!json) throw new Error(`"${this.parts.name}" opened no modal (callback ${this.callbackType}): ${this.text}`);
    const fields = objectsOf(json.components).flatMap(top => {
      if (top.type === COMPONENT.label) {
        const component = objectOf(top.component);
        return [{ label: textOf(top.label), description: textOf(top.description), component }];
      }
      const [component] = top.type === COMPONENT.row ? objectsOf(top.components) : [];
      return component ? [{ label: textOf(component.label), description: '', component }] : [];
    });
    return { title: textOf(json.title), customId: textOf(json.custom_id), fields, json, exchange: this };
  }

  /** The autocomplete suggestions. */
  get choices(): { name: string; value: string | number }[] {
    return this.choiceJson.map(c => ({
      name: textOf(c.name),
      value: typeof c.value === 'number' ? c.value : textOf(c.value),
    }));
  }
}
