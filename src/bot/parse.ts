import type { Messages } from '../language/messages.ts';
import { fold } from '../storage/words.ts';
import type { Action } from './command.ts';
import { Refusal } from './refusal.ts';
import { nearest } from './registry.ts';

interface Token {
  readonly text: string;
  /** The option name before a colon, if one was written. */
  readonly name: string | null;
  readonly quoted: boolean;
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
    at++;
    return text;
  };
  for (skip(); at < line.length; skip()) {
    const name = /^([\p{L}_-]+):(?!\/\/)/u.exec(line.slice(at));
    if (name) at += name[0].length;
    if (at < line.length && OPEN.includes(line[at]!))
      found.push({ name: name?.[1] ?? null, text: quoted(), quoted: true });
    else {
      const word = /^\S*/.exec(line.slice(at))![0];
      at += word.length;
      found.push({ name: name?.[1] ?? null, text: word, quoted: false });
    }
  }
  return found;
}

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

/**
 * Reads the rest of a line as an action's options, by English name. The first free text is the main option; what
 * follows a code, or stands in a further quote, fills the next required option; bare words after `name:value`
 * belong to that value.
 * @throws Refusal `invalid_option` for a name that the action does not have, with the nearest.
 */
export function parseOptions(
  action: Action,
  line: string,
  used: number,
  catalogues: readonly Messages[],
): Record<string, string> {
  const keys = Object.keys(action.options);
  const byName = new Map<string, string>();
  for (const key of keys) {
    const words = catalogues.map(m => action.words(m).options[key]!.name);
    for (const name of [key, ...action.options[key]!.former, ...words]) byName.set(fold(name), key);
  }

  const values: Record<string, string> = {};
  const waiting = positions(action);
  let last: { key: string; open: boolean } | null = null;
  for (const token of tokens(line.replace(/^\s*\//, '')).slice(used)) {
    const key = token.name === null ? undefined : byName.get(fold(token.name));
    if (key) {
      values[key] = token.text;
      const position = waiting.indexOf(key);
      if (position >= 0) waiting.splice(position, 1);
      last = { key, open: !token.quoted };
      continue;
    }
    if (token.name !== null && !token.quoted && token.text !== '') {
      const typed = token.name;
      const near = nearest(fold(typed), [...byName.keys()]);
      if (near.length || action.options[last?.key ?? '']?.kind.input !== 'paragraph')
        throw new Refusal('invalid_option', m => m.core.unknownOption({ typed, nearest: near }));
    }
    const text: string = token.name === null ? token.text : `${token.name}:${token.text}`;
    const continues: boolean =
      last?.open === true && !token.quoted && (waiting.length === 0 || !isMain(action, waiting[0]!));
    if (last && continues) values[last.key] = `${values[last.key]} ${text}`.trim();
    else if (waiting[0]) {
      const next = waiting.shift()!;
      values[next] = text;
      last = { key: next, open: !token.quoted && !endsHere(action, next, text) };
    } else if (last) values[last.key] = `${values[last.key]} ${text}`.trim();
    else throw new Refusal('invalid_option', m => m.core.nothingTaken({ typed: text }));
  }
  return values;
}

/** The options that free text fills, in turn: the main one, then the required ones. */
function positions(action: Action): string[] {
  const keys = Object.keys(action.options);
  const first = keys.filter(key => isMain(action, key));
  const isWanted = (key: string): boolean => {
    const { required, unless } = action.options[key]!;
    return required || unless !== undefined;
  };
  return [...first, ...keys.filter(key => !first.includes(key) && isWanted(key))];
}

const isMain = (action: Action, key: string): boolean => action.options[key]?.main === true;

/** A code or a choice is one word; a name or a text goes on. */
function endsHere(action: Action, key: string, text: string): boolean {
  const kind = action.options[key]!.kind;
  if (kind.input === 'entity') return /^[A-Za-z]-?\d+$/.test(text);
  return kind.input === 'choice' || kind.input === 'flag' || kind.input === 'whole' || kind.input === 'channel';
}

/** Writes an invocation as a line that `parseOptions` reads back. */
export function printLine(path: readonly string[], values: Readonly<Record<string, string>>): string {
  const quote = (value: string) => `"${value.replaceAll(/[\\"“”„«»]/g, '\\$&')}"`;
  return [`/${path.filter(Boolean).join(' ')}`, ...Object.entries(values).map(([k, v]) => `${k}:${quote(v)}`)].join(
    ' ',
  );
}
