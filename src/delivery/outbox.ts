import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { forumById } from '../domain/forums.ts';
import { memberByNumber } from '../domain/people.ts';
import { whenQuietEnds } from '../domain/quiet.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Store, Tx } from '../storage/store.ts';
import { countRefusals } from './fallback.ts';
import { type Audience, type Stop, stops } from './stops.ts';

export type Delivery = Tables['deliveries']['$inferSelect'];
type NewDelivery = Tables['deliveries']['$inferInsert'];

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
    const pause = editPause(post, now);
    const rested = post.editedAt ? post.editedAt.getTime() + pause : 0;
    // A clock that ran ahead may have written down an edit that is still to come.
    const at = Math.min(Math.max(now.getTime(), rested), now.getTime() + pause);
    await askEdit(tx, post, now, new Date(at));
  }
}

/** Whether it brings up to date what stands, or says something new. */
export const isEdit = ({ occurrence }: Pick<Delivery, 'occurrence'>): boolean => occurrence.startsWith('edit:');

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
      /** The platform puts off the place, and with it what else goes there. */
      readonly place?: boolean;
    };

/**
 * Records an outcome. The claim number is the fence: whoever lost the lease changes nothing. A delivery that was put
 * off too often has failed; what follows from a failure (`onFailure`) is done with it or not at all. Returns whether it
 * was still ours.
 */
export function settle(
  store: Store,
  delivery: Delivery,
  outcome: Outcome,
  now: Date,
  onFailure?: (tx: Tx) => Promise<void>,
): Promise<boolean> {
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
        ...(outcome.kind === 'later' && !outcome.counts && { tries: delivery.tries - 1 }),
      })
      .where(and(eq(d.seq, delivery.seq), eq(d.claim, delivery.claim)))
      .returning({ staleAt: d.staleAt });
    if (mine.length) {
      await countRefusals(tx, delivery, outcome);
      if (state === 'failed') await onFailure?.(tx);
    }
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
      if (!isEdit(delivery) && mine[0]?.staleAt)
        await askEdit(tx, { ...delivery, channel: outcome.post.channel }, now, now);
    }
    return mine.length > 0;
  });
}
