import { asc, eq, inArray, lte } from 'drizzle-orm';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';

/** State of a feed of alerts. */
export type FeedState = Tables['alertFeeds']['$inferSelect'];

/** Minimum time between two questions to one feed, ms. */
const FEED_PAUSE_MS = 60_000;
/** Maximum time for which a feed that cannot be read rests, ms. */
const LONGEST_REST_MS = 3_600_000;

/** Reads the state of these feeds, as far as they were ever read. */
export async function feedStates(db: Reader, feeds: readonly string[]): Promise<FeedState[]> {
  const { alertFeeds: f } = db.tables;
  if (!feeds.length) return [];
  return db
    .select()
    .from(f)
    .where(inArray(f.address, [...feeds]))
    .orderBy(asc(f.address));
}

/** Takes the turn to ask a feed, so that of several processes one asks; false: it is not its time yet. */
export async function takeTurn(tx: Tx, address: string, now: Date): Promise<boolean> {
  const { alertFeeds: f } = tx.tables;
  const nextAt = new Date(now.getTime() + FEED_PAUSE_MS);
  const taken = await tx
    .insert(f)
    .values({ address, nextAt, failures: 0 })
    .onConflictDoUpdate({ target: f.address, set: { nextAt }, setWhere: lte(f.nextAt, now) })
    .returning({ address: f.address });
  return taken.length > 0;
}

/** Keeps that a feed was read; `fault` tells which of its messages could not be. */
export async function noteRead(tx: Tx, address: string, fault: string | null, now: Date): Promise<void> {
  const { alertFeeds: f } = tx.tables;
  await tx.update(f).set({ wellAt: now, failures: 0, fault }).where(eq(f.address, address));
}

/** Keeps why a feed could not be read; it rests longer each time, or as long as its server asked for. */
export async function noteFault(
  tx: Tx,
  address: string,
  fault: { readonly text: string; readonly retryAfterMs: number | null },
  now: Date,
): Promise<void> {
  const { alertFeeds: f } = tx.tables;
  const [row] = await tx.select().from(f).where(eq(f.address, address));
  const failures = (row?.failures ?? 0) + 1;
  const rest = Math.min(FEED_PAUSE_MS * 2 ** Math.min(failures - 1, 10), LONGEST_REST_MS);
  const nextAt = new Date(now.getTime() + Math.max(rest, fault.retryAfterMs ?? 0));
  await tx.update(f).set({ failures, fault: fault.text, nextAt }).where(eq(f.address, address));
}
