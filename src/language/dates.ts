import { Temporal } from 'temporal-polyfill';
import { BoundedMap } from '../runtime/bounded-map.ts';
import { clockTime, DAY_PARTS } from './clock-time.ts';
import { dateFormat } from './formatters.ts';
import { INTL, type Locale, readZone, WRITING, zoneName } from './locale.ts';
import type { Node } from './text.ts';
import { plainTimes, SMALL_NUMBERS } from './time-words.ts';

/** Maximum number of dates and instants whose words are remembered: those of some lists and cards. */
const MAXIMUM_REMEMBERED = 4_000;
const remembered = new BoundedMap<string, string>(MAXIMUM_REMEMBERED);

/** Words that say the same of the same for ever: a list names the same days again and again. */
function wordsOf(key: string, print: () => string): string {
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const words = print();
  remembered.set(key, words);
  return words;
}

/** Prints a local date: `25 November 2026`, or `25 Nov 2026`. */
export const formatDate = (date: string, locale: Locale, style: 'long' | 'short' = 'long'): string =>
  wordsOf(`${style}${locale}${date}`, () => dateInWords(date, locale, style));

function dateInWords(date: string, locale: Locale, style: 'long' | 'short'): string {
  const day = Temporal.PlainDate.from(date);
  const name = MONTHS[locale][day.month - 1]!;
  return `${day.day} ${style === 'long' ? name : name.slice(0, 3)} ${day.year}`;
}

const MONTHS: Readonly<Record<Locale, readonly string[]>> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(' '),
  en: 'January February March April May June July August September October November December'.split(' '),
};

/** The days of the week as they are typed, from Monday on. */
export const DAYS: Readonly<Record<Locale, readonly string[]>> = {
  id: ['senin', 'selasa', 'rabu', 'kamis', 'jumat', 'sabtu', 'minggu'],
  en: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
};

/** Prints an instant with its zone: `24 Nov 2026 08.00 WIB`. */
export const formatInstant = (at: Date, zone: string, locale: Locale): string =>
  wordsOf(`${zone}${locale}${at.getTime()}`, () => instantInWords(at, zone, locale));

function instantInWords(at: Date, zone: string, locale: Locale): string {
  const local = zoned(at, zone);
  const two = (n: number) => String(n).padStart(2, '0');
  const time = `${two(local.hour)}${WRITING[locale] === 'id' ? '.' : ':'}${two(local.minute)}`;
  return `${formatDate(local.toPlainDate().toString(), locale, 'short')} ${time} ${zoneName(zone, locale, at)}`;
}

/** An instant as a piece of a sentence, its moment kept for platforms that show it in each reader's zone. */
export const when = (at: Date, zone: string, locale: Locale): Node => ({
  kind: 'when',
  at: at.getTime(),
  text: formatInstant(at, zone, locale),
});

