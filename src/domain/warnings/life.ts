import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Reader } from '../../storage/store.ts';
import { type Announcement, announcementByNumber, endsWarning } from '../announcements.ts';

/** Tells whether a message is a warning that others may load: it names what threatens and how grave that is. */
export const isStructured = ({ urgency, event, level }: Announcement): boolean =>
  urgency === 'early_warning' && event !== null && level !== null;

/** The message that was sent last of those that follow an announcement, itself where none does. */
export async function latestOf(db: Reader, one: Announcement): Promise<Announcement> {
  const { announcements: a } = db.tables;
  for (let last = one; ; ) {
    const [next] = await db
      .select()
      .from(a)
      .where(and(eq(a.forumId, one.forumId), eq(a.follows, last.number), isNotNull(a.sentAt)))
      .orderBy(desc(a.number))
      .limit(1);
    if (!next) return last;
    last = next;
  }
}

/** The messages that came before one in its life, the first warning first. */
export async function earlierMessages(db: Reader, one: Announcement): Promise<Announcement[]> {
  const found: Announcement[] = [];
  for (let at = one; at.follows !== null; ) {
    const before = await announcementByNumber(db, one.forumId, at.follows);
    if (!before) break;
    found.unshift(before);
    at = before;
  }
  return found;
}

/** The message with which a warning began, itself where it follows none. */
export const firstOf = async (db: Reader, one: Announcement): Promise<Announcement> =>
  (await earlierMessages(db, one))[0] ?? one;

/** Reasons for which nothing can follow a message. */
export type FollowNo =
  | { readonly why: 'no_warning' }
  | { readonly why: 'not_sent' }
  | { readonly why: 'ended'; readonly life: Announcement['life'] };

/** Only a warning that went out and was not ended is updated, withdrawn or said to be over. */
export function mayFollow(one: Announcement): FollowNo | null {
  if (one.urgency !== 'early_warning') return { why: 'no_warning' };
  if (!one.sentAt) return { why: 'not_sent' };
  return endsWarning(one) ? { why: 'ended', life: one.life } : null;
}

/** The warnings that went out last with all that others need, the newest first. */
export async function publishedWarnings(db: Reader, forumId: string, limit: number): Promise<Announcement[]> {
  const { announcements: a } = db.tables;
  return db
    .select()
    .from(a)
    .where(
      and(
        eq(a.forumId, forumId),
        eq(a.urgency, 'early_warning'),
        isNotNull(a.sentAt),
        isNotNull(a.event),
        isNotNull(a.level),
      ),
    )
    .orderBy(desc(a.number))
    .limit(limit);
}
