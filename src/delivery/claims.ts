import { aliasedTable, and, asc, eq, gt, inArray, isNull, lte, notExists, or, type SQL, sql } from 'drizzle-orm';
import { isTrue } from '../storage/literal.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import { PLATFORMS } from '../storage/schema/platforms.ts';
import { skipLocked } from '../storage/skip-locked.ts';
import type { Reader, Store, Tx } from '../storage/store.ts';
import type { Delivery } from './delivery.ts';
import { fenced, fenceOf, isFree } from './fence.ts';

/** Time for which a claimed delivery is its claimer's alone, ms. */
export const LEASE_MS = 60_000;
/** Time for which it is leased more when it is claimed, ms. */
const SPARE_MS = 900;
/** Maximum time for which a lease runs, ms. */
export const LONGEST_LEASE_MS = LEASE_MS + SPARE_MS;

/** The present of the database's own clock. */
export async function presentOf(read: Reader): Promise<Date> {
  const [row] = await read.select({ now: read.after(0) }).from(sql`(select 1) as one`);
  return new Date(row!.now);
}

/** Looks whether anything is due; asked again and again, and mostly nothing is. Its index begins with the platform. */
const whetherDue = (only: (d: Tables['deliveries']) => SQL | undefined) =>
  prepared((db, { now, platform }: { now: Date; platform?: Delivery['platform'] }) => {
    const { deliveries: d } = db.tables;
    return db
      .select({ seq: d.seq })
      .from(d)
      .where(and(platform ? eq(d.platform, platform) : inArray(d.platform, PLATFORMS), lte(d.nextAt, now), only(d)))
      .limit(1);
  });

const anyDue = whetherDue(() => undefined);
const anyWarning = whetherDue(d => isTrue(d.urgent));

/** Tells whether anything is due on any platform. */
export const isAnyDue = async (store: Store, now: Date): Promise<boolean> =>
  (await anyDue(store.read, { now })).length > 0;

/**
 * Claims what is due (on one platform, or on any): warnings, then the oldest; nobody else gets it until the lease ends. A
 * channel, or a person's direct messages, is claimed as a whole: what another process is sending there holds back
 * the rest, so that messages keep their order and no older state overtakes a newer one. A warning waits for other
 * warnings alone. Claims take turns, since two
 * at once would not see what the other has just taken. Leases go by `present`, the clock that all processes share, and
 * what is due by ours: clocks that differ send a little early or late, and nothing twice.
 */
export async function claim(
  store: Store,
  now: Date,
  limit: number,
  platform?: Delivery['platform'],
  present = now,
  { warningsAlone = false } = {},
): Promise<Delivery[]> {
  const isAny = warningsAlone ? anyWarning : anyDue;
  if (!(await isAny(store.read, { now, ...(platform && { platform }) })).length) return [];
  // Spares what is sent at once another lease when it begins.
  const leasedUntil = new Date(present.getTime() + LONGEST_LEASE_MS);
  const take = async (which: typeof takeWarnings, tx: Tx, limit: number): Promise<Delivery[]> => {
    const rows = await which(tx, { now, present, leasedUntil, limit, ...(platform && { platform }) });
    return rows.sort((a, b) => a.due.getTime() - b.due.getTime() || a.seq - b.seq);
  };
  return store.write('claim', async tx => {
    const warnings = await take(takeWarnings, tx, limit);
    if (warningsAlone || warnings.length === limit) return warnings;
    return [...warnings, ...(await take(takeAny, tx, limit - warnings.length))];
  });
}

interface Claim {
  readonly now: Date;
  readonly present: Date;
  readonly leasedUntil: Date;
  readonly limit: number;
  readonly platform?: Delivery['platform'];
}

