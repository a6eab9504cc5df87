import { and, eq, type gt, type gte, notLike } from 'drizzle-orm';
import type { SendContext } from '../contract/post-type.ts';

/**
 * Tells whether the person was sent a list of one topic since an instant: after an outage, or when quiet hours end,
 * several reminders come at one time and are one message, and a newer one takes the place of an older one.
 */
export async function saidSince(
  { db, forumId }: SendContext,
  topic: string,
  member: number,
  compare: typeof gt | typeof gte,
  since: Date,
): Promise<boolean> {
  const { deliveries: d } = db.tables;
  const mine = and(eq(d.forumId, forumId), eq(d.member, member), eq(d.topic, topic));
  const [sent] = await db
    .select({ seq: d.seq })
    .from(d)
    .where(and(mine, eq(d.state, 'sent'), notLike(d.occurrence, 'edit:%'), compare(d.doneAt, since)))
    .limit(1);
  return sent !== undefined;
}
