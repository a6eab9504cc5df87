import { createHash } from 'node:crypto';
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';

export type CalendarToken = Tables['calendarTokens']['$inferSelect'];

/** Maximum number of addresses that one person has; one more revokes the oldest. */
const MAXIMUM = 5;

const hashOf = (token: string): string => createHash('sha256').update(`calendar:${token}`).digest('hex');

/** Makes a secret address of a person's calendar. The token is shown once and kept nowhere. */
export async function addToken(
  tx: Tx,
  { forumId, member }: { readonly forumId: string; readonly member: number },
  { token, alarm }: { readonly token: string; readonly alarm: number | null },
  now: Date,
): Promise<void> {
  const { calendarTokens: c } = tx.tables;
  const alive = await tx
    .select({ seq: c.seq })
    .from(c)
    .where(and(eq(c.forumId, forumId), eq(c.member, member), isNull(c.revokedAt)))
    .orderBy(asc(c.seq));
  for (const { seq } of alive.slice(0, Math.max(0, alive.length - MAXIMUM + 1)))
    await tx.update(c).set({ revokedAt: now }).where(eq(c.seq, seq));
  await tx.insert(c).values({ forumId, member, hash: hashOf(token), alarm, createdAt: now, revokedAt: null });
}

/** Revokes all addresses of a person; gives how many there were. */
export async function revokeTokens(tx: Tx, forumId: string, member: number, now: Date): Promise<number> {
  const { calendarTokens: c } = tx.tables;
  const rows = await tx
    .update(c)
    .set({ revokedAt: now })
    .where(and(eq(c.forumId, forumId), eq(c.member, member), isNull(c.revokedAt)))
    .returning({ seq: c.seq });
  return rows.length;
}

export async function tokenOf(db: Reader, token: string): Promise<CalendarToken | null> {
  const { calendarTokens: c } = db.tables;
  const [row] = await db
    .select()
    .from(c)
    .where(eq(c.hash, hashOf(token)));
  return row ?? null;
}
