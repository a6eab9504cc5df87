/** The five days of the Javanese market week, in order from the day of the anchor on. */
export const PASARAN = ['Legi', 'Pahing', 'Pon', 'Wage', 'Kliwon'] as const;

const DAY_MS = 86_400_000;
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
/** 17 August 1945 was a Jumat Legi. */
const ANCHOR = dayNumber('1945-08-17');

/** The place of a date in the market week, 0 is Legi. */
export const pasaranOf = (date: string): number => (((dayNumber(date) - ANCHOR) % 5) + 5) % 5;

const OTHER_NAMES: ReadonlyMap<string, number> = new Map([
  ['manis', 0],
  ['umanis', 0],
  ['paing', 1],
]);

/** Reads a day of the market week; null: none. */
export function readPasaran(word: string): number | null {
  const found = PASARAN.findIndex(name => name.toLowerCase() === word);
  return found >= 0 ? found : (OTHER_NAMES.get(word) ?? null);
}

/** The first date on or after another that is this day of the market week and, where one is named, of the week. */
export function nextPasaran(from: string, pasaran: number, weekday: number | null): string {
  for (let day = dayNumber(from); ; day++) {
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    const isWeekday = weekday === null || (((day + 3) % 7) + 7) % 7 === weekday - 1;
    if (isWeekday && pasaranOf(date) === pasaran) return date;
  }
}
