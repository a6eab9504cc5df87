import { and, asc, eq, notLike } from 'drizzle-orm';
import type { View } from '../bot/view.ts';
import { forumAt } from '../domain/forums.ts';
import type { Store } from '../storage/store.ts';
import { lookOf } from './compose.ts';
import type { Subjects } from './subjects.ts';

/** What stands in a place's channels now, the oldest first: for a screen that was empty after a restart. */
export async function standingViews(
  store: Store,
  subjects: Subjects,
  place: { platform: 'console'; workspace: string },
  now: Date,
): Promise<View[]> {
  const { posts } = store.tables;
  const forum = await forumAt(store.read, place);
  if (!forum) return [];
  const rows = await store.read
    .select()
    .from(posts)
    .where(
      and(
        eq(posts.forumId, forum.id),
        eq(posts.platform, place.platform),
        eq(posts.workspace, place.workspace),
        notLike(posts.channel, '~%'),
      ),
    )
    .orderBy(asc(posts.postedAt))
    .limit(200);
  const views: View[] = [];
  for (const { forumId, topic, subject, postedAt } of rows) {
    const look = await lookOf(store, { forumId, channel: '', member: null, due: postedAt }, now);
    const view = look && (await subjects[topic]?.view(look, subject));
    if (view && !('suppressed' in view)) views.push('last' in view ? view.last : view);
  }
  return views;
}
