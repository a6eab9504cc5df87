import type { PollRule } from '../../storage/schema/polls.ts';
import { fold, sameName } from '../../storage/words.ts';

/** A ballot of a poll. It is kept as text: `3`, `1;4`, `3>1>2`, `1=5;3=2`, `1=yes;2=maybe`. */
export type PollChoice =
  | { readonly form: 'names'; readonly options: readonly number[] }
  | { readonly form: 'ranking'; readonly options: readonly number[] }
  | { readonly form: 'points'; readonly points: readonly (readonly [option: number, points: number])[] }
  | { readonly form: 'dates'; readonly answers: readonly (readonly [option: number, answer: DateAnswer])[] };

export type DateAnswer = 'yes' | 'maybe';

/** Reasons for which a choice cannot be cast as it was typed. */
export type ChoiceNo =
  | { readonly why: 'unknown_option'; readonly typed: string }
  | { readonly why: 'unclear_option'; readonly typed: string; readonly number: number }
  | { readonly why: 'not_accepted'; readonly option: number }
  | { readonly why: 'has_declined'; readonly option: number }
  | { readonly why: 'option_twice'; readonly option: number }
  | { readonly why: 'too_many'; readonly max: number }
  | { readonly why: 'too_many_points'; readonly max: number; readonly given: number }
  | { readonly why: 'no_points'; readonly typed: string }
  | { readonly why: 'no_answer'; readonly typed: string }
  | { readonly why: 'nothing_chosen' };

/** Describes what can be voted for, and what it may be typed by besides its number. */
export interface Choosable {
  readonly option: number;
  readonly names: readonly string[];
  readonly state: 'asked' | 'listed' | 'declined';
}

/** Tells how a ballot of this kind is written. */
export function formOf({ kind, method }: Pick<PollRule, 'kind' | 'method'>): PollChoice['form'] {
  if (kind === 'date') return 'dates';
  if (kind === 'points') return 'points';
  return method === 'plurality' || method === 'approval' ? 'names' : 'ranking';
}

/** The ballot of a voter who has time at none of the dates. */
const NOTHING = '-';

/** Writes a choice so that equal ones are written alike, which is what counting them needs. */
export function writeChoice(choice: PollChoice): string {
  const sorted = <T extends readonly [number, unknown]>(pairs: readonly T[]): string =>
    [...pairs]
      .sort((a, b) => a[0] - b[0])
      .map(([option, value]) => `${option}=${value}`)
      .join(';') || NOTHING;
  switch (choice.form) {
    case 'names':
      return [...choice.options].sort((a, b) => a - b).join(';');
    case 'ranking':
      return choice.options.join('>');
    case 'points':
      return sorted(choice.points);
    case 'dates':
      return sorted(choice.answers);
  }
}

/** Reads what `writeChoice` wrote. */
export function parseChoice(form: PollChoice['form'], written: string): PollChoice {
  const numbers = (by: string): number[] => written.split(by).map(Number);
  const pairs = (): string[][] => (written === NOTHING ? [] : written.split(';').map(pair => pair.split('=')));
  switch (form) {
    case 'names':
      return { form, options: numbers(';') };
    case 'ranking':
      return { form, options: numbers('>') };
    case 'points':
      return { form, points: pairs().map(([option, points]) => [Number(option), Number(points)]) };
    case 'dates':
      return { form, answers: pairs().map(([option, answer]) => [Number(option), answer as DateAnswer]) };
  }
}

const isNo = (found: number | ChoiceNo): found is ChoiceNo => typeof found !== 'number';

/**
 * Finds the option that is meant: by its number, `2` or `2.`, or by the whole of one of its names. Bare digits that are
 * the number of one option and the name of another are asked back, and so is a name of several, unless it is written
 * exactly as one of them.
 */
function optionMeant(typed: string, options: readonly Choosable[]): number | ChoiceNo {
  const bare = typed.replace(/\.$/, '').trim();
  const numbered = /^\d{1,3}$/.test(bare) ? options.filter(one => one.option === Number(bare)) : [];
  const found = numbered.length && bare !== typed ? numbered : union(numbered, calledSo(bare, options));
  const [one] = found;
  if (found.length > 1) return { why: 'unclear_option', typed, number: one!.option };
  if (!one) return { why: 'unknown_option', typed };
  if (one.state === 'asked') return { why: 'not_accepted', option: one.option };
  if (one.state === 'declined') return { why: 'has_declined', option: one.option };
  return one.option;
}

const union = <T>(some: readonly T[], more: readonly T[]): readonly T[] => [...new Set([...some, ...more])];

/** Finds the options of this name: signs count where options differ by nothing else, as `A+` and `A-` do. */
function calledSo(typed: string, options: readonly Choosable[]): readonly Choosable[] {
  const exactly = options.filter(one => one.names.some(name => isSameOption(name, typed)));
  return exactly.length ? exactly : options.filter(one => one.names.some(name => sameName(name, typed)));
}

