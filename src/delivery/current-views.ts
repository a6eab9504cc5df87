import { and, asc, eq, notLike } from 'drizzle-orm';
import type { PostTypes } from '../contract/post-type.ts';
import type { View } from '../contract/view.ts';
import { forumAt } from '../domain/forums.ts';
import type { Store } from '../storage/store.ts';
import { contextIn } from './compose.ts';

/** Returns what stands in a place's channels now, the oldest first: for a screen that was empty after a restart. */
export async function currentViews(
  store: Store,
  subjects: PostTypes,
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
  for (const { topic, subject, postedAt } of rows) {
    const known = { forum, member: null, place: null, standing: null };
    const context = contextIn(store, known, { channel: '', member: null, due: postedAt }, now);
    const view = context && (await subjects[topic]?.view(context, subject));
    if (view && !('suppressed' in view)) views.push('last' in view ? view.last : view);
  }
  return views;
}
