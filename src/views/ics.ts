import { addDays } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import type { Entry } from '../domain/meetings/entries.ts';
import { rruleOf } from '../domain/meetings/recurrence.ts';
import { type Series, slotsOf } from '../domain/meetings/series.ts';
import { endOf, lastDay, type Slot, startOf } from '../domain/slots.ts';
import { isTurnOver, nextTurn } from '../runtime/event-loop.ts';
import { compactDate, compactTime, escaped, folded, isNamedZone, quoted, utc, vtimezone } from './ics-lines.ts';

/*
 * Calendars by RFC 5545 and 7986. All that is written comes from the record, so the same record gives the same bytes.
 */

/** Describes what a calendar is called and where it is; what it says of each entry. */
export interface CalendarHead {
  readonly name: string;
  readonly forumId: string;
  readonly forumName: string;
  readonly zone: string;
  /** The address of the calendar's page, and of an activity's; null: it has none. */
  readonly url: string | null;
  urlOf(number: number): string | null;
  /** Minutes before each entry at which it reminds; null: it does not. */
  readonly alarm: number | null;
}

/** Deadline at an instant or on a day: a report, a vote that closes. */
export interface Deadline {
  readonly uid: string;
  readonly title: string;
  readonly at: Date | null;
  readonly date: string | null;
  /** The instant since which the record has it so. */
  readonly since: Date;
}

/** Number of years after the last entry that a zone is written out for: what repeats goes on. */
const YEARS_AHEAD = 5;

/** A date or a time of a slot as a property's parameters and value. */
function moment(name: string, date: string, time: string | null, zone: string | null): string {
  if (time === null) return `${name};VALUE=DATE:${compactDate(date)}`;
  if (zone !== null && isNamedZone(zone)) return `${name};TZID=${zone}:${compactDate(date)}T${compactTime(time)}`;
  return `${name}:${utc(startOf({ date, endDate: null, time, until: null, zone }, zone ?? 'UTC'))}`;
}

/** Begin and end of a slot; an end in the time of its own zone. */
function duration(slot: Slot, zone: string): string[] {
  const { date, endDate, time, until } = slot;
  if (time === null)
    return [moment('DTSTART', date, null, null), `DTEND;VALUE=DATE:${compactDate(addDays(endDate ?? date, 1))}`];
  const begins = moment('DTSTART', date, time, slot.zone);
  if (until !== null) return [begins, moment('DTEND', endDate ?? date, until, slot.zone)];
  if (endDate !== null) return [begins, `DTEND:${utc(endOf(slot, zone))}`];
  return [begins, `DURATION:PT${(endOf(slot, zone).getTime() - startOf(slot, zone).getTime()) / 60_000}M`];
}