/** Takes what is due of some deliveries, each of which must not wait for `others`: what is leased to the same place. */
const taking = (whichOf: (d: Tables['deliveries'], others: (spot: Spot) => SQL) => SQL | undefined) =>
  prepared((tx: Tx, { now, present, leasedUntil, limit, platform }: Claim) => {
    const { deliveries: d } = tx.tables;
    const busy = aliasedTable(d, 'busy');
    const runs = and(eq(busy.platform, d.platform), eq(busy.workspace, d.workspace), gt(busy.leasedUntil, present));
    const others = (spot: Spot) =>
      notExists(
        tx
          .select({ seq: busy.seq })
          .from(busy)
          .where(and(runs, spot(busy))),
      );
    const isDue = and(lte(d.nextAt, now), platform && eq(d.platform, platform), whichOf(d, others));
    const rows = tx.select({ seq: d.seq }).from(d).where(isDue).orderBy(asc(d.nextAt), asc(d.seq)).limit(limit);
    // Read once, whatever the planner does: IN (SELECT … SKIP LOCKED) alone may be run again and claim too much.
    const due = tx.$with('due').as(skipLocked(tx, rows));
    return tx
      .with(due)
      .update(d)
      .set({ claim: sql`${d.claim} + 1`, tries: sql`${d.tries} + 1`, nextAt: leasedUntil, leasedUntil })
      .where(inArray(d.seq, tx.select({ seq: due.seq }).from(due)))
      .returning();
  });

type Spot = (busy: Tables['deliveries']) => SQL | undefined;

const takeWarnings = taking((d, others) =>
  and(
    isTrue(d.urgent),
    others(busy => and(isTrue(busy.urgent), eq(busy.channel, d.channel))),
  ),
);

// Two questions and no OR: each has the index of leases for itself, down to the leases that still run.
const takeAny = taking((d, others) =>
  and(
    others(busy => eq(busy.channel, d.channel)),
    others(busy => and(isNull(busy.channel), isNull(d.channel), eq(busy.member, d.member))),
  ),
);

/**
 * Notes that sending begins, of `MAXIMUM_FENCED` deliveries at most, and that it may take until the end of `lease`, a
 * new one; null: the one that they have is long enough. Gives the fences of those that were still their claimer's and
 * that no other unit of work holds. After a crash this tells the messages that may have arrived from those that were
 * only claimed.
 */
export async function begin(
  tx: Tx,
  deliveries: readonly Delivery[],
  now: Date,
  lease: Date | null,
): Promise<ReadonlySet<string>> {
  if (!deliveries.length) return new Set();
  return new Set((await begun(tx, { ...fenced(deliveries), now, ...(lease && { lease }) })).map(fenceOf));
}

const begun = prepared((tx: Tx, { now, lease, ...claimed }: Record<string, unknown>) => {
  const { deliveries: d } = tx.tables;
  return tx
    .update(d)
    .set({ startedAt: now as Date, ...(lease ? { nextAt: lease as Date, leasedUntil: lease as Date } : {}) })
    .where(isFree(tx, claimed))
    .returning({ seq: d.seq, claim: d.claim });
});

/** Notes that sending of one delivery begins, once nobody else holds it; false: it is not its claimer's any more. */
export async function beginAlone(tx: Tx, { seq, claim }: Delivery, now: Date, leasedUntil: Date): Promise<boolean> {
  const { deliveries: d } = tx.tables;
  const mine = await tx
    .update(d)
    .set({ startedAt: now, nextAt: leasedUntil, leasedUntil })
    .where(and(eq(d.seq, seq), eq(d.claim, claim)))
    .returning({ seq: d.seq });
  return mine.length > 0;
}

/**
 * Gives back what one claim took and is not begun: it is due at once, for the next process, and was no try. What was
 * asked for anew meanwhile is due as it was asked for.
 */
export async function giveBack(store: Store, unsent: readonly Delivery[]): Promise<void> {
  if (!unsent.length) return;
  const { deliveries: d } = store.tables;
  await store.write(null, async tx => {
    await tx
      .update(d)
      .set({ nextAt: d.due, leasedUntil: null, tries: sql`${d.tries} - 1` })
      .where(or(...unsent.map(one => and(eq(d.seq, one.seq), eq(d.claim, one.claim)))));
    const seqs = unsent.map(one => one.seq);
    await tx
      .update(d)
      .set({ leasedUntil: null })
      .where(and(inArray(d.seq, seqs), eq(d.leasedUntil, unsent[0]!.leasedUntil!)));
  });
}
