import { eq } from 'drizzle-orm';
import { dateIn } from '../domain/calendar.ts';
import { factOf, rememberFact } from '../domain/facts.ts';
import { recordsOf } from '../domain/indicators/record.ts';
import { restatedPeriods } from '../domain/indicators/restated.ts';
import { RESTATED } from '../domain/indicators/store.ts';
import { shareTurn } from '../runtime/event-loop.ts';
import type { Store } from '../storage/store.ts';
import { plan, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const FACT = 'figures-restated';

/**
 * Makes each forum compare its finished figures with those of the rules before, once after the program has learned
 * better.
 */
export async function restateOnce(store: Store, now: Date): Promise<void> {
  if ((await factOf(store, FACT)) !== null) return;
  const { forums } = store.tables;
  for (const { id } of await store.read.select({ id: forums.id }).from(forums))
    await store.write(id, tx => plan(tx, id, planned('figures_restated', 'forum', now)));
  await rememberFact(store, FACT, now.toISOString());
}

/** Writes down which finished figures are told otherwise than before, and tells the coordinators. */
async function restate(job: JobContext): Promise<JobResult> {
  const { tx, forum, forumId, now } = job;
  const { indicators: i } = tx.tables;
  const rows = await tx.select().from(i).where(eq(i.forumId, forumId)).orderBy(i.number);
  let any = false;
  for (const record of await recordsOf(tx, rows)) {
    const periods = restatedPeriods(record, dateIn(now, forum.zone));
    if (periods.length) {
      any = true;
      await job.record({ kind: RESTATED, thing: 'indicator', number: record.indicator.number, data: { periods } });
    }
    await shareTurn();
  }
  if (!any) return { suppressed: 'all figures are the same' };
  await job.post({ kind: 'figures_restated', subject: 'forum' }, { purpose: 'coordinators' });
  return 'done';
}

export const restatingHandlers: Handlers = {
  figures_restated: { windowMs: Number.POSITIVE_INFINITY, run: restate },
};