/** Points and quotes in which two writings of one option may differ. */
const MARKS = /[.,;:!?'"“”‘’()\s]+/gu;

/** Tells whether two texts are one option: case, accents, spaces and points aside; other signs tell options apart. */
export const isSameOption = (one: string, other: string): boolean => optionKey(one) === optionKey(other);

const optionKey = (text: string): string => fold(text).replace(MARKS, ' ').trim() || fold(text).trim();

/** A number as it is typed, with a point or without. */
const NUMBER = /^\d+\.?$/;

/** Words between separators; commas separate too where nothing but numbers stands between them. */
function partsOf(typed: string, separators: RegExp): string[] {
  const split = (by: string | RegExp): string[] =>
    typed
      .split(by)
      .map(part => part.trim())
      .filter(Boolean);
  const numbers = split(',');
  return numbers.every(part => NUMBER.test(part)) ? numbers : split(separators);
}

/**
 * Tells whether the parts of a text can be nothing but numbers: `1., 3.`, `1; 3`. Parted by bare commas they may also be
 * the name `1.5`, which some write `1,5`.
 */
const areNumbers = (typed: string, parts: readonly string[]): boolean =>
  parts.length > 1 && parts.every(part => NUMBER.test(part)) && /[;>\n]|\.\s*,/.test(typed);

/** Finds the options that are written exactly so, case and accents aside. */
const writtenSo = (typed: string, options: readonly Choosable[]): readonly Choosable[] =>
  options.filter(one => one.names.some(name => fold(name).trim() === fold(typed).trim()));

/** The first of the options that is named twice. */
const doubled = (options: readonly number[]): number | undefined =>
  options.find((option, i) => options.indexOf(option) < i);

/**
 * Reads a ballot as it was typed: `Balai desa`, `1; 3`, `3 > 1 > 2`, `1=3; 2=2`, `1=yes; 2=maybe`. `answerOf` reads the
 * words for an answer to a date.
 */
export function readChoice(
  rule: PollRule,
  options: readonly Choosable[],
  typed: string,
  answerOf: (word: string) => DateAnswer | 'no' | null,
): { readonly choice: string } | ChoiceNo {
  const form = formOf(rule);
  if (form === 'points' || form === 'dates') return readPairs(form, rule, options, typed, answerOf);
  const parts = partsOf(typed, form === 'ranking' ? /[>;\n]/ : /[;\n]/);
  if (!parts.length) return { why: 'nothing_chosen' };
  // A name may hold separators: the whole text is tried first.
  const whole = optionMeant(typed.trim(), areNumbers(typed, parts) ? writtenSo(typed, options) : options);
  const isWhole = !isNo(whole) || whole.why !== 'unknown_option';
  const found = isWhole ? [whole] : parts.map(part => optionMeant(part, options));
  const no = found.find(isNo);
  if (no) return no;
  const chosen = found as number[];
  const twice = doubled(chosen);
  if (twice !== undefined) return { why: 'option_twice', option: twice };
  const max = rule.kind === 'single' || rule.kind === 'check' ? 1 : rule.max;
  if (max !== null && chosen.length > max) return { why: 'too_many', max };
  return { choice: writeChoice({ form, options: chosen }) };
}

function readPairs(
  form: 'points' | 'dates',
  rule: PollRule,
  options: readonly Choosable[],
  typed: string,
  answerOf: (word: string) => DateAnswer | 'no' | null,
): { readonly choice: string } | ChoiceNo {
  const parts = partsOf(typed, /[;\n]/);
  if (!parts.length) return { why: 'nothing_chosen' };
  const pairs: [number, string][] = [];
  for (const part of parts) {
    const [name = '', value = form === 'dates' ? 'yes' : '', ...more] = part.split('=').map(one => one.trim());
    const option = optionMeant(name, options);
    if (isNo(option)) return option;
    pairs.push([option, [value, ...more].join('=')]);
  }
  const twice = doubled(pairs.map(([option]) => option));
  if (twice !== undefined) return { why: 'option_twice', option: twice };
  if (form === 'dates') {
    const answers: [number, DateAnswer][] = [];
    for (const [option, word] of pairs) {
      const answer = answerOf(word);
      if (answer === null) return { why: 'no_answer', typed: word };
      if (answer !== 'no') answers.push([option, answer]);
    }
    return { choice: writeChoice({ form, answers }) };
  }
  const wrong = pairs.find(([, points]) => !/^\d{1,6}$/.test(points));
  if (wrong) return { why: 'no_points', typed: wrong[1] };
  const points = pairs.map(([option, given]) => [option, Number(given)] as const).filter(([, given]) => given > 0);
  const given = points.reduce((sum, [, one]) => sum + one, 0);
  if (given === 0) return { why: 'nothing_chosen' };
  if (rule.points !== null && given > rule.points) return { why: 'too_many_points', max: rule.points, given };
  return { choice: writeChoice({ form, points }) };
}
