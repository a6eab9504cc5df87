import type { Activity } from '../domain/activities.ts';
import { addDays } from '../domain/calendar.ts';
import { daysOff } from '../domain/days-off.ts';
import { makeAhead, occurrencesOf, type Series, seriesByNumber } from '../domain/meetings/series.ts';
import { endOf } from '../domain/slots.ts';
import { activityReminders } from './engagement.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

/** Instant at which a series goes on: once the first of some occurrences that lies ahead is over. */
export function planNext(series: Series, made: readonly Activity[], zone: string, now: Date): Planned[] {
  const coming = made
    .filter(one => one.state === 'planned')
    .map(one => ({ slot: one.slot!, at: endOf(one, zone) }))
    .filter(one => one.at > now)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const [first] = coming;
  return first ? [planned('series', `${series.number}:${first.slot}`, first.at)] : [];
}

/** Makes the next occurrence of a series as one is over, and says when the coming one takes place. */
async function goesOn(job: JobContext): Promise<JobResult> {
  const { tx, forum, forumId, now } = job;
  const [number, slot = ''] = job.occurrence.subject.split(':');
  const found = await seriesByNumber(tx, forumId, Number(number));
  if (!found) return { suppressed: 'gone' };
  const { series, made } = await makeAhead(tx, found, { from: addDays(slot, 1), off: await daysOff(tx, forumId) }, now);
  for (const one of made) {
    await plan(tx, forumId, ...activityReminders(one, forum.zone, now));
    await job.record({ kind: 'activity.planned', thing: 'activity', number: one.number });
  }
  const there = await occurrencesOf(tx, series, slot);
  await plan(tx, forumId, ...planNext(series, there, forum.zone, now));
  await job.stale({ kind: 'series_event', subject: String(series.number) });
  const next = there.find(one => one.state === 'planned' && endOf(one, forum.zone) > now);
  if (!next) return { suppressed: 'over' };
  const subject = String(next.number);
  await job.post({ kind: 'activity', subject }, { purpose: 'announce' });
  return 'done';
}

export const seriesHandlers: Handlers = { series: { windowMs: Number.POSITIVE_INFINITY, run: goesOn } };
