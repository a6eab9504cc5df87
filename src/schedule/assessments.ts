import { questionsOf } from '../domain/assessments/framework.ts';
import {
  type Assessment,
  answersByPerson,
  assessmentByNumber,
  frameworkOf,
  openAssessment,
} from '../domain/assessments/store.ts';
import { addDays, dateIn, instantAt } from '../domain/calendar.ts';
import { partnerByNumber } from '../domain/partners.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { currentOf, keptOf, personNumbers } from '../domain/persons.ts';
import type { Tx } from '../storage/store.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const TIME = '09:00';
const EVERY_DAYS = 7;
/** Maximum number of reminders of an open assessment; then it is left to the people. */
const REMINDERS = 4;
const ARCHIVED = 'the partner is archived';
const WEEK_MS = 7 * 86_400_000;
const MONTH_MS = 30 * 86_400_000;

/** The reminder of an open assessment, a week after it began; `nth` counts them from 1. */
export const assessmentReminder = ({ number }: Assessment, zone: string, now: Date, nth = 1): Planned =>
  planned('assessment_open', `${number}:${nth}`, instantAt(addDays(dateIn(now, zone), EVERY_DAYS), TIME, zone));

/** The reminder to assess again, on the same day of the next year; of the 29th of February on the 28th. */
export function assessAgain({ number }: Assessment, closedAt: Date, zone: string): Planned {
  const [year, month, day] = dateIn(closedAt, zone).split('-');
  const wanted = `${month}-${day}` === '02-29' ? '02-28' : `${month}-${day}`;
  return planned('assessment_again', String(number), instantAt(`${Number(year) + 1}-${wanted}`, TIME, zone));
}

/** Finds the people who began to answer, have not finished, and may still answer; each once. */
async function waitedFor(tx: Tx, assessment: Assessment, of: number): Promise<number[]> {
  const { answers } = await answersByPerson(tx, assessment);
  const counts = new Map<number, number>();
  for (const { member } of answers) counts.set(member, (counts.get(member) ?? 0) + 1);
  const kept = await keptOf(tx, assessment.forumId);
  const found = new Set<number>();
  for (const [person, n] of counts) {
    const member = n < of ? await entitled(tx, assessment.forumId, kept, person) : null;
    if (member !== null) found.add(member);
  }
  return [...found];
}

/**
 * The number of a person that may answer: the first of all their accounts that sits or coordinates. A link that does
 * not lend rights yet leaves them with accounts that may and accounts that may not.
 */
async function entitled(
  tx: Tx,
  forumId: string,
  kept: ReadonlyMap<number, number>,
  person: number,
): Promise<number | null> {
  const numbers = (await personNumbers(tx, forumId, person)).map(number => currentOf(kept, number));
  for (const number of new Set(numbers)) {
    const member = await memberByNumber(tx, forumId, number);
    const actor = member && (await actorOf(tx, member));
    if (actor && (actor.seat || actor.coordinator)) return actor.member;
  }
  return null;
}

/** Tells whether what is assessed is a partner that was archived meanwhile. */
const isArchived = async (tx: Tx, { forumId, partner }: Assessment): Promise<boolean> =>
  partner !== null && ((await partnerByNumber(tx, forumId, partner))?.archivedAt ?? null) !== null;

/** Reminds those who began and have not finished, and the coordinators that it is still open. */
async function stillOpen(job: JobContext): Promise<JobResult> {
  const { tx, forum, forumId, occurrence, now } = job;
  const [number, nth] = occurrence.subject.split(':').map(Number) as [number, number];
  const found = await assessmentByNumber(tx, forumId, number);
  if (!found || found.closedAt) return { suppressed: 'closed' };
  if (await isArchived(tx, found)) return { suppressed: ARCHIVED };
  const of = questionsOf(await frameworkOf(tx, found)).length;
  const unfinished = await waitedFor(tx, found, of);
  const subject = String(number);
  await job.tell({ kind: 'assessment_waits', subject }, unfinished);
  await job.post({ kind: 'assessment_open', subject }, { purpose: 'coordinators' });
  if (nth < REMINDERS) await plan(tx, forumId, assessmentReminder(found, forum.zone, now, nth + 1));
  return 'done';
}

/** A year has passed since the close: the person who started it and the coordinators are asked to assess again. */
async function again(job: JobContext): Promise<JobResult> {
  const { tx, forumId, occurrence } = job;
  const found = await assessmentByNumber(tx, forumId, Number(occurrence.subject));
  if (!found) return { suppressed: 'gone' };
  if (await isArchived(tx, found)) return { suppressed: ARCHIVED };
  if (await openAssessment(tx, forumId, found.key, found)) return { suppressed: 'begun already' };
  const topic = { kind: 'assessment_again', subject: occurrence.subject };
  await job.tell(topic, [found.createdBy]);
  await job.post(topic, { purpose: 'coordinators' });
  return 'done';
}

/** Handlers of everything that falls due about assessments. */
export const assessmentHandlers: Handlers = {
  assessment_open: { windowMs: WEEK_MS, run: stillOpen },
  assessment_again: { windowMs: MONTH_MS, run: again },
};
