import type { Given } from '../contract/act.ts';
import type { Field, Form } from '../contract/form.ts';
import type { Messages } from '../language/messages.ts';
import { capital, plain } from '../language/text.ts';
import type { ReadContext } from './act-context.ts';
import type { Action } from './command.ts';
import { typedOf } from './kinds.ts';

/** Maximum length of what is typed where no rule sets one: a list of names, a date in words. */
const UNBOUNDED = 500;

/**
 * The form of an action: the options that are wanted first (missing or refused), then the other empty ones.
 * What is known already and not in question is not asked again.
 */
export function formFor(
  action: Action,
  ctx: Pick<ReadContext, 'm' | 'locale' | 'zone' | 'now'>,
  resume: string,
  given: Given,
  wanted: readonly string[],
): Form {
  const words = action.words(ctx.m);
  const asked = Object.entries(action.options)
    .filter(([key, option]) => !option.hidden && (wanted.includes(key) || !(key in given)))
    .map(([key]) => key);
  const order = [...asked.filter(key => wanted.includes(key)), ...asked.filter(key => !wanted.includes(key))];
  return {
    title: words.summary,
    send: ctx.m.button.send,
    cancel: ctx.m.button.cancel,
    action: action.id,
    resume,
    more: { label: ctx.m.core.moreLabel, save: ctx.m.button.saveNow, goOn: ctx.m.button.goOn },
    fields: order.map(option => {
      const { kind, required } = action.options[option]!;
      const { name, help } = words.options[option]!;
      const raw = given[option];
      return {
        option,
        label: plain(capital(name.replaceAll('_', ' ').replaceAll('-', ' '))),
        help: `${help}. ${plain(capital(kind.accepts(ctx.m, ctx)))}.`,
        input: kind.input,
        required,
        value: raw && !('file' in raw) ? typedOf(raw) : '',
        maxLength: kind.longest ?? UNBOUNDED,
        files: kind.files ?? 1,
        choices: choicesOf(ctx.m, kind),
      };
    }),
  };
}

const choicesOf = (m: Messages, kind: Action['options'][string]['kind']): Field['choices'] =>
  (kind.choices?.values ?? []).map(value => ({ value, label: kind.choices!.label(m, value) }));
