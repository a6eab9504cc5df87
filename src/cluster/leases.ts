import { and, eq, gt, like, lt, lte, sql } from 'drizzle-orm';
import type { Tx } from '../storage/store.ts';
import { likePattern } from '../storage/words.ts';

/**
 * Takes a lease that nobody holds, or nobody holds any more. Only the database's clock is read, here and everywhere:
 * processes need not agree about the time.
 */
export async function take(tx: Tx, name: string, holder: string, forMs: number): Promise<boolean> {
  const { leases: l } = tx.tables;
  const until = tx.after(forMs);
  const mine = await tx
    .insert(l)
    .values({ name, holder, fence: 1, until })
    .onConflictDoUpdate({
      target: l.name,
      set: { holder, until, fence: sql`${l.fence} + 1` },
      setWhere: lte(l.until, tx.after(0)),
    })
    .returning({ name: l.name });
  return mine.length > 0;
}

/** Renews all leases of a holder that have not ended; returns their names. What has ended must be taken anew. */
export async function renew(tx: Tx, prefix: string, holder: string, forMs: number): Promise<string[]> {
  const { leases: l } = tx.tables;
  const mine = await tx
    .update(l)
    .set({ until: tx.after(forMs) })
    .where(and(like(l.name, likePattern(prefix, 'start')), eq(l.holder, holder), gt(l.until, tx.after(0))))
    .returning({ name: l.name });
  return mine.map(one => one.name);
}

/** The leases that hold now, by name. */
export function activeLeases(tx: Tx, prefix: string): Promise<{ name: string; holder: string }[]> {
  const { leases: l } = tx.tables;
  return tx
    .select({ name: l.name, holder: l.holder })
    .from(l)
    .where(and(like(l.name, likePattern(prefix, 'start')), gt(l.until, tx.after(0))));
}

/** Ends a lease before its time; another's is left alone. */
export async function release(tx: Tx, name: string, holder: string): Promise<void> {
  const { leases: l } = tx.tables;
  await tx
    .update(l)
    .set({ until: tx.after(0) })
    .where(and(eq(l.name, name), eq(l.holder, holder)));
}

/** Ends all leases of a holder: it is leaving. */
export async function releaseAll(tx: Tx, prefix: string, holder: string): Promise<void> {
  const { leases: l } = tx.tables;
  await tx
    .update(l)
    .set({ until: tx.after(0) })
    .where(and(like(l.name, likePattern(prefix, 'start')), eq(l.holder, holder)));
}

/** Clears away leases that ended long ago: every process leaves one behind. */
export async function forgetLeases(tx: Tx): Promise<void> {
  const { leases: l } = tx.tables;
  await tx.delete(l).where(lt(l.until, tx.after(-86_400_000)));
}
