import { and, eq } from 'drizzle-orm';
import type { Forum } from '../domain/forums.ts';
import type { Member } from '../domain/people.ts';
import { prepared } from '../storage/prepared.ts';
import type { Reader } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';
import { type StandingPost, standsIn } from './posts.ts';

/** Describes what a message is made from and where it goes, as the record has it. */
export interface Circumstances {
  readonly forum: Forum;
  /** The member who is written to. */
  readonly member: Member | null;
  /** The server or workspace, and whose it is. */
  readonly place: { readonly forumId: string; readonly leftAt: Date | null } | null;
  /** The post that stands where it goes, about the same. */
  readonly standing: StandingPost | null;
}

export type Spot = Pick<Delivery, 'forumId' | 'topic' | 'subject' | 'platform' | 'workspace' | 'channel' | 'member'>;

/** Reads with one statement what every message needs; null: the forum is gone. */
export async function circumstancesOf(db: Reader, spot: Spot): Promise<Circumstances | null> {
  const { forumId, topic, subject, platform, workspace, member } = spot;
  const [row] = await rows(db, { forumId, topic, subject, platform, workspace, member, stands: standsIn(spot) });
  return row ?? null;
}

type At = Omit<Spot, 'channel'> & { readonly stands: string };

const rows = prepared((db, { forumId, topic, subject, platform, workspace, member, stands }: At) => {
  const { forums: f, members: m, places: p, posts } = db.tables;
  const about = and(eq(posts.forumId, f.id), eq(posts.topic, topic), eq(posts.subject, subject));
  const there = and(eq(posts.platform, platform), eq(posts.workspace, workspace), eq(posts.channel, stands));
  return db
    .select({ forum: f, member: m, place: { forumId: p.forumId, leftAt: p.leftAt }, standing: posts })
    .from(f)
    .leftJoin(m, and(eq(m.forumId, f.id), eq(m.number, member as number)))
    .leftJoin(p, and(eq(p.platform, platform), eq(p.workspace, workspace)))
    .leftJoin(posts, and(about, there))
    .where(eq(f.id, forumId));
});
