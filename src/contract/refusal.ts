import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import type { Tx } from '../storage/store.ts';
import type { Suggestion } from './suggestion.ts';

/** The codes that `--json` prints; part of the contract. */
export const REFUSAL_CODES = [
  'unknown_command',
  'invalid_option',
  'missing_option',
  'ambiguous',
  'not_found',
  'forbidden',
  'conflict',
  'closed',
  'limit',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** A menu whose choice fills one option of an action. */
export interface Menu {
  readonly action: string;
  readonly fills: string;
  readonly choices: readonly Suggestion[];
}

/**
 * The typed error of the user's making: what happened, and what to do about it, in either language.
 * Anything else that is thrown is a bug. A refused act changes nothing.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: RefusalCode;
  readonly say: (m: Messages) => Text;
  /** The option that is at fault, by its English name. */
  readonly option: string | undefined;
  /** Work done although the act is refused, in a unit of work of its own: an attempt to guess a code. */
  readonly afterwards: ((tx: Tx) => Promise<void>) | undefined;
  /** The values of which one may be meant: each can be chosen at once, in place of what was typed for `option`. */
  readonly candidates: readonly Suggestion[];
  /** For a question that `confirm` answers: the values that its button gives beside those that were given. */
  readonly answers: Readonly<Record<string, string>> | undefined;
  /** Label of the button that answers the question, where it does more than save what was typed. */
  readonly yes: keyof Messages['button'] | undefined;
  /** Menu of what may be chosen instead, by another action. */
  readonly menu: Menu | undefined;
  /** True: nothing of the input is at fault, so all of it is kept, to be sent again later. */
  readonly keepsAll: boolean;
  /** Further faults, each about an option of its own: all is said at once. */
  readonly also: readonly Refusal[];

  constructor(
    code: RefusalCode,
    say: (m: Messages) => Text,
    about: {
      option?: string;
      afterwards?: (tx: Tx) => Promise<void>;
      keepsAll?: boolean;
      candidates?: readonly Suggestion[];
      answers?: Readonly<Record<string, string>>;
      yes?: keyof Messages['button'];
      also?: readonly Refusal[];
      menu?: Menu;
    } = {},
  ) {
    super(code);
    this.code = code;
    this.say = say;
    this.option = about.option;
    this.afterwards = about.afterwards;
    this.candidates = about.candidates ?? [];
    this.answers = about.answers;
    this.yes = about.yes;
    this.keepsAll = about.keepsAll ?? false;
    this.also = about.also ?? [];
    this.menu = about.menu;
  }

  /** The same refusal, said to be about `option`. */
  about(option: string): Refusal {
    return this.option ? this : new Refusal(this.code, this.say, { option, candidates: this.candidates });
  }
}

/** Several refusals, of an option each, as one; `first` decides its code. */
export const together = (first: Refusal, also: readonly Refusal[]): Refusal =>
  also.length
    ? new Refusal(first.code, first.say, { option: first.option ?? '', candidates: first.candidates, also })
    : first;

/** A sentence for each reason a rule of the domain may give: a reason without one does not compile. */
export type Refusals<Reason extends { why: string }> = {
  readonly [W in Reason['why']]: (reason: Extract<Reason, { why: W }>) => Refusal;
};

/** Throws the refusal that belongs to `reason`, if there is one. */
export function refuseIf<Reason extends { why: string }>(reason: Reason | null, refusals: Refusals<Reason>): void {
  if (!reason) return;
  const make = refusals[reason.why as Reason['why']] as (reason: Reason) => Refusal;
  throw make(reason);
}
