import { z } from 'zod';
import type { Member } from '../domain/people.ts';
import type { Source } from '../domain/source.ts';
import { clean, cleanLine } from '../language/clean.ts';
import { formatDate, formatInstant, readDate, readInstant } from '../language/dates.ts';
import { readZone } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import { formatMoney, formatNumber, type NumberReading, readMoney, readNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { fold } from '../storage/words.ts';
import type { FileRef, Identity, Raw, Suggestion } from './act.ts';
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
function invalid(kind: Pick<Kind<unknown>, 'accepts'>, raw: Raw, r: Reading): Refusal {
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
      accepts: m => m.core.acceptsText({ max }),
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
      accepts: m => m.core.acceptsText({ max }),
    },
    raw => clean(typedOf(raw)).trim(),
  );

/** A number that may be read in two ways is asked about, with both readings. */
function numberOf(reading: NumberReading, raw: Raw, r: Reading): number | undefined {
  if ('value' in reading) return reading.value;
  if (reading.why === 'not_a_number') return undefined;
  const readings = reading.readings.map(n => formatNumber(n, r.ctx.locale, { plain: true }));
  throw new Refusal('invalid_option', m => m.core.doubtfulNumber({ option: r.option, typed: typedOf(raw), readings }));
}

/** A number with decimals. */
export const number = ({ min = -1e12, max = 1e12 } = {}): Kind<number> =>
  checked(
    {
      input: 'number',
      allowed: z.number().min(min).max(max),
      print: value => String(value),
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
    (raw, r) => numberOf(readNumber(typedOf(raw), r.ctx.locale), raw, r),
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
    (raw, r) => numberOf(readMoney(typedOf(raw), r.ctx.locale), raw, r),
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

/** One of a few values; typed in English, in Indonesian, or by the beginning of either. */
export function choice<V extends string>(
  values: readonly V[],
  labels: (m: Messages) => Readonly<Record<V, string>>,
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
    const exact = values.find(value => names(value).includes(wanted));
    if (exact) return exact;
    const starting =
      wanted.length < 3 ? [] : values.filter(value => names(value).some(name => name.startsWith(wanted)));
    return starting.length === 1 ? starting[0] : undefined;
  });
}

const YES = new Set(['yes', 'y', 'true', '1', 'on', 'ya', 'iya', 'benar']);
const NO = new Set(['no', 'n', 'false', '0', 'off', 'tidak', 'bukan', 'tdk']);

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

/** Evidence: a file that was handed in, or a link or a few words that say where it is. */
export const evidence = (): Kind<FileRef | string> => ({
  input: 'file',
  allowed: z.union([z.string().min(1).max(500), z.custom<FileRef>(value => typeof value === 'object')]),
  print: value => (typeof value === 'string' ? value : value.url),
  accepts: m => m.core.acceptsEvidence,
  async read(raw, r) {
    if ('file' in raw) return raw.file;
    const typed = cleanLine(typedOf(raw));
    if (!typed || typed.length > 500) throw invalid(this, raw, r);
    return typed;
  },
});

/** A person of the forum. On the console a name not seen before makes that member. */
export const member = (): Kind<Member> => ({
  input: 'member',
  allowed: z.custom<Member>(value => typeof value === 'object'),
  print: value => String(value.number),
  accepts: m => m.core.acceptsMember,
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const known = 'typed' in raw && /^\d+$/.test(typed) ? await r.ctx.memberByNumber(Number(typed)) : null;
    const identity = 'account' in raw ? raw.account : typed ? r.memberOf(typed) : null;
    const found = known ?? (identity && (await r.member(identity)));
    if (!found) throw invalid(this, raw, r);
    return found;
  },
  suggest: (typed, ctx) => ctx.suggestMembers(typed),
});

/** A channel of the place where the act comes from. */
export const channel = (): Kind<Channel> => ({
  input: 'channel',
  allowed: z.custom<Channel>(value => typeof value === 'object'),
  print: value => value.id,
  accepts: m => m.core.acceptsChannel,
  async read(raw, r) {
    if ('channel' in raw) return raw.channel;
    const found = r.channelOf(cleanLine(typedOf(raw)));
    if (!found) throw invalid(this, raw, r);
    return found;
  },
});

/**
 * Something that has a code in this forum: named by its code, or by enough of its name. What the person may not
 * see is not found, exactly as what is not there.
 */
export const entity = <Row>(source: Source<Row>): Kind<Row> => ({
  input: 'entity',
  allowed: z.custom<Row>(value => typeof value === 'object'),
  print: value => source.code(value),
  accepts: m => m.core.acceptsEntity({ thing: m.things[source.thing], example: `${source.prefix}-1` }),
  async read(raw, r) {
    const typed = cleanLine(typedOf(raw));
    const thing = (m: Messages) => m.things[source.thing];
    const code = new RegExp(`^${source.prefix}-?(\\d{1,9})$`, 'i').exec(typed);
    const byCode = code ? await source.byNumber(r.ctx, Number(code[1])) : null;
    if (byCode) return byCode;
    const found = typed ? await source.named(r.ctx, typed, 6) : [];
    const exact = found.filter(row => fold(source.label(row)) === fold(typed));
    const candidates = exact.length === 1 ? exact : found;
    if (candidates.length > 1) {
      const names = candidates.slice(0, 5).map(row => t`${source.code(row)} ${source.label(row)}`);
      throw new Refusal('ambiguous', m => m.core.ambiguous({ thing: thing(m), typed, candidates: names }));
    }
    if (!candidates[0]) throw new Refusal('not_found', m => m.core.notFound({ thing: thing(m), typed }));
    return candidates[0];
  },
  async suggest(typed, ctx) {
    const code = /^[a-z]-?(\d{1,9})$/i.exec(typed.trim());
    const byCode = code ? await source.byNumber(ctx, Number(code[1])) : null;
    const named = await source.named(ctx, cleanLine(typed), 25);
    const rows = byCode ? [byCode, ...named.filter(row => source.code(row) !== source.code(byCode))] : named;
    return rows
      .slice(0, 25)
      .map(row => ({ value: source.code(row), label: `${source.code(row)} ${source.label(row)}` }));
  },
});

/** Several values, separated by commas. */
export const list = <T>(of: Kind<T>, { max = 20 } = {}): Kind<readonly T[]> => ({
  input: 'list',
  allowed: z.array(of.allowed).min(1).max(max) as z.ZodType<readonly T[]>,
  print: values => values.map(value => of.print(value)).join(', '),
  accepts: (m, r) => m.core.acceptsList({ one: of.accepts(m, r), max }),
  async read(raw, r) {
    const parts =
      'typed' in raw
        ? raw.typed
            .split(/[,;\n]/)
            .map(part => part.trim())
            .filter(Boolean)
        : [];
    if (!('typed' in raw)) return [await of.read(raw, r)];
    if (!parts.length || parts.length > max) throw invalid(this, raw, r);
    const values: T[] = [];
    for (const part of parts) values.push(await of.read({ typed: part }, r));
    return [...new Map(values.map(value => [of.print(value), value])).values()];
  },
  ...(of.suggest && {
    suggest: (typed: string, ctx: ReadContext) =>
      of.suggest?.(typed.split(',').at(-1) ?? '', ctx) ?? Promise.resolve([]),
  }),
});
