import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { addDays } from '../../src/domain/calendar.ts';
import { endOf, type Slot, startOf } from '../../src/domain/slots.ts';

/** Describes what a program has found in a calendar: when something begins and ends, and whether it was cancelled. */
export interface Read {
  readonly title: string;
  readonly start: string;
  readonly end: string;
  readonly status: string;
}

const wholeDay = (date: string): string => `${date}T00:00:00.000Z`;

/** Tells an instant as ical.js has it; a whole day, which it would put into the zone of the machine, as one of UTC. */
export const momentOf = (time: ICAL.Time): string =>
  time.isDate ? wholeDay(time.toString()) : time.toJSDate().toISOString();

/** Tells the same as node-ical has it, which puts the midnight of a whole day into the zone of the machine. */
function nodeMomentOf(at: Date, isWholeDay: boolean): string {
  const [year, month, day] = [at.getFullYear(), at.getMonth(), at.getDate()];
  return (isWholeDay ? new Date(Date.UTC(year, month, day)) : at).toISOString();
}

/** Returns what the record says of an activity, as the readers tell it. */
export function recorded(one: Slot & { readonly title: string; readonly state: string }, zone: string): Read {
  const { title, date, endDate, time } = one;
  const status = one.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED';
  if (time === null) return { title, start: wholeDay(date), end: wholeDay(addDays(endDate ?? date, 1)), status };
  return { title, start: startOf(one, zone).toISOString(), end: endOf(one, zone).toISOString(), status };
}

/** All entries up to an instant by ical.js, those that repeat one by one. */
export function byIcalJs(text: string, until: Date): Read[] {
  const component = new ICAL.Component(ICAL.parse(text));
  for (const one of component.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(one);
  const events = component.getAllSubcomponents('vevent').map(one => new ICAL.Event(one));
  const found: Read[] = [];
  const note = (item: ICAL.Event, start: ICAL.Time, end: ICAL.Time): void => {
    const status = String(item.component.getFirstPropertyValue('status'));
    found.push({
      ...{ title: item.summary, status },
      ...{ start: momentOf(start), end: momentOf(end) },
    });
  };
  for (const event of events.filter(one => !one.isRecurrenceException())) {
    if (!event.isRecurring()) {
      note(event, event.startDate, event.endDate);
      continue;
    }
    const iterator = event.iterator();
    for (let next = iterator.next(); next && next.toJSDate() <= until; next = iterator.next()) {
      const { item, startDate, endDate } = event.getOccurrenceDetails(next);
      note(item, startDate, endDate);
    }
  }
  return found;
}

/** All entries up to an instant by node-ical. */
export function byNodeIcal(text: string, until: Date): Read[] {
  const found: Read[] = [];
  for (const event of Object.values(nodeIcal.sync.parseICS(text))) {
    if (event?.type !== 'VEVENT') continue;
    for (const one of nodeIcal.expandRecurringEvent(event, { from: new Date('2000-01-01'), to: until })) {
      // In a series of whole days it cuts a date that was moved to an hour down to a day; its event has the hour.
      const { start, end } = one.isOverride ? one.event : one;
      const isWholeDay = one.event.datetype === 'date';
      found.push({
        ...{ title: String(one.summary), status: String(one.event.status) },
        ...{ start: nodeMomentOf(start, isWholeDay), end: nodeMomentOf(end ?? start, isWholeDay) },
      });
    }
  }
  return found;
}
