import { and, type Column, eq, exists, inArray, isNotNull, like, ne, notLike, or, type SQL, sql } from 'drizzle-orm';
import { PANEL, type Topic } from '../contract/topic.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { likePattern } from '../storage/words.ts';
import type { CurrentPost } from './current-post.ts';
import type { Delivery } from './delivery.ts';
import { type Pressed, takeTwin } from './twin.ts';

/** Minimum time between edits of a post, ms; the first is made at once. */
const EDIT_PAUSE_MS: Readonly<Record<Delivery['platform'], number>> = { console: 0, discord: 2_000, slack: 2_000 };
/** Minimum age of messages whose edits Discord counts more strictly, ms. */
const OLD_MS = 3_600_000;
const OLD_PAUSE_MS = 20_000;

/** Prefix of the occurrence of an edit. */
const EDIT = 'edit:';

/** Returns how long after its last edit a post may be edited again. */
function editPause(post: { platform: Delivery['platform']; postedAt: Date }, now: Date): number {
  const isOld = now.getTime() - post.postedAt.getTime() > OLD_MS;
  return post.platform === 'discord' && isOld ? OLD_PAUSE_MS : EDIT_PAUSE_MS[post.platform];
}

export type StandingPost = Tables['posts']['$inferSelect'];

/** Place of a post: what it is about, and where it stands. */
export type PostSpot = Pick<Delivery, 'forumId' | 'topic' | 'subject' | 'platform' | 'workspace'> & {
  readonly channel: string;
};

/**
 * Names where a message stands: a channel, the direct messages with a member (`~5`), or what was written to
 * a member in a channel (`C1~5`).
 */
export const standsIn = ({ channel, member }: Pick<Delivery, 'channel' | 'member'>): string =>
  `${channel ?? ''}${member === null ? '' : `~${member}`}`;

/** The channel and the member of a post. A channel of the terminal may be called anything. */
function spotOf(platform: Delivery['platform'], stands: string): Pick<Delivery, 'channel' | 'member'> {
  const found = (platform === 'console' ? /^()~(\d+)$/ : /^([^~]*)~(\d+)$/).exec(stands);
  return found ? { channel: found[1] || null, member: Number(found[2]) } : { channel: stands, member: null };
}

/** An edit that is asked for: where, and when it may go out. */
interface Edit {
  readonly spot: PostSpot;
  readonly nextAt: Date;
}

/**
 * Asks that what stands in some places is rendered again: one pending edit a post, however often it is asked for.
 * Counting the claim up voids an edit that is under way, so an older state never stands in the end.
 */
async function askEdits(tx: Tx, edits: readonly Edit[], now: Date): Promise<void> {
  if (!edits.length) return;
  const { deliveries: d } = tx.tables;
  const rows = edits.map(({ spot: { forumId, topic, subject, platform, workspace, channel }, nextAt }) => ({
    forumId,
    occurrence: `${EDIT}${topic}:${subject}@${platform}:${workspace}:${channel}`,
    topic,
    subject,
    platform,
    workspace,
    ...spotOf(platform, channel),
    channelName: null,
    due: now,
    state: 'pending' as const,
    claim: 0,
    nextAt,
  }));
  await tx
    .insert(d)
    .values(rows)
    .onConflictDoUpdate({
      target: [d.forumId, d.occurrence],
      set: {
        state: 'pending',
        claim: sql`${d.claim} + 1`,
        tries: 0,
        due: now,
        nextAt: sql`excluded.next_at`,
        startedAt: null,
        doneAt: null,
      },
    });
}

/** Asks for edits like `askEdits`, without a pause. */
export const askEditsNow = (tx: Tx, spots: readonly PostSpot[], now: Date): Promise<void> =>
  askEdits(
    tx,
    spots.map(spot => ({ spot, nextAt: now })),
    now,
  );

/** The instant from which a post may be edited next: at once, or when it has rested. */
function mayBeEditedAt(post: Tables['posts']['$inferSelect'], now: Date): Date {
  const pause = editPause(post, now);
  const rested = post.editedAt ? post.editedAt.getTime() + pause : 0;
  // A clock that ran ahead may have written down an edit that is still to come.
  return new Date(Math.min(Math.max(now.getTime(), rested), now.getTime() + pause));
}

