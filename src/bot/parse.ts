import type { Loose } from '../contract/act.ts';
import type { Input } from '../contract/form.ts';
import { Refusal } from '../contract/refusal.ts';
import { codeIn } from '../domain/codes.ts';
import type { Messages } from '../language/messages.ts';
import { fold } from '../storage/words.ts';
import type { Action } from './command.ts';
import { nearest } from './registry.ts';

interface Token {
  readonly text: string;
  /** The option name before a colon, if one was written. */
  readonly name: string | null;
  readonly quoted: boolean;
  /** The quote was not closed: it runs to the end. */
  readonly open?: boolean;
}

const OPEN = '"“„«';
const CLOSE = '"”“»';

/**
 * Splits a line into words: quotes (straight or curly) hold a text with spaces together, a backslash before a quote
 * keeps it, `name:` before a word or quote names an option. An open quote runs to the end of the line.
 */
function tokens(line: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  const skip = () => {
    while (at < line.length && /\s/.test(line[at]!)) at++;
  };
  const quoted = (): string => {
    let text = '';
    for (at++; at < line.length && !CLOSE.includes(line[at]!); at++) {
      if (line[at] === '\\' && at + 1 < line.length) at++;
      text += line[at]!;
    }
    isOpen = at >= line.length;
    at++;
    return text;
  };
  let isOpen = false;
  for (skip(); at < line.length; skip()) {
    const name = /^([\p{L}_-]+):(?!\/\/)/u.exec(line.slice(at));
    if (name) at += name[0].length;
    if (at < line.length && OPEN.includes(line[at]!))
      found.push({ name: name?.[1] ?? null, text: quoted(), quoted: true, open: isOpen });
    else {
      const word = /^\S*/.exec(line.slice(at))![0];
      at += word.length;
      found.push({ name: name?.[1] ?? null, text: word, quoted: false });
    }
  }
  return found;
}

/** Tells whether a line ends inside quotes. */
export const hasOpenQuote = (line: string): boolean => tokens(line).at(-1)?.open ?? false;

