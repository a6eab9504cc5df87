import { eq } from 'drizzle-orm';
import type { Clock, Ids } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import type { Audience, Topic } from '../contract/topic.ts';
import { enqueue } from '../delivery/outbox.ts';
import { markStale } from '../delivery/posts.ts';
import { type Change, recordEvent } from '../domain/audit.ts';
import type { Forum } from '../domain/forums.ts';
import { nextTurn } from '../runtime/event-loop.ts';
import type { Store, Tx } from '../storage/store.ts';
import { claimDue, finish, giveBack, type Occurrence } from './occurrences.ts';

/** Describes what a handler of something due is handed: the same unit of work that ends the occurrence. */
export interface JobContext {
  readonly tx: Tx;
  readonly forum: Forum;
  readonly forumId: string;
  readonly occurrence: Occurrence;
  readonly now: Date;
  newId(): string;
  /**
   * Posts under the occurrence's own key (or the given one): however often it runs, a message goes out once. It waits
   * until quiet hours end; posts in channels that are `atOnce` do not.
   */
  post(
    topic: Topic,
    to: Audience,
    how?: { part?: string; occurrence?: string; due?: Date; atOnce?: boolean },
  ): Promise<void>;
  /** Posts to each of some people directly, once to a person who is named twice. */
  tell(topic: Topic, members: Iterable<number>): Promise<void>;
  stale(...topics: readonly Topic[]): Promise<void>;
  record(change: Change): Promise<number>;
}

/** Describes what became of it: done, or why nothing was to be done any more. */
export type JobResult = 'done' | { readonly suppressed: string } | { readonly missed: string };

/**
 * Handlers by the kind of occurrence. `windowMs`: what is later than this is missed, recorded and not done; a vote
 * closes however late.
 */
export type Handlers = Readonly<
  Record<string, { readonly windowMs: number; run(job: JobContext): Promise<JobResult> }>
>;

const BATCH = 100;
/** Maximum rest of a job that failed, ms; the first rest is a second. */
const LONGEST_REST_MS = 3_600_000;

/** Failed rows of this process: since when each rests, for how long. Kept by the caller of `runDue` between calls. */
export type Backoff = Map<number, { readonly since: number; readonly ms: number }>;

/** The rows that rest at `now`; a clock that was set back wakes them. */
const asleep = (backoff: Backoff, now: Date): number[] =>
  [...backoff].filter(([, { since, ms }]) => since <= now.getTime() && now.getTime() < since + ms).map(([seq]) => seq);

/**
 * Does all that is due, in order, each in one unit of work with the end of its row: a restart or a second process
 * does nothing twice. One that fails stays due, is logged, rests, and does not stop the others. However much is due,
 * whatever else the process has to do comes in between.
 */
export async function runDue(deps: {
  store: Store;
  clock: Clock;
  ids: Ids;
  log: Log;
  handlers: Handlers;
  /** Tells whether to end: what is in hand is the last, and the rest is given back. */
  stopped?: () => boolean;
  backoff?: Backoff;
}): Promise<number> {
  const { store, clock, ids, log, handlers, stopped = () => false, backoff = new Map() } = deps;
  const failed = new Set<number>();
  const kinds = Object.keys(handlers);
  let done = 0;
  while (!stopped()) {
    const now = clock.now();
    const due = await claimDue(store, now, BATCH, { kinds, except: [...failed, ...asleep(backoff, now)] });
    if (!due.length) return done;
    for (const [n, occurrence] of due.entries()) {
      // An embedded database never waits for anything, so nothing else would get a turn.
      await nextTurn();
      if (stopped()) {
        await giveBack(store, ...due.slice(n));
        break;
      }
      try {
        await runOne(store, occurrence, handlers, now, () => ids.next());
        backoff.delete(occurrence.seq);
        done++;
      } catch (error) {
        failed.add(occurrence.seq);
        const before = backoff.get(occurrence.seq)?.ms ?? 500;
        backoff.set(occurrence.seq, { since: now.getTime(), ms: Math.min(before * 2, LONGEST_REST_MS) });
        log.error('occurrence failed', { occurrence: occurrence.key, kind: occurrence.kind, error });
        await giveBack(store, occurrence);
      }
    }
  }
  return done;
}

function runOne(
  store: Store,
  occurrence: Occurrence,
  handlers: Handlers,
  now: Date,
  newId: () => string,
): Promise<void> {
  const { forumId } = occurrence;
  return store.write(forumId, async tx => {
    const handler = handlers[occurrence.kind];
    const late = now.getTime() - occurrence.due.getTime();
    const missed = !handler ? 'unknown kind' : late > handler.windowMs ? 'too late' : null;
    if (missed || !handler) {
      await finish(tx, occurrence, 'missed', missed, now);
      return;
    }
    if (!(await finish(tx, occurrence, 'done', null, now))) return;
    const [forum] = await tx.select().from(tx.tables.forums).where(eq(tx.tables.forums.id, forumId));
    const post: JobContext['post'] = (topic, to, how = {}) =>
      enqueue(tx, forumId, {
        topic,
        to,
        due: how.due ?? occurrence.due,
        waits: how.atOnce ? 'direct' : 'all',
        now,
        occurrence: how.occurrence ?? `${occurrence.key}${how.part ?? ''}`,
      });
    const result = await handler.run({
      tx,
      forum: forum!,
      forumId,
      occurrence,
      now,
      newId,
      post,
      async tell(topic, members) {
        for (const member of members) await post(topic, { member }, { part: `~${member}` });
      },
      stale: async (...topics) => void (await markStale(tx, forumId, topics, now)),
      record: change => recordEvent(tx, forumId, null, change, now),
    });
    if (result === 'done') return;
    const { occurrences: o } = tx.tables;
    const [state, reason] =
      'suppressed' in result ? (['suppressed', result.suppressed] as const) : (['missed', result.missed] as const);
    await tx.update(o).set({ state, reason }).where(eq(o.seq, occurrence.seq));
  });
}
