import type { Given } from '../contract/act.ts';
import type { Field, Form } from '../contract/form.ts';
import type { Messages } from '../language/messages.ts';
import { capital, plain } from '../language/text.ts';
import type { ForumSettings } from '../storage/schema/people.ts';
import type { ReadContext } from './act-context.ts';
import type { Action, Command } from './command.ts';
import { partField } from './form-parts.ts';
import type { FormPart } from './kind.ts';
import { typedOf } from './kinds.ts';

/** Maximum length of what is typed where no rule sets one: a list of names, a date in words. */
const UNBOUNDED = 500;

/** Maximum length of a part, characters: a number. */
const PART_LENGTH = 20;

/**
 * The form of an action: the options at fault, those that are wanted (missing, or to be seen again), then the empty ones.
 * What is known already and not in question is not asked again.
 */
export function formFor(
  action: Action,
  ctx: Pick<ReadContext, 'm' | 'locale' | 'zone' | 'now'> & {
    readonly settings?: ForumSettings | undefined;
    readonly commands: readonly Command[];
  },
  resume: string,
  given: Given,
  wanted: readonly string[],
  faulty: readonly string[] = [],
): Form {
  const words = action.words(ctx.m);
  const asked = Object.entries(action.options)
    .filter(([key, option]) => !option.hidden && (wanted.includes(key) || faulty.includes(key) || !(key in given)))
    .map(([key]) => key);
  const isStanding = (key: string): boolean => {
    const raw = given[key];
    return raw !== undefined && 'typed' in raw && raw.standing !== undefined;
  };
  const rank = (key: string): number =>
    faulty.includes(key) ? 0 : !wanted.includes(key) ? 3 : isStanding(key) ? 2 : 1;
  const order = [...asked].sort((a, b) => rank(a) - rank(b));
  /** An option as a field, or as one for each of its parts. */
  const fieldsOf = (option: string): Field[] => {
    const { kind, required } = action.options[option]!;
    const { name, help } = words.options[option]!;
    const raw = given[option];
    const parts = raw ? [] : (kind.formParts?.(ctx.m, ctx.settings) ?? []);
    if (parts.length) return partsOf(option, parts, given);
    return [
      {
        option,
        label: plain(capital(name.replaceAll('_', ' ').replaceAll('-', ' '))),
        help: `${help}.`,
        accepts: `${plain(capital(kind.accepts(ctx.m, ctx)))}.`,
        input: kind.input,
        ...(kind.many && { many: kind.many }),
        required,
        value: raw && !('file' in raw) ? typedOf(raw) : '',
        maxLength: kind.longest ?? UNBOUNDED,
        ...(kind.bounds && { bounds: kind.bounds }),
        files: kind.files ?? 1,
        choices: choicesOf(ctx.m, kind),
      },
    ];
  };
  return {
    title: words.summary,
    short: shortTitle(ctx.m, ctx.commands, action),
    send: ctx.m.button.send,
    cancel: ctx.m.button.cancel,
    action: action.id,
    resume,
    ...(action.completedBy && { isCompletable: true }),
    more: {
      label: ctx.m.core.moreLabel,
      save: ctx.m.button.saveNow,
      goOn: ctx.m.button.goOn,
      show: ctx.m.button.moreFields,
    },
    leading: order.filter(key => rank(key) < 2).flatMap(fieldsOf).length,
    fields: order.flatMap(fieldsOf),
  };
}

/** An action by its command and its own word, as both are typed: `Isu · laporkan`. */
function shortTitle(m: Messages, commands: readonly Command[], action: Action): string {
  const command = commands.find(one => one.actions.includes(action));
  return plain(capital([command?.words(m).name, action.words(m).name].filter(Boolean).join(' · ')));
}

/** A field of its own for each part that was not filled in yet. */
const partsOf = (option: string, parts: readonly FormPart[], given: Given): Field[] =>
  parts
    .map(part => ({ ...part, field: partField(option, part.key) }))
    .filter(({ field }) => !(field in given))
    .map(({ field, label, help }) => ({
      option: field,
      label: plain(capital(label)),
      help: `${help}.`,
      accepts: '',
      input: 'whole',
      required: false,
      value: '',
      maxLength: PART_LENGTH,
      files: 1,
      choices: [],
    }));

const choicesOf = (m: Messages, kind: Action['options'][string]['kind']): Field['choices'] =>
  (kind.choices?.values ?? []).map(value => ({ value, label: kind.choices!.label(m, value) }));
