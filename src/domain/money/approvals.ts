import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Tx } from '../../storage/store.ts';

/** Condition on a line of the ledger: it approves an entry, and was not void from the start. */
export const approves = ({ ledgerLines: l, approvalVoids: v }: Tables): SQL =>
  and(
    eq(l.step, 'approved'),
    sql`not exists (select 1 from ${v} where ${v.forumId} = ${l.forumId} and ${v.position} = ${l.position})`,
  )!;

/**
 * Voids the approvals that one person gave to entries of their own, under other accounts: those entries wait for a
 * second person again. The ledger keeps the line; returns the numbers of the entries.
 */
export async function voidApprovals(
  tx: Tx,
  forumId: string,
  person: readonly number[],
  now: Date,
): Promise<readonly number[]> {
  const { entries: e, ledgerLines: l, approvalVoids: v } = tx.tables;
  const mine = [...person];
  const found = await tx
    .select({ entry: e.number, position: l.position })
    .from(l)
    .innerJoin(e, and(eq(e.forumId, l.forumId), eq(e.number, l.entry)))
    .where(and(eq(l.forumId, forumId), approves(tx.tables), inArray(l.member, mine), inArray(e.recordedBy, mine)));
  if (found.length) await tx.insert(v).values(found.map(({ position }) => ({ forumId, position, at: now })));
  return found.map(one => one.entry);
}
