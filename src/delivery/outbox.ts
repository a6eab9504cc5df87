import { aliasedTable, and, asc, eq, gt, inArray, isNotNull, isNull, lte, notExists, or, sql } from 'drizzle-orm';
import { forumById } from '../domain/forums.ts';
import { memberByNumber } from '../domain/people.ts';
import { whenQuietEnds } from '../domain/quiet.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Store, Tx } from '../storage/store.ts';
import { countRefusals } from './fallback.ts';
import { type Audience, type Stop, stops } from './stops.ts';

export type Delivery = Tables['deliveries']['$inferSelect'];
type NewDelivery = Tables['deliveries']['$inferInsert'];

/** How long a claimed delivery is its claimer's alone. */
export const LEASE_MS = 60_000;
/** Written beside a message that was sent again since nobody knew whether it had arrived. */
export const DOUBTFUL = 'sent again: the first try may have arrived';
/** After this many tries a delivery has failed, and the coordinators are told. */
const MAX_TRIES = 8;
/** What stands is brought up to date at once, and then at most this often. */
const EDIT_PAUSE_MS: Readonly<Record<Delivery['platform'], number>> = { console: 0, discord: 2_000, slack: 2_000 };
/** Discord counts edits of messages that are older than an hour more strictly. */
const OLD_MS = 3_600_000;
const OLD_PAUSE_MS = 20_000;

/** How long after its last edit a post may be edited again. */
function editPause(post: { platform: Delivery['platform']; postedAt: Date }, now: Date): number {
  const isOld = now.getTime() - post.postedAt.getTime() > OLD_MS;
  return post.platform === 'discord' && isOld ? OLD_PAUSE_MS : EDIT_PAUSE_MS[post.platform];
}

interface Letter {
  readonly topic: { readonly kind: string; readonly subject: string };
  readonly to: Audience;
  readonly due: Date;
  readonly occurrence: string;
  /** A reminder: direct messages wait until the person's quiet hours end, and posts, with `all`, for the forum's. */
  readonly waits?: 'direct' | 'all';
}

/**
 * Puts a message into the outbox, a row for each stop, within the unit of work that decides it. The same occurrence
 * is taken once, whoever asks and however often.
 */
export async function enqueue(tx: Tx, forumId: string, letter: Letter): Promise<void> {
  const rows: NewDelivery[] = [];
  for (const stop of await stops(tx, forumId, letter.to)) {
    const due = await dueAt(tx, forumId, letter, stop);
    rows.push({
      ...stop,
      forumId,
      occurrence: `${letter.occurrence}@${stop.platform}:${stop.workspace}:${stop.channel ?? `~${stop.member}`}`,
      topic: letter.topic.kind,
      subject: letter.topic.subject,
      due,
      state: 'pending',
      claim: 0,
      nextAt: due,
    });
  }
  if (rows.length) await tx.insert(tx.tables.deliveries).values(rows).onConflictDoNothing();
}

/** When a letter is to reach a stop: as it is due, or when the quiet hours it falls in are over. */
async function dueAt(tx: Tx, forumId: string, { due, waits }: Letter, { member }: Stop): Promise<Date> {
  if (!waits || (waits === 'direct' && member === null)) return due;
  const forum = await forumById(tx, forumId);
  const person = member === null ? null : await memberByNumber(tx, forumId, member);
  return forum ? whenQuietEnds(due, forum, person) : due;
}

type Spot = Pick<Delivery, 'forumId' | 'topic' | 'subject' | 'platform' | 'workspace'> & { readonly channel: string };

/** Asks that what stands in one place is rendered again: one pending edit a post, however often it is asked for. */
async function askEdit(tx: Tx, spot: Spot, now: Date, nextAt: Date): Promise<void> {
  const { deliveries } = tx.tables;
  const { forumId, topic, subject, platform, workspace, channel } = spot;
  await tx
    .insert(deliveries)
    .values({
      forumId,
      occurrence: `edit:${topic}:${subject}@${platform}:${workspace}:${channel}`,
      topic,
      subject,
      platform,
      workspace,
      channel,
      channelName: null,
      member: null,
      due: now,
      state: 'pending',
      claim: 0,
      nextAt,
    })
    .onConflictDoUpdate({
      target: [deliveries.forumId, deliveries.occurrence],
      set: {
        state: 'pending',
        claim: sql`${deliveries.claim} + 1`,
        tries: 0,
        due: now,
        nextAt,
        startedAt: null,
        doneAt: null,
      },
    });
}

