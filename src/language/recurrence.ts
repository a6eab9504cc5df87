import { DAYS, type DateReading, formatDate, MONTH_NUMBERS, readDate, weekday } from './dates.ts';
import { nextPasaran, PASARAN, pasaranOf, readPasaran } from './javanese.ts';
import { INTL, type Locale, WRITING } from './locale.ts';
import { inWords } from './repeat-words.ts';
import { type Hours, readHours } from './slots.ts';
import { plainTimes, SMALL_NUMBERS } from './time-words.ts';

/**
 * Dates on which something takes place again, from a first date on; each has a counterpart in RFC 5545. Days of the
 * week count from 1, Monday; of a month -1 is the last.
 */
export type Recurrence =
  | { readonly every: 'day'; readonly interval: number }
  | { readonly every: 'week'; readonly interval: number; readonly days: readonly number[] }
  | { readonly every: 'month'; readonly interval: number; readonly day: number }
  | { readonly every: 'month'; readonly interval: number; readonly nth: number; readonly weekday: number }
  | { readonly every: 'year'; readonly interval: number; readonly month: number; readonly day: number };

/** Describes what is said of the days within a week, a month or a year; null: those of the first date. */
type Days =
  | { readonly days: readonly number[] }
  | { readonly day: number }
  | { readonly nth: number; readonly weekday: number }
  | { readonly month: number; readonly day: number }
  | { readonly pasaran: number; readonly weekday: number | null; readonly eve: boolean };

/** A repetition as it was typed: how it repeats, at which hours, and when it ends. */
export interface Repeat {
  readonly typed: string;
  readonly unit: Recurrence['every'] | null;
  readonly interval: number;
  readonly on: Days | null;
  readonly hours: Hours | null;
  /** The last date on which it may take place, or how many times it does; null: no end was named. */
  readonly last: string | null;
  readonly count: number | null;
}

