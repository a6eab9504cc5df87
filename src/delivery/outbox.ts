import { and, eq } from 'drizzle-orm';
import { forumById } from '../domain/forums.ts';
import { memberByNumber } from '../domain/people.ts';
import { whenQuietEnds } from '../domain/quiet.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Store, Tx } from '../storage/store.ts';
import { type Delivery, DOUBTFUL, type Outcome } from './delivery.ts';
import { countRefusals } from './fallback.ts';
import { askEditsNow, isEdit, stand } from './posts.ts';
import { type Audience, type Stop, stops } from './stops.ts';

type NewDelivery = Tables['deliveries']['$inferInsert'];

/** Maximum number of tries: after it a delivery has failed, and the coordinators are told. */
const MAX_TRIES = 8;
interface Letter {
  readonly topic: { readonly kind: string; readonly subject: string };
  readonly to: Audience;
  readonly due: Date;
  readonly occurrence: string;
  /** A reminder: direct messages wait until the person's quiet hours end, and posts, with `all`, for the forum's. */
  readonly waits?: 'direct' | 'all';
  /** The instant at which it is written, where that may be long after it was due. */
  readonly now?: Date;
  /** A warning: it overtakes all that is none. */
  readonly urgent?: boolean;
}

/**
 * Puts a message into the outbox, a row for each stop, within the unit of work that decides it. The same occurrence is
 * taken once, no matter who asks and how often.
 */
export async function enqueue(tx: Tx, forumId: string, letter: Letter): Promise<void> {
  const rows: NewDelivery[] = [];
  for (const stop of await stops(tx, forumId, letter.to)) {
    const { due, nextAt } = await timesOf(tx, forumId, letter, stop);
    rows.push({
      ...stop,
      forumId,
      occurrence: `${letter.occurrence}@${stop.platform}:${stop.workspace}:${stop.channel ?? `~${stop.member}`}`,
      topic: letter.topic.kind,
      subject: letter.topic.subject,
      due,
      state: 'pending',
      claim: 0,
      nextAt,
      urgent: letter.urgent ?? false,
    });
  }
  const [one, ...more] = rows;
  if (one && !more.length) await addOne(tx, one);
  else if (rows.length) await tx.insert(tx.tables.deliveries).values(rows).onConflictDoNothing();
}

/** Most messages have one stop. */
const addOne = prepared((tx: Tx, row: NewDelivery) =>
  tx.insert(tx.tables.deliveries).values(row).onConflictDoNothing(),
);

/**
 * The instant at which a letter was to reach a stop: when it is due, or when the quiet hours it falls in are over; and
 * the one at which it may. After an outage that one is later, as the quiet hours of that day hold too.
 */
async function timesOf(
  tx: Tx,
  forumId: string,
  { due, waits, now }: Letter,
  { member }: Stop,
): Promise<{ readonly due: Date; readonly nextAt: Date }> {
  if (!waits || (waits === 'direct' && member === null)) return { due, nextAt: due };
  const forum = await forumById(tx, forumId);
  if (!forum) return { due, nextAt: due };
  const person = member === null ? null : await memberByNumber(tx, forumId, member);
  const wanted = whenQuietEnds(due, forum, person);
  return { due: wanted, nextAt: now && now > wanted ? whenQuietEnds(now, forum, person) : wanted };
}

/**
 * Records an outcome. The claim number is the fence: a process that lost the lease changes nothing. A delivery that was
 * put off too often has failed; what follows from a failure (`onFailure`, which tells whether it was sent another way)
 * is done with it or not at all. Returns whether it was still ours.
 */
export function settle(
  store: Store,
  delivery: Delivery,
  outcome: Outcome,
  now: Date,
  onFailure?: (tx: Tx) => Promise<boolean>,
): Promise<boolean> {
  const { deliveries: d } = store.tables;
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
      if (state === 'failed' && (await onFailure?.(tx)))
        await tx.update(d).set({ elsewhere: true }).where(eq(d.seq, delivery.seq));
    }
    // It was asked for anew meanwhile: the next one may go there now.
    else if (delivery.leasedUntil)
      await tx
        .update(d)
        .set({ leasedUntil: null })
        .where(and(eq(d.seq, delivery.seq), eq(d.leasedUntil, delivery.leasedUntil)));
    if (outcome.kind === 'sent' && outcome.post) {
      await stand(tx, delivery, outcome.post, now);
      if (!isEdit(delivery) && mine[0]?.staleAt) await askEditsNow(tx, [{ ...delivery, ...outcome.post }], now);
    }
    return mine.length > 0;
  });
}
