import { and, eq, gt, inArray, isNotNull, like, or } from 'drizzle-orm';
import { PLATFORMS } from '../contract/act.ts';
import { LONGEST_LEASE_MS as DELIVERY_LEASE_MS } from '../delivery/claims.ts';
import { LONGEST_WAIT_MS, SKEW_MS } from '../delivery/health.ts';
import { WAIT_MS as LINK_WAIT_MS } from '../domain/links.ts';
import type { Tx } from '../storage/store.ts';
import { LEASE_MS as OCCURRENCE_LEASE_MS } from './occurrences.ts';

/**
 * Maximum time for which a message is put off when it is written, ms: quiet hours end within a day, and a link waits
 * for its time.
 */
const LONGEST_PLANNED_MS = Math.max(24 * 3_600_000, LINK_WAIT_MS);

/**
 * Ends leases that no clock near ours can have given: they were taken while a clock ran ahead, and would hold up a
 * channel or a forum until ours comes by there. What they held is due at once. The claim's number stays, so that a
 * process that still has it in hand can end it.
 */
export async function voidWrongLeases(tx: Tx, now: Date): Promise<void> {
  const { deliveries: d, occurrences: o } = tx.tables;
  const latest = (leaseMs: number): Date => new Date(now.getTime() + leaseMs + SKEW_MS);
  const held = gt(d.leasedUntil, latest(DELIVERY_LEASE_MS));
  // Asked for anew meanwhile, it is due as it was asked for; else it would be tried when the lease ends.
  await tx
    .update(d)
    .set({ nextAt: now })
    .where(and(inArray(d.seq, tx.select({ seq: d.seq }).from(d).where(held)), eq(d.nextAt, d.leasedUntil)));
  await tx.update(d).set({ leasedUntil: null }).where(held);
  // Tried messages and edits wait for an hour at most, and the rest for a day: an instant beyond was counted from a
  // clock that ran ahead.
  const tried = or(gt(d.tries, 0), isNotNull(d.reason), like(d.occurrence, 'edit:%'));
  const isBeyond = gt(d.nextAt, latest(LONGEST_PLANNED_MS));
  await tx
    .update(d)
    .set({ nextAt: now })
    .where(and(inArray(d.platform, PLATFORMS), gt(d.nextAt, latest(LONGEST_WAIT_MS)), or(tried, isBeyond)));
  await tx
    .update(o)
    .set({ leasedUntil: null })
    .where(gt(o.leasedUntil, latest(OCCURRENCE_LEASE_MS)));
}
