import type * as z from 'zod';
import type { Act, Given, Identity, Raw } from '../contract/act.ts';
import type { Input } from '../contract/form.ts';
import { Refusal } from '../contract/refusal.ts';
import type { Suggestion } from '../contract/suggestion.ts';
import type { Member } from '../domain/people.ts';
import type { Messages } from '../language/messages.ts';
import type { Text } from '../language/text.ts';
import type { ForumSettings } from '../storage/schema/people.ts';
import type { ReadContext } from './act-context.ts';

/** Describes what a kind may use to read a value. */
export interface KindInput {
  readonly ctx: ReadContext;
  /** The option's name in the person's language, for the sentence that says what is wrong. */
  readonly option: string;
  /** True: what is read changes something, so nothing is guessed, and a name counts if it is the whole one. */
  readonly writes: boolean;
  memberOf(typed: string): Identity | null;
  channelOf(typed: string): Channel | null;
  readonly localFile?: Act['localFile'];
  /** The member behind an account; an act that writes makes one of an account not seen before. */
  member(identity: Identity): Promise<Member | null>;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
}

/** The few values of a choice: what each is called, and what else it may be typed by. */
export interface Choices {
  readonly values: readonly string[];
  label(m: Messages, value: string): string;
  synonyms(value: string): readonly string[];
}

/** A field of a form that asks for a part of a value. */
export interface FormPart {
  readonly key: string;
  readonly label: string;
  readonly help: string;
}

/**
 * A kind of option. `read` takes what a person typed or a platform delivered, in the person's language and zone;
 * `allowed` makes what says which values are in bounds, when the first is read; `print` writes a value so that `read`
 * reads it back, for button ids and drafts.
 */
export interface Kind<T> {
  readonly input: Input;
  /** Maximum length of what is typed, in characters, where a rule sets one: clients are told this very limit. */
  readonly longest?: number;
  readonly allowed: () => z.ZodType<T>;
  /** Least and greatest number, of a whole one: clients are told these very limits. */
  readonly bounds?: { readonly min: number; readonly max: number };
  read(raw: Raw, reading: KindInput): Promise<T>;
  print(value: T): string;
  /** For a list: the input for one of its entries, and the maximum number of entries. */
  readonly many?: { readonly input: Input; readonly max: number };
  /** Maximum number of files that can be handed in for it. */
  readonly files?: number;
  /** True: only a file will do; at the machine itself the path of one is typed. */
  readonly onlyFile?: true;
  /** Tells whether words typed without an option's name surely mean one of these (src/bot/loose-words.ts). */
  knows?(typed: string, reading: KindInput): Promise<boolean>;
  /** The letter of the codes by which a value is named. */
  readonly letter?: string;
  /** Returns what is accepted, with an example. */
  accepts(m: Messages, reading: Pick<ReadContext, 'locale' | 'now' | 'zone'>): Text;
  readonly choices?: Choices;
  /** The fields in which a form asks for it, each for a part of what is typed: `KEY=VALUE`, parted by `;`. */
  formParts?(m: Messages, settings: ForumSettings | undefined): readonly FormPart[];
  /** Candidates for what is typed so far, 25 at most; the best first. `given`: what is known of the other options. */
  suggest?(typed: string, ctx: ReadContext, given?: Given): Promise<readonly Suggestion[]>;
  /** True: its candidates are nearly all that is ever meant, so forms show them as a menu on each platform. */
  readonly asMenu?: true;
}

/** Returns what was typed, as far as it is text. */
export function typedOf(raw: Raw): string {
  if ('typed' in raw) return raw.typed;
  if ('account' in raw) return raw.account.name;
  if ('channel' in raw) return raw.channel.name;
  if ('role' in raw) return raw.role.name;
  return raw.file.name;
}

/** The refusal of a value: which option, what was typed, what is accepted. */
export function invalid(kind: Pick<Kind<unknown>, 'accepts'>, raw: Raw, r: KindInput): Refusal {
  const typed = typedOf(raw);
  return new Refusal('invalid_option', m =>
    m.core.invalidOption({ option: r.option, typed, accepts: kind.accepts(m, r.ctx) }),
  );
}

/** Reads with `read` (undefined: cannot be read) and holds the value against the bounds. */
export function checked<T>(kind: Omit<Kind<T>, 'read'>, read: (raw: Raw, r: KindInput) => T | undefined): Kind<T> {
  let bounds: z.ZodType<T> | undefined;
  return {
    ...kind,
    async read(raw, r) {
      const value = read(raw, r);
      bounds ??= kind.allowed();
      const held = value === undefined ? null : bounds.safeParse(value);
      if (!held?.success) throw invalid(kind, raw, r);
      return held.data;
    },
  };
}

/** Tells whether a kind reads a text without refusing it. */
export const reads = async (kind: Pick<Kind<unknown>, 'read'>, typed: string, r: KindInput): Promise<boolean> => {
  try {
    await kind.read({ typed }, r);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};
