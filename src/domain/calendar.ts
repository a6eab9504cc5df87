import { Temporal } from 'temporal-polyfill';
import { remembered } from './remembered.ts';

/** A local date some days on (or back). */
export const addDays: (date: string, days: number) => string = remembered((date: string, days: number) =>
  Temporal.PlainDate.from(date).add({ days }).toString(),
);

/** A local date some months on; the last of the month where that day does not exist. */
export const addMonths = (date: string, months: number): string =>
  Temporal.PlainDate.from(date).add({ months }).toString();

/** Counts how many days lie between two local dates; negative when the second is earlier. */
export const daysBetween: (from: string, to: string) => number = remembered(
  (from: string, to: string) => Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days,
);

/**
 * Length of a quarter of an hour, ms. No zone's date changes within one: since 1980 all offsets are whole quarters, and
 * clocks are put forward and back at whole ones.
 */
const QUARTER_MS = 900_000;
const QUARTERS_SINCE = Date.UTC(1980, 0, 1) / QUARTER_MS;

const dateOf = (milliseconds: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(zone).toPlainDate().toString();

const dateInQuarter = remembered((quarter: number, zone: string) => dateOf(quarter * QUARTER_MS, zone));

/** The local date of an instant in a zone. */
export function dateIn(at: Date, zone: string): string {
  const quarter = Math.floor(at.getTime() / QUARTER_MS);
  return quarter < QUARTERS_SINCE ? dateOf(at.getTime(), zone) : dateInQuarter(quarter, zone);
}

/**
 * A local time (`HH:mm`) of a date as an instant. A time that the clocks skip is the next valid one, the instant at
 * which they jump; of a time that comes twice it is the first.
 */
export const instantAt = (date: string, time: string, zone: string): Date => new Date(millisecondsAt(date, time, zone));

const millisecondsAt = remembered((date: string, time: string, zone: string): number => {
  const local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const valid = first.toPlainDateTime().equals(local) ? first : (first.getTimeZoneTransition('next') ?? first);
  return valid.epochMilliseconds;
});

/** Local dates, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Every date that anything has. */
export const EVER: Span = { from: '1900-01-01', to: '2200-12-31' };

/** The instants at which a span of local dates begins and is over. */
export const instantsOf = ({ from, to }: Span, zone: string): readonly [from: Date, until: Date] => [
  instantAt(from, '00:00', zone),
  instantAt(addDays(to, 1), '00:00', zone),
];

/** The local time (`HH:mm`) of an instant in a zone. */
export const timeIn = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainTime().toString().slice(0, 5);

/** Tells how far a zone's clocks are from UTC at an instant: `+07:00`. */
export const offsetIn = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).offset.slice(0, 6);

/** 1 is Monday, 7 is Sunday. */
export const dayOfWeek: (date: string) => number = remembered(
  (date: string) => Temporal.PlainDate.from(date).dayOfWeek,
);

/** A weekday that is no holiday. */
export const isWorkingDay = (date: string, holidays: ReadonlySet<string>): boolean =>
  dayOfWeek(date) <= 5 && !holidays.has(date);

/** The date itself, or the first working day after it. */
export function nextWorkingDay(date: string, holidays: ReadonlySet<string>): string {
  let day = date;
  while (!isWorkingDay(day, holidays)) day = addDays(day, 1);
  return day;
}

/** The date itself, or the last working day before it. */
export function previousWorkingDay(date: string, holidays: ReadonlySet<string>): string {
  let day = date;
  while (!isWorkingDay(day, holidays)) day = addDays(day, -1);
  return day;
}

/** The working day that lies `n` working days after a date (before it, where `n` is negative). */
export function shiftWorkingDays(date: string, n: number, holidays: ReadonlySet<string>): string {
  const step = Math.sign(n);
  let day = date;
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, step);
    if (isWorkingDay(day, holidays)) left--;
  }
  return day;
}
