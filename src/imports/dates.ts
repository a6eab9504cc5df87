import { readDate } from '../language/dates.ts';
import { type Cell, isBlank } from './grid.ts';

/** Order in which the numbers of a date stand in a column: `25/11/2026`, `11/25/2026`; `year`: `2026/11/25`. */
export type DateWriting = 'day' | 'month' | 'year';

const NUMERIC = /^(\d{1,4})[/.\-\s](\d{1,2})[/.\-\s](\d{1,4})$/;

/** A time behind a date, which no record keeps. */
const withoutTime = (text: string): string =>
  text.trim().replace(/[ T,]+\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s*(?:am|pm|wib|wita|wit))?$/i, '');

const partsOf = (cell: Cell): [number, number, number] | null => {
  if (typeof cell !== 'string') return null;
  const found = NUMERIC.exec(withoutTime(cell));
  return found && [Number(found[1]), Number(found[2]), Number(found[3])];
};

const isDate = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);

function dateBy([a, b, c]: readonly [number, number, number], writing: DateWriting): string | null {
  const [year, month, day] =
    writing === 'year' ? [a, b, c] : writing === 'month' ? [fullYear(c), a, b] : [fullYear(c), b, a];
  if (!isDate(year, month, day)) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * The order of the numbers in a column's dates, decided by all of its cells together; where more than one fits the most,
 * the day comes first, as it is written here. Null: no cell is written in numbers.
 */
export function dateWriting(cells: Iterable<Cell>): DateWriting | null {
  const counts: Record<DateWriting, number> = { day: 0, month: 0, year: 0 };
  let some = false;
  for (const cell of cells) {
    const parts = partsOf(cell);
    if (!parts) continue;
    some = true;
    for (const writing of ['day', 'month', 'year'] as const) if (dateBy(parts, writing)) counts[writing]++;
  }
  if (!some) return null;
  return (['day', 'month', 'year'] as const).reduce((best, next) => (counts[next] > counts[best] ? next : best));
}

/** The day that spreadsheets count from. */
const EPOCH = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** The numbers that can be meant as days: from 1950 to 2200. */
const SERIALS = [18_264, 109_938] as const;

/** Days of the week, which people write before a date. */
const WEEKDAY =
  /^(?:senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\s*[,/]\s*/i;

/** A cell as a local date, by its column's writing; null: it is none. */
export function dateIn(cell: Cell, writing: DateWriting | null, now: Date): string | null {
  if (isBlank(cell)) return null;
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : cell.toISOString().slice(0, 10);
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell) || cell < SERIALS[0] || cell > SERIALS[1]) return null;
    return new Date(EPOCH + Math.floor(cell) * DAY_MS).toISOString().slice(0, 10);
  }
  if (typeof cell !== 'string') return null;
  const parts = partsOf(cell);
  if (parts) return dateBy(parts, writing ?? 'day');
  const text = withoutTime(cell).replace(WEEKDAY, '');
  // A date without its year, or one like "yesterday", tells nothing in a file.
  return /\d{4}/.test(text) ? readDate(text.replace(/\s*-\s*/g, ' '), { now, zone: 'UTC' }) : null;
}
