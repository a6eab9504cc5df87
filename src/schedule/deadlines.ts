import { addDays, dateIn, instantAt } from '../domain/calendar.ts';
import { type Goal, goalByNumber } from '../domain/goals.ts';
import { type Issue, issueByNumber, mediatorsOf, OPEN } from '../domain/issues/store.ts';
import { speakerOf } from '../domain/partners.ts';
import { type Planned, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const TIME = '09:00';
/** Maximum delay of a message, ms; what is later is the digest's to tell. */
const WEEK_MS = 7 * 86_400_000;

/** The one reminder of a day by which something is to be done: on the morning before it, else on its own. */
function reminderOf(kind: string, number: number, due: string | null, zone: string, now: Date): Planned[] {
  if (due === null) return [];
  const before = addDays(due, -1);
  const at = instantAt(before > dateIn(now, zone) ? before : due, TIME, zone);
  return at < now ? [] : [planned(kind, `${number}:${due}`, at)];
}

/** The reminder of an issue's day; of a private one nothing is listed. */
export const issueReminder = ({ number, due, isPrivate }: Issue, zone: string, now: Date): Planned[] =>
  reminderOf(isPrivate ? 'private_issue_due' : 'issue_due', number, due, zone, now);

/** The reminder of a goal's day. */
export const goalReminder = ({ number, due }: Goal, zone: string, now: Date): Planned[] =>
  reminderOf('goal_due', number, due, zone, now);

/** Returns who is to be reminded of an issue: its owner, else the person who mediates it or speaks for its partner. */
async function responsibleFor({ tx, forumId }: JobContext, issue: Issue): Promise<number[]> {
  if (issue.owner !== null) return [issue.owner];
  if (issue.isPrivate) return (await mediatorsOf(tx, forumId, issue.number)).map(one => one.number);
  const speaker = issue.partner === null ? null : await speakerOf(tx, forumId, issue.partner);
  return speaker === null ? [] : [speaker];
}

async function issueDue(job: JobContext): Promise<JobResult> {
  const [number = '', due] = job.occurrence.subject.split(':');
  const issue = await issueByNumber(job.tx, job.forumId, Number(number));
  if (!issue || issue.due !== due) return { suppressed: 'due on another day' };
  if (!OPEN.includes(issue.state)) return { suppressed: 'resolved' };
  const people = await responsibleFor(job, issue);
  const topic = { kind: 'issue_due', subject: number };
  await job.tell(topic, people);
  if (!people.length && !issue.isPrivate) await job.post(topic, { purpose: 'coordinators' });
  return 'done';
}

async function goalDue(job: JobContext): Promise<JobResult> {
  const [number = '', due] = job.occurrence.subject.split(':');
  const goal = await goalByNumber(job.tx, job.forumId, Number(number));
  if (!goal || goal.closedAt) return { suppressed: 'closed' };
  if (goal.due !== due) return { suppressed: 'due on another day' };
  await job.post({ kind: 'goal_due', subject: number }, { purpose: 'coordinators' });
  return 'done';
}

/** Handles days by which an issue or a goal is to be done. */
export const deadlineHandlers: Handlers = {
  issue_due: { windowMs: WEEK_MS, run: issueDue },
  private_issue_due: { windowMs: WEEK_MS, run: issueDue },
  goal_due: { windowMs: WEEK_MS, run: goalDue },
};
