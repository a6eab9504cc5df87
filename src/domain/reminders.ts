import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, like, notInArray, or } from 'drizzle-orm';
import { isPending } from '../storage/literal.ts';
import { question } from '../storage/once.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { likePattern } from '../storage/words.ts';

/** All of a person's reminders are paused under this indicator and period. */
const ALL = { indicator: 0, period: '' };

/** Puts a person's reminders of one report off, or (without one) pauses all; `until` null is until resumed. */
export async function snooze(
  tx: Tx,
  forumId: string,
  member: number,
  what: { indicator: number; period: string } | null,
  until: Date | null,
): Promise<void> {
  const { snoozes } = tx.tables;
  await tx
    .insert(snoozes)
    .values({ forumId, member, ...(what ?? ALL), until })
    .onConflictDoUpdate({
      target: [snoozes.forumId, snoozes.member, snoozes.indicator, snoozes.period],
      set: { until },
    });
}

/** Lets a person's reminders go on. */
export async function resume(tx: Tx, forumId: string, member: number): Promise<void> {
  const { snoozes } = tx.tables;
  await tx
    .delete(snoozes)
    .where(and(eq(snoozes.forumId, forumId), eq(snoozes.member, member), eq(snoozes.indicator, ALL.indicator)));
}

/** Returns what a person has put off or paused now: pairs of indicator and period, 0 being everything. */
export async function putOff(
  db: Reader,
  forumId: string,
  member: number,
  now: Date,
): Promise<{ indicator: number; period: string }[]> {
  const { snoozes } = db.tables;
  return db
    .select({ indicator: snoozes.indicator, period: snoozes.period })
    .from(snoozes)
    .where(
      and(eq(snoozes.forumId, forumId), eq(snoozes.member, member), or(isNull(snoozes.until), gt(snoozes.until, now))),
    );
}

export type DueRow = Tables['occurrences']['$inferSelect'];

/**
 * Work between a few people is in no list that all may read: that it exists is private too. Nor is what only the
 * move of older data needs, or what looks each day and mostly finds nothing.
 */
const UNLISTED = [
  'review_step',
  'private_issue_due',
  'private_action_due',
  'private_action_snoozed',
  'actions_moved',
  'fills_compared',
];

/** Lists what falls due next in a forum, the earliest first; of the reminders of one action the next step alone. */
export async function upcoming(db: Reader, forumId: string, limit: number): Promise<DueRow[]> {
  const { occurrences: o } = db.tables;
  const rows = await db
    .select()
    .from(o)
    .where(and(eq(o.forumId, forumId), isPending(o.state), notInArray(o.kind, UNLISTED)))
    .orderBy(asc(o.due), asc(o.seq))
    .limit(LONGEST_LADDER * limit);
  const about = ({ kind, subject, seq }: DueRow): string =>
    kind === 'action_due' ? `A-${subject.split(':')[0]}` : `${seq}`;
  const next = new Map<string, DueRow>();
  for (const row of rows) if (!next.has(about(row))) next.set(about(row), row);
  return [...next.values()].slice(0, limit);
}

/** Maximum number of steps in the ladder of an action. */
const LONGEST_LADDER = 6;

/** Returns what was done, found needless or missed last, the newest first. */
export async function past(db: Reader, forumId: string, limit: number): Promise<DueRow[]> {
  const { occurrences: o } = db.tables;
  return db
    .select()
    .from(o)
    .where(and(eq(o.forumId, forumId), isNotNull(o.doneAt), notInArray(o.kind, UNLISTED)))
    .orderBy(desc(o.doneAt), desc(o.seq))
    .limit(limit);
}

/** Counts messages by how they ended since an instant. */
export const sentSince = question(
  ['deliveries'],
  (db, forumId: string, since: Date) => sent(db, forumId, since),
  (rows): readonly { readonly state: string; readonly n: number }[] => rows,
);

function sent(db: Reader, forumId: string, since: Date | null) {
  const { deliveries: d } = db.tables;
  return db
    .select({ state: d.state, n: count() })
    .from(d)
    .where(and(eq(d.forumId, forumId), since ? gt(d.doneAt, since) : undefined))
    .groupBy(d.state);
}

/** Counts things that fell due and were missed since an instant. */
export const missedSince = question(
  ['occurrences'],
  (db, forumId: string, since: Date) => missed(db, forumId, since),
  ([row]) => row?.n ?? 0,
);

function missed(db: Reader, forumId: string, since: Date | null) {
  const { occurrences: o } = db.tables;
  return db
    .select({ n: count() })
    .from(o)
    .where(and(eq(o.forumId, forumId), eq(o.state, 'missed'), since ? gt(o.doneAt, since) : undefined));
}

/** Returns what became of messages since an instant (null: ever), by state; missed occurrences count as missed. */
export async function sendings(
  db: Reader,
  forumId: string,
  since: Date | null,
): Promise<Record<'sent' | 'suppressed' | 'missed' | 'failed' | 'unknown', number>> {
  const rows = since ? await sentSince(db, forumId, since) : await sent(db, forumId, null);
  const unsaid = since ? await missedSince(db, forumId, since) : ((await missed(db, forumId, null))[0]?.n ?? 0);
  const n = (state: string): number => rows.find(row => row.state === state)?.n ?? 0;
  return {
    sent: n('sent'),
    suppressed: n('suppressed'),
    missed: n('missed') + unsaid,
    failed: n('failed'),
    unknown: n('unknown'),
  };
}

/** The actions of which a person has put the reminders off: those that are reminded of again after an instant. */
export async function putOffActions(db: Reader, forumId: string, member: number, now: Date): Promise<Set<number>> {
  const { occurrences: o } = db.tables;
  const rows = await db
    .select({ subject: o.subject })
    .from(o)
    .where(
      and(
        eq(o.forumId, forumId),
        isPending(o.state),
        inArray(o.kind, ['action_snoozed', 'private_action_snoozed']),
        like(o.subject, likePattern(`:${member}`, 'end')),
        gt(o.due, now),
      ),
    );
  return new Set(rows.map(row => Number(row.subject.split(':')[0])));
}
