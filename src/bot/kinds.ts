import { z } from 'zod';
import type { Member } from '../domain/people.ts';
import { clean, cleanLine } from '../language/clean.ts';
import { formatDate, formatInstant, readDate, readInstant } from '../language/dates.ts';
import { readZone } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import {
  formatMoney,
  formatNumber,
  type NumberReading,
  numberAsTyped,
  readMoney,
  readNumber,
  readWhole,
} from '../language/numbers.ts';
import type { Text } from '../language/text.ts';
import { fold } from '../storage/words.ts';
import type { Identity, Raw, Suggestion } from './act.ts';
import type { ReadContext } from './context.ts';
import { Refusal } from './refusal.ts';

/** What a kind may use to read a value. */
export interface Reading {
  readonly ctx: ReadContext;
  /** The option's name in the person's language, for the sentence that says what is wrong. */
  readonly option: string;
  memberOf(typed: string): Identity | null;
  channelOf(typed: string): Channel | null;
  /** The member behind an account; an act that writes makes one of an account not seen before. */
  member(identity: Identity): Promise<Member | null>;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
}

/** The native input that fits best; each adapter has one for each. */
export type Input =
  | 'line'
  | 'paragraph'
  | 'whole'
  | 'number'
  | 'money'
  | 'date'
  | 'instant'
  | 'choice'
  | 'flag'
  | 'entity'
  | 'member'
  | 'channel'
  | 'file'
  | 'list';

/**
 * A kind of option. `read` takes what a person typed or a platform delivered, in the person's language and zone;
 * `allowed` says which values are in bounds (and gives the platforms their limits); `print` writes a value so that
 * `read` reads it back, for button ids and drafts.
 */
export interface Kind<T> {
  readonly input: Input;
  readonly allowed: z.ZodType<T>;
  read(raw: Raw, reading: Reading): Promise<T>;
  print(value: T): string;
  /** What is accepted, with an example. */
  accepts(m: Messages, reading: Pick<ReadContext, 'locale' | 'now' | 'zone'>): Text;
  readonly choices?: { readonly values: readonly string[]; label(m: Messages, value: string): string };
  /** Candidates for what is typed so far, 25 at most; the best first. */
  suggest?(typed: string, ctx: ReadContext): Promise<readonly Suggestion[]>;
}

/** What was typed, as far as it is text. */
export function typedOf(raw: Raw): string {
  if ('typed' in raw) return raw.typed;
  if ('account' in raw) return raw.account.name;
  if ('channel' in raw) return raw.channel.name;
  return raw.file.url;
}

/** The refusal of a value: which option, what was typed, what is accepted. */
export function invalid(kind: Pick<Kind<unknown>, 'accepts'>, raw: Raw, r: Reading): Refusal {
  const typed = typedOf(raw);
  return new Refusal('invalid_option', m =>
    m.core.invalidOption({ option: r.option, typed, accepts: kind.accepts(m, r.ctx) }),
  );
}

/** Reads with `read` (undefined: cannot be read) and holds the value against the bounds. */
function checked<T>(kind: Omit<Kind<T>, 'read'>, read: (raw: Raw, r: Reading) => T | undefined): Kind<T> {
  return {
    ...kind,
    async read(raw, r) {
      const value = read(raw, r);
      const bounds = value === undefined ? null : kind.allowed.safeParse(value);
      if (!bounds?.success) throw invalid(kind, raw, r);
      return bounds.data;
    },
  };
}

/** One line of text, cleaned; 200 characters unless told. */
export const line = ({ max = 200, min = 1 } = {}): Kind<string> =>
  checked(
    {
      input: 'line',
      allowed: z.string().min(min).max(max),
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
      allowed: z.string().min(1).max(max),
      print: value => value,
      accepts: (m, r) => m.core.acceptsText({ max: formatNumber(max, r.locale) }),
    },
    raw => clean(typedOf(raw)).trim(),
  );

/** A number that may be read in two ways is asked about, with both readings. */
function numberOf(reading: NumberReading, raw: Raw, r: Reading, show = formatNumber): number | undefined {
  if ('value' in reading) return reading.value;
  if (reading.why === 'not_a_number') return undefined;
  const readings = reading.readings.map(n => show(n, r.ctx.locale));
  throw new Refusal('invalid_option', m => m.core.doubtfulNumber({ option: r.option, typed: typedOf(raw), readings }));
}

/** A number with decimals. */
export const number = ({ min = -1e12, max = 1e12 } = {}): Kind<number> =>
  checked(
    {
      input: 'number',
      allowed: z.number().min(min).max(max),
      print: numberAsTyped,
      accepts: (m, r) => m.core.acceptsNumber({ min, max, example: formatNumber(1234.5, r.locale) }),
    },
    (raw, r) => numberOf(readNumber(typedOf(raw), r.ctx.locale), raw, r),
  );

