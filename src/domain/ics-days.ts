import { addDays } from './calendar.ts';

/** Maximum number of days in one file: several years of them. */
const MAXIMUM_DAYS = 400;
/** Maximum length of one event, days: longer ones are school terms and the like. */
const MAXIMUM_LENGTH = 31;
/** Maximum length of a day's name, characters. */
const NAME_LENGTH = 100;

/** A whole day of a calendar file, with what it is called there. */
export interface IcsDay {
  readonly date: string;
  readonly name: string;
}

/** Reasons for which a calendar file is not taken; `line` counts from 1. */
export type IcsNo =
  | { readonly why: 'not_ics' }
  | { readonly why: 'cut_off' }
  | { readonly why: 'no_days' }
  | { readonly why: 'too_many'; readonly most: number }
  | { readonly why: 'bad_line'; readonly line: number }
  | { readonly why: 'timed'; readonly line: number }
  | { readonly why: 'repeats'; readonly line: number };

/** The days of a calendar file, in order, and how many events in it are observances on which people work. */
export interface IcsDays {
  readonly days: readonly IcsDay[];
  readonly observances: number;
}

interface Line {
  readonly n: number;
  readonly name: string;
  readonly value: string;
}

/** Lines that go on after a break and a blank are one (RFC 5545 3.1). */
function unfolded(content: string): { readonly n: number; readonly text: string }[] {
  const lines: { n: number; text: string }[] = [];
  for (const [i, text] of content
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(text) && last) last.text += text.slice(1);
    else lines.push({ n: i + 1, text });
  }
  return lines.filter(line => line.text.trim() !== '');
}

/** `NAME;PARAMETERS:VALUE`, a colon in quotes being no end of the parameters; null where it is none. */
function lineOf({ n, text }: { readonly n: number; readonly text: string }): Line | null {
  const found = /^([A-Za-z0-9-]+)(?:;(?:[^":]|"[^"]*")*)?:(.*)$/s.exec(text);
  return found ? { n, name: found[1]!.toUpperCase(), value: found[2]! } : null;
}

const unescaped = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_, sign: string) => (/n/i.test(sign) ? ' ' : sign));

/** `20271225` as `2027-12-25`; null where it is no date. */
function dateOf(value: string): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(value) ?? [];
  if (!year) return null;
  const date = `${year}-${month}-${day}`;
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date) ? date : null;
}

/** Public calendars list days on which people work beside those off, and say so first in the description. */
const OBSERVANCE = /^(observance|perayaan|hari peringatan)\b/i;

/**
 * Reads the whole days of a calendar file (RFC 5545). Strict: what cannot be read for certain refuses the file, since days
 * off move deadlines. Cancelled events are left out.
 */
export function icsDays(content: string): IcsDays | IcsNo {
  const lines = unfolded(content);
  if (lines[0]?.text.trim().toUpperCase() !== 'BEGIN:VCALENDAR') return { why: 'not_ics' };
  if (lines.at(-1)!.text.trim().toUpperCase() !== 'END:VCALENDAR') return { why: 'cut_off' };
  const days = new Map<string, string>();
  let observances = 0;
  /** Components within a calendar; of those inside an event, such as alarms, nothing is read. */
  const open: string[] = [];
  let event = new Map<string, Line>();
  for (const raw of lines) {
    const line = lineOf(raw);
    if (!line) return { why: 'bad_line', line: raw.n };
    const { n, name, value } = line;
    if (name === 'BEGIN') {
      open.push(value.trim().toUpperCase());
      if (open.at(-1) === 'VEVENT') event = new Map();
    } else if (name === 'END') {
      if (open.pop() !== value.trim().toUpperCase()) return { why: 'bad_line', line: n };
      if (value.trim().toUpperCase() !== 'VEVENT') continue;
      const no = addEvent(event, n);
      if (no) return no;
    } else if (open.at(-1) === 'VEVENT') {
      if (event.has(name) && (name === 'DTSTART' || name === 'DTEND')) return { why: 'bad_line', line: n };
      event.set(name, line);
    }
  }
  if (open.length) return { why: 'cut_off' };
  if (!days.size) return { why: 'no_days' };
  return { days: [...days].map(([date, name]) => ({ date, name })).sort(byDate), observances };

  function addEvent(of: ReadonlyMap<string, Line>, end: number): IcsNo | null {
    if (of.get('STATUS')?.value.trim().toUpperCase() === 'CANCELLED') return null;
    if (OBSERVANCE.test(of.get('DESCRIPTION')?.value ?? '')) {
      observances++;
      return null;
    }
    const repeats = of.get('RRULE') ?? of.get('RDATE');
    if (repeats) return { why: 'repeats', line: repeats.n };
    const start = of.get('DTSTART');
    if (!start) return { why: 'bad_line', line: end };
    const [first, last] = [start, of.get('DTEND')];
    for (const one of [first, last, of.get('DURATION')])
      if (one && (one.name === 'DURATION' || /^\d{8}T/.test(one.value.trim()))) return { why: 'timed', line: one.n };
    const from = dateOf(first.value.trim());
    const to = last ? dateOf(last.value.trim()) : from && addDays(from, 1);
    if (!from || !to || to < from) return { why: 'bad_line', line: (from ? last : first)!.n };
    if (to > addDays(from, MAXIMUM_LENGTH)) return { why: 'bad_line', line: last!.n };
    const name = unescaped(of.get('SUMMARY')?.value ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    // An event that ends on the day on which it begins is that day.
    for (let date = from; date === from || date < to; date = addDays(date, 1))
      days.set(date, name.slice(0, NAME_LENGTH).toWellFormed());
    return days.size > MAXIMUM_DAYS ? { why: 'too_many', most: MAXIMUM_DAYS } : null;
  }
}

const byDate = (a: IcsDay, b: IcsDay): number => a.date.localeCompare(b.date);
