import {
  type Frequency,
  nthPeriod,
  type Period,
  periodOf,
  periodOfKey,
  previousPeriod,
} from '../domain/indicators/periods.ts';
import { readDate } from '../language/dates.ts';
import { type PeriodWords, readPeriodWords } from '../language/period-words.ts';

/**
 * Reads a period of one frequency as people type it: its key, its name (`TW III 2026`, `agustus`, `bulan lalu`), or a
 * date in it with its year. Without a year it is the latest that has begun by `today`. Null: none, or one of another
 * frequency.
 */
export function readPeriod(typed: string, frequency: Frequency, today: string): Period | null {
  const key = periodOfKey(typed.trim());
  if (key) return key.frequency === frequency ? key : null;
  const words = readPeriodWords(typed);
  if (words) return named(words, frequency, today);
  const date = /\d{4}/.test(typed) ? readDate(typed, { now: new Date(`${today}T12:00:00Z`), zone: 'UTC' }) : null;
  return date === null ? null : periodOf(date, frequency);
}

/** Reads a period of any frequency; its words say which: `TW III 2026`, `semester II`, `september`, `2026-W47`. */
export function readAnyPeriod(typed: string, today: string): Period | null {
  const key = periodOfKey(typed.trim());
  const words = key ? null : readPeriodWords(typed);
  return key ?? (words?.unit ? named(words, words.unit, today) : null);
}

function named(words: PeriodWords, frequency: Frequency, today: string): Period | null {
  if (words.unit !== null && words.unit !== frequency) return null;
  if ('shift' in words) {
    const current = periodOf(today, frequency);
    return words.shift === 0 ? current : previousPeriod(current);
  }
  if (words.year !== null) return nthPeriod(words.year, words.nth, frequency);
  // The week's year is not always the date's: the year after is asked too.
  const thisYear = Number(today.slice(0, 4));
  for (const year of [thisYear + 1, thisYear, thisYear - 1]) {
    const period = nthPeriod(year, words.nth, frequency);
    if (period && period.start <= today) return period;
  }
  return null;
}
