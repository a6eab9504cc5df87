import { and, eq, isNull } from 'drizzle-orm';
import type { Reader } from '../storage/store.ts';
import { placesOf } from './forums.ts';

/**
 * Members who write from another organisation, through a channel that Slack shares with it: none of their accounts is at
 * home in a place of the forum, and nobody has seated them. They read and raise what any member may; they do not vote.
 * An installation for a whole enterprise does not tell its workspaces from others': there nobody counts as a guest.
 */
export async function guestsOf(db: Reader, forumId: string): Promise<ReadonlySet<number>> {
  const workspaces = new Set(
    (await placesOf(db, forumId)).filter(one => one.platform === 'slack').map(one => one.workspace),
  );
  if ([...workspaces].some(one => one.startsWith('E'))) return new Set();
  const { accounts: a, seats: s } = db.tables;
  const all = await db
    .select({ member: a.member, platform: a.platform, home: a.home })
    .from(a)
    .leftJoin(s, and(eq(s.forumId, a.forumId), eq(s.member, a.member)))
    .where(and(eq(a.forumId, forumId), isNull(s.member)));
  const atHome = (one: (typeof all)[number]): boolean => one.platform !== 'slack' || workspaces.has(one.home);
  const members = new Set(all.map(one => one.member));
  for (const one of all) if (atHome(one)) members.delete(one.member);
  return members;
}