/** A whole number. */
export const whole = ({ min = 0, max = 1_000_000_000 } = {}): Kind<number> =>
  checked(
    {
      input: 'whole',
      allowed: z.number().int().min(min).max(max),
      print: value => String(value),
      accepts: (m, r) => m.core.acceptsWhole({ min: formatNumber(min, r.locale), max: formatNumber(max, r.locale) }),
    },
    (raw, r) => numberOf(readWhole(typedOf(raw), r.ctx.locale), raw, r),
  );

/** An amount of rupiah, in minor units (100 to the rupiah); above zero. */
export const money = (): Kind<number> =>
  checked(
    {
      input: 'money',
      allowed: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
      print: value => String(value / 100),
      accepts: (m, r) => m.core.acceptsMoney({ example: formatMoney(125_000_000, r.locale) }),
    },
    (raw, r) => numberOf(readMoney(typedOf(raw), r.ctx.locale), raw, r, formatMoney),
  );

/** A local date, `YYYY-MM-DD`. */
export const date = (): Kind<string> =>
  checked(
    {
      input: 'date',
      allowed: z.string().regex(/^\d{4}-\d\d-\d\d$/),
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
      allowed: z.date(),
      print: value => value.toISOString(),
      accepts: (m, r) => m.core.acceptsInstant({ example: formatInstant(r.now, r.zone, r.locale) }),
    },
    (raw, r) => readInstant(typedOf(raw), { now: r.ctx.now, zone: r.ctx.zone, defaultTime: time }) ?? undefined,
  );

/**
 * One of a few values; typed in English, in Indonesian, or by the beginning of either. `former` has the words that a
 * value was typed by before.
 */
export function choice<V extends string>(
  values: readonly V[],
  labels: (m: Messages) => Readonly<Record<V, string>>,
  former: Readonly<Record<string, V>> = {},
): Kind<V> {
  const label = (m: Messages, value: string): string => labels(m)[value as V];
  const kind: Omit<Kind<V>, 'read'> = {
    input: 'choice',
    allowed: z.enum(values as [V, ...V[]]),
    print: value => value,
    accepts: m => m.core.acceptsChoice({ choices: values.map(value => label(m, value)) }),
    choices: { values, label },
  };
  return checked(kind, (raw, r) => {
    const typed = fold(cleanLine(typedOf(raw))).replaceAll('-', '_');
    const names = (value: V) => [value, ...r.ctx.catalogues.map(m => fold(label(m, value)).replaceAll(' ', '_'))];
    const wanted = typed.replaceAll(' ', '_');
    const exact = values.find(value => names(value).includes(wanted)) ?? new Map(Object.entries(former)).get(wanted);
    if (exact) return exact;
    const starting =
      wanted.length < 3 ? [] : values.filter(value => names(value).some(name => name.startsWith(wanted)));
    return starting.length === 1 ? starting[0] : undefined;
  });
}

const YES = new Set(['yes', 'y', 'true', '1', 'on', 'ya', 'iya', 'benar']);
const NO = new Set(['no', 'n', 'false', '0', 'off', 'tidak', 'bukan', 'tdk']);

/** A local time of day, kept as `HH:mm`; or the word `or`, in its English form. */
export const time = ({ or }: { or?: string } = {}): Kind<string> => ({
  input: 'line',
  allowed: z.string().regex(/^\d\d:\d\d$|^[a-z]+$/),
  print: value => value,
  accepts: m => (or ? m.core.acceptsTimeOr({ word: or }) : m.core.acceptsTime),
  async read(raw, r) {
    const typed = typedOf(raw).trim();
    if (or && typed.toLowerCase() === or) return or;
    const parts = /^(\d{1,2})(?:[.:](\d\d))?$/.exec(typed);
    const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
    if (!parts || hour > 23 || minute > 59) throw invalid(this, raw, r);
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  },
});

/** Yes or no. */
export const flag = (): Kind<boolean> =>
  checked(
    {
      input: 'flag',
      allowed: z.boolean(),
      print: value => (value ? 'yes' : 'no'),
      accepts: m => m.core.acceptsFlag,
      choices: { values: ['yes', 'no'], label: (m, value) => (value === 'yes' ? m.core.yes : m.core.no) },
    },
    raw => {
      const typed = fold(cleanLine(typedOf(raw)));
      return YES.has(typed) ? true : NO.has(typed) ? false : undefined;
    },
  );

/** A time zone: WIB, WITA, WIT or an IANA name. */
export const zone = (): Kind<string> =>
  checked(
    { input: 'line', allowed: z.string(), print: value => value, accepts: m => m.core.acceptsZone },
    raw => readZone(cleanLine(typedOf(raw))) ?? undefined,
  );

/** A web address; only http and https, and never fetched. */
export const url = (): Kind<string> =>
  checked(
    {
      input: 'line',
      allowed: z.url({ protocol: /^https?$/ }).max(500),
      print: value => value,
      accepts: m => m.core.acceptsUrl,
    },
    raw => cleanLine(typedOf(raw)),
  );