const NUMBERS: ReadonlyMap<string, number> = new Map([...SMALL_NUMBERS, ['other', 2]]);
const UNITS: ReadonlyMap<string, Recurrence['every']> = new Map([
  ['hari', 'day'],
  ['day', 'day'],
  ['days', 'day'],
  ['minggu', 'week'],
  ['pekan', 'week'],
  ['week', 'week'],
  ['weeks', 'week'],
  ['bulan', 'month'],
  ['month', 'month'],
  ['months', 'month'],
  ['tahun', 'year'],
  ['year', 'year'],
  ['years', 'year'],
]);
const ORDINALS: ReadonlyMap<string, number> = new Map(
  (
    [
      ['pertama first 1st ke-1', 1],
      ['kedua second 2nd ke-2', 2],
      ['ketiga third 3rd ke-3', 3],
      ['keempat fourth 4th ke-4', 4],
      ['kelima fifth 5th ke-5', 5],
      ['terakhir last', -1],
    ] as const
  ).flatMap(([words, n]): [string, number][] => words.split(' ').map(word => [word, n])),
);
const ORDINAL_NAMES: Readonly<Record<Locale, Readonly<Record<number, string>>>> = {
  id: { 1: 'pertama', 2: 'kedua', 3: 'ketiga', 4: 'keempat', 5: 'kelima', [-1]: 'terakhir' },
  en: { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', [-1]: 'last' },
};
const WORKING_DAYS = [1, 2, 3, 4, 5];

/** Maximum length of what is read, characters; of intervals and numbers of times. */
const LONGEST = 120;
const MAXIMUM = 400;

/** `setiap Minggu` is each Sunday as it is spelt, `setiap minggu` each week. */
const SUNDAY = /^((?:[Ss]etiap|[Tt]iap)) Minggu(?= |$)/;
const HOURS =
  /,? ((?:(?:pukul|jam|at) )?\d{1,2}(?:[.:]\d\d|(?= ?(?:am|pm|pagi|siang|sore|malam))|(?<=(?:pukul|jam|at) \d{1,2})|(?= ?[-–] ?\d{1,2}(?:[.:]\d\d| ?(?:am|pm|pagi|siang|sore|malam)))).*)$/;
/** `jam 9 setiap Senin`: the hours before the days. */
const HOURS_FIRST = /^(.*\d.*?),? ((?:setiap|tiap|every|each) .+)$/;
const TIMES = /,? (?:sebanyak |for )?(\d{1,3}) ?(?:kali|x|times)$/;
const UNTIL = /,? (?:sampai|hingga|s\/d|until|till) (.+)$/;

/**
 * Reads how often something takes place: `setiap Senin pertama 09.00`, `tiap dua minggu`, `setiap tanggal 5`, `setiap
 * Jumat Kliwon`, `every two weeks on Monday`, with an end behind it (`sampai 31/12/2026`, `10 kali`). Null: none;
 * `never`: on a date that never comes, such as 30 February.
 */
export function readRepeat(typed: string, reading: DateReading): Repeat | 'never' | null {
  const whole = typed.trim().replace(/\s+/g, ' ').replaceAll('’', "'");
  if (!whole || whole.length > LONGEST) return null;
  let text = plainTimes(whole.replace(SUNDAY, '$1 hari minggu').toLowerCase());
  const times = TIMES.exec(text);
  if (times) text = text.slice(0, times.index);
  const until = times ? null : UNTIL.exec(text);
  // `13.00 sampai 15.30` is an end of hours, not of the series.
  const last = until && (readDate(until[1]!, reading) ?? endOfSpan(until[1]!, reading));
  if (until && last !== null) text = text.slice(0, until.index);
  const swapped = HOURS_FIRST.exec(text);
  if (swapped && readHours(swapped[1]!))
    text = `${swapped[2]} ${/^\d{1,2}$/.test(swapped[1]!) ? 'jam ' : ''}${swapped[1]}`;
  const at = HOURS.exec(text);
  const hours = at ? readHours(at[1]!) : null;
  if (at && !hours) return null;
  if (at) text = text.slice(0, at.index);
  const count = times ? Number(times[1]) : null;
  if (count !== null && (count < 1 || count > MAXIMUM)) return null;
  const days = text.replace(/^(?:setiap|tiap|tiap-tiap|every|each)(?: |$)/, '');
  const phrase = days || hours ? phraseOf(inWords(days)) : null;
  if (!phrase) return null;
  if (phrase.on && 'month' in phrase.on && !comes(phrase.on)) return 'never';
  return { typed, ...phrase, hours, last, count };
}

const comes = ({ month, day }: { readonly month: number; readonly day: number }): boolean =>
  day >= 1 && day <= new Date(Date.UTC(2024, month, 0)).getUTCDate();

/** The last day of a month or a year that is named as an end: `Desember 2027`, `akhir tahun`. */
function endOfSpan(typed: string, { now, zone }: DateReading): string | null {
  const [year, month] = numbersOf(readDate('today', { now, zone })!);
  const last = (y: number, m: number): string => new Date(Date.UTC(y, m, 0)).toISOString().slice(0, 10);
  if (/^(?:akhir tahun|(?:the )?end of (?:the |this )?year)(?: ini)?$/.test(typed)) return last(year, 12);
  if (/^(?:akhir bulan|(?:the )?end of (?:the |this )?month)(?: ini)?$/.test(typed)) return last(year, month);
  const [, name, of] = /^(?:akhir |(?:the )?end of )?([a-z]+)(?: (\d{4}))?$/.exec(typed) ?? [];
  const named = MONTH_NUMBERS.get(name ?? '');
  if (!named) return null;
  return last(of ? Number(of) : named < month ? year + 1 : year, named);
}

type Phrase = Pick<Repeat, 'unit' | 'interval' | 'on'>;

/** `dua minggu pada Senin`: a number only where it is one, since `bulan tanggal 5` begins with the unit itself. */
const EVERY = new RegExp(
  `^(?:(\\d{1,3}|${[...NUMBERS.keys()].join('|')}) )?([a-z]+)(?:,? (?:(?:pada|on|setiap|tiap|every) )?(?:hari (?!kerja)|the )?(.+))?$`,
);

function phraseOf(text: string): Phrase | null {
  if (text === 'selapan') return { unit: 'day', interval: 35, on: null };
  const every = EVERY.exec(text);
  const unit = every ? UNITS.get(every[2]!) : undefined;
  const interval = every?.[1] === undefined ? 1 : (NUMBERS.get(every[1]) ?? Number(every[1]));
  if (every && unit && Number.isInteger(interval) && interval >= 1 && interval <= MAXIMUM) {
    const rest = every[3];
    if (rest === undefined) return { unit, interval, on: null };
    const on = daysOf(rest);
    if (on && fits(unit, on)) return { unit, interval, on };
  }
  const on = daysOf(text.replace(/^hari (?!kerja)/, ''));
  return on && { unit: null, interval: 1, on };
}

const fits = (unit: Recurrence['every'], on: Days): boolean =>
  unit === 'week'
    ? 'days' in on
    : unit === 'month'
      ? 'nth' in on || ('day' in on && !('month' in on))
      : unit === 'year' && 'month' in on;

const weekdayOf = (word: string): number | null => {
  const name = word.replace("'", '').replace(/^ahad$/, 'minggu');
  const found = Object.values(DAYS)
    .map(names => names.findIndex(one => one === name || `${one}s` === name))
    .find(i => i >= 0);
  return found === undefined ? null : found + 1;
};

function daysOf(typed: string): Days | null {
  const text = typed
    .replace(/ (?:(?:setiap|tiap|dalam|dari|pada) bulan|of (?:the|each|every) month|(?:setiap|tiap) tahun|bulan)$/, '')
    .replace(/^the /, '');
  if (/^(?:hari kerja|weekdays?|working days?)$/.test(text)) return { days: WORKING_DAYS };
  if (/^(?:akhir|tanggal terakhir|last day)$/.test(text)) return { day: -1 };
  if (/^(?:awal|first day)$/.test(text)) return { day: 1 };
  const ofMonth = /^(?:tanggal |tgl\.? |day )(\d{1,2})$|^(\d{1,2})(?:st|nd|rd|th)$/.exec(text);
  const day = Number(ofMonth?.[1] ?? ofMonth?.[2] ?? 0);
  if (day) return day <= 31 ? { day } : null;
  const [, dayFirst, nameLast, nameFirst, dayLast] =
    /^(?:tanggal )?(?:(\d{1,2}) ([a-z]+)|([a-z]+) (\d{1,2})(?:st|nd|rd|th)?)$/.exec(text) ?? [];
  const month = MONTH_NUMBERS.get(nameLast ?? nameFirst ?? '');
  if (month) return { month, day: Number(dayFirst ?? dayLast) };
  return marketDay(text) ?? nthDay(text) ?? weekdaysOf(text);
}

function marketDay(text: string): Days | null {
  const [, eve, word, name = ''] = /^(malam )?(?:([a-z']+) )?([a-z]+)$/.exec(text) ?? [];
  const pasaran = readPasaran(name);
  const day = word === undefined ? null : weekdayOf(word);
  if (pasaran !== null && (word === undefined || day !== null))
    return { pasaran, weekday: day, eve: eve !== undefined };
  // The night of a day begins on the evening before it.
  const night = eve && word === undefined ? weekdayOf(name) : null;
  return night === null ? null : { days: [night === 1 ? 7 : night - 1] };
}

function nthDay(text: string): Days | null {
  // `Senin minggu pertama`: people mean the first Monday.
  const words = text.replace(/ (?:minggu|pekan) (?=\S+$)/, ' ').split(' ');
  if (words.length !== 2) return null;
  const nth = words.map(word => ORDINALS.get(word)).find(n => n !== undefined);
  const day = words.map(weekdayOf).find(n => n !== null);
  return nth !== undefined && day ? { nth, weekday: day } : null;
}

function weekdaysOf(text: string): Days | null {
  const days = new Set<number>();
  for (const part of text.split(/ ?, ?(?:dan |and )?| (?:dan|and|&) /)) {
    const day = weekdayOf(part.replace(/^hari /, ''));
    if (day === null) return null;
    days.add(day);
  }
  return { days: [...days].sort((a, b) => a - b) };
}

const numbersOf = (date: string): readonly [year: number, month: number, day: number] => {
  const [year, month, day] = date.split('-').map(Number);
  return [year!, month!, day!];
};
const dayOfWeek = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay() || 7;

/** The rule of a repetition that begins on a date or after it; of the market week also the first date. */
export function recurrenceFrom(
  { unit, interval, on }: Pick<Repeat, 'unit' | 'interval' | 'on'>,
  from: string,
): { readonly recurrence: Recurrence; readonly from: string } {
  const [, month, day] = numbersOf(from);
  const of = (recurrence: Recurrence) => ({ recurrence, from });
  if (on && 'pasaran' in on) {
    const next = (at: string) => nextPasaran(at, on.pasaran, on.weekday);
    const shift = (at: string, days: number) =>
      new Date(Date.parse(`${at}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    const start = on.eve ? shift(next(shift(from, 1)), -1) : next(from);
    return { recurrence: { every: 'day', interval: on.weekday === null ? 5 : 35 }, from: start };
  }
  if (on && 'days' in on) return of({ every: 'week', interval, days: on.days });
  if (on && 'nth' in on) return of({ every: 'month', interval, nth: on.nth, weekday: on.weekday });
  if (on && 'month' in on) return of({ every: 'year', interval, month: on.month, day: on.day });
  if (on) return of({ every: 'month', interval, day: on.day });
  if (unit === 'week') return of({ every: 'week', interval, days: [dayOfWeek(from)] });
  if (unit === 'month') return of({ every: 'month', interval, day });
  if (unit === 'year') return of({ every: 'year', interval, month, day });
  return of({ every: 'day', interval });
}

/** Prints how something repeats, as `readRepeat` reads it back: `setiap Senin pertama`. */
export function formatRecurrence(recurrence: Recurrence, start: string, locale: Locale): string {
  const isId = WRITING[locale] === 'id';
  const { interval } = recurrence;
  const every = isId ? 'setiap' : 'every';
  const nameOf = (day: number): string => weekday(`2026-11-${String(22 + day)}`, locale);
  const dayName = (day: number): string => `${isId && day === 7 ? 'hari ' : ''}${nameOf(day)}`;
  const units = {
    day: ['hari', 'days'],
    week: ['minggu', 'weeks'],
    month: ['bulan', 'months'],
    year: ['tahun', 'years'],
  };
  const on = (what: string): string =>
    interval === 1
      ? `${every} ${what}`
      : `${every} ${interval} ${units[recurrence.every][isId ? 0 : 1]} ${isId ? 'pada' : 'on'} ${what}`;
  switch (recurrence.every) {
    case 'day': {
      const market = PASARAN[pasaranOf(start)]!;
      if (interval === 35) return `${every} ${nameOf(dayOfWeek(start))} ${market}`;
      if (interval === 5) return `${every} ${market}`;
      return interval === 1 ? `${every} ${isId ? 'hari' : 'day'}` : `${every} ${interval} ${isId ? 'hari' : 'days'}`;
    }
    case 'week': {
      const { days } = recurrence;
      if (days.join() === WORKING_DAYS.join()) return on(isId ? 'hari kerja' : 'weekday');
      return on(new Intl.ListFormat(INTL[locale]).format(days.map(dayName)));
    }
    case 'month': {
      if ('nth' in recurrence) {
        const nth = ORDINAL_NAMES[locale][recurrence.nth]!;
        return on(isId ? `${dayName(recurrence.weekday)} ${nth}` : `${nth} ${nameOf(recurrence.weekday)}`);
      }
      if (recurrence.day === -1) return on(isId ? 'akhir bulan' : 'last day of the month');
      return on(isId ? `tanggal ${recurrence.day}` : `${isId ? '' : ordinal(recurrence.day)}`);
    }
    case 'year': {
      const date = `2024-${String(recurrence.month).padStart(2, '0')}-${String(recurrence.day).padStart(2, '0')}`;
      return on(formatDate(date, locale).replace(/ 2024$/, ''));
    }
  }
}

const ordinal = (n: number): string => {
  const end =
    n % 10 === 1 && n !== 11 ? 'st' : n % 10 === 2 && n !== 12 ? 'nd' : n % 10 === 3 && n !== 13 ? 'rd' : 'th';
  return `${n}${end}`;
};
