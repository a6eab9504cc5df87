import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../storage/store.ts';

/** Tells how far something has come in a forum; null: it has not begun. */
export async function cursorOf(db: Reader, forumId: string, name: string): Promise<Date | null> {
  const { cursors } = db.tables;
  const [row] = await db
    .select({ at: cursors.at })
    .from(cursors)
    .where(and(eq(cursors.forumId, forumId), eq(cursors.name, name)));
  return row?.at ?? null;
}

export async function moveCursor(tx: Tx, forumId: string, name: string, at: Date): Promise<void> {
  const { cursors } = tx.tables;
  await tx
    .insert(cursors)
    .values({ forumId, name, at })
    .onConflictDoUpdate({ target: [cursors.forumId, cursors.name], set: { at } });
}

/** The fact that says when what falls due was looked at. */
const PASS = 'pass';

/** Notes, for every forum at once, that what falls due was looked at. */
export async function notePass(tx: Tx, now: Date): Promise<void> {
  const { facts } = tx.tables;
  const value = now.toISOString();
  await tx.insert(facts).values({ name: PASS, value }).onConflictDoUpdate({ target: facts.name, set: { value } });
}

/** Instant of the last look at what falls due; null: never yet. */
export async function lastPass(db: Reader): Promise<Date | null> {
  const { facts } = db.tables;
  const [row] = await db.select({ value: facts.value }).from(facts).where(eq(facts.name, PASS));
  return row ? new Date(row.value) : null;
}