/**
 * Marks what stands about topics as out of date. What is on its way for the first time is marked, and edited once it
 * stands: the posts are looked at after that, so that a message which arrives meanwhile is found by the one or by the
 * other.
 */
export async function markStale(
  tx: Tx,
  forumId: string,
  changed: readonly Topic[],
  now: Date,
  pressed: Pressed | null = null,
): Promise<readonly StandingPost[]> {
  if (!changed.length) return [];
  let { posts, isOnItsWay } = await postsAbout(tx, forumId, changed);
  if (isOnItsWay) {
    await tx
      .update(tx.tables.deliveries)
      .set({ staleAt: now })
      .where(onItsWay(tx, forumId, withPanel(changed)));
    ({ posts } = await postsAbout(tx, forumId, changed));
  }
  if (pressed) await takeTwin(tx, forumId, posts, pressed);
  const edits = posts.map(post => ({ spot: post, nextAt: mayBeEditedAt(post, now) }));
  await askEdits(tx, edits, now);
  return posts;
}

const isAbout = (row: { topic: Column; subject: Column }, topics: readonly Topic[]) =>
  or(...topics.map(topic => and(eq(row.topic, topic.kind), eq(row.subject, topic.subject))));

/** The messages that say something new and have not arrived yet. */
const isComing = (d: Tables['deliveries'], forumId: string) =>
  and(eq(d.forumId, forumId), eq(d.state, 'pending'), notLike(d.occurrence, `${EDIT}%`));

/** Finds deliveries about topics that are to go to a channel. */
const onItsWay = ({ tables: { deliveries: d } }: Reader, forumId: string, topics: readonly Topic[]) =>
  and(isComing(d, forumId), isAbout(d, topics), isNotNull(d.channel));

/** Returns what stands of some posts, and whether more of some deliveries is on its way, as of one moment. */
function standing(db: Reader, forumId: string, ofPosts: SQL | undefined, onWay: SQL | undefined) {
  const { forums: f, posts: p, deliveries: d } = db.tables;
  const way = exists(db.select({ one: sql`1` }).from(d).where(onWay));
  return db
    .select({ post: p, isOnItsWay: way as SQL<boolean | number> })
    .from(f)
    .leftJoin(p, and(eq(p.forumId, f.id), ofPosts))
    .where(eq(f.id, forumId));
}

const asked = (rows: Awaited<ReturnType<typeof standing>>) => ({
  posts: rows.flatMap(row => row.post ?? []),
  isOnItsWay: rows.some(row => Boolean(row.isOnItsWay)),
});

/** A panel tells of everything that is open, so whatever changes it may change too. */
const withPanel = (changed: readonly Topic[]): readonly Topic[] => [...changed, PANEL];

const aboutSome = (db: Reader, forumId: string, topics: readonly Topic[]) =>
  standing(db, forumId, isAbout(db.tables.posts, topics), onItsWay(db, forumId, topics));

/** The usual change is about one thing. */
const aboutOne = prepared((db, { forumId, kind, subject }: { forumId: string } & Topic) =>
  aboutSome(db, forumId, withPanel([{ kind, subject }])),
);

/** Returns what stands about what has changed, the panels included. */
async function postsAbout(db: Reader, forumId: string, changed: readonly Topic[]) {
  const [one, ...more] = changed;
  return asked(
    await (one && !more.length ? aboutOne(db, { forumId, ...one }) : aboutSome(db, forumId, withPanel(changed))),
  );
}

/**
 * Marks what was written to some members about topics of one kind as out of date: it is rendered again where it stands,
 * or once it stands. Who they are is asked only where anything stands or is on its way.
 */
export async function markStaleFor(
  tx: Tx,
  forumId: string,
  kind: string,
  members: () => Promise<readonly number[]>,
  now: Date,
): Promise<void> {
  let { posts, isOnItsWay } = await directPosts(tx, forumId, kind);
  if (!posts.length && !isOnItsWay) return;
  const wanted = new Set(await members());
  if (isOnItsWay && wanted.size) {
    const { deliveries: d } = tx.tables;
    await tx
      .update(d)
      .set({ staleAt: now })
      .where(and(directOnItsWay(tx, forumId, kind), inArray(d.member, [...wanted])));
    ({ posts } = await directPosts(tx, forumId, kind));
  }
  const isTheirs = (post: (typeof posts)[number]): boolean =>
    wanted.has(spotOf(post.platform, post.channel).member ?? 0);
  await askEditsNow(tx, posts.filter(isTheirs), now);
}

