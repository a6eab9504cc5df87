import { asc } from 'drizzle-orm';
import { dateIn, timeIn } from '../../src/domain/calendar.ts';
import type { Store } from '../../src/storage/store.ts';

/** Lists what was sent, in the order it was due: `2026-02-10 09:00 @ani reports_due`, in local time. */
export async function sentIn(store: Store, zone: string, topics: readonly string[]): Promise<string[]> {
  const { deliveries: d, members: m } = store.tables;
  const people = new Map((await store.read.select().from(m)).map(one => [one.number, one.name]));
  const rows = await store.read.select().from(d).orderBy(asc(d.due), asc(d.seq));
  return rows
    .filter(row => row.state === 'sent' && topics.includes(row.topic))
    .map(row => {
      const to = row.channelName ? `#${row.channelName}` : `@${people.get(row.member ?? 0)}`;
      return `${dateIn(row.due, zone)} ${timeIn(row.due, zone)} ${to} ${row.topic}`;
    });
}

/** Lists how what was planned of some kinds ended: `2026-11-21 09:00 activity_tomorrow missed`. */
export async function endedIn(store: Store, zone: string, states: readonly string[]): Promise<string[]> {
  const { occurrences: o } = store.tables;
  const rows = await store.read.select().from(o).orderBy(asc(o.due), asc(o.seq));
  return rows
    .filter(row => states.includes(row.state))
    .map(row => `${dateIn(row.due, zone)} ${timeIn(row.due, zone)} ${row.kind} ${row.state}`);
}