/**
 * Marks what stands about a topic as out of date. Counting the claim up voids an edit that is under way, so an older
 * state never stands in the end. What is on its way for the first time is marked, and edited once it stands: that comes
 * before the posts are looked at, so that a message which arrives meanwhile is found by the one or by the other.
 */
export async function markStale(
  tx: Tx,
  forumId: string,
  topic: { readonly kind: string; readonly subject: string },
  now: Date,
): Promise<void> {
  const { deliveries: d, posts } = tx.tables;
  await tx
    .update(d)
    .set({ staleAt: now })
    .where(
      and(
        eq(d.forumId, forumId),
        eq(d.topic, topic.kind),
        eq(d.subject, topic.subject),
        eq(d.state, 'pending'),
        isNotNull(d.channel),
      ),
    );
  const standing = await tx
    .select()
    .from(posts)
    .where(and(eq(posts.forumId, forumId), eq(posts.topic, topic.kind), eq(posts.subject, topic.subject)));
  for (const post of standing) {
    const rested = post.editedAt ? post.editedAt.getTime() + editPause(post, now) : 0;
    await askEdit(tx, post, now, new Date(Math.max(now.getTime(), rested)));
  }
}

/**
 * Claims what is due (on one platform, or on any), the oldest first; nobody else gets it until the lease ends. A
 * channel, or a person's direct messages, is claimed as a whole: what another process is sending there holds back
 * the rest, so that messages keep their order and no older state overtakes a newer one. Claims take turns, since two
 * at once would not see what the other has just taken.
 */
export async function claim(
  store: Store,
  now: Date,
  limit: number,
  platform?: Delivery['platform'],
): Promise<Delivery[]> {
  const { deliveries: d } = store.tables;
  const busy = aliasedTable(d, 'busy');
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const isDue = and(lte(d.nextAt, now), platform && eq(d.platform, platform));
  if (!(await store.read.select({ seq: d.seq }).from(d).where(isDue).limit(1)).length) return [];
  return store.write('claim', async tx => {
    const sameSpot = or(
      eq(busy.channel, d.channel),
      and(isNull(busy.channel), isNull(d.channel), eq(busy.member, d.member)),
    );
    const othersSend = tx
      .select({ seq: busy.seq })
      .from(busy)
      .where(and(gt(busy.leasedUntil, now), eq(busy.platform, d.platform), eq(busy.workspace, d.workspace), sameSpot));
    // Read once, whatever the planner does: IN (SELECT … SKIP LOCKED) alone may be run again and claim too much.
    const due = tx.$with('due').as(
      store.skipLocked(
        tx
          .select({ seq: d.seq })
          .from(d)
          .where(and(isDue, notExists(othersSend)))
          .orderBy(asc(d.nextAt), asc(d.seq))
          .limit(limit),
      ),
    );
    const rows = await tx
      .with(due)
      .update(d)
      .set({ claim: sql`${d.claim} + 1`, tries: sql`${d.tries} + 1`, nextAt: leasedUntil, leasedUntil })
      .where(inArray(d.seq, tx.select({ seq: due.seq }).from(due)))
      .returning();
    return rows.sort((a, b) => a.due.getTime() - b.due.getTime() || a.seq - b.seq);
  });
}

/**
 * Notes that sending begins, and that it may take a whole lease from now (in the row handed in as well); false where
 * the lease was lost. After a crash this tells the one message that may have arrived from those that were only claimed.
 */
export async function begin(store: Store, delivery: Delivery, now: Date): Promise<boolean> {
  const { deliveries: d } = store.tables;
  const leasedUntil = new Date(now.getTime() + LEASE_MS);
  const mine = await store.write(null, tx =>
    tx
      .update(d)
      .set({ startedAt: now, nextAt: leasedUntil, leasedUntil })
      .where(and(eq(d.seq, delivery.seq), eq(d.claim, delivery.claim)))
      .returning({ seq: d.seq }),
  );
  if (mine.length) delivery.leasedUntil = leasedUntil;
  return mine.length > 0;
}

