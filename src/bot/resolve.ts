import type { Act, Ask, Given, Loose } from '../contract/act.ts';
import { Refusal } from '../contract/refusal.ts';
import type { Reader } from '../storage/store.ts';
import type { Action, AnyOption } from './command.ts';
import { afterForm } from './current-values.ts';
import { findDraft } from './drafts.ts';
import { joinParts } from './form-parts.ts';
import type { LostFile } from './hand-in.ts';
import { decodeInvocation, MAX_INVOCATION } from './invocation.ts';
import { leadingWords, parseOptions } from './parse.ts';
import type { Registry } from './registry.ts';
import { spokenLine } from './spoken.ts';

/** Describes what an act asks for: an action with what was given for its options. */
export interface Wanted {
  readonly action: Action;
  readonly given: Given;
  /** Words of a typed line that no option has taken yet. */
  readonly loose?: Loose | null;
  /** True: the form is asked for, and nothing is done: a repair button was pressed. */
  readonly reopen: boolean;
  /** The form that is asked for has what was not filled in yet: the next step of a long one. */
  readonly nextStep?: boolean;
  /** A step of a long form was filled in, and more is to come. */
  readonly unfinished?: boolean;
  /** The options at fault: the form that mends them begins with these. */
  readonly faulty?: readonly string[];
  /** Files that were handed in and could not be kept: they are not among what was given. */
  readonly lost?: readonly LostFile[];
}

const DRAFT = 'd.';
const STEP = 'e.';

/** Tells whether a button leads to a form that was begun: what could be no id of ours is not looked for. */
export const isDraft = (invocation: string): boolean => DRAFT_NAME.test(invocation);

/** A kept draft by its id, perhaps with the options at fault. */
const DRAFT_NAME = /^[de]\.(\w+)(?:\.([\w-]+))?$/;
const AND = '-';

/** The `resume` of the next step of a form. */
export const resumeStep = (id: string): string => STEP + id;

/** The `resume` of a form whose known values are in a kept draft, with as many of the options at fault as a button holds. */
export function resumeDraft(id: string, faulty: readonly string[] = []): string {
  const named = faulty.reduce((sum, option) => {
    const longer = sum ? sum + AND + option : `.${option}`;
    return DRAFT.length + id.length + longer.length <= MAX_INVOCATION ? longer : sum;
  }, '');
  return DRAFT + id + named;
}

export const typedValues = (values: Readonly<Record<string, string>>): Given =>
  Object.fromEntries(Object.entries(values).map(([key, typed]) => [key, { typed }]));

/** Follows words to an action; a command without one leads to its help. */
function actionAt(registry: Registry, words: readonly string[]): { action: Action; used: number; help: string | null } {
  const found = registry.find(words);
  if (found.kind === 'action') return { action: found.action, used: found.used, help: null };
  if (found.kind === 'unknown')
    throw new Refusal('unknown_command', m =>
      m.core.unknownCommand({ typed: words.join(' '), nearest: found.nearest }),
    );
  return { action: registry.byId('hlp')!, used: words.length, help: found.command.name };
}

/**
 * Reads what an act asks for. Only a kept draft needs the database.
 * @throws Refusal `unknown_command`, `invalid_option`, `closed` (a button of another age, or a forged one).
 */
export async function resolve(registry: Registry, db: Reader, act: Act): Promise<Wanted> {
  const { ask } = act;
  if (ask.kind === 'pressed' && isDraft(ask.invocation)) {
    const [, id = '', faulty] = DRAFT_NAME.exec(ask.invocation) ?? [];
    const draft = await findDraft(db, id, act);
    const action = draft && registry.byId(draft.action);
    if (!draft || !action) throw new Refusal('closed', m => m.core.oldButton);
    return {
      action,
      given: filled(action, draft.given, ask),
      reopen: ask.given === undefined,
      nextStep: ask.invocation.startsWith(STEP),
      unfinished: ask.unfinished ?? false,
      faulty: faulty?.split(AND).filter(option => option in action.options) ?? [],
    };
  }
  return resolveNow(registry, ask);
}

/** Returns what is known after a form was sent. One that is not finished goes on asking for the other parts. */
function filled(action: Action, before: Given, ask: Extract<Ask, { kind: 'pressed' }>): Given {
  if (!ask.given) return before;
  const known = afterForm(before, ask.given, ask.unfinished === true);
  return ask.unfinished ? known : joinParts(action, known);
}

/** Resolves like `resolve`, as far as no database is needed. Used to decide what must come first. */
export function resolveNow(registry: Registry, ask: Ask): Wanted {
  if (ask.kind === 'pressed') {
    const invocation = decodeInvocation(ask.invocation, registry.byId);
    if (!invocation) throw new Refusal('closed', m => m.core.oldButton);
    const action = registry.byId(invocation.action)!;
    const values = action.ofButton?.(invocation.values) ?? invocation.values;
    const filled = { ...typedValues(values), ...ask.given };
    const given = ask.unfinished ? filled : joinParts(action, filled);
    return { action, given, reopen: ask.showing !== undefined, unfinished: ask.unfinished ?? false };
  }
  if (ask.kind === 'chosen') {
    const { action, help } = actionAt(registry, ask.path);
    const given = help ? typedValues({ topic: help }) : ask.given;
    return { action, given, loose: ask.loose ?? null, reopen: ask.edit ?? false };
  }
  const line = ask.spoken ? spokenLine(registry, ask.line) : ask.line;
  const { action, used, help } = actionAt(registry, leadingWords(line));
  if (help) return { action, given: typedValues({ topic: help }), reopen: false };
  const { values, loose } = parseOptions(action, line, used, registry.catalogues);
  return { action, given: typedValues(values), loose, reopen: false };
}

/** Tells whether an option has to be given beside the others. */
export const isAsked = ({ required, unless, unlessAny }: AnyOption, given: Given): boolean =>
  required ||
  (unless !== undefined && !unless.every(name => name in given)) ||
  (unlessAny !== undefined && !unlessAny.some(name => name in given));

/** The required options that were not given. */
export const missing = (action: Action, given: Given): string[] =>
  Object.entries(action.options)
    .filter(([key, option]) => !(key in given) && isAsked(option, given))
    .map(([key]) => key);
