import type { Registry } from '../../src/bot/registry.ts';
import type { Answer, Ask } from '../../src/contract/act.ts';
import type { Form } from '../../src/contract/form.ts';
import { fold } from '../../src/storage/words.ts';

/** A form that is open, and who opened it. */
interface Opened {
  readonly actor: string;
  readonly form: Form;
}

/** The forms that are open, by the account of the person who opened them, the newest last. */
export class OpenForms {
  readonly #forms = new Map<string, Opened>();
  /** The account whose form the last act opened. */
  #opener: string | null = null;

  /** An answer may open a form; one that was given closes what was open. */
  keep(actor: string, account: string, answer: Answer): void {
    const form = answer.kind === 'form' ? answer.form : answer.kind === 'refused' ? answer.repair : null;
    if (form || answer.kind === 'view') this.#forms.delete(account);
    if (form) this.#forms.set(account, { actor, form });
    this.#opener = form ? account : null;
  }

  /** The form that the last act opened. */
  get last(): Opened | undefined {
    return this.#opener === null ? undefined : this.#forms.get(this.#opener);
  }

  /** The form that is filled: who is named fills their own; else it is the last act's, else one's own, else the newest. */
  wanted(account: string, isNamed: boolean): Opened | undefined {
    const own = this.#forms.get(account);
    return isNamed ? own : (this.last ?? own ?? [...this.#forms.values()].at(-1));
  }
}

const NAME = '[\\p{L}\\p{N}_.+\\p{Pd}]+';
/** A field and its value: in quotes, or all that stands before the next field. */
const FIELD = new RegExp(`(?<!\\S)(${NAME})=(?:["“]([^"”]*)["”]?|(.*?))(?=\\s+${NAME}=|\\s*$)`, 'gsu');

/**
 * Reads `judul="Saluran tersumbat" tingkat=tinggi` as the fields of a form, by their names in any language. Gives the
 * first name that the form does not have instead, or what stands before the fields and belongs to none.
 */
export function readFields(
  registry: Registry,
  form: Form,
  typed: string,
): { readonly ask: Ask } | { readonly unknown: string } | { readonly stray: string } {
  const action = registry.byId(form.action)!;
  const names = new Map<string, string>();
  for (const key of Object.keys(action.options))
    for (const name of [key, ...registry.catalogues.map(m => action.words(m).options[key]!.name)])
      names.set(fold(name), key);
  // A field that asks for a part of an option is called as it is shown.
  for (const { option, label } of form.fields) {
    names.set(fold(option), option);
    if (!(option in action.options)) names.set(fold(label.replaceAll(' ', '_')), option);
  }
  const given: Record<string, { typed: string }> = {};
  const fields = [...typed.matchAll(FIELD)];
  const stray = typed.slice(0, fields[0]?.index).trim();
  if (stray !== '') return { stray };
  for (const [, name, quoted, bare] of fields) {
    const key = names.get(fold(name!));
    if (!key) return { unknown: name! };
    given[key] = { typed: quoted ?? bare ?? '' };
  }
  return { ask: { kind: 'pressed', invocation: form.resume, given } };
}
