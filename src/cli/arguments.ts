import { parseArgs } from 'node:util';
import { nearest } from '../bot/registry.ts';
import { UsageError, type VerbDefinition, type Words } from './verb.ts';

/**
 * Reads what was typed after a verb. Nothing is guessed: what the verb does not take, it does not act upon.
 * @throws UsageError for what is unknown, surplus, missing, given twice or without its value.
 */
export function readArguments(
  { options, takes, needs = [] }: VerbDefinition,
  args: readonly string[],
  { placeholders }: Words,
): Readonly<Record<string, string | true>> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(options).map(([name, of]) => [name, { type: of === true ? 'boolean' : 'string' } as const]),
    ),
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const given: Record<string, string | true> = {};
  const wanted = Object.keys(takes);
  for (const token of tokens) {
    if (token.kind === 'positional') {
      const { value: typed } = token;
      const name = wanted.shift();
      if (name === undefined) throw new UsageError(wrong => wrong.surplus({ typed }));
      given[name] = typed;
    } else if (token.kind === 'option') {
      const name = token.rawName;
      const of = Object.hasOwn(options, token.name) && name.startsWith('--') ? options[token.name] : undefined;
      if (of === undefined) {
        const [near = ''] = nearest(token.name, Object.keys(options));
        throw new UsageError(wrong => wrong.unknown({ typed: name, nearest: near && `--${near}` }));
      }
      if (token.name in given) throw new UsageError(wrong => wrong.twice({ name }));
      if (of === true && token.value !== undefined) throw new UsageError(wrong => wrong.value({ name }));
      // The next option is no value of this one; a value that looks so is written behind an equals sign.
      const isNext = token.value?.startsWith('--') && !token.inlineValue;
      if (of !== true && (!token.value || isNext)) throw new UsageError(wrong => wrong.noValue({ name }));
      given[token.name] = of === true ? true : token.value!;
    }
  }
  const [missing] = wanted;
  if (missing !== undefined) throw new UsageError(wrong => wrong.missing({ name: placeholders[takes[missing]!] }));
  const unsaid = needs.find(name => !(name in given));
  if (unsaid !== undefined) throw new UsageError(wrong => wrong.missing({ name: `--${unsaid}` }));
  return given;
}

/** A verb with all that it takes, as its usage line says. */
export function usageOf(name: string, { options, takes, needs = [] }: VerbDefinition, { placeholders }: Words): string {
  const named = Object.entries(options).map(([option, of]) => {
    const value = typeof of === 'string' ? placeholders[of] : of !== true && of.join('|');
    const typed = value ? `--${option} ${value}` : `--${option}`;
    return needs.includes(option) ? typed : `[${typed}]`;
  });
  return [name, ...Object.values(takes).map(of => placeholders[of]), ...named].join(' ');
}

/** The help of one verb. */
export const helpOf = (name: string, definition: VerbDefinition, words: Words): readonly string[] => [
  words.usage({ line: usageOf(name, definition, words) }),
  words.verbs[name as keyof Words['verbs']],
];

/** Returns what `rembug --help` prints: a line a verb. */
export function help(verbs: Readonly<Record<string, VerbDefinition>>, words: Words): readonly string[] {
  const width = Math.max(...Object.keys(verbs).map(name => name.length)) + 2;
  return [
    words.about,
    '',
    words.usage({ line: words.anyVerb }),
    '',
    ...Object.keys(verbs).map(name => `  ${name.padEnd(width)}${words.verbs[name as keyof Words['verbs']]}`),
    '',
    words.more,
  ];
}
