import { and, desc, eq } from 'drizzle-orm';
import type { Tx } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';
import { askEditsNow } from './posts.ts';

/** Maximum of messages in a place that are looked at when the bot comes back there; older ones follow when they change. */
const REFRESHED = 300;

/**
 * Brings what stands in a place up to date, after the bot was not there. What has not changed meanwhile is not sent. The
 * place's ailments are over. Gives what stands there, as `kind:subject`.
 */
export async function refreshPlace(
  tx: Tx,
  forumId: string,
  { platform, workspace }: Pick<Delivery, 'platform' | 'workspace'>,
  now: Date,
): Promise<ReadonlySet<string>> {
  const { posts, health: h } = tx.tables;
  await tx.delete(h).where(and(eq(h.platform, platform), eq(h.workspace, workspace)));
  const standing = await tx
    .select()
    .from(posts)
    .where(and(eq(posts.forumId, forumId), eq(posts.platform, platform), eq(posts.workspace, workspace)))
    .orderBy(desc(posts.postedAt))
    .limit(REFRESHED);
  await askEditsNow(tx, standing, now);
  return new Set(standing.map(({ topic, subject }) => `${topic}:${subject}`));
}
