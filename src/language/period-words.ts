import { MONTH_NUMBERS } from './dates.ts';

/** Describes what people call calendar periods; the words are those of both languages. */
export type PeriodUnit = 'weekly' | 'monthly' | 'quarterly' | 'semiannual' | 'annual';

/** A period in the words it was typed with: so many units from the current one, or the nth of a year (null: the latest). */
export type PeriodWords =
  | { readonly unit: PeriodUnit | null; readonly shift: 0 | -1 }
  | { readonly unit: PeriodUnit; readonly nth: number; readonly year: number | null };

const UNIT_WORDS: Readonly<Record<PeriodUnit, string>> = {
  weekly: 'w week weeks minggu pekan',
  monthly: 'month bulan bln',
  quarterly: 'q quarter tw triwulan twl kuartal kwartal',
  semiannual: 'h half s sem smt semester',
  annual: 'year tahun thn th',
};

const UNITS: ReadonlyMap<string, PeriodUnit> = new Map(
  Object.entries(UNIT_WORDS).flatMap(([unit, words]) =>
    words.split(' ').map((word): [string, PeriodUnit] => [word, unit as PeriodUnit]),
  ),
);

const SHIFTS: ReadonlyMap<string, 0 | -1> = new Map([
  ...['this', 'current', 'now', 'ini', 'sekarang', 'berjalan'].map((word): [string, 0] => [word, 0]),
  ...['last', 'previous', 'lalu', 'terakhir', 'kemarin'].map((word): [string, -1] => [word, -1]),
]);

const ORDINALS: ReadonlyMap<string, number> = new Map(
  [
    ['i', 'pertama', 'satu', 'kesatu', 'first', 'one'],
    ['ii', 'kedua', 'dua', 'second', 'two'],
    ['iii', 'ketiga', 'tiga', 'third', 'three'],
    ['iv', 'keempat', 'empat', 'fourth', 'four'],
  ].flatMap((words, i) => words.map((word): [string, number] => [word, i + 1])),
);

/** Words that say nothing of their own. */
const FILLERS = new Set(['yang', 'ke', 'the', 'of', 'in', 'pada', 'periode', 'period', 'masa', 'st', 'nd', 'rd', 'th']);

/** Maximum length of what is looked at. */
const LONGEST = 60;

const YEAR = /^[12]\d{3}$/;

/**
 * Reads how people name a calendar period in either language: `TW III 2026`, `triwulan ketiga`, `Q3/2026`,
 * `semester II`, `september`, `bulan Agustus 2026`, `10/2026`, `minggu 47`, `tahun lalu`, `ini`. Null: none.
 */
export function readPeriodWords(typed: string): PeriodWords | null {
  const text = typed.trim().toLowerCase();
  if (text.length > LONGEST || !/^[\p{L}\d\s./,_-]+$/u.test(text)) return null;
  const words = (text.match(/\p{L}+|\d+/gu) ?? []).filter((word, i, all) => !isFiller(word, all[i - 1]));
  const years = words.filter(word => YEAR.test(word));
  const months = words.filter(word => MONTH_NUMBERS.has(word));
  const shifts = words.filter(word => SHIFTS.has(word));
  const numbers = words.filter(word => ORDINALS.has(word) || /^\d{1,2}$/.test(word));
  const units = unitsOf(words, { named: months.length > 0 || numbers.length > 0, dated: years.length > 0 });
  if (units.known + years.length + months.length + shifts.length + numbers.length !== words.length) return null;
  if (Math.max(units.said.length, years.length, months.length, shifts.length, numbers.length) > 1) return null;
  const [unit = null, year = null] = [units.said[0], years[0] === undefined ? null : Number(years[0])];
  const [shift] = shifts;
  if (shift !== undefined)
    return year !== null || months.length || numbers.length ? null : { unit, shift: SHIFTS.get(shift)! };
  if (months.length)
    return numbers.length || (unit ?? 'monthly') !== 'monthly'
      ? null
      : { unit: 'monthly', nth: MONTH_NUMBERS.get(months[0]!)!, year };
  return numbered(unit, numbers[0], year);
}

/** English ordinals end in `th`, which in front of a year is short for tahun. */
const isFiller = (word: string, before: string | undefined): boolean =>
  FILLERS.has(word) && !(word === 'th' && !/^\d{1,2}$/.test(before ?? ''));

/** The units that are named. `tahun` beside a year and another name of the period adds nothing. */
function unitsOf(
  words: readonly string[],
  is: { named: boolean; dated: boolean },
): { said: PeriodUnit[]; known: number } {
  const all = words.filter(word => UNITS.has(word)).map(word => UNITS.get(word)!);
  return { said: all.filter(unit => !(unit === 'annual' && is.named && is.dated)), known: all.length };
}

/** A period by its number; a number alone is a month, where its year stands beside it. */
function numbered(unit: PeriodUnit | null, number: string | undefined, year: number | null): PeriodWords | null {
  if (number === undefined)
    return year !== null && (unit ?? 'annual') === 'annual' ? { unit: 'annual', nth: 1, year } : null;
  const nth = ORDINALS.get(number) ?? Number(number);
  if (unit === 'annual') return null;
  if (unit) return { unit, nth, year };
  return year !== null && /^\d/.test(number) ? { unit: 'monthly', nth, year } : null;
}