function alarm(head: CalendarHead, title: string): string[] {
  if (head.alarm === null) return [];
  return ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${escaped(title)}`, `TRIGGER:-PT${head.alarm}M`, 'END:VALARM'];
}

/** Returns what every entry says of the activity behind it. */
function told(head: CalendarHead, activity: Entry, sequence: number): string[] {
  const created = utc(activity.createdAt);
  const changed = activity.changedAt ? utc(activity.changedAt) : created;
  const isCancelled = activity.state === 'cancelled' || activity.state === 'undone';
  const url = head.urlOf(activity.number);
  return [
    `DTSTAMP:${changed}`,
    `CREATED:${created}`,
    `LAST-MODIFIED:${changed}`,
    `SEQUENCE:${sequence}`,
    `SUMMARY:${escaped(activity.title)}`,
    ...(activity.location ? [`LOCATION:${escaped(activity.location)}`] : []),
    `DESCRIPTION:${escaped([codeOf('activity', activity.number), activity.cancelReason].filter(Boolean).join(': '))}`,
    `ORGANIZER;CN=${quoted(head.forumName)}:${head.url ?? `urn:rembug:forum:${head.forumId}`}`,
    ...(url ? [`URL:${url}`] : []),
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    ...(isCancelled ? [] : alarm(head, activity.title)),
  ];
}

/** An event as it is written: a calendar has thousands, and its lines are put together at once. */
const event = (...groups: readonly (readonly string[])[]): string => {
  let written = 'BEGIN:VEVENT\r\n';
  for (const lines of groups) for (const line of lines) written += `${folded(line)}\r\n`;
  return `${written}END:VEVENT\r\n`;
};

/** An activity that stands alone. */
function single(head: CalendarHead, activity: Entry): string {
  const uid = `${head.forumId}-${codeOf('activity', activity.number)}@rembug`;
  return event([`UID:${uid}`], duration(activity, head.zone), told(head, activity, activity.sequence));
}

const isRegular = (series: Series, one: Entry): boolean =>
  one.state !== 'cancelled' &&
  one.date === one.slot &&
  one.endDate === lastDay(series, one.date) &&
  one.time === series.time &&
  one.until === series.until &&
  one.zone === series.zone &&
  one.title === series.template.title &&
  one.location === series.template.location;

/** A series by its rule, with what is left out, moved or cancelled. */
function repeated(head: CalendarHead, series: Series, occurrences: readonly Entry[]): string[] {
  const { number, start, last, count, time, until, zone, template } = series;
  const there = occurrences.filter(one => one.state !== 'undone');
  if (!there.length) return [];
  const slot: Slot = { date: start, endDate: lastDay(series, start), time, until, zone };
  const uid = `UID:${head.forumId}-series-${number}@rembug`;
  const end =
    count !== null && last === null
      ? `;COUNT=${count}`
      : last === null
        ? ''
        : `;UNTIL=${time === null ? compactDate(last) : utc(startOf({ ...slot, date: last }, head.zone))}`;
  const made = new Set(there.map(one => one.slot));
  const except: string[] = [];
  for (const date of slotsOf(series)) {
    if (series.made === null || date > series.made) break;
    if (!made.has(date)) except.push(date);
  }
  const first = there[0]!;
  const base: Entry = { ...first, ...slot, title: template.title, location: template.location };
  const master = event(
    [uid],
    duration(slot, head.zone),
    [`RRULE:${rruleOf(series.recurrence)}${end}`],
    except.map(date => moment('EXDATE', date, time, zone)),
    told(
      head,
      { ...base, state: 'planned', cancelReason: null, createdAt: series.createdAt, changedAt: series.changedAt },
      series.sequence,
    ),
  );
  const overrides = there
    .filter(one => !isRegular(series, one))
    .map(one =>
      event(
        [uid, moment('RECURRENCE-ID', one.slot!, time, zone)],
        duration(one, head.zone),
        told(head, one, series.sequence + one.sequence),
      ),
    );
  return [master, ...overrides];
}

function deadline(head: CalendarHead, one: Deadline): string {
  const when =
    one.at === null
      ? [moment('DTSTART', one.date!, null, null), `DTEND;VALUE=DATE:${compactDate(addDays(one.date!, 1))}`]
      : [`DTSTART:${utc(one.at)}`, 'DURATION:PT0S'];
  return event(
    [`UID:${head.forumId}-${one.uid}@rembug`, `DTSTAMP:${utc(one.since)}`],
    when,
    [`SUMMARY:${escaped(one.title)}`, 'TRANSP:TRANSPARENT'],
    alarm(head, one.title),
  );
}

const yearOf = (date = ''): number => Number(date.slice(0, 4));

/** Activities, series with all their occurrences, and deadlines as one calendar, written in turns of the event loop. */
export async function calendarOf(
  head: CalendarHead,
  activities: readonly Entry[],
  series: readonly (readonly [Series, readonly Entry[]])[] = [],
  deadlines: readonly Deadline[] = [],
): Promise<string> {
  const all = [...activities, ...series.flatMap(([, occurrences]) => occurrences)];
  const zones = [...new Set(all.flatMap(one => (one.zone && isNamedZone(one.zone) ? [one.zone] : [])))].sort();
  for (const [one] of series) if (one.zone && isNamedZone(one.zone) && !zones.includes(one.zone)) zones.push(one.zone);
  const dates = [...all.map(one => one.date), ...series.map(([one]) => one.start)].sort();
  const from = yearOf(dates[0]) - 1;
  const to = yearOf(dates.at(-1)) + YEARS_AHEAD;
  const first = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Rembug//Rembug//ID',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(head.name)}`,
    `X-WR-CALNAME:${escaped(head.name)}`,
    `X-WR-TIMEZONE:${head.zone}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...(head.url ? [`URL:${head.url}`] : []),
    ...zones.flatMap(zone => vtimezone(zone, from, to)),
  ];
  const written = first.map(line => `${folded(line)}\r\n`);
  for (const one of activities) {
    written.push(single(head, one));
    if (isTurnOver()) await nextTurn();
  }
  for (const [one, occurrences] of series) {
    written.push(...repeated(head, one, occurrences));
    if (isTurnOver()) await nextTurn();
  }
  for (const one of deadlines) written.push(deadline(head, one));
  return `${written.join('')}END:VCALENDAR\r\n`;
}

/** One activity as a calendar file. */
export const icsOf = (activity: Entry, zone: string, forumName: string): Promise<string> =>
  calendarOf(
    { name: activity.title, forumId: activity.forumId, forumName, zone, url: null, urlOf: () => null, alarm: null },
    [activity],
  );
