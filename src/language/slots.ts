import { Temporal } from 'temporal-polyfill';
import { clockTime, DAY_PARTS, TO } from './clock-time.ts';
import { type DateReading, formatDate, weekday } from './dates.ts';
import { dayAfter, namedDate, readDay } from './day-words.ts';
import { type Locale, readZone, WRITING, zoneName } from './locale.ts';
import { plainTimes } from './time-words.ts';

/** Time of a thing: a day, several days, or hours of them in a zone. */
export interface Slot {
  /** A local date, the first where there are several. */
  readonly date: string;
  /** The last date, where it is another. */
  readonly endDate: string | null;
  /** Local times, `HH:mm`; null: the whole day, no end was named. */
  readonly time: string | null;
  readonly until: string | null;
  /** The zone of the times: an IANA name or an offset (`+07:00`); null where there are none. */
  readonly zone: string | null;
}

/** A time of day as it is typed: when it begins, perhaps when it ends, in which zone. */
export interface Hours {
  readonly time: string;
  readonly until: string | null;
  readonly zone: string | null;
}

/** Maximum length of what is read, characters. */
const LONGEST = 120;

const TIME = String.raw`(?:(pukul|jam|at) )?(\d{1,2})(?:[.:](\d\d))?(?: ?(${DAY_PARTS}))?`;
const ONE_TIME = new RegExp(`^${TIME}$`);
const TWO_TIMES = new RegExp(`^${TIME} ?${TO} ?${TIME}$`);
const ENDS_IN_TIMES = new RegExp(`^(?:(.+?),? )?(${TIME} ?${TO} ?${TIME})$`);
const ENDS_IN_TIME = new RegExp(`^(?:(.+?),? )?(${TIME})$`);
/** `jam 9-11 besok`, `9 am on Monday`: the day behind its hours. */
const BEGINS_WITH_TIMES = new RegExp(`^(${TIME}(?: ?${TO} ?${TIME})?),? (?:on )?(.+)$`);
const BETWEEN = new RegExp(` ${TO} | ?\\.\\. ?`);
/** A zone by its name or as an offset. `22:00-02:00` are two times: an offset to the west stands behind a blank. */
const ZONE = /(?: ?(?:\b(wib|wita|wit|utc|[a-z]+\/[a-z_+\-/]+[a-z0-9])|(\+\d\d:\d\d))| (-\d\d:\d\d))$/;
/** `20-22 jan 2026`: days of one month. */
const DAYS_OF_MONTH = new RegExp(String.raw`^(?:tanggal |tgl\.? )?(\d{1,2}) ?${TO} ?(\d{1,2})( [a-z]+(?: \d{4})?)$`);
/** End of a day, which is the beginning of the next. */
export const END_OF_DAY = '24:00';

const cleaned = (typed: string): string => {
  const text = typed.trim().replace(/\s+/g, ' ').toLowerCase();
  return text.length > LONGEST ? '' : plainTimes(text);
};

