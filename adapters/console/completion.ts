import type { Action, Command } from '../../src/bot/command.ts';
import { leadingWords } from '../../src/bot/parse.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Suggestion } from '../../src/contract/suggestion.ts';
import type { Messages } from '../../src/language/messages.ts';
import { fold } from '../../src/storage/words.ts';
import { LINE_NAMES, readLine } from './lines.ts';

/** Describes what completion asks of the conversation. */
export interface Asked {
  readonly registry: Registry;
  /** The language of the conversation: its names come first. */
  readonly m: Messages;
  readonly labels: readonly string[];
  /** Names of the fields of the form that is open. */
  readonly fields: readonly string[];
  /** Candidates of an option, for the person who types. */
  suggest(command: Command, action: Action, option: string, typed: string): Promise<readonly Suggestion[]>;
}

/** Words that may stand in the place of `typed`, the end of a line. */
export interface Completions {
  readonly candidates: readonly string[];
  readonly typed: string;
}

/** The candidates that begin as it was typed, case and accents aside; those of the first list that has any. */
function beginning(typed: string, ...lists: readonly (readonly string[])[]): Completions {
  const wanted = fold(typed);
  const candidates = lists.map(list => [...new Set(list)].filter(one => fold(one).startsWith(wanted)));
  return { candidates: candidates.find(list => list.length) ?? [], typed };
}

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);

/** Completes the end of a line: a line of the console, a command, its action, an option's name or its value. */
export async function complete(line: string, asked: Asked): Promise<Completions> {
  const act = line.replace(/^\s*@(?:"[^"]*"|\S+)\s+/, '');
  if (act.startsWith(':')) return completeLine(act, asked);
  return act.startsWith('/') ? await completeCommand(act, asked) : { candidates: [], typed: act };
}

function completeLine(line: string, { labels, fields }: Asked): Completions {
  if (!/\s/.test(line)) return beginning(line, LINE_NAMES);
  const own = readLine(line);
  const behind = line.slice(line.search(/\s/)).trimStart();
  if (own?.name === 'click') return beginning(behind, labels.map(quoted), labels);
  const word = /\S*$/.exec(line)![0];
  if (own?.name === 'fill')
    return beginning(
      word,
      fields.map(name => `${name}=`),
    );
  return { candidates: [], typed: word };
}

/** Names in the language of the conversation, and in all others. */
function namesOf(
  { m, registry }: Asked,
  things: readonly { readonly name: string; words(m: Messages): { readonly name: string } }[],
): [readonly string[], readonly string[]] {
  const all = things.flatMap(one => [...registry.catalogues.map(words => one.words(words).name), one.name]);
  return [things.map(one => one.words(m).name), all];
}

async function completeCommand(line: string, asked: Asked): Promise<Completions> {
  const { registry, m } = asked;
  const words = leadingWords(line);
  const isWord = !/\s$/.test(line);
  if (words.length <= 1 && isWord) {
    const [own, all] = namesOf(asked, registry.commands);
    return beginning(
      line,
      own.map(name => `/${name}`),
      all.map(name => `/${name}`),
    );
  }
  const found = registry.find(words);
  if (found.kind !== 'action' || (found.used === 2 && words.length === 2 && isWord && endsWithWord(line, words[1]!))) {
    const root = registry.find(words.slice(0, 1));
    const command = root.kind === 'command' || root.kind === 'action' ? root.command : null;
    if (!command) return { candidates: [], typed: '' };
    const [own, all] = namesOf(
      asked,
      command.actions.filter(action => !action.hidden && action.name !== ''),
    );
    return beginning(isWord ? (words[1] ?? '') : '', own, all);
  }
  const { action, command } = found;
  const option = /\s([\p{L}_-]+):("?)([^":]*)$/u.exec(line);
  const keys = Object.keys(action.options);
  const named = (typed: string): string | undefined =>
    keys.find(key => [key, ...registry.catalogues.map(one => action.words(one).options[key]!.name)].includes(typed));
  const key = option && named(option[1]!);
  if (key)
    return { typed: `${option[2]}${option[3]}`, candidates: await valuesOf(asked, command, action, key, option[3]!) };
  const typed = /(?:^|\s)("[^"]*|\S*)$/.exec(line)![1]!;
  const used = new Set([...line.matchAll(/\s([\p{L}_-]+):/gu)].map(([, name]) => named(name!)));
  const free = keys.filter(one => !used.has(one));
  const names = beginning(
    typed,
    free.map(one => `${action.words(m).options[one]!.name}:`),
    free.flatMap(one => registry.catalogues.map(words => `${action.words(words).options[one]!.name}:`)),
  );
  const main = keys.find(one => action.options[one]!.main);
  const isMain = main !== undefined && tokensBehind(line, found.used) <= (typed === '' ? 0 : 1);
  const values = isMain ? await valuesOf(asked, command, action, main, typed.replace(/^"/, '')) : [];
  return { typed, candidates: [...values, ...(typed.startsWith('"') ? [] : names.candidates)] };
}

const endsWithWord = (line: string, word: string): boolean => line.endsWith(` ${word}`);

/** Counts how many words or texts in quotes stand behind those that name the action. */
const tokensBehind = (line: string, used: number): number => (line.trim().match(/"[^"]*"?|\S+/g) ?? []).length - used;

/** Values of an option as they can be typed: a choice or a person by what they are called, a thing by its code. */
async function valuesOf(
  asked: Asked,
  command: Command,
  action: Action,
  key: string,
  typed: string,
): Promise<readonly string[]> {
  const isChoice = action.options[key]!.kind.choices !== undefined;
  const found = await asked.suggest(command, action, key, typed);
  return [...new Set(found.map(({ value, label }) => quoted(isChoice || /^\d+$/.test(value) ? label : value)))];
}
