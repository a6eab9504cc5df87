import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../storage/store.ts';
import type { Agreement } from './row.ts';

/** The parties that have not confirmed a formal agreement; what is archived is awaited for nothing. */
export async function unconfirmedOf(
  db: Reader,
  { forumId, number, kind }: Agreement,
): Promise<{ number: number; name: string }[]> {
  if (kind === 'informal') return [];
  const { agreementParties: of, partners } = db.tables;
  return db
    .select({ number: partners.number, name: partners.name })
    .from(of)
    .innerJoin(partners, and(eq(partners.forumId, of.forumId), eq(partners.number, of.partner)))
    .where(and(eq(of.forumId, forumId), eq(of.agreement, number), isNull(of.confirmedAt), isNull(partners.archivedAt)))
    .orderBy(asc(partners.folded));
}

/** Puts down that a party confirms an agreement. */
export async function confirmAgreement(
  tx: Tx,
  agreement: Agreement,
  partner: number,
  by: number,
  now: Date,
): Promise<Agreement> {
  const { agreementParties: of } = tx.tables;
  const { forumId, number } = agreement;
  await tx
    .update(of)
    .set({ confirmedAt: now, confirmedBy: by })
    .where(and(eq(of.forumId, forumId), eq(of.agreement, number), eq(of.partner, partner), isNull(of.confirmedAt)));
  return settleConfirmed(tx, agreement, now);
}

/** Sets since when an agreement has everybody's confirmation, or that it awaits one. */
export async function settleConfirmed(tx: Tx, agreement: Agreement, now: Date): Promise<Agreement> {
  const { agreements: a } = tx.tables;
  const awaits = (await unconfirmedOf(tx, agreement)).length > 0;
  if (awaits === (agreement.confirmedAt === null)) return agreement;
  const [row] = await tx
    .update(a)
    .set({ confirmedAt: awaits ? null : now })
    .where(and(eq(a.forumId, agreement.forumId), eq(a.number, agreement.number)))
    .returning();
  return row!;
}

/** Looks again at what a partner was awaited to confirm, once it is archived. */
export async function settleWithout(tx: Tx, forumId: string, partner: number, now: Date): Promise<void> {
  const { agreements: a, agreementParties: of } = tx.tables;
  const rows = await tx
    .select({ agreement: a })
    .from(of)
    .innerJoin(a, and(eq(a.forumId, of.forumId), eq(a.number, of.agreement)))
    .where(and(eq(of.forumId, forumId), eq(of.partner, partner), isNull(a.confirmedAt), isNull(a.endedAt)));
  for (const { agreement } of rows) await settleConfirmed(tx, agreement, now);
}