/** The messages of one kind that are to go to people directly and have not arrived yet. */
const directOnItsWay = ({ tables: { deliveries: d } }: Reader, forumId: string, kind: string) =>
  and(isComing(d, forumId), eq(d.topic, kind), isNotNull(d.member));

/** Returns what stands of one kind in direct messages. */
async function directPosts(db: Reader, forumId: string, kind: string) {
  const { posts: p } = db.tables;
  const isDirect = and(eq(p.topic, kind), like(p.channel, likePattern('~', 'anywhere')));
  return asked(await standing(db, forumId, isDirect, directOnItsWay(db, forumId, kind)));
}

/** Tells whether it brings up to date what stands, or says something new. */
export const isEdit = ({ occurrence }: Pick<Delivery, 'occurrence'>): boolean => occurrence.startsWith(EDIT);

type Kept = Pick<StandingPost, keyof PostSpot | 'ref' | 'hash' | 'gathered'> & { readonly now: Date };

/** Keeps a post, or what it says now. */
const keeping = (isRemade: boolean) =>
  prepared((tx: Tx, { now, ...row }: Kept) => {
    const { posts } = tx.tables;
    const { ref, hash, gathered } = row;
    return tx
      .insert(posts)
      .values({ ...row, postedAt: now, editedAt: null })
      .onConflictDoUpdate({
        target: [posts.forumId, posts.topic, posts.subject, posts.platform, posts.workspace, posts.channel],
        set: { ref, hash, gathered, editedAt: now, ...(isRemade && { remade: true, postedAt: now }) },
      });
  });
const keep = keeping(false);
const remake = keeping(true);

/** Finds what stands in a place about other subjects of a topic. */
const othersHere = prepared((db, { forumId, topic, subject, platform, workspace, channel }: PostSpot) => {
  const { posts: p } = db.tables;
  const here = and(eq(p.platform, platform), eq(p.workspace, workspace), eq(p.channel, channel));
  return db
    .select()
    .from(p)
    .where(and(eq(p.forumId, forumId), eq(p.topic, topic), ne(p.subject, subject), here));
});

/** Remembers where a message stands; what was written to the same person about the same before it is out of date. */
export async function stand(
  tx: Tx,
  { forumId, topic, subject, platform, workspace, member, occurrence }: Delivery,
  { channel, ref, hash, remade, isLast, gathered = false }: CurrentPost,
  now: Date,
): Promise<void> {
  const { posts } = tx.tables;
  if (isLast) return forgetPost(tx, { forumId, topic, subject, platform, workspace, channel });
  const row = { forumId, topic, subject, platform, workspace, channel, ref, hash, gathered, now };
  await (remade ? remake : keep)(tx, row);
  // The message was edited with all its lines, whichever of them had changed.
  if (gathered) {
    const message = and(eq(posts.platform, platform), eq(posts.workspace, workspace), eq(posts.channel, channel));
    await tx
      .update(posts)
      .set({ hash, editedAt: now })
      .where(and(message, eq(posts.ref, ref)));
  }
  if (member === null || isEdit({ occurrence })) return;
  const older = await othersHere(tx, { forumId, topic, subject, platform, workspace, channel });
  await askEditsNow(tx, older, now);
}

/** Forgets a message that is not edited again, or that somebody deleted again after it was made anew. */
export async function forgetPost(
  tx: Tx,
  { forumId, topic, subject, platform, workspace, channel }: PostSpot,
): Promise<void> {
  const { posts } = tx.tables;
  const about = and(eq(posts.forumId, forumId), eq(posts.topic, topic), eq(posts.subject, subject));
  const there = and(eq(posts.platform, platform), eq(posts.workspace, workspace));
  await tx.delete(posts).where(and(about, there, eq(posts.channel, channel)));
}
