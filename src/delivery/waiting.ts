import { and, count, inArray, isNotNull, min } from 'drizzle-orm';
import { PLATFORMS } from '../contract/act.ts';
import type { Store } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';

/** The instant at which the next delivery is due; null when nothing waits. */
export async function nextDue(store: Store): Promise<Date | null> {
  const { deliveries: d } = store.tables;
  const waits = and(isNotNull(d.nextAt), inArray(d.platform, PLATFORMS));
  const [row] = await store.read
    .select({ at: min(d.nextAt) })
    .from(d)
    .where(waits);
  return row?.at ?? null;
}

/**
 * Counts messages that are due or retried, and since when the oldest waits; for health and figures. Only those
 * for the given platforms: what is for another, which this installation does not run, waits without harm.
 */
export async function outboxState(
  store: Store,
  platforms: readonly Delivery['platform'][],
): Promise<{ depth: number; oldest: Date | null }> {
  const { deliveries: d } = store.tables;
  const [row] = await store.read
    .select({ depth: count(), oldest: min(d.due) })
    .from(d)
    .where(and(isNotNull(d.nextAt), inArray(d.platform, platforms)));
  return { depth: row?.depth ?? 0, oldest: row?.oldest ?? null };
}
