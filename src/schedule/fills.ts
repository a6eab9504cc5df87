import { createHash } from 'node:crypto';
import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { addDays, dateIn, instantAt } from '../domain/calendar.ts';
import { comparedSince, differing } from '../domain/indicators/drafts.ts';
import type { Sources } from '../domain/indicators/fill.ts';
import { recordsOf } from '../domain/indicators/record.ts';
import { listIndicators } from '../domain/indicators/store.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import { reportersIn } from './reports.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const TIME = '09:00';
const WEEK_MS = 7 * 86_400_000;

/** The next time at which the reports made from the record are compared with it: on the day after. */
export function comparison(now: Date, zone: string): Planned {
  const day = addDays(dateIn(now, zone), 1);
  return planned('fills_compared', day, instantAt(day, TIME, zone));
}

/**
 * Tells those who reported what the record says otherwise by now: once for each figure, however long it stays so. Goes
 * on each day as long as an indicator fills itself.
 */
async function compare(job: JobContext): Promise<JobResult> {
  const { tx, forumId, forum, now } = job;
  const { indicators: i } = tx.tables;
  const [filled] = await tx
    .select({ number: i.number })
    .from(i)
    .where(and(eq(i.forumId, forumId), isNull(i.retiredAt), isNotNull(i.fill)))
    .limit(1);
  if (!filled) return { suppressed: 'no indicator fills itself' };
  await plan(tx, forumId, comparison(now, forum.zone));
  const since = comparedSince(now, forum.zone);
  const records = await recordsOf(tx, await listIndicators(tx, forumId), since);
  const all = await differing(tx, forumId, records, since);
  if (!all.length) return { suppressed: 'all reports are as the record' };
  const reporters = await reportersIn(tx, forumId);
  for (const { record, period, partner, figure } of all) {
    const indicator = record.indicator.number;
    const subject = `${indicator}:${period.key}:${partner}`;
    for (const member of reporters({ indicator, partner }, true))
      await job.post(
        { kind: 'report_again', subject },
        { member },
        { occurrence: `report_again:${subject}:${digest(figure.sources)}~${member}` },
      );
  }
  return 'done';
}

/** A name of what the record says, the same for the same. */
const digest = ({ of, per, groups }: Sources): string =>
  createHash('sha256')
    .update(JSON.stringify([of, groups ?? {}, ...(per ? [per] : [])].map(one => Object.entries(one).sort())))
    .digest('hex')
    .slice(0, 16);

/** Handles indicators that fill themselves: their reports are compared with the record. */
export const fillHandlers: Handlers = { fills_compared: { windowMs: WEEK_MS, run: compare } };
