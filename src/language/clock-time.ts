/** Parts of the day as people add them to an hour; for the patterns that read a time. */
export const DAY_PARTS = 'dini hari|pagi|siang|sore|malam|am|pm';

/** Words and signs between where a time or a day begins and where it ends; for the patterns that read them. */
export const TO = '(?:-|–|sampai|s/?d|s\\.d\\.?|hingga|until|till|to)';

/** The hours a part of the day may stand behind, and how many are added to make one of 24. */
const HOURS: ReadonlyMap<string, readonly (readonly [first: number, last: number, added: number])[]> = new Map([
  ['', [[0, 23, 0]]],
  ['dini hari', [[0, 5, 0]]],
  ['pagi', [[0, 11, 0]]],
  [
    'siang',
    [
      [1, 4, 12],
      [10, 16, 0],
    ],
  ],
  [
    'sore',
    [
      [1, 6, 12],
      [13, 19, 0],
    ],
  ],
  [
    'malam',
    [
      [6, 11, 12],
      [18, 23, 0],
    ],
  ],
  [
    'am',
    [
      [12, 12, -12],
      [1, 11, 0],
    ],
  ],
  [
    'pm',
    [
      [12, 12, 0],
      [1, 11, 12],
    ],
  ],
]);

/**
 * A time as `HH:mm`: `9` `pagi` is `09:00`. Null where there is none such (`13 am`), and for `12 malam` to `5 malam`:
 * people mean the night of either date.
 */
export function clockTime(hour: string, minute = '00', part = ''): string | null {
  const h = Number(hour);
  const fits = HOURS.get(part.toLowerCase())?.find(([first, last]) => h >= first && h <= last);
  return fits && Number(minute) <= 59 ? `${String(h + fits[2]).padStart(2, '0')}:${minute}` : null;
}
