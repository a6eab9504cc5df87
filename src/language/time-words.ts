import { DAY_PARTS, TO } from './clock-time.ts';

const BELOW_TWELVE: readonly (readonly [hour: number, words: string])[] = [
  [1, 'satu one'],
  [2, 'dua two'],
  [3, 'tiga three'],
  [4, 'empat four'],
  [5, 'lima five'],
  [6, 'enam six'],
  [7, 'tujuh seven'],
  [8, 'delapan eight'],
  [9, 'sembilan nine'],
  [10, 'sepuluh ten'],
  [11, 'sebelas eleven'],
  [12, 'twelve'],
];
/** Numbers up to twelve as they are written in words, in both languages; `dua belas` is two words. */
export const SMALL_NUMBERS: ReadonlyMap<string, number> = new Map(
  BELOW_TWELVE.flatMap(([n, words]) => words.split(' ').map((word): [string, number] => [word, n])),
);

const WORD = ['dua belas', ...SMALL_NUMBERS.keys()].join('|');
const HOUR = String.raw`(\d{1,2}|${WORD})`;
const AT = '(?:(?:jam|pukul|at) )?';
const CLOCK = String.raw`(?:jam|pukul|at) \d{1,2}(?:[.:]\d\d)?|\d{1,2}[.:]\d\d`;
/** An hour, perhaps with the one at which it ends. */
const SPAN = String.raw`\d{1,2}(?:[.:]\d\d)?(?: ?[-\u2013] ?\d{1,2}(?:[.:]\d\d)?)?`;
const PART = 'dini hari|pagi|siang|sore|malam';
const DAY = "senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad";
const ALONE = String.raw`(?! ?(?:${DAY_PARTS})\b)`;

const hourOf = (typed: string): number => (typed === 'dua belas' ? 12 : (SMALL_NUMBERS.get(typed) ?? Number(typed)));
const pattern = (source: string): RegExp => new RegExp(source, 'g');

/** `jam 7.30`; below one o'clock it is half past twelve. */
const clock = (hour: number, minute: number): string => `jam ${hour}.${String(minute).padStart(2, '0')}`;
const MINUTES: ReadonlyMap<string, number> = new Map([
  ['seperempat', 15],
  ['a quarter', 15],
  ['quarter', 15],
]);
const minutesOf = (typed: string): number => MINUTES.get(typed) ?? Number(typed);
const before = (hour: number): number => (hour <= 1 ? hour + 11 : hour - 1);

/** Tells `14 to 16`, two hours or two days, from `20 to nine`: in doubt a number before `to` is where a span begins. */
const isSpan = (minutes: string, unit: string | undefined, hour: string): boolean =>
  /^\d/.test(minutes) && !unit && (/^\d/.test(hour) || Number(minutes) <= 12 || Number(minutes) % 5 > 0);

const ENGLISH_PARTS: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/\b(?:in the )?morning\b/g, 'am'],
  [/\b(?:in the )?(?:afternoon|evening)\b/g, 'pm'],
];

