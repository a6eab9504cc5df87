import { setTimeout as pause } from 'node:timers/promises';
import { and, count, inArray, isNotNull, lte } from 'drizzle-orm';
import { PLATFORMS } from '../../src/contract/act.ts';
import type { Store } from '../../src/storage/store.ts';

/** Interval at which the outbox is looked at, milliseconds. */
const LOOK_MS = 250;

/** Describes how the outbox ran empty after the load: what took so long, and what was left where it did not. */
export interface Drained {
  readonly drainedMs: number;
  readonly left: number;
}

/** Waits until nothing that is due waits any more, or for so long. What is for after somebody's quiet hours is not due. */
export async function drained(store: Store, timeoutMs: number): Promise<Drained> {
  const { deliveries: d } = store.tables;
  const since = performance.now();
  for (;;) {
    const waits = and(isNotNull(d.nextAt), inArray(d.platform, PLATFORMS), lte(d.due, new Date()));
    const [row] = await store.read.select({ n: count() }).from(d).where(waits);
    const drainedMs = performance.now() - since;
    if (!row?.n || drainedMs > timeoutMs) return { drainedMs, left: row?.n ?? 0 };
    await pause(LOOK_MS);
  }
}
