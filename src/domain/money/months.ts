import { and, asc, desc, eq } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';

export type LedgerMonth = Tables['ledgerMonths']['$inferSelect'];

/** The month (`YYYY-MM`) of a local date. */
export const monthOf = (date: string): string => date.slice(0, 7);

/** The last step by which a month was closed or opened; null: it was never closed. */
export async function monthStep(db: Reader, forumId: string, month: string): Promise<LedgerMonth | null> {
  const { ledgerMonths: l } = db.tables;
  const [row] = await db
    .select()
    .from(l)
    .where(and(eq(l.forumId, forumId), eq(l.month, month)))
    .orderBy(desc(l.seq))
    .limit(1);
  return row ?? null;
}

/** Tells whether a local date lies in a month that is closed: nothing that counts there may change. */
export const isClosed = async (db: Reader, forumId: string, date: string): Promise<boolean> =>
  (await monthStep(db, forumId, monthOf(date)))?.state === 'closed';

/** All months that are closed now. */
export async function closedMonths(db: Reader, forumId: string): Promise<ReadonlySet<string>> {
  const { ledgerMonths: l } = db.tables;
  const steps = await db
    .select({ month: l.month, state: l.state })
    .from(l)
    .where(eq(l.forumId, forumId))
    .orderBy(asc(l.seq));
  const last = new Map(steps.map(one => [one.month, one.state]));
  return new Set([...last].flatMap(([month, state]) => (state === 'closed' ? [month] : [])));
}

/** Closes a month, or opens it again with a reason; the caller has asked how it stands. */
export async function stepMonth(
  tx: Tx,
  forumId: string,
  step: Pick<LedgerMonth, 'month' | 'state' | 'reason' | 'member'>,
  now: Date,
): Promise<void> {
  await tx.insert(tx.tables.ledgerMonths).values({ ...step, forumId, at: now });
}