/**
 * Gives back what one claim took and is not begun: it is due at once, for whoever comes next, and was no try. What was
 * asked for anew meanwhile is due as it was asked for.
 */
export async function giveBack(store: Store, unsent: readonly Delivery[]): Promise<void> {
  if (!unsent.length) return;
  const { deliveries: d } = store.tables;
  await store.write(null, async tx => {
    await tx
      .update(d)
      .set({ nextAt: d.due, leasedUntil: null, tries: sql`${d.tries} - 1` })
      .where(or(...unsent.map(one => and(eq(d.seq, one.seq), eq(d.claim, one.claim)))));
    const seqs = unsent.map(one => one.seq);
    await tx
      .update(d)
      .set({ leasedUntil: null })
      .where(and(inArray(d.seq, seqs), eq(d.leasedUntil, unsent[0]!.leasedUntil!)));
  });
}

/** What became of a delivery that was claimed. */
export type Outcome =
  | {
      readonly kind: 'sent';
      readonly post: { readonly channel: string; readonly ref: string; readonly hash: string } | null;
      /** Of a direct message. */
      readonly ref?: string;
    }
  | { readonly kind: 'suppressed'; readonly reason: string }
  | { readonly kind: 'missed'; readonly reason: string }
  /** `refused`: the platform will not take a direct message to this person. */
  | { readonly kind: 'failed'; readonly reason: string; readonly refused?: boolean }
  | {
      readonly kind: 'later';
      readonly at: Date;
      readonly reason: string;
      readonly counts: boolean;
      readonly doubtful?: boolean;
    };

/**
 * Records an outcome. The claim number is the fence: whoever lost the lease changes nothing. A delivery that was put
 * off too often has failed. Returns whether it was still ours.
 */
export function settle(store: Store, delivery: Delivery, outcome: Outcome, now: Date): Promise<boolean> {
  const { deliveries: d, posts } = store.tables;
  return store.write(null, async tx => {
    const tooOften = outcome.kind === 'later' && outcome.counts && delivery.tries >= MAX_TRIES;
    const state = tooOften ? 'failed' : outcome.kind === 'later' ? 'pending' : outcome.kind;
    const done = state !== 'pending';
    const mine = await tx
      .update(d)
      .set({
        state,
        reason: outcome.kind === 'sent' ? (delivery.startedAt ? DOUBTFUL : null) : outcome.reason,
        ...(!(outcome.kind === 'later' && outcome.doubtful) && { startedAt: null }),
        nextAt: outcome.kind === 'later' && !done ? outcome.at : null,
        leasedUntil: null,
        doneAt: done ? now : null,
        ...(outcome.kind === 'sent' && outcome.ref && { ref: outcome.ref }),
        ...(outcome.kind === 'later' && !outcome.counts && { tries: sql`${d.tries} - 1` }),
      })
      .where(and(eq(d.seq, delivery.seq), eq(d.claim, delivery.claim)))
      .returning({ staleAt: d.staleAt });
    if (mine.length) await countRefusals(tx, delivery, outcome);
    // It was asked for anew meanwhile: the next one may go there now.
    else if (delivery.leasedUntil)
      await tx
        .update(d)
        .set({ leasedUntil: null })
        .where(and(eq(d.seq, delivery.seq), eq(d.leasedUntil, delivery.leasedUntil)));
    if (outcome.kind === 'sent' && outcome.post) {
      const { forumId, topic, subject, platform, workspace } = delivery;
      await tx
        .insert(posts)
        .values({ forumId, topic, subject, platform, workspace, ...outcome.post, postedAt: now, editedAt: null })
        .onConflictDoUpdate({
          target: [posts.forumId, posts.topic, posts.subject, posts.platform, posts.workspace, posts.channel],
          set: { ref: outcome.post.ref, hash: outcome.post.hash, editedAt: now },
        });
      const first = !delivery.occurrence.startsWith('edit:');
      if (first && mine[0]?.staleAt) await askEdit(tx, { ...delivery, channel: outcome.post.channel }, now, now);
    }
    return mine.length > 0;
  });
}
