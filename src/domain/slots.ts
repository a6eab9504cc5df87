import { Temporal } from 'temporal-polyfill';
import type { Tables } from '../storage/schema/index.ts';
import { addDays, instantAt } from './calendar.ts';

/** Time of an activity, in local dates and times. */
export type Slot = Pick<Tables['activities']['$inferSelect'], 'date' | 'endDate' | 'time' | 'until' | 'zone'>;

/** Length of what begins at an hour and has no end, in calendars. */
const ASSUMED_MS = 2 * 3_600_000;

/**
 * The instants that a local time is in a zone, the earlier first: none where the clocks skip it, two where it comes
 * twice.
 */
export function instantsAt(date: string, time: string, zone: string): Date[] {
  const local = Temporal.PlainDateTime.from(`${date}T${time}`);
  const found = (['earlier', 'later'] as const)
    .map(disambiguation => local.toZonedDateTime(zone, { disambiguation }))
    .filter(at => at.toPlainDateTime().equals(local))
    .map(at => at.epochMilliseconds);
  return [...new Set(found)].map(ms => new Date(ms));
}

/** The offset (`+07:00`) of a zone at an instant. */
export const offsetAt = (at: Date, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).offset.slice(0, 6);

/** The last day of what repeats: where its hours end no later than they begin, the next one; null: the same. */
export const lastDay = ({ time, until }: Pick<Slot, 'time' | 'until'>, date: string): string | null =>
  time !== null && until !== null && until <= time ? addDays(date, 1) : null;

/** Instant at which it begins; without an hour, at the beginning of its day in the forum's zone. */
export const startOf = ({ date, time, zone }: Slot, forumZone: string): Date =>
  instantAt(date, time ?? '00:00', zone ?? forumZone);

/** Instant at which it is over: two hours after it began where no end was named, a whole day at its end. */
export function endOf(slot: Slot, forumZone: string): Date {
  const { date, endDate, time, until, zone } = slot;
  if (time === null) return instantAt(addDays(endDate ?? date, 1), '00:00', forumZone);
  if (until !== null) return instantAt(endDate ?? date, until, zone ?? forumZone);
  if (endDate !== null) return instantAt(addDays(endDate, 1), '00:00', zone ?? forumZone);
  return new Date(startOf(slot, forumZone).getTime() + ASSUMED_MS);
}
