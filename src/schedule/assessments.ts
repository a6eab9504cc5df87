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
import { currentOf, keptOf } from '../domain/persons.ts';
import type { Tx } from '../storage/store.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const TIME = '09:00';
const EVERY_DAYS = 7;
/** An assessment that is open is reminded of so often; then it is left to the people. */
const REMINDERS = 4;
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

/** Finds the people who began to answer, have not finished, and may still answer. */
async function waitedFor(tx: Tx, assessment: Assessment, of: number): Promise<number[]> {
  const { answers } = await answersByPerson(tx, assessment);
  const counts = new Map<number, number>();
  for (const { member } of answers) counts.set(member, (counts.get(member) ?? 0) + 1);
  const kept = await keptOf(tx, assessment.forumId);
  const found: number[] = [];
  for (const [person, n] of counts) {
    if (n >= of) continue;
    const member = await memberByNumber(tx, assessment.forumId, currentOf(kept, person));
    const actor = member && (await actorOf(tx, member));
    if (actor && (actor.seat || actor.coordinator)) found.push(actor.member);
  }
  return found;
}

/** Reminds those who began and have not finished, and the coordinators that it is still open. */
async function stillOpen(duty: JobContext): Promise<JobResult> {
  const { tx, forum, forumId, occurrence, now } = duty;
  const [number, nth] = occurrence.subject.split(':').map(Number) as [number, number];
  const found = await assessmentByNumber(tx, forumId, number);
  if (!found || found.closedAt) return { suppressed: 'closed' };
  const of = questionsOf(await frameworkOf(tx, found)).length;
  const unfinished = await waitedFor(tx, found, of);
  const subject = String(number);
  await duty.tell({ kind: 'assessment_waits', subject }, unfinished);
  await duty.post({ kind: 'assessment_open', subject }, { purpose: 'coordinators' });
  if (nth < REMINDERS) await plan(tx, forumId, assessmentReminder(found, forum.zone, now, nth + 1));
  return 'done';
}

/** A year has passed since the close: whoever started it and the coordinators are asked to assess again. */
async function again(duty: JobContext): Promise<JobResult> {
  const { tx, forumId, occurrence } = duty;
  const found = await assessmentByNumber(tx, forumId, Number(occurrence.subject));
  if (!found) return { suppressed: 'gone' };
  const partner = found.partner === null ? null : await partnerByNumber(tx, forumId, found.partner);
  if (partner?.archivedAt) return { suppressed: 'the partner is archived' };
  if (await openAssessment(tx, forumId, found.key, found)) return { suppressed: 'begun already' };
  const topic = { kind: 'assessment_again', subject: occurrence.subject };
  await duty.tell(topic, [found.createdBy]);
  await duty.post(topic, { purpose: 'coordinators' });
  return 'done';
}

/** Handlers of everything that falls due about assessments. */
export const assessmentHandlers: Handlers = {
  assessment_open: { windowMs: WEEK_MS, run: stillOpen },
  assessment_again: { windowMs: MONTH_MS, run: again },
};
