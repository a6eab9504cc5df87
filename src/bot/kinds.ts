import * as z from 'zod';
import type { Raw } from '../contract/act.ts';
import { Refusal } from '../contract/refusal.ts';
import { unitKindOf } from '../domain/indicators/units.ts';
import { moneyInWords } from '../language/amount-words.ts';
import { clean, cleanLine } from '../language/clean.ts';
import { formatDate, formatInstant, readDate, readInstant } from '../language/dates.ts';
import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import {
  formatMoney,
  formatNumber,
  numberAsTyped,
  type ReadingOf,
  readDecimal,
  readMoney,
  readNumber,
  readWhole,
} from '../language/numbers.ts';
import { fold } from '../storage/words.ts';
import { checked, type Kind, type KindInput, typedOf } from './kind.ts';

export type { Input } from '../contract/form.ts';
export { type Channel, invalid, type Kind, type KindInput, reads, typedOf } from './kind.ts';

/** One line of text, cleaned; 200 characters unless told. */
export const line = ({ max = 200, min = 1 } = {}): Kind<string> =>
  checked(
    {
      input: 'line',
      longest: max,
      allowed: () => z.string().min(min).max(max),
      print: value => value,
      accepts: (m, r) => m.core.acceptsText({ max: formatNumber(max, r.locale) }),
    },
    raw => cleanLine(typedOf(raw)),
  );

/** Text of several lines, cleaned; 3,000 characters at most (the least that both platforms take). */
export const paragraph = ({ max = 3000 } = {}): Kind<string> =>
  checked(
    {
      input: 'paragraph',
      longest: max,
      allowed: () => z.string().min(1).max(max),
      print: value => value,
      accepts: (m, r) => m.core.acceptsText({ max: formatNumber(max, r.locale) }),
    },
    raw => clean(typedOf(raw)).trim(),
  );

/**
 * The one value that a text means.
 * @throws Refusal `invalid_option` with all readings, each a candidate, where it may mean several.
 */
function meant<T>(
  reading: ReadingOf<T>,
  raw: Raw,
  r: KindInput,
  show: (value: NoInfer<T>, locale: Locale) => string,
  typedAs: (value: NoInfer<T>) => string,
): T | undefined {
  if ('value' in reading) return reading.value;
  if (reading.why === 'not_a_number') return undefined;
  const typed = typedOf(raw);
  const readings = reading.readings.map(value => show(value, r.ctx.locale));
  const candidates = reading.readings.map((value, i) => ({ value: typedAs(value), label: readings[i]! }));
  const isM = /\d ?m$/i.test(typed.trim());
  throw new Refusal('invalid_option', m => m.core.doubtfulNumber({ option: r.option, typed, readings, isM }), {
    candidates,
  });
}

/** The largest value and the largest distance from zero that any figure may have. */
const VALUE_LIMIT = 1e15;

/** A number with decimals. */
export const number = ({ min = -VALUE_LIMIT, max = VALUE_LIMIT } = {}): Kind<number> =>
  checked<number>(
    {
      input: 'number',
      allowed: () => z.number().min(min).max(max),
      print: numberAsTyped,
      accepts: (m, r) => m.core.acceptsNumber(boundsOf(min, max, r.locale)),
    },
    (raw, r) => meant(readNumber(typedOf(raw), r.ctx.locale), raw, r, formatNumber, numberAsTyped),
  );

/** An exact number, as decimal text (`-1250.5`) with six decimals at most. */
export const decimal = ({ min = -VALUE_LIMIT, max = VALUE_LIMIT } = {}): Kind<string> =>
  checked<string>(
    {
      input: 'number',
      allowed: () => z.string().refine(text => Number(text) >= min && Number(text) <= max),
      print: numberAsTyped,
      accepts: (m, r) => m.core.acceptsNumber(boundsOf(min, max, r.locale)),
    },
    (raw, r) => meant(readDecimal(typedOf(raw), r.ctx.locale), raw, r, formatNumber, numberAsTyped),
  );

const boundsOf = (min: number, max: number, locale: Locale) => ({
  min: formatNumber(min, locale),
  max: formatNumber(max, locale),
  example: formatNumber(1234.5, locale),
});

/** A unit that may stand behind a number and says nothing: days, or what a unit of an indicator measures. */
type SilentUnit = 'people' | 'percent' | 'days';

const DAYS = /^(days?|hari)$/i;
const BEFORE_UNIT = /^(.*\d) ?([%\p{L}][%\p{L} ]*)$/u;

/** A number without the unit behind it, where that is the one it is counted in. */
function withoutUnit(typed: string, unit: SilentUnit | undefined): string {
  const [, amount, word] = BEFORE_UNIT.exec(typed.trim()) ?? [];
  if (!unit || amount === undefined || word === undefined) return typed;
  const isUnit = unit === 'days' ? DAYS.test(word) : unitKindOf(word) === unit;
  return isUnit ? amount : typed;
}

