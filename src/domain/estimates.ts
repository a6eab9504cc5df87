import { Temporal } from 'temporal-polyfill';
import { addDays } from './calendar.ts';

/** The same day each year, by month and day. */
const FIXED = ['01-01', '05-01', '06-01', '08-17', '12-25'];

/** Feasts of the Islamic year by month and day: Islamic New Year, Maulid, Isra Mi'raj, Eid al-Fitr (two days), Eid al-Adha. */
const HIJRI: readonly (readonly [month: number, day: number])[] = [
  [1, 1],
  [3, 12],
  [7, 27],
  [10, 1],
  [10, 2],
  [12, 10],
];

/** Days from Easter Sunday: Good Friday, Easter Sunday, Ascension Day. */
const FROM_EASTER = [-2, 0, 39];

/** Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher. */
export function easterOf(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = b - Math.floor(b / 4) - Math.floor((8 * b + 13) / 25);
  const h = (19 * a + d + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(n / 31), (n % 31) + 1).toString();
}

let made: Intl.DateTimeFormat | undefined;

/** The Umm al-Qura calendar, made when it is first asked: Node reads much data for it. */
const hijri = (): Intl.DateTimeFormat => {
  made ??= new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', { month: 'numeric', day: 'numeric', timeZone: 'UTC' });
  return made;
};

/** Tells whether a date is an Islamic feast by the Umm al-Qura calendar; what is decreed differs by a day or two. */
function isHijriFeast(date: string): boolean {
  const parts = hijri().formatToParts(new Date(date));
  const of = (type: string): number => Number(parts.find(part => part.type === type)!.value);
  return HIJRI.some(([month, day]) => month === of('month') && day === of('day'));
}

const daysOfYear = (year: number): string[] =>
  Array.from({ length: 366 }, (_, n) => addDays(`${year}-01-01`, n)).filter(date => date.startsWith(`${year}-`));

const years = new Map<number, ReadonlySet<string>>();

/** The days off of a year that can be reckoned before they are decreed; Lunar New Year, Nyepi and Vesak cannot. */
export function estimatedDays(year: number): ReadonlySet<string> {
  const known = years.get(year);
  if (known) return known;
  const easter = easterOf(year);
  const days = new Set([
    ...FIXED.map(day => `${year}-${day}`),
    ...FROM_EASTER.map(days => addDays(easter, days)),
    ...daysOfYear(year).filter(isHijriFeast),
  ]);
  years.set(year, days);
  return days;
}