/** Rules that rewrite the words of a time, in the order in which they apply. */
const RULES: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/(\d{4}-\d\d-\d\d)t(?=\d\d:\d\d)/g, (_, date) => `${date} `],
  // `09.00 WIB - selesai`: no end was named.
  [/ ?(?:[-–]|,? (?:sampai|s\/d|s\.d\.?|hingga|until|till)) ?(?:selesai|finished|done)\b/g, () => ''],
  [/ tepat(?= |$)/g, () => ''],
  [pattern(`\\b${AT}${HOUR} o['’]clock\\b`), (_, hour) => `jam ${hourOf(hour!)}`],
  [
    pattern(`\\b${AT}(?:setengah|half past|half-past) ${HOUR}\\b`),
    (all, hour) => (all.includes('setengah') ? clock(before(hourOf(hour!)), 30) : clock(hourOf(hour!), 30)),
  ],
  [
    pattern(`\\b${AT}${HOUR} (?:lewat|lebih) (\\d{1,2}|seperempat)(?: menit)?\\b`),
    (_, hour, minutes) => clock(hourOf(hour!), minutesOf(minutes!)),
  ],
  [
    pattern(`\\b${AT}${HOUR} kurang (\\d{1,2}|seperempat)(?: menit)?\\b`),
    (_, hour, minutes) => clock(before(hourOf(hour!)), 60 - minutesOf(minutes!)),
  ],
  [
    pattern(`(?<![.:/])\\b${AT}(a quarter|quarter|\\d{1,2})( min(?:ute)?s?)? (past|to) ${HOUR}\\b(?![.:/]\\d)`),
    (all, minutes, unit, side, hour) => {
      if (side === 'past') return clock(hourOf(hour!), minutesOf(minutes!));
      return isSpan(minutes!, unit, hour!) ? all : clock(before(hourOf(hour!)), 60 - minutesOf(minutes!));
    },
  ],
  [pattern(`\\b(jam|pukul|at) (${WORD})\\b`), (_, word, hour) => `${word} ${hourOf(hour!)}`],
  [pattern(`\\b(${WORD}) (?=(?:am|pm|pagi|siang|sore)\\b)`), (_, hour) => `${hourOf(hour!)} `],
  [pattern(`\\b${AT}(?:tengah hari|noon)\\b`), () => 'jam 12.00'],
  // `jam 7-12 malam` begins in the evening: `malam` belongs to both hours.
  [
    pattern(`(?<![\\d.:/-])\\b${AT}((?:[6-9]|0[6-9]|1[01])(?:[.:]\\d\\d)?) ?${TO} ?${AT}12(?:[.:]00)? ?malam\\b`),
    (_, from) => `jam ${from} malam - jam 24.00`,
  ],
  [pattern(`\\b${AT}(?:tengah malam|midnight|12(?:[.:]00)? ?malam)\\b`), () => 'jam 24.00'],
  [/\btonight\b/g, () => 'nanti malam'],
  [/\bthis (?=(?:am|pm)\b)/g, () => ''],
  // Said twice: `tonight 7 pm`, `besok malam jam 7-9 malam`.
  [pattern(`(?:\\bnanti )?\\b(?:${PART}|am|pm)(?: (?:ini|nanti))?,? (?=${AT}${SPAN} ?(?:${DAY_PARTS})\\b)`), () => ''],
  // The night of a day begins on the evening before it, and an hour in it is one of the evening.
  [pattern(`\\bmalam ((?:${DAY})\\b(?: [a-z]+)??,? )(${CLOCK})${ALONE}`), (_, day, at) => `malam ${day}${at} malam`],
  [pattern(`(?:\\bnanti )?\\b(${PART})(?: (?:ini|nanti))?,? (${CLOCK})${ALONE}`), (_, part, at) => `${at} ${part}`],
  [pattern(`\\b(am|pm),? (${CLOCK})${ALONE}`), (_, part, at) => `${at} ${part}`],
  [pattern(`\\b(\\d{1,2}(?:[.:]\\d\\d)?) ?(${PART}) (?:ini|nanti)\\b`), (_, at, part) => `${at} ${part}`],
  [pattern(`\\bnanti ((?:${CLOCK}|\\d{1,2})(?: ?(?:${DAY_PARTS}))?)`), (_, at) => at!],
];

/**
 * Rewrites how people say a time, in lower case, as the readers of times take it: `setengah delapan malam` is
 * `jam 7.30 malam`, `besok pagi jam 9` is `besok jam 9 pagi`, `half past seven`, `quarter to nine`, `jam tujuh`, `noon`.
 * Midnight becomes `jam 24.00`, which is the end of its day.
 */
export function plainTimes(text: string): string {
  let plain = text;
  for (const [words, by] of ENGLISH_PARTS) plain = plain.replace(words, by);
  for (const [rule, by] of RULES) plain = plain.replace(rule, by);
  // `setengah satu dini hari` is half past midnight.
  return plain
    .replace(/\bjam 12\.(\d\d) (dini hari|pagi)\b/g, 'jam 0.$1 $2')
    .replace(/\s+/g, ' ')
    .trim();
}