/** A whole number; the unit in which it is counted may stand behind it (`30 orang`). */
export const whole = ({
  min = 0,
  max = 1_000_000_000,
  unit,
}: {
  min?: number;
  max?: number;
  unit?: SilentUnit;
} = {}): Kind<number> =>
  checked(
    {
      input: 'whole',
      allowed: () => z.number().int().min(min).max(max),
      bounds: { min, max },
      print: value => String(value),
      accepts: (m, r) => m.core.acceptsWhole({ min: formatNumber(min, r.locale), max: formatNumber(max, r.locale) }),
    },
    (raw, r) => meant(readWhole(withoutUnit(typedOf(raw), unit), r.ctx.locale), raw, r, formatNumber, String),
  );

/** Maximum amount, minor units: Rp 90 trillion. A forum sets its own limit below it. */
const MONEY_LIMIT = 9_000_000_000_000_000;

/** An amount in minor units as an option's value that reads the same in either language. */
const rupiahAsTyped = (minor: number): string => `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;

/** An amount of rupiah, in minor units (100 to the rupiah); above zero. */
export const money = (): Kind<number> =>
  checked(
    {
      input: 'money',
      allowed: () => z.number().int().min(1).max(MONEY_LIMIT),
      print: rupiahAsTyped,
      accepts: (m, r) =>
        m.core.acceptsMoney({ example: formatMoney(125_000_000, r.locale), max: formatMoney(MONEY_LIMIT, r.locale) }),
    },
    (raw, r) =>
      meant(
        readMoney(typedOf(raw), r.ctx.locale),
        raw,
        r,
        (minor, locale) => `${formatMoney(minor, locale)} (${moneyInWords(minor, locale)})`,
        rupiahAsTyped,
      ),
  );

/** A local date, `YYYY-MM-DD`. */
export const date = (): Kind<string> =>
  checked(
    {
      input: 'date',
      allowed: () => z.string().regex(/^\d{4}-\d\d-\d\d$/),
      print: value => value,
      accepts: (m, r) => m.core.acceptsDate({ example: formatDate('2026-11-25', r.locale) }),
    },
    (raw, r) => readDate(typedOf(raw), r.ctx) ?? undefined,
  );

/** An instant; a date without a time means `time` on that day, in the person's zone. */
export const instant = (time = '17:00'): Kind<Date> =>
  checked(
    {
      input: 'instant',
      allowed: () => z.date(),
      print: value => value.toISOString(),
      accepts: (m, r) => m.core.acceptsInstant({ example: formatInstant(r.now, r.zone, r.locale) }),
    },
    (raw, r) => readInstant(typedOf(raw), { now: r.ctx.now, zone: r.ctx.zone, defaultTime: time }) ?? undefined,
  );

/** A word as choices are compared: folded, with one sign for whatever stands between its letters and digits. */
export const choiceWord = (typed: string): string =>
  fold(cleanLine(typed))
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');

/**
 * One of a few values; typed by its name, by its label in any language, by a synonym, or by the beginning of either
 * that only one value has.
 */
export function choice<V extends string>(
  values: readonly V[],
  labels: (m: Messages) => Readonly<Record<V, string>>,
  synonyms?: Readonly<Partial<Record<V, readonly string[]>>>,
): Kind<V> {
  const label = (m: Messages, value: string): string => labels(m)[value as V];
  const synonymsOf = (value: string): readonly string[] => synonyms?.[value as V] ?? [];
  const kind: Omit<Kind<V>, 'read'> = {
    input: 'choice',
    allowed: () => z.enum(values as [V, ...V[]]),
    print: value => value,
    accepts: m => m.core.acceptsChoice({ choices: values.map(value => label(m, value)) }),
    choices: { values, label, synonyms: synonymsOf },
  };
  return checked(kind, (raw, r) => {
    const wanted = choiceWord(typedOf(raw));
    const names = (value: V) => [value, ...r.ctx.catalogues.map(m => label(m, value))].map(choiceWord);
    const others = (value: V) => synonymsOf(value).map(choiceWord);
    const only = (named: (value: V) => readonly string[]): V | undefined => {
      const starting = wanted.length < 3 ? [] : values.filter(value => named(value).some(n => n.startsWith(wanted)));
      return starting.length === 1 ? starting[0] : undefined;
    };
    return (
      values.find(value => names(value).includes(wanted)) ??
      values.find(value => others(value).includes(wanted)) ??
      only(names) ??
      only(others)
    );
  });
}

const YES = new Set(['yes', 'y', 'true', '1', 'on', 'ya', 'iya', 'benar']);
const NO = new Set(['no', 'n', 'false', '0', 'off', 'tidak', 'bukan', 'tdk']);

/** Yes or no. */
export const flag = (): Kind<boolean> =>
  checked(
    {
      input: 'flag',
      allowed: () => z.boolean(),
      print: value => (value ? 'yes' : 'no'),
      accepts: m => m.core.acceptsFlag,
      choices: {
        values: ['yes', 'no'],
        label: (m, value) => (value === 'yes' ? m.core.yes : m.core.no),
        synonyms: value => [...(value === 'yes' ? YES : NO)],
      },
    },
    raw => {
      const typed = fold(cleanLine(typedOf(raw)));
      return YES.has(typed) ? true : NO.has(typed) ? false : undefined;
    },
  );
