import { clockTime, DAY_PARTS } from './clock-time.ts';
import { DAYS, weekday } from './dates.ts';
import { INTL, type Locale, WRITING } from './locale.ts';

/** Describes what comes round on some days of the week (0 is Sunday) at a local time, `HH:mm`. */
export interface Weekly {
  readonly days: readonly number[];
  readonly time: string;
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const WORKING_DAYS = [1, 2, 3, 4, 5];

const SETS: ReadonlyMap<string, readonly number[]> = new Map([
  ...['hari', 'harian', 'day', 'daily'].map((word): [string, readonly number[]] => [word, EVERY_DAY]),
  ...['hari kerja', 'weekday', 'weekdays', 'working day'].map((word): [string, readonly number[]] => [
    word,
    WORKING_DAYS,
  ]),
  ...Object.values(DAYS).flatMap(names =>
    names.flatMap((name, i): [string, readonly number[]][] => [
      [name, [(i + 1) % 7]],
      [`${name}s`, [(i + 1) % 7]],
    ]),
  ),
  ["jum'at", [5]],
  ['ahad', [0]],
]);

const WHEN = new RegExp(
  String.raw`^(.+?),? (?:(?:pukul|jam|at) )?(\d{1,2})(?:[.:](\d{2}))?(?: ?(${DAY_PARTS}))?(?: wib| wita| wit)?$`,
  'i',
);

/** Reads `senin 08.00`, `setiap hari 07.30`, `monday and thursday at 8 am`, in either language. Null: none. */
export function readWeekly(typed: string): Weekly | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ').replaceAll('’', "'");
  const found = text.length > 60 ? null : WHEN.exec(text);
  const time = found && clockTime(found[2]!, found[3] ?? '00', found[4]);
  if (!found || !time) return null;
  const days = new Set<number>();
  for (const part of found[1]!.split(/ ?, ?| (?:dan|and|&) /)) {
    const word = part.replace(/^(?:(?:setiap|tiap|every|on|pada) )+/, '');
    const some = SETS.get(word) ?? SETS.get(word.replace(/^hari /, ''));
    if (!some) return null;
    for (const day of some) days.add(day);
  }
  return { days: [...days].sort((a, b) => a - b), time };
}

/** Writes it as a cron expression of five fields, on the wall clock. */
export function cronOfWeekly({ days, time }: Weekly): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute} ${hour} * * ${days.length === 7 ? '*' : days.join(',')}`;
}

/** Returns what a cron expression says, where that is some days of the week at one time. */
export function weeklyOfCron(cron: string): Weekly | null {
  const found = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-7](?:,[0-7])*|([0-7])-([0-7]))$/.exec(cron);
  if (!found) return null;
  const [, minute = '', hour = '', days = '', first, last] = found;
  const named =
    days === '*'
      ? EVERY_DAY
      : first && last
        ? EVERY_DAY.concat(7).filter(day => day >= Number(first) && day <= Number(last))
        : days.split(',').map(Number);
  return {
    days: [...new Set(named.map(day => day % 7))].sort((a, b) => a - b),
    time: `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`,
  };
}

/** A Sunday: the days of the week are named by it. */
const SUNDAY = '2026-11-';
const nameOf = (day: number, locale: Locale): string => weekday(`${SUNDAY}${22 + day}`, locale);

/** Prints when it comes: `setiap Senin pukul 08.00`. */
export function formatWeekly({ days, time }: Weekly, locale: Locale): string {
  const names = new Intl.ListFormat(INTL[locale]).format(
    // A week begins on Monday.
    [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map(day => nameOf(day, locale)),
  );
  if (WRITING[locale] === 'id') return `setiap ${days.length === 7 ? 'hari' : names} pukul ${time.replace(':', '.')}`;
  return `every ${days.length === 7 ? 'day' : names} at ${time}`;
}
