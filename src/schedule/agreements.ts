import type { Agreement } from '../domain/agreements/row.ts';
import { agreementByNumber, partiesOf } from '../domain/agreements/store.ts';
import { addDays, instantAt } from '../domain/calendar.ts';
import { speakerOf } from '../domain/partners.ts';
import { type Planned, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
const TIME = '09:00';
/** Days before the end of an agreement on which its parties are reminded; the last is the day after it. */
const RENEWAL_DAYS = [90, 60, 30, -1] as const;

/** The renewal reminders of an agreement that are still to come. */
export function renewalsOf({ number, expires }: Agreement, zone: string, now: Date): Planned[] {
  if (expires === null) return [];
  return RENEWAL_DAYS.map(days => {
    const subject = `${number}:${expires}:${days}`;
    const due = instantAt(addDays(expires, -days), TIME, zone);
    return planned('agreement_ends', subject, due);
  }).filter(({ due }) => due >= now);
}

/** One renewal reminder, if the agreement still ends then; of several that came due only the latest is said. */
async function ends(job: JobContext): Promise<JobResult> {
  const { tx, forum, forumId, now } = job;
  const [number, expires = '', days] = job.occurrence.subject.split(':');
  const agreement = await agreementByNumber(tx, forumId, Number(number));
  if (!agreement || agreement.endedAt) return { suppressed: 'ended' };
  if (agreement.expires !== expires) return { suppressed: 'renewed' };
  const later = RENEWAL_DAYS.filter(one => one < Number(days));
  if (later.some(one => instantAt(addDays(expires, -one), TIME, forum.zone) <= now))
    return { suppressed: 'a later step is due' };
  const topic = { kind: 'agreement_ends', subject: String(agreement.number) };
  await job.post(topic, { purpose: 'coordinators' });
  const parties = (await partiesOf(tx, forumId, [agreement.number])).get(agreement.number) ?? [];
  for (const party of parties) await tell(job, topic, party.number);
  return 'done';
}

/** Writes to the person who speaks for a partner. */
async function tell(job: JobContext, topic: { kind: string; subject: string }, partner: number): Promise<void> {
  const member = await speakerOf(job.tx, job.forumId, partner);
  if (member !== null) await job.tell(topic, [member]);
}

export const agreementHandlers: Handlers = {
  agreement_ends: { windowMs: EVER, run: ends },
};
