import { and, eq, like, ne } from 'drizzle-orm';
import type { Reader, Tx } from '../storage/store.ts';
import { nextNumber } from './codes.ts';

const HOUR_MS = 3_600_000;
const JOINS = 'joins:';

/** Returns what newcomers of an hour are counted under: by the clock, and with nothing of who they are. */
const hourOf = (now: Date) => `${JOINS}${Math.floor(now.getTime() / HOUR_MS)}` as const;

/** End of the hour in which newcomers are counted now. */
export const hourEnds = (now: Date): Date => new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS);

/** Counts a newcomer; earlier hours are forgotten. */
export async function countJoin(tx: Tx, forumId: string, now: Date): Promise<void> {
  const { counters: c } = tx.tables;
  const hour = hourOf(now);
  await tx.delete(c).where(and(eq(c.forumId, forumId), like(c.thing, `${JOINS}%`), ne(c.thing, hour)));
  await nextNumber(tx, forumId, hour);
}

/** Counts how many have become members of a forum in the present hour. */
export async function joinsThisHour(db: Reader, forumId: string, now: Date): Promise<number> {
  const { counters: c } = db.tables;
  const [row] = await db
    .select({ n: c.last })
    .from(c)
    .where(and(eq(c.forumId, forumId), eq(c.thing, hourOf(now))));
  return row?.n ?? 0;
}
