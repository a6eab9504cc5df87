import { and, eq, sql } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Tx } from '../storage/store.ts';
import { type Delivery, DOUBTFUL, type Outcome } from './delivery.ts';
import { countRefusals } from './fallback.ts';
import { fenced, fenceOf, isFenced, isFree } from './fence.ts';
import { askEditsNow, isEdit, stand } from './posts.ts';

/** Maximum number of tries: after it a delivery has failed, and the coordinators are told. */
const MAX_TRIES = 8;

/** Describes what became of a delivery, and what follows where it has failed. */
export interface Ended {
  readonly delivery: Delivery;
  readonly outcome: Outcome;
  /** Does what follows from a failure; tells whether it was sent another way. */
  readonly onFailure?: (tx: Tx) => Promise<boolean>;
}

type Sent = Extract<Outcome, { kind: 'sent' }>;
/** Describes what was sent. */
type Arrival = Ended & { readonly outcome: Sent };
type Unsent = Exclude<Outcome, Sent>;

/** Tells whether a delivery arrived at the first try: several are recorded with one statement. */
export const isFirstArrival = (ended: Ended): ended is Arrival => isArrival(ended) && !ended.delivery.startedAt;

const isArrival = (ended: Ended): ended is Arrival => ended.outcome.kind === 'sent';

/** Describes what is known of a row that was still its claimer's. */
type Mine = Pick<Delivery, 'seq' | 'claim' | 'staleAt'>;

/**
 * Records what arrived at the first try, `MAXIMUM_FENCED` at most. Gives the fences of those that were still ours and
 * that no other unit of work holds; of the others nothing is recorded.
 */
export async function settleArrivals(tx: Tx, arrivals: readonly Arrival[], now: Date): Promise<ReadonlySet<string>> {
  if (!arrivals.length) return new Set();
  const mine = new Map((await settleSent(tx, arrivals, now, arriveFree)).map(row => [fenceOf(row), row]));
  for (const one of arrivals) {
    const row = mine.get(fenceOf(one.delivery));
    if (row) await follow(tx, one, row, now);
  }
  return new Set(mine.keys());
}

/**
 * Records an outcome. The claim number is the fence: a process that lost the lease changes nothing. A delivery that was
 * put off too often has failed; what follows from a failure is done with it or not at all. Tells whether it was ours.
 */
export async function settle(tx: Tx, ended: Ended, now: Date): Promise<boolean> {
  const { delivery, outcome } = ended;
  const [row] = isArrival(ended)
    ? await settleSent(tx, [ended], now, arrive)
    : await settleUnsent(tx, delivery, outcome as Unsent, now);
  const { deliveries: d } = tx.tables;
  // It was asked for anew meanwhile: the next one may go there now.
  if (!row && delivery.leasedUntil)
    await tx
      .update(d)
      .set({ leasedUntil: null })
      .where(and(eq(d.seq, delivery.seq), eq(d.leasedUntil, delivery.leasedUntil)));
  await follow(tx, ended, row, now);
  return row !== undefined;
}

/** Does what follows from an outcome; what was sent stands there, also where another process has claimed it since. */
async function follow(
  tx: Tx,
  { delivery, outcome, onFailure }: Ended,
  row: Mine | undefined,
  now: Date,
): Promise<void> {
  const { deliveries: d } = tx.tables;
  if (row) {
    await countRefusals(tx, delivery, outcome);
    if (stateOf(delivery, outcome) === 'failed' && (await onFailure?.(tx)))
      await tx.update(d).set({ elsewhere: true }).where(eq(d.seq, delivery.seq));
  }
  if (outcome.kind === 'sent' && outcome.post) {
    await stand(tx, delivery, outcome.post, now);
    if (!isEdit(delivery) && row?.staleAt) await askEditsNow(tx, [{ ...delivery, ...outcome.post }], now);
  }
}

/** Records what was sent, all of it at the first try or one that may have arrived before. */
function settleSent(tx: Tx, sent: readonly Arrival[], now: Date, record: typeof arrive): Promise<Mine[]> {
  const deliveries = sent.map(one => one.delivery);
  const reason = deliveries[0]?.startedAt ? DOUBTFUL : null;
  const values: Record<string, unknown> = { ...fenced(deliveries), now, reason };
  // Only messages to a person are found by their name.
  if (sent.some(one => one.outcome.ref))
    for (let i = 0; `seq${i}` in values; i++) values[`ref${i}`] = (sent[i] ?? sent.at(-1)!).outcome.ref ?? null;
  return record(tx, values);
}

const arrivalOf = (which: typeof isFree) =>
  prepared((tx: Tx, { now, reason, ...values }: Record<string, unknown>) => {
    const { deliveries: d } = tx.tables;
    const refs = Object.keys(values).filter(name => name.startsWith('ref'));
    const cases = refs.map((name, i) => sql`when ${values[`seq${i}`]} then ${values[name]}`);
    const ref = sql`coalesce(case ${d.seq} ${sql.join(cases, sql` `)} end, ${d.ref})`;
    return tx
      .update(d)
      .set({
        state: 'sent',
        reason: reason as string | null,
        startedAt: null,
        nextAt: null,
        leasedUntil: null,
        doneAt: now as Date,
        ...(refs.length && { ref }),
      })
      .where(which(tx, values))
      .returning({ seq: d.seq, claim: d.claim, staleAt: d.staleAt });
  });
const arrive = arrivalOf(isFenced);
const arriveFree = arrivalOf(isFree);

/** The state that an outcome makes; what was put off too often has failed. */
function stateOf({ tries }: Delivery, outcome: Outcome): Delivery['state'] {
  if (outcome.kind !== 'later') return outcome.kind;
  return outcome.counts && tries >= MAX_TRIES ? 'failed' : 'pending';
}

/** Records what became of one delivery that was not sent, or not yet. */
function settleUnsent(tx: Tx, delivery: Delivery, outcome: Unsent, now: Date): Promise<Mine[]> {
  const { deliveries: d } = tx.tables;
  const state = stateOf(delivery, outcome);
  const done = state !== 'pending';
  const isLater = outcome.kind === 'later';
  return tx
    .update(d)
    .set({
      state,
      reason: outcome.reason,
      ...(!(isLater && outcome.doubtful) && { startedAt: null }),
      nextAt: isLater && !done ? outcome.at : null,
      leasedUntil: null,
      doneAt: done ? now : null,
      ...(isLater && !outcome.counts && { tries: delivery.tries - 1 }),
    })
    .where(and(eq(d.seq, delivery.seq), eq(d.claim, delivery.claim)))
    .returning({ seq: d.seq, claim: d.claim, staleAt: d.staleAt });
}
