import { and, eq, sql } from 'drizzle-orm';
import { prepared } from '../storage/prepared.ts';
import type { Tx } from '../storage/store.ts';
import { type Delivery, DOUBTFUL, type Outcome } from './delivery.ts';
import { countRefusals } from './fallback.ts';
import { fenced, isFenced, MAXIMUM_FENCED } from './fence.ts';
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

type Sent = Ended & { readonly outcome: Extract<Outcome, { kind: 'sent' }> };

/** Describes what is known of a row that was still its claimer's. */
type Mine = Pick<Delivery, 'seq' | 'staleAt'>;

/**
 * Records outcomes, in order. The claim number is the fence: a process that lost the lease changes nothing. A delivery
 * that was put off too often has failed; what follows from a failure is done with it or not at all. Gives the numbers
 * of those that were still ours.
 */
export async function settle(tx: Tx, ended: readonly Ended[], now: Date): Promise<ReadonlySet<number>> {
  const plain = ended.filter((one): one is Sent => one.outcome.kind === 'sent' && !one.delivery.startedAt);
  const mine = new Map<number, Mine>();
  for (let i = 0; i < plain.length; i += MAXIMUM_FENCED)
    for (const row of await settleSent(tx, plain.slice(i, i + MAXIMUM_FENCED), now)) mine.set(row.seq, row);
  const { deliveries: d } = tx.tables;
  const done = new Set(plain.map(one => one.delivery));
  for (const { delivery, outcome, onFailure } of ended) {
    const row = done.has(delivery) ? mine.get(delivery.seq) : await settleOne(tx, delivery, outcome, now);
    if (row) {
      mine.set(delivery.seq, row);
      await countRefusals(tx, delivery, outcome);
      if (stateOf(delivery, outcome) === 'failed' && (await onFailure?.(tx)))
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
      if (!isEdit(delivery) && row?.staleAt) await askEditsNow(tx, [{ ...delivery, ...outcome.post }], now);
    }
  }
  return new Set(mine.keys());
}

/** Records what arrived at the first try, as most does, with one statement. */
function settleSent(tx: Tx, sent: readonly Sent[], now: Date): Promise<Mine[]> {
  const values: Record<string, unknown> = { ...fenced(sent.map(one => one.delivery)), now };
  // Only messages to a person are found by their name.
  if (sent.some(one => one.outcome.ref))
    for (let i = 0; `seq${i}` in values; i++) values[`ref${i}`] = (sent[i] ?? sent.at(-1)!).outcome.ref ?? null;
  return arrived(tx, values);
}

const arrived = prepared((tx: Tx, { now, ...values }: Record<string, unknown>) => {
  const { deliveries: d } = tx.tables;
  const refs = Object.keys(values).filter(name => name.startsWith('ref'));
  const cases = refs.map((name, i) => sql`when ${values[`seq${i}`]} then ${values[name]}`);
  const ref = sql`coalesce(case ${d.seq} ${sql.join(cases, sql` `)} end, ${d.ref})`;
  return tx
    .update(d)
    .set({
      state: 'sent',
      reason: null,
      startedAt: null,
      nextAt: null,
      leasedUntil: null,
      doneAt: now as Date,
      ...(refs.length && { ref }),
    })
    .where(isFenced(d, values))
    .returning({ seq: d.seq, staleAt: d.staleAt });
});

/** The state that an outcome makes; what was put off too often has failed. */
function stateOf({ tries }: Delivery, outcome: Outcome): Delivery['state'] {
  if (outcome.kind !== 'later') return outcome.kind;
  return outcome.counts && tries >= MAX_TRIES ? 'failed' : 'pending';
}

/** Records any outcome of one delivery. */
async function settleOne(tx: Tx, delivery: Delivery, outcome: Outcome, now: Date): Promise<Mine | undefined> {
  const { deliveries: d } = tx.tables;
  const state = stateOf(delivery, outcome);
  const done = state !== 'pending';
  const [mine] = await tx
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
    .returning({ seq: d.seq, staleAt: d.staleAt });
  return mine;
}
