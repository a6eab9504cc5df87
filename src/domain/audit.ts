import { and, asc, desc, eq } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import type { Thing } from './thing.ts';

export type Event = Tables['events']['$inferSelect'];

/** One change, as the audit keeps it. `data` holds what the history line needs, by value. */
export interface Change {
  readonly kind: string;
  readonly thing: Thing | 'forum' | 'member';
  readonly number: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Writes a line of the audit and gives its number. `member` null: the bot, or somebody who is to stay unnamed. */
export async function recordEvent(
  tx: Tx,
  forumId: string,
  member: number | null,
  change: Change,
  now: Date,
): Promise<number> {
  const { kind, thing, number } = change;
  const [row] = await addEvent(tx, { forumId, at: now, member, kind, thing, number, data: { ...change.data } });
  return row!.seq;
}

const addEvent = prepared((tx: Tx, row: Tables['events']['$inferInsert']) => {
  const { events } = tx.tables;
  return tx.insert(events).values(row).returning({ seq: events.seq });
});

/** The history of one thing, oldest first, with the names of those who are named. */
export async function historyOf(
  db: Reader,
  forumId: string,
  thing: Change['thing'],
  number: number,
): Promise<(Event & { name: string | null })[]> {
  const rows = await eventsOf(db, { forumId, thing, number });
  return rows.map(row => ({ ...row.event, name: row.name }));
}

/** The query of that, to be asked with others. */
export const eventQuery = (db: Reader, of: { forumId: string; thing: Change['thing']; number: number }) => {
  const { events, members } = db.tables;
  return db
    .select({ event: events, name: members.name })
    .from(events)
    .leftJoin(members, and(eq(members.forumId, events.forumId), eq(members.number, events.member)))
    .where(and(eq(events.forumId, of.forumId), eq(events.thing, of.thing), eq(events.number, of.number)))
    .orderBy(asc(events.seq));
};

const eventsOf = prepared(eventQuery);

/** The number of the last change of a forum's record: it grows with every one. */
export async function versionOf(db: Reader, forumId: string): Promise<number> {
  const { events } = db.tables;
  const [row] = await db
    .select({ seq: events.seq })
    .from(events)
    .where(eq(events.forumId, forumId))
    .orderBy(desc(events.seq))
    .limit(1);
  return row?.seq ?? 0;
}