/** Prints the name of a date's weekday. */
export const weekday = (date: string, locale: Locale): string =>
  wordsOf(`day${locale}${date}`, () =>
    dateFormat(INTL[locale], { weekday: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`)),
  );

const UNITS: readonly (readonly [ms: number, id: string, one: string, many: string])[] = [
  [86_400_000, 'hari', 'day', 'days'],
  [3_600_000, 'jam', 'hour', 'hours'],
  [60_000, 'menit', 'minute', 'minutes'],
];

/** Prints a duration in its two greatest units: `2 jam 30 menit`; less than a minute is one. */
export function formatDuration(ms: number, locale: Locale): string {
  let left = Math.max(ms, 60_000);
  const parts: string[] = [];
  for (const [size, id, one, many] of UNITS) {
    const n = Math.floor(left / size);
    left -= n * size;
    if (n) parts.push(`${n} ${WRITING[locale] === 'id' ? id : n === 1 ? one : many}`);
  }
  return parts.slice(0, 2).join(' ');
}

/** Prints how long one has to wait: in seconds below a minute, rounded up. */
export function formatWait(ms: number, locale: Locale): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds >= 60) return formatDuration(Math.ceil(seconds / 60) * 60_000, locale);
  return `${seconds} ${WRITING[locale] === 'id' ? 'detik' : seconds === 1 ? 'second' : 'seconds'}`;
}

const zoned = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

/** The local date of an instant in a zone. */
export const localDate = (at: Date, zone: string): string => zoned(at, zone).toPlainDate().toString();

/** Describes what reading a date needs to know. */
export interface DateReading {
  readonly now: Date;
  readonly zone: string;
}

/** The number of a month by its names, full and short, in both languages. */
export const MONTH_NUMBERS: ReadonlyMap<string, number> = new Map([
  ...Object.values(MONTHS).flatMap(names =>
    names.flatMap((name, i): [string, number][] => [
      [name.toLowerCase(), i + 1],
      [name.slice(0, 3).toLowerCase(), i + 1],
    ]),
  ),
  ['agt', 8],
  ['ags', 8],
  ['sept', 9],
  ['peb', 2],
  ['pebruari', 2],
  ['nop', 11],
  ['nopember', 11],
]);

const RELATIVE: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['hari ini', 0],
  ['sekarang', 0],
  ['tomorrow', 1],
  ['besok', 1],
  ['lusa', 2],
  ['yesterday', -1],
  ['kemarin', -1],
]);

/** Maximum length of a date or time that people write, characters: a longer text need not be looked at. */
const LONGEST = 60;

const oneLine = (typed: string): string => {
  const text = typed.trim();
  return text.length > LONGEST ? '' : text.replace(/\s+/g, ' ');
};

/**
 * Reads a local date in either language: `2026-11-25`, `25/11/2026`, `25 nov`, `hari ini`, `besok`, `+3d`,
 * `3 hari lagi`, a weekday (the next one). A date without its year is the one nearest to today, so within half a year
 * of it; 29 February has none but in leap years. `10.12` is no date but a time. Null: none.
 */
export function readDate(typed: string, { now, zone }: DateReading): string | null {
  const today = zoned(now, zone).toPlainDate();
  const text = oneLine(typed)
    .toLowerCase()
    .replace(/^(?:on|pada|tanggal|tgl\.?|hari(?! ini)) /, '');
  const relative = RELATIVE.get(text);
  if (relative !== undefined) return today.add({ days: relative }).toString();
  const later = /^(\+|in |dalam )?(\d{1,4}|[a-z]+) ?(d|days?|hari|w|weeks?|minggu)( lagi| lalu| yang lalu| ago)?$/.exec(
    text,
  );
  const many = later && (SMALL_NUMBERS.get(later[2]!) ?? Number(later[2]));
  if (later && !Number.isNaN(many) && (later[1] || later[4])) {
    const back = /lalu|ago/.test(later[4] ?? '');
    if (back && later[1]) return null;
    const days = many! * (/^(w|minggu)/.test(later[3]!) ? 7 : 1);
    return today.add({ days: back ? -days : days }).toString();
  }
  const day = Object.values(DAYS)
    .map(names => names.indexOf(text.replace(/['’]/, '')))
    .find(i => i >= 0);
  if (day !== undefined) return today.add({ days: (day + 8 - today.dayOfWeek) % 7 || 7 }).toString();
  return readCalendarDate(text, today);
}

/** `5 bulan depan`, `bulan depan tanggal 5`, `the 5th of next month`. */
const OF_NEXT_MONTH =
  /^(?:the )?(\d{1,2})(?:st|nd|rd|th)?,? (?:of )?(?:bulan depan|next month)$|^(?:bulan depan|next month),? (?:tanggal |tgl\.? |on the )(\d{1,2})(?:st|nd|rd|th)?$/;

function readCalendarDate(text: string, today: Temporal.PlainDate): string | null {
  const ofNext = OF_NEXT_MONTH.exec(text);
  if (ofNext) {
    const { year, month } = today.add({ months: 1 });
    return dateOf(year, month, Number(ofNext[1] ?? ofNext[2]));
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = /^(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{2}|\d{4}))?$/.exec(text);
  if (numeric?.[2] === '.' && !numeric[4]) return null;
  if (numeric) return dated(today, Number(numeric[1]), Number(numeric[3]), numeric[4]);
  const dayFirst = /^(\d{1,2})[ -]?([a-z]+)\.?,?(?:[ -](\d{4}))?$/.exec(text);
  const monthFirst = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(text);
  const [day, name, year] = dayFirst
    ? dayFirst.slice(1)
    : monthFirst
      ? [monthFirst[2], monthFirst[1], monthFirst[3]]
      : [];
  const month = MONTH_NUMBERS.get(name ?? '');
  return month ? dated(today, Number(day), month, year) : null;
}

/** A date of a given year, or of the year that brings it nearest to today. */
function dated(today: Temporal.PlainDate, day: number, month: number, year: string | undefined): string | null {
  if (year) return dateOf(year.length === 2 ? 2000 + Number(year) : Number(year), month, day);
  const candidates = [-1, 0, 1].map(offset => dateOf(today.year + offset, month, day)).filter(date => date !== null);
  const far = (date: string): number => Math.abs(today.until(date).days);
  return candidates.sort((a, b) => far(a) - far(b))[0] ?? null;
}

function dateOf(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200) return null;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

const DURATION_UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(w|weeks?|minggu|mgg)$/, 7 * 86_400_000],
  [/^(d|days?|hari)$/, 86_400_000],
  [/^(h|hrs|hours?|jam|j)$/, 3_600_000],
  [/^(m|min|mins|minutes?|menit|mnt)$/, 60_000],
];

/**
 * Reads `90m`, `3d`, `2w`, `1 jam`, `2 jam 30 menit` as milliseconds, greater units first; null when it is no duration.
 * `hr` is none: it is short for hour and for hari.
 */
export function readDuration(typed: string): number | null {
  const text = oneLine(typed).toLowerCase();
  if (!/^(\d{1,5} ?[a-z]+ ?)+$/.test(text)) return null;
  let sum = 0;
  let last = -1;
  for (const [, n, word] of text.matchAll(/(\d+) ?([a-z]+)/g)) {
    const unit = DURATION_UNITS.findIndex(([names]) => names.test(word!));
    if (unit <= last) return null;
    sum += Number(n) * DURATION_UNITS[unit]![1];
    last = unit;
  }
  return sum;
}

/** A date (or none), a time of day, perhaps one of the zones people name. */
const TIMED = new RegExp(
  String.raw`^(?:(.+?),? )?(pukul |jam |at )?(\d{1,2})(?:[.:](\d\d))?(?: ?(${DAY_PARTS}))?(?: (wib|wita|wit|utc))?$`,
  'i',
);

/**
 * Reads an instant: an ISO instant (a local one without an offset), a duration from now (`3d`, `2 minggu`), or a date
 * with or without a time (`25/11 14.00`, `besok 17:00 WITA`, `jumat pukul 9 pagi`); without one `defaultTime` holds,
 * a time alone is today's. Null: none.
 */
export function readInstant(typed: string, reading: DateReading & { defaultTime: string }): Date | null {
  const text = oneLine(typed);
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/i.test(text)) return isoInstant(text, reading.zone);
  const ms = readDuration(text.replace(/^(\+|in |dalam )/i, '').replace(/ lagi$/i, ''));
  if (ms !== null) return new Date(reading.now.getTime() + ms);
  const day = readDate(text, reading);
  if (day) return instantOf(day, reading.defaultTime, reading.zone);
  const [, date = 'today', word, hour, minute, part, named] = TIMED.exec(plainTimes(text.toLowerCase())) ?? [];
  const time = hour && (word || minute || part) ? clockTime(hour, minute, part) : null;
  if (!time) return null;
  const zone = (named && readZone(named)) || reading.zone;
  const local = readDate(date, { ...reading, zone });
  return local === null ? null : instantOf(local, time, zone);
}

function isoInstant(text: string, zone: string): Date | null {
  try {
    if (/(?:z|[+-]\d\d(?::?\d\d)?)$/i.test(text)) return new Date(Temporal.Instant.from(text).epochMilliseconds);
    const local = Temporal.PlainDateTime.from(text);
    return instantOf(local.toPlainDate().toString(), local.toPlainTime().toString(), zone);
  } catch {
    return null;
  }
}

/**
 * A local time (`HH:mm`) as an instant. A time that the clocks skip is the next valid one, the instant at which they
 * jump; of a time that comes twice it is the first.
 */
export function instantOf(date: string, time: string, zone: string): Date {
  const local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const valid = first.toPlainDateTime().equals(local) ? first : (first.getTimeZoneTransition('next') ?? first);
  return new Date(valid.epochMilliseconds);
}

/** `hari ini`, `besok`, `3 hari lagi`, `2 hari yang lalu`: a local date as seen from another. */
export function relativeDay(date: string, today: string, locale: Locale): string {
  const { days } = Temporal.PlainDate.from(today).until(date, { largestUnit: 'days' });
  const words = WRITING[locale] === 'id' ? ['kemarin', 'hari ini', 'besok'] : ['yesterday', 'today', 'tomorrow'];
  if (Math.abs(days) <= 1) return words[days + 1]!;
  if (WRITING[locale] === 'id') return days > 0 ? `${days} hari lagi` : `${-days} hari yang lalu`;
  return days > 0 ? `in ${days} days` : `${-days} days ago`;
}