/** Takes the zone off the end of a text, if one stands there. */
function withoutZone(text: string): { readonly rest: string; readonly zone: string | null } | null {
  const found = ZONE.exec(text);
  if (!found) return { rest: text, zone: null };
  const zone = found[2] ?? found[3] ?? readZone(found[1]!);
  if (zone === null || !isZone(zone)) return null;
  return { rest: text.slice(0, found.index), zone };
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** A time by the groups of `TIME`; a bare number is none. Null: there is none such. */
function timeOf(
  [word, hour, minute, part]: readonly (string | undefined)[],
  lend: { word?: string | undefined; part?: string | undefined } = {},
): string | null {
  if (hour === undefined || !(word ?? minute ?? part ?? lend.word ?? lend.part)) return null;
  return clockTime(hour, minute ?? '00', part ?? '') ?? null;
}

/** An end by the groups of `TIME`: a time, or the end of the day. */
const endOf = (groups: readonly (string | undefined)[], lend: Parameters<typeof timeOf>[1]): string | null =>
  groups[1] === '24' && (groups[2] ?? '00') === '00' && !groups[3] ? END_OF_DAY : timeOf(groups, lend);

/** `9-11 am`, `jam 1-3 siang`: a part of the day behind two times belongs to both, where that makes an order. */
function timesOf(
  groups: readonly (string | undefined)[],
  lent?: string,
): readonly [from: string, until: string] | null {
  const [first, second] = [groups.slice(0, 4), groups.slice(4, 8)];
  const word = lent ?? first[0] ?? second[0] ?? first[2] ?? second[2];
  const until = endOf(second, { word, part: first[3] });
  if (until === null) return null;
  const earlier = second[3] && !first[3] ? timeOf([first[0], first[1], first[2], second[3]]) : null;
  if (earlier !== null && earlier < until) return [earlier, until];
  const from = timeOf(first, { word, part: second[3] });
  if (from === null) return null;
  // `jam 7 malam - 9`: a bare end goes on in the same half of the day.
  const later = first[3] && !second[3] ? timeOf([undefined, second[1], second[2], first[3]]) : null;
  return [from, later !== null && later > from && until <= from ? later : until];
}

/** Reads `13.00`, `jam 9`, `7 malam`, `13.00-15.30 WITA`, `9 am`. Null: none. */
export function readHours(typed: string): Hours | null {
  const parted = withoutZone(cleaned(typed));
  if (!parted) return null;
  const { rest, zone } = parted;
  const two = TWO_TIMES.exec(rest);
  if (two) {
    // A number is an hour where nothing but a time can stand.
    const times = timesOf(two.slice(1), 'jam');
    return times && { time: times[0], until: times[1], zone };
  }
  const one = ONE_TIME.exec(rest);
  const time = one && timeOf(one.slice(1), { word: 'jam' });
  return time ? { time, until: null, zone } : null;
}

/** Reads at what time something ends: as `readHours` a time, and midnight as the end of its day, `24:00`. */
export function readEndTime(typed: string): string | null {
  const one = ONE_TIME.exec(cleaned(typed));
  return one && endOf(one.slice(1), { word: 'jam' });
}

/**
 * Reads when something takes place: a date as `readDate` takes it, with `senin depan` besides, then perhaps a time, an
 * end and a zone (`20 jan 13.00-15.30 WITA`, `besok jam 9`), or two of them with a dash between (`20-22 jan`). A time
 * alone is today's. An end may lie before the beginning: that is for the caller to judge. Null: none.
 */
export function readSlot(typed: string, reading: DateReading): Slot | null {
  const parted = withoutZone(cleaned(typed));
  if (!parted) return null;
  const { rest, zone } = parted;
  const at = { ...reading, zone: zone ?? reading.zone };
  return rangeOfDays(rest, at, zone) ?? (rest ? oneDay(rest, at, zone) : null);
}

function rangeOfDays(text: string, reading: DateReading, zone: string | null): Slot | null {
  const ofMonth = DAYS_OF_MONTH.exec(text);
  const parts = ofMonth ? [`${ofMonth[1]}${ofMonth[3]}`, `${ofMonth[2]}${ofMonth[3]}`] : text.split(BETWEEN);
  if (parts.length !== 2) return null;
  const [from, to] = parts.map(part => oneDay(part, reading, zone));
  if (!from || !to || isTimeAlone(parts[1]!) || from.until || to.until || !from.time !== !to.time) return null;
  if (from.date === to.date) return from.time ? { ...from, until: to.time } : from;
  return { ...from, endDate: to.date, until: to.time };
}

const isTimeAlone = (text: string): boolean => {
  const found = ONE_TIME.exec(text.trim());
  return found !== null && timeOf(found.slice(1)) !== null;
};

function oneDay(text: string, reading: DateReading, zone: string | null): Slot | null {
  const day = readDay(text, reading);
  if (day) return zone ? null : { date: day, endDate: null, time: null, until: null, zone: null };
  // A time alone comes first, or `jam` would be the day of `jam 7 malam`.
  const both = TWO_TIMES.exec(text);
  const alone = both ? timesOf(both.slice(1)) : null;
  if (alone) return timed(undefined, reading, alone);
  const single = ONE_TIME.exec(text);
  if (single) return timedOnce(undefined, reading, single.slice(1));
  const two = ENDS_IN_TIMES.exec(text);
  const times = two && timesOf(two.slice(3));
  if (two && times) return timed(two[1], reading, times);
  const one = ENDS_IN_TIME.exec(text);
  const last = one && timedOnce(one[1], reading, one.slice(3));
  if (last) return last;
  const first = BEGINS_WITH_TIMES.exec(text);
  if (!first) return null;
  if (first[7] === undefined) return timedOnce(first.at(-1), reading, first.slice(2, 6));
  const hours = timesOf(first.slice(2, 10));
  return hours && timed(first.at(-1), reading, hours);
}

function timedOnce(
  day: string | undefined,
  reading: DateReading,
  groups: readonly (string | undefined)[],
): Slot | null {
  const time = timeOf(groups);
  return time === null ? null : timed(day, reading, [time, null]);
}

function timed(
  day: string | undefined,
  reading: DateReading,
  [time, until]: readonly [time: string, until: string | null],
): Slot | null {
  const date = readDay(day ?? 'today', reading);
  if (date === null) return null;
  const { zone } = reading;
  return until === END_OF_DAY
    ? { date, endDate: dayAfter(date), time, until: '00:00', zone }
    : { date, endDate: null, time, until, zone };
}

/**
 * Finds what may be meant by a text that `readSlot` does not take: by midnight the end of its day or its beginning, by a
 * date with another weekday than its own the date alone.
 */
export function slotsMeant(typed: string, reading: DateReading): Slot[] {
  const text = cleaned(typed);
  // The last 24 is taken: one before it may be the day of a month.
  const midnight = /^(.*)\b(?:jam |pukul |at )?24[.:]?(?:00)?( .*)?$/.exec(text);
  const start = midnight && readSlot(`${midnight[1]}00:00${midnight[2] ?? ''}`, reading);
  if (start) return start.endDate === null ? [{ ...start, date: dayAfter(start.date) }, start] : [];
  const parted = withoutZone(text);
  const named = parted && namedDate(parted.rest, reading);
  const without = named && readSlot(text.replace(/^(?:hari )?[a-z'’]+\.?,? /, ''), reading);
  return without ? [without] : [];
}

/** Prints a time of day: `13.00`, or `13:00` in English. */
export const formatClock = (time: string, locale: Locale): string =>
  WRITING[locale] === 'id' ? time.replace(':', '.') : time;

/** Prints a date with its weekday: `Senin, 30 November 2026`. */
export const formatDay = (date: string, locale: Locale, style: 'long' | 'short' = 'long'): string => {
  const day = weekday(date, locale);
  return `${style === 'long' ? day : day.slice(0, 3)}, ${formatDate(date, locale, style)}`;
};

/**
 * Prints when something takes place, as `readSlot` reads it back: `Senin, 30 November 2026 13.00–15.30 WIB`, or
 * `Sen, 30 Nov 2026`.
 */
export function formatSlot(slot: Slot, locale: Locale, style: 'long' | 'short' = 'long'): string {
  const { date, endDate, time, until } = slot;
  const zone = time === null ? '' : ` ${zoneOf(slot, locale)}`;
  const from = formatDay(date, locale, style);
  if (endDate !== null) {
    const to = formatDay(endDate, locale, style);
    return time === null
      ? `${from} – ${to}`
      : `${from} ${formatClock(time, locale)} – ${to}${until === null ? '' : ` ${formatClock(until, locale)}`}${zone}`;
  }
  if (time === null) return from;
  return `${from} ${formatClock(time, locale)}${until === null ? '' : `–${formatClock(until, locale)}`}${zone}`;
}

/** Returns what the zone of a slot is called on its day. */
function zoneOf({ date, time, zone }: Slot, locale: Locale): string {
  if (zone === null || /^[+-]/.test(zone)) return zone ?? '';
  const at = Temporal.PlainDateTime.from(`${date}T${time ?? '12:00'}`).toZonedDateTime(zone);
  const name = zoneName(zone, locale, new Date(at.epochMilliseconds));
  return readZone(name) === zone ? name : zone;
}

/** A slot as an option's value, which reads the same in either language and at any time. */
export function slotAsTyped({ date, endDate, time, until, zone }: Slot): string {
  if (time === null) return endDate === null ? date : `${date} .. ${endDate}`;
  if (endDate !== null) return `${date} ${time} .. ${endDate}${until === null ? '' : ` ${until}`} ${zone}`;
  return `${date} ${time}${until === null ? '' : `-${until}`} ${zone}`;
}