/** The words of a line that may name a command, before any quote or option. */
export function leadingWords(line: string): string[] {
  const words: string[] = [];
  for (const token of tokens(line.replace(/^\s*\//, ''))) {
    if (token.quoted || token.name !== null) break;
    words.push(token.text);
    if (words.length === 2) break;
  }
  return words;
}

/** Describes what a typed line says: options by English name, and words that no option has taken yet. */
export interface Parsed {
  readonly values: Readonly<Record<string, string>>;
  readonly loose: Loose | null;
}

/**
 * Reads the rest of a line as an action's options. The first free text is the main option; after its code, or in a
 * further quote, each word fills the next required option, and the last of those takes the rest of the line where it is
 * a text. Bare words after `name:value` belong to that value. What is left over is loose.
 * @throws Refusal `invalid_option` for a name that the action does not have, with the nearest.
 */
export function parseOptions(action: Action, line: string, used: number, catalogues: readonly Messages[]): Parsed {
  const byName = optionNames(action, catalogues);
  const values: Record<string, string> = {};
  const loose: string[] = [];
  /** The option before the first loose word: it may go on with it, whatever is named behind. */
  let after: string | null = null;
  const typed = tokens(line.replace(/^\s*\//, '')).slice(used);
  // Options with their names in the line wait for no word without one, wherever the name stands.
  const named = new Set(typed.flatMap(({ name }) => (name === null ? [] : (byName.get(fold(name)) ?? []))));
  const waiting = positions(action).filter(key => !named.has(key));
  let last: { key: string; open: boolean } | null = null;
  for (const token of typed) {
    const key = token.name === null ? undefined : byName.get(fold(token.name));
    if (key) {
      values[key] = token.text;
      last = { key, open: !token.quoted && !(isMain(action, key) && isCode(action, key, token.text)) };
      continue;
    }
    if (token.name !== null && !token.quoted && token.text !== '') {
      const name = token.name;
      const near = nearest(fold(name), [...byName.keys()]);
      if (near.length || action.options[last?.key ?? '']?.kind.input !== 'paragraph')
        throw new Refusal('invalid_option', m => m.core.unknownOption({ typed: name, nearest: near }));
    }
    const text: string = token.name === null ? token.text : `${token.name}:${token.text}`;
    const continues: boolean =
      last?.open === true && !token.quoted && (waiting.length === 0 || !isMain(action, waiting[0]!));
    if (last && continues) values[last.key] = `${values[last.key]} ${text}`.trim();
    else if (waiting[0]) {
      const next = waiting.shift()!;
      values[next] = text;
      last = { key: next, open: !token.quoted && goesOn(action, next, text, waiting.length === 0) };
    } else if (last && loose.length === 0 && !isMain(action, last.key) && takesRest(action, last.key))
      values[last.key] += ` ${text}`;
    else {
      if (!loose.length) after = last?.key ?? null;
      loose.push(text);
    }
  }
  return { values, loose: loose.length ? { words: loose, after } : null };
}

const namesRead = new WeakMap<readonly Messages[], WeakMap<Action, ReadonlyMap<string, string>>>();

/** An action's options by all their names, folded; they are put together once. */
function optionNames(action: Action, catalogues: readonly Messages[]): ReadonlyMap<string, string> {
  const ofThese = namesRead.get(catalogues) ?? new WeakMap<Action, ReadonlyMap<string, string>>();
  namesRead.set(catalogues, ofThese);
  const known = ofThese.get(action);
  if (known) return known;
  const byName = new Map<string, string>();
  for (const [key, { former }] of Object.entries(action.options)) {
    const words = catalogues.map(m => action.words(m).options[key]!.name);
    for (const name of [key, ...former, ...words]) byName.set(fold(name), key);
  }
  ofThese.set(action, byName);
  return byName;
}

/** The options that free text fills, in turn: the main one, then the required ones. */
function positions(action: Action): string[] {
  const keys = Object.keys(action.options);
  const first = keys.filter(key => isMain(action, key));
  const isWanted = (key: string): boolean => {
    const { required, unless, unlessAny } = action.options[key]!;
    return required || unless !== undefined || unlessAny !== undefined;
  };
  return [...first, ...keys.filter(key => !first.includes(key) && isWanted(key))];
}

const isMain = (action: Action, key: string): boolean => action.options[key]?.main === true;

/** Kinds of values that are one word wherever they are typed without a name. */
const ONE_WORD: ReadonlySet<Input> = new Set(['choice', 'flag', 'whole', 'channel']);
/** Kinds of values that any words may belong to. */
const TEXTS: ReadonlySet<Input> = new Set(['line', 'paragraph', 'list', 'file']);

const inputOf = (action: Action, key: string): Input => action.options[key]!.kind.input;

export const takesRest = (action: Action, key: string): boolean => TEXTS.has(inputOf(action, key));

/** Tells whether a text has the form of a code of this option. */
const isCode = (action: Action, key: string, text: string): boolean => {
  const { letter } = action.options[key]!.kind;
  return letter !== undefined && codeIn(text, letter) !== null;
};

/** Tells whether bare words after a value belong to it: a main name goes on up to a quote, others only as last text. */
function goesOn(action: Action, key: string, text: string, isLast: boolean): boolean {
  if (!isMain(action, key)) return isLast && takesRest(action, key);
  return !isCode(action, key, text) && !ONE_WORD.has(inputOf(action, key));
}

/** Writes an invocation as a line that `parseOptions` reads back. */
export function printLine(path: readonly string[], values: Readonly<Record<string, string>>): string {
  const quote = (value: string) => `"${value.replaceAll(/[\\"“”„«»]/g, '\\$&')}"`;
  return [`/${path.filter(Boolean).join(' ')}`, ...Object.entries(values).map(([k, v]) => `${k}:${quote(v)}`)].join(
    ' ',
  );
}
