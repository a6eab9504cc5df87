import { Temporal } from 'temporal-polyfill';
import { DAYS, type DateReading, readDate } from './dates.ts';

/** The local date so many days after another. */
export const dayAfter = (date: string, days = 1): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** `senin depan`, `next Monday`, `Monday next week`: of next week; `jumat ini`: of this one. */
const OF_WEEK =
  /^(?:(?:(?<next>next)|this) (?<name>(?!week).+)|(?<day>.+?) (?:(?<later>depan|(?:minggu|pekan) depan|next week)|ini|(?:minggu|pekan) ini|this week)|(?<week>next|this) week,? (?:on )?(?<last>.+))$/;

/**
 * A date; with its weekday before it only where that is right; `jumat depan` is the one of next week, `malam minggu` the
 * evening before a Sunday.
 */
export function readDay(typed: string, reading: DateReading): string | null {
  const text = typed.replace(/,$/, '').trim();
  const today = Temporal.PlainDate.from(readDate('today', reading)!);
  const found = text === 'hari ini' ? undefined : OF_WEEK.exec(text)?.groups;
  if (found) {
    // `minggu depan` is next week more often than a Sunday.
    if (/^minggu (?:depan|ini)$/.test(text)) return null;
    const day = weekdayNumber((found.name ?? found.day ?? found.last)!.replace(/^hari /, ''));
    if (day === null) return readDate(text, reading);
    const isNext = found.next !== undefined || found.later !== undefined || found.week === 'next';
    const date = today.add({ days: (isNext ? 7 : 0) + day - today.dayOfWeek });
    // A day of this week that is over may be meant, or that of the next week.
    return isNext || Temporal.PlainDate.compare(date, today) >= 0 ? date.toString() : null;
  }
  const night = /^malam (.+)$/.exec(text);
  if (night) {
    const day = weekdayNumber(night[1]!);
    return day === null ? null : dayAfter(readDate(DAYS.id[day - 1]!, reading)!, -1);
  }
  const named = namedDate(text, reading);
  if (!named) return readDate(text, reading);
  return named.date !== null && Temporal.PlainDate.from(named.date).dayOfWeek === named.day ? named.date : null;
}

/** A date with a weekday before it, which may be another; null: none is named. */
export function namedDate(
  text: string,
  reading: DateReading,
): { readonly day: number; readonly date: string | null } | null {
  const [, name, rest] = /^(?:hari )?([a-z'’]+)\.?,? (.+)$/.exec(text) ?? [];
  const day = name === undefined ? null : weekdayNumber(name);
  return day === null ? null : { day, date: readDate(rest!, reading) };
}

/** The number of a weekday, 1 is Monday, by its name or the first three letters of it. */
function weekdayNumber(word: string): number | null {
  const name = word.replace(/['’]/, '');
  const found = Object.values(DAYS)
    .map(names => names.findIndex(one => one === name || one.slice(0, 3) === name))
    .find(i => i >= 0);
  return found === undefined ? (name === 'ahad' ? 7 : null) : found + 1;
}
