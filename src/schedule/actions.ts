import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { actionsDueFrom } from '../domain/actions/lists.ts';
import { isAwaited, whoDoes, whoSees } from '../domain/actions/people.ts';
import type { Action } from '../domain/actions/row.ts';
import { isOpen } from '../domain/actions/rules.ts';
import { actionByNumber, changeAction } from '../domain/actions/store.ts';
import { addDays, dateIn } from '../domain/calendar.ts';
import { putOff } from '../domain/reminders.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import { ACTION_LADDER, instantOfStep, type LadderStep } from './reminder-ladder.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;

/** The reminders of an action that are still to come. What is private is planned under a kind that no list shows. */
export function actionReminders(
  { number, due, isPrivate }: Pick<Action, 'number' | 'due' | 'isPrivate'>,
  zone: string,
  now: Date,
): Planned[] {
  if (due === null) return [];
  return ACTION_LADDER.steps
    .map(step =>
      planned(
        isPrivate ? 'private_action_due' : 'action_due',
        `${number}:${due}:${step.step}`,
        instantOfStep(step, due, zone),
      ),
    )
    .filter(one => one.due >= now);
}

/** Instant at which a person who has put an action's reminders off is reminded of it again. */
export function actionSnooze({ number, isPrivate }: Action, member: number, until: Date): Planned {
  const kind = isPrivate ? 'private_action_snoozed' : 'action_snoozed';
  const subject = `${number}:${member}`;
  return { key: `${kind}:${subject}:${until.toISOString()}`, kind, subject, due: until };
}

/**
 * One step of the ladder. Of several reminders that came due while the bot was away only the latest is said; the
 * coordinators are told however late. All that one person has to do at one time is one message.
 */
async function remind(job: JobContext): Promise<JobResult> {
  const { tx, forum, forumId, now } = job;
  const [number, due = '', name] = job.occurrence.subject.split(':');
  const action = await actionByNumber(tx, forumId, Number(number));
  const at = ACTION_LADDER.steps.findIndex(one => one.step === name);
  const step = ACTION_LADDER.steps[at];
  if (!step) return { missed: 'unknown step' };
  if (!action || !isOpen(action)) return { suppressed: 'done' };
  if (action.due !== due) return { suppressed: 'due on another day' };
  if (!(await isAwaited(tx, action))) return { suppressed: 'not awaited any more' };
  const isDue = (one: LadderStep): boolean => instantOfStep(one, due, forum.zone) <= now;
  const isLaterSaid = ACTION_LADDER.steps.slice(at + 1).some(one => one.kind === 'reminder' && isDue(one));
  if (step.kind === 'reminder' && isLaterSaid) return { suppressed: 'a later step is due' };
  if (step.to.includes('responsible')) await tellResponsible(job, action);
  if (step.to.includes('coordinators')) await escalate(job, action);
  return 'done';
}

async function tellResponsible(job: JobContext, action: Action): Promise<void> {
  const member = await whoDoes(job.tx, action);
  if (member === null) return tellOthers(job, action);
  const slot = job.occurrence.due.toISOString();
  const kind = action.isPrivate ? 'private_actions_due' : 'actions_due';
  await job.post({ kind, subject: slot }, { member }, { occurrence: `${kind}:${slot}~${member}` });
}

/** Reminds somebody of an action that they had put off, as long as they still do it. */
async function snoozed(job: JobContext): Promise<JobResult> {
  const { tx, forumId, now } = job;
  const [number = 0, member = 0] = job.occurrence.subject.split(':').map(Number);
  const action = await actionByNumber(tx, forumId, number);
  if (!action || !isOpen(action)) return { suppressed: 'done' };
  if (!(await isAwaited(tx, action)) || (await whoDoes(tx, action)) !== member)
    return { suppressed: 'not awaited of them any more' };
  if ((await putOff(tx, forumId, member, now)).some(one => one.indicator === 0)) return { suppressed: 'paused' };
  await job.tell({ kind: 'action_reminded', subject: String(number) }, [member]);
  return 'done';
}

/** Tells others of an action: of a private one those who see it and nobody else, of any other the coordinators. */
async function tellOthers(job: JobContext, action: Action, kind = 'action_unclaimed'): Promise<void> {
  const topic = { kind, subject: String(action.number) };
  if (action.isPrivate) await job.tell(topic, await whoSees(job.tx, action));
  else await job.post(topic, { purpose: 'coordinators' });
}

/**
 * Tells the coordinators of all that is late, once a day: what comes due together, or after an outage, is one message.
 */
async function escalate(job: JobContext, action: Action): Promise<void> {
  if (action.isPrivate) return tellOthers(job, action, 'action_late');
  const subject = dateIn(job.now, job.forum.zone);
  const topic = { kind: 'actions_late', subject };
  await job.post(topic, { purpose: 'coordinators' }, { occurrence: `actions_late:${subject}` });
}

/**
 * Finishes what the move of promises and steps to actions left to do, as no statement of a database can: titles as they
 * are searched, the local day of an instant, and the ladder of what is open.
 */
async function moved({ tx, forum, forumId, now }: JobContext): Promise<JobResult> {
  const { actions: a } = tx.tables;
  const rows = await tx
    .select()
    .from(a)
    .where(and(eq(a.forumId, forumId), isNotNull(a.item)))
    .orderBy(asc(a.number));
  for (const row of rows)
    await changeAction(tx, row, {
      title: row.title,
      ...(row.doneAt && { doneOn: dateIn(row.doneAt, forum.zone) }),
    });
  const last = ACTION_LADDER.steps.at(-1)!.offset;
  const since = addDays(dateIn(now, forum.zone), 'days' in last ? -last.days : 0);
  const open = await actionsDueFrom(tx, forumId, since);
  await plan(tx, forumId, ...open.flatMap(one => actionReminders(one, forum.zone, now)));
  return 'done';
}

/** Handlers of everything that falls due about actions. */
export const actionHandlers: Handlers = {
  action_due: { windowMs: EVER, run: remind },
  private_action_due: { windowMs: EVER, run: remind },
  action_snoozed: { windowMs: EVER, run: snoozed },
  private_action_snoozed: { windowMs: EVER, run: snoozed },
  actions_moved: { windowMs: EVER, run: moved },
};
