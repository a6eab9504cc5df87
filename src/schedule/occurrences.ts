import {
  aliasedTable,
  and,
  asc,
  eq,
  gt,
  inArray,
  like,
  lt,
  lte,
  min,
  notExists,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import { isPending } from '../storage/literal.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import { skipLocked } from '../storage/skip-locked.ts';
import type { Store, Tx } from '../storage/store.ts';

export type Occurrence = Tables['occurrences']['$inferSelect'];

/** Event that is to happen at an instant. The key says what and when: the same one is planned once. */
export interface Planned {
  readonly key: string;
  readonly kind: string;
  readonly subject: string;
  readonly due: Date;
}

/** Plans what happens about a subject but once: its kind and subject are its key. */
export const planned = (kind: string, subject: string, due: Date): Planned => ({
  key: `${kind}:${subject}`,
  kind,
  subject,
  due,
});

/**
 * Plans what is to happen, in the unit of work that decides it; what is planned already stays as it is. What was taken
 * back before it was due may be planned again.
 */
export async function plan(tx: Tx, forumId: string, ...wanted: readonly Planned[]): Promise<void> {
  if (!wanted.length) return;
  const { occurrences } = tx.tables;
  await tx
    .insert(occurrences)
    .values(wanted.map(one => ({ ...one, forumId, state: 'pending' as const, reason: null, doneAt: null })))
    .onConflictDoUpdate({
      target: [occurrences.forumId, occurrences.key],
      set: { state: 'pending', due: sql`excluded.due`, reason: null, leasedUntil: null, doneAt: null },
      setWhere: and(eq(occurrences.state, 'suppressed'), lt(occurrences.doneAt, occurrences.due))!,
    });
}

/** Takes back what is planned about a subject (null: any) and has not happened yet; the row stays, with the reason. */
export async function unplan(
  tx: Tx,
  forumId: string,
  kind: string,
  subject: string | null,
  reason: string,
  now: Date,
): Promise<void> {
  const { occurrences: o } = tx.tables;
  await suppress(tx, forumId, kind, subject === null ? undefined : eq(o.subject, subject), reason, now);
}

/** Takes back what is planned about all subjects that begin so and has not happened yet. */
export const unplanAll = (
  tx: Tx,
  forumId: string,
  kind: string,
  prefix: string,
  reason: string,
  now: Date,
): Promise<void> => suppress(tx, forumId, kind, like(tx.tables.occurrences.subject, `${prefix}%`), reason, now);

async function suppress(tx: Tx, forumId: string, kind: string, which: SQL | undefined, reason: string, now: Date) {
  const { occurrences: o } = tx.tables;
  await tx
    .update(o)
    .set({ state: 'suppressed', reason, leasedUntil: null, doneAt: now })
    .where(and(eq(o.forumId, forumId), eq(o.kind, kind), which, isPending(o.state)));
}

/** Time for which a claimed occurrence is its claimer's alone, ms. */
export const LEASE_MS = 60_000;
/** Time for which a job of an unknown kind waits, ms, in case a newer version runs beside this one. */
const UNKNOWN_MS = 86_400_000;

/** Describes which due rows are claimed: of known kinds, and none of those that have failed or rest. */
export interface Claimable {
  readonly kinds: readonly string[];
  readonly except: readonly number[];
}

/** Looks whether anything is due, of whatever kind; asked again and again, and mostly nothing is. */
const anyDue = prepared((db, { now }: { now: Date }) => {
  const { occurrences: o } = db.tables;
  return db
    .select({ seq: o.seq })
    .from(o)
    .where(and(isPending(o.state), lte(o.due, now)))
    .limit(1);
});

/**
 * Claims what is due, the earliest first, so that processes divide the work instead of racing for it. A forum is
 * claimed as a whole: what falls due in it happens in order. Claims take turns, since two at once would not see what
 * the other has just taken.
 */
export async function claimDue(
  store: Store,
  now: Date,
  limit: number,
  { kinds, except }: Claimable,
): Promise<Occurrence[]> {
  if (!(await anyDue(store.read, { now })).length) return [];
  const { occurrences: o } = store.tables;
  const busy = aliasedTable(o, 'busy');
  const isDue = and(
    isPending(o.state),
    lte(o.due, now),
    or(inArray(o.kind, [...kinds]), lt(o.due, new Date(now.getTime() - UNKNOWN_MS))),
    except.length ? notInArray(o.seq, [...except]) : undefined,
  );
  if (!(await store.read.select({ seq: o.seq }).from(o).where(isDue).limit(1)).length) return [];
  return store.write('claim', async tx => {
    const othersAct = tx
      .select({ seq: busy.seq })
      .from(busy)
      .where(and(gt(busy.leasedUntil, now), eq(busy.forumId, o.forumId)));
    const due = tx.$with('due').as(
      skipLocked(
        tx,
        tx
          .select({ seq: o.seq })
          .from(o)
          .where(and(isDue, notExists(othersAct)))
          .orderBy(asc(o.due), asc(o.seq))
          .limit(limit),
      ),
    );
    const rows = await tx
      .with(due)
      .update(o)
      .set({ leasedUntil: new Date(now.getTime() + LEASE_MS) })
      .where(inArray(o.seq, tx.select({ seq: due.seq }).from(due)))
      .returning();
    return rows.sort((a, b) => a.due.getTime() - b.due.getTime() || a.seq - b.seq);
  });
}

/** Gives back what one claim took and was not done: it stays due, for the next process. */
export async function giveBack(store: Store, ...undone: readonly Occurrence[]): Promise<void> {
  if (!undone.length) return;
  const { occurrences: o } = store.tables;
  const seqs = undone.map(one => one.seq);
  await store.write(null, tx =>
    tx
      .update(o)
      .set({ leasedUntil: null })
      .where(and(inArray(o.seq, seqs), eq(o.leasedUntil, undone[0]!.leasedUntil!))),
  );
}

/** Ends an occurrence; false where another process has done so already. */
export async function finish(
  tx: Tx,
  occurrence: Occurrence,
  state: 'done' | 'suppressed' | 'missed',
  reason: string | null,
  now: Date,
): Promise<boolean> {
  const { occurrences: o } = tx.tables;
  const mine = await tx
    .update(o)
    .set({ state, reason, leasedUntil: null, doneAt: now })
    .where(and(eq(o.seq, occurrence.seq), isPending(o.state)))
    .returning({ seq: o.seq });
  return mine.length > 0;
}

/** Instant at which the next occurrence is due. */
export async function nextOccurrence(store: Store): Promise<Date | null> {
  const { occurrences: o } = store.tables;
  const [row] = await store.read
    .select({ at: min(o.due) })
    .from(o)
    .where(isPending(o.state));
  return row?.at ?? null;
}
