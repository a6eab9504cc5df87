import { and, asc, count, eq, isNull } from 'drizzle-orm';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { nextNumber } from './codes.ts';
import { rowByNumber } from './numbered.ts';

export type Announcement = Tables['announcements']['$inferSelect'];

/** Time within which an announcement that was written is sent, or written again, ms. */
const HELD_MS = 5 * 60_000;

/** Writes an announcement that is not sent yet. */
export async function writeAnnouncement(
  tx: Tx,
  forumId: string,
  data: Pick<Announcement, 'content' | 'urgency' | 'reason' | 'writtenBy'> & Partial<Announcement>,
  now: Date,
): Promise<Announcement> {
  const number = await nextNumber(tx, forumId, 'announcement');
  const [row] = await tx
    .insert(tx.tables.announcements)
    .values({ ...data, forumId, number, writtenAt: now, sentBy: null, sentAt: null })
    .returning();
  return row!;
}

export const announcementByNumber = (db: Reader, forumId: string, number: number): Promise<Announcement | null> =>
  rowByNumber(db, db.tables.announcements, forumId, number);

/** Tells whether a message ends the warning that it follows. */
export const endsWarning = ({ life }: Pick<Announcement, 'life'>): boolean => life === 'cancel' || life === 'all_clear';

/** Tells whether a warning holds no longer by itself. What ends one holds for good, whenever the warning expired. */
export const isExpired = (one: Pick<Announcement, 'life' | 'expires'>, now: Date): boolean =>
  !endsWarning(one) && one.expires !== null && one.expires <= now;

/** Tells whether somebody else than its writer has to send a message: a warning that gives no reason why not. */
export const needsSecond = ({ urgency, reason }: Pick<Announcement, 'urgency' | 'reason'>): boolean =>
  urgency === 'early_warning' && reason === null;

/** Reasons for which an announcement is not sent. */
export type SendNo = { readonly why: 'sent' | 'expired' | 'too_old' | 'second_person' };

/**
 * A warning takes a second coordinator (`person` has all numbers of the person who sends), or a reason why there was
 * none; nothing is sent from an old confirmation, nor once it would hold no longer.
 */
export function maySend(person: readonly number[], one: Announcement, now: Date): SendNo | null {
  if (one.sentAt) return { why: 'sent' };
  if (isExpired(one, now)) return { why: 'expired' };
  if (now.getTime() - one.writtenAt.getTime() > HELD_MS) return { why: 'too_old' };
  return needsSecond(one) && person.includes(one.writtenBy) ? { why: 'second_person' } : null;
}

export async function markSent(tx: Tx, one: Announcement, sentBy: number, now: Date): Promise<void> {
  const { announcements: a } = tx.tables;
  await tx
    .update(a)
    .set({ sentBy, sentAt: now })
    .where(and(eq(a.forumId, one.forumId), eq(a.number, one.number)));
}

/** Notes that somebody has seen an announcement; again is harmless. */
export async function noteSeen(tx: Tx, one: Announcement, member: number, now: Date): Promise<void> {
  await tx
    .insert(tx.tables.sightings)
    .values({ forumId: one.forumId, announcement: one.number, member, at: now })
    .onConflictDoNothing();
}

export async function seenBy(db: Reader, one: Announcement): Promise<number> {
  const { sightings: s } = db.tables;
  const [row] = await db
    .select({ n: count() })
    .from(s)
    .where(and(eq(s.forumId, one.forumId), eq(s.announcement, one.number)));
  return row?.n ?? 0;
}

/** Lists by name the people of the forum who have not said that they have seen it. */
export async function notSeenBy(db: Reader, one: Announcement): Promise<string[]> {
  const { members: m, sightings: s } = db.tables;
  const rows = await db
    .select({ name: m.name })
    .from(m)
    .leftJoin(s, and(eq(s.forumId, m.forumId), eq(s.member, m.number), eq(s.announcement, one.number)))
    .where(and(eq(m.forumId, one.forumId), isNull(m.forgottenAt), isNull(s.member)))
    .orderBy(asc(m.folded));
  return rows.map(row => row.name);
}
