import { leadingWords, parseOptions } from '../../src/bot/parse.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { spokenLine } from '../../src/bot/spoken.ts';
import type { Ask, Raw } from '../../src/contract/act.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { Directory } from './directory.ts';

const MENTION = /^<@([A-Z0-9]+)>$/;
const CHANNEL = /^<#([A-Z0-9]+)>$/;

/** Slack's text as it was typed: links and signs as they were; references to people and channels stay, by id alone. */
export const typedText = (text: string): string =>
  text
    .replace(/<([@#])([A-Z0-9]+)(?:\|[^>]*)?>/g, '<$1$2>')
    .replace(/<!(?:subteam\^[A-Z0-9]+\|@?)?([^>|]*)(?:\|[^>]*)?>/g, '@$1')
    .replace(/<(?:mailto|tel):([^>|]*)(?:\|[^>]*)?>/g, '$1')
    .replace(/<(https?:[^>|]*)(?:\|[^>]*)?>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Maximum of people and channels that are looked up for one text. */
const MENTIONS = 10;

/**
 * Looks up everybody and everything that a text refers to, at the cost of who wrote it, so that it can be read at once
 * afterwards.
 */
export async function lookUp(text: string, directory: Directory, by: string): Promise<void> {
  // Somebody may have typed the brackets, too.
  const all = [...text.matchAll(/(?:<|&lt;)([@#])([A-Z0-9]+)(?:\|([^>]*?))?(?:>|&gt;)/g)];
  const found = [...new Map(all.map(one => [one[2], one])).values()].slice(0, MENTIONS);
  await Promise.all(
    found.map(([, sign, id = '', label]) =>
      sign === '@' ? directory.mentioned({ id, name: label }, by) : directory.channel(id, by, label),
    ),
  );
}

/** A text in which references read as people read them. */
export const readable = (text: string, directory: Directory): string =>
  text
    .replace(/<@([A-Z0-9]+)>/g, (_, id: string) => `@${directory.known(id)?.name ?? id}`)
    .replace(/<#([A-Z0-9]+)>/g, (_, id: string) => `#${directory.knownChannel(id)?.name ?? id}`);

/**
 * Reads what follows `/rembug`: a command with its options, references to people and channels where an option is of
 * that kind. What cannot be read goes on as it was typed, so that it is refused as everywhere. Nothing: the overview.
 */
export const askOf = (text: string, registry: Registry, directory: Directory): Ask =>
  askOfLine(typedText(text).trim(), registry, directory, groupsIn(text));

/** User groups that a text refers to, by the name that stands for each. */
const groupsIn = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/<!subteam\^([A-Z0-9]+)\|@?([^>]+)>/g)].map(([, id = '', name = '']) => [name, id]));

/** The same of what is written to the bot as to somebody: in a direct message, or behind its name in a channel. */
export const spokenAskOf = (text: string, registry: Registry, directory: Directory): Ask =>
  askOfLine(spokenLine(registry, typedText(text.replace(/^\s*<@[A-Z0-9]+>/, ''))), registry, directory);

function askOfLine(
  line: string,
  registry: Registry,
  directory: Directory,
  groups: ReadonlyMap<string, string> = new Map(),
): Ask {
  if (line === '' || line === '/') return { kind: 'typed', line: 'help' };
  const asTyped: Ask = { kind: 'typed', line: readable(line, directory) };
  const path = leadingWords(line);
  const found = registry.find(path);
  if (found.kind !== 'action') return asTyped;
  try {
    const { values, loose } = parseOptions(found.action, line, found.used, registry.catalogues);
    const given = Object.entries(values).map(([key, typed]): [string, Raw] => {
      const person = found.action.options[key]?.kind.input === 'member' ? memberIn(typed, directory) : null;
      const channel = found.action.options[key]?.kind.input === 'channel' ? channelIn(typed, directory) : null;
      const name = typed.replace(/^@/, '');
      const group = found.action.options[key]?.kind.input === 'role' ? groups.get(name) : undefined;
      if (person) return [key, { account: person }];
      if (group) return [key, { role: { id: group, name } }];
      return [key, channel ? { channel } : { typed: readable(typed, directory) }];
    });
    return { kind: 'chosen', path, given: Object.fromEntries(given), loose };
  } catch (error) {
    if (error instanceof Refusal) return asTyped;
    throw error;
  }
}

/** A person as Slack writes one (`<@U1>`) or by a name that is known here. */
export function memberIn(typed: string, directory: Directory) {
  const id = MENTION.exec(typed)?.[1];
  return id ? directory.known(id) : directory.named(typed.replace(/^@/, ''));
}

/** A channel as Slack writes one (`<#C1>`) or by a name that is known here. */
export function channelIn(typed: string, directory: Directory) {
  return directory.knownChannel(CHANNEL.exec(typed)?.[1] ?? typed);
}
