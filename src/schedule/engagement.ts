import { and, eq, like } from 'drizzle-orm';
import { type Activity, activityByNumber } from '../domain/activities.ts';
import { addDays, dateIn, instantAt, nextWorkingDay } from '../domain/calendar.ts';
import { daysOff } from '../domain/days-off.ts';
import { attendanceOf } from '../domain/engagement/attendance.ts';
import {
  askedBy,
  closePulse,
  openOne,
  openPulse,
  type Pulse,
  pulseByNumber,
  pulseCloses,
} from '../domain/engagement/pulse.ts';
import { nextPeriod, periodOf } from '../domain/indicators/periods.ts';
import { inviteesOf } from '../domain/meetings/invitees.ts';
import { type Partner, partnerByNumber, speakerOf } from '../domain/partners.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { startOf } from '../domain/slots.ts';
import { isPending } from '../storage/literal.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
const DAY_MS = 86_400_000;
const TIME = '09:00';

/** Time before what begins at an hour at which those who come are reminded once more, ms. */
const SOON_MS = 2 * 3_600_000;

/**
 * The reminders of an activity that are still to come: on the day before it and, where it has an hour, two hours
 * before. The subject holds when it was to begin, so that those of what has been moved are suppressed.
 */
export function activityReminders(activity: Activity, zone: string, now: Date): Planned[] {
  const { number, date, time } = activity;
  const before = planned('activity_tomorrow', `${number}:${date}`, instantAt(addDays(date, -1), TIME, zone));
  if (time === null) return before.due < now ? [] : [before];
  const begins = startOf(activity, zone);
  const soon = planned('activity_soon', `${number}:${begins.getTime()}`, new Date(begins.getTime() - SOON_MS));
  return [before, soon].filter(one => one.due >= now);
}

/** The end of a survey. */
export const pulseEnd = ({ number, closesAt }: Pulse): Planned => planned('pulse_closes', String(number), closesAt);

/** Instant at which the coordinators are reminded to ask a candidate partner. */
export const followUpOf = ({ number }: Partner, day: string, zone: string): Planned =>
  planned('candidate', `${number}:${day}`, instantAt(day, TIME, zone));

async function followsUp(job: JobContext): Promise<JobResult> {
  const [number = '', day = ''] = job.occurrence.subject.split(':');
  const partner = await partnerByNumber(job.tx, job.forumId, Number(number));
  if (!partner?.candidateSince || partner.archivedAt) return { suppressed: 'answered' };
  const later = await laterFollowUp(job, number, day);
  if (later) return { suppressed: 'asked later' };
  await job.post({ kind: 'candidate', subject: number }, { purpose: 'coordinators' });
  return 'done';
}

/** Tells whether the coordinators wanted to be reminded on a later day instead. */
async function laterFollowUp({ tx, forumId }: JobContext, number: string, day: string): Promise<boolean> {
  const { occurrences: o } = tx.tables;
  const rows = await tx
    .select({ subject: o.subject })
    .from(o)
    .where(and(eq(o.forumId, forumId), eq(o.kind, 'candidate'), like(o.subject, `${number}:%`), isPending(o.state)));
  return rows.some(row => row.subject > `${number}:${day}`);
}

/** Instant at which the next quarterly survey opens: on the first working day of the quarter after a local date. */
export function nextPulse(today: string, zone: string, off: ReadonlySet<string>): Planned {
  const { start } = nextPeriod(periodOf(today, 'quarterly'));
  return pulseOn(nextWorkingDay(start, off), zone);
}

/** The quarterly survey that opens on a local date. */
export const pulseOn = (day: string, zone: string): Planned => planned('pulse_opens', day, instantAt(day, TIME, zone));

/** Opens the survey of a quarter, unless one is open or the quarter is well under way; the next is planned with it. */
async function pulseOpens(job: JobContext): Promise<JobResult> {
  const { tx, forum, forumId, now, occurrence } = job;
  if (!forum.settings.quarterlyPulse) return { suppressed: 'switched off' };
  await plan(tx, forumId, nextPulse(dateIn(now, forum.zone), forum.zone, await daysOff(tx, forumId)));
  if (now.getTime() - occurrence.due.getTime() > 30 * DAY_MS) return { missed: 'too late' };
  if (await openOne(tx, forumId)) return { suppressed: 'one is open' };
  const made = await openPulse(tx, forumId, pulseCloses(now), job.newId(), now);
  await plan(tx, forumId, pulseEnd(made));
  await job.record({ kind: 'pulse.opened', thing: 'forum', number: 0 });
  await job.tell({ kind: 'pulse', subject: String(made.number) }, await askedBy(tx, forumId));
  return 'done';
}

async function tomorrow(job: JobContext): Promise<JobResult> {
  const [number, date] = job.occurrence.subject.split(':');
  const activity = await activityByNumber(job.tx, job.forumId, Number(number));
  if (activity?.state !== 'planned') return { suppressed: 'not planned any more' };
  if (activity.date !== date) return { suppressed: 'moved to another day' };
  return remind(job, activity, 'activity_tomorrow');
}

async function soon(job: JobContext): Promise<JobResult> {
  const [number, begins] = job.occurrence.subject.split(':').map(Number);
  const activity = await activityByNumber(job.tx, job.forumId, number ?? 0);
  if (activity?.state !== 'planned') return { suppressed: 'not planned any more' };
  if (startOf(activity, job.forum.zone).getTime() !== begins) return { suppressed: 'moved to another hour' };
  return remind(job, activity, 'activity_soon');
}

/** Reminds those who come to an activity, or have not said that they do not. */
async function remind(job: JobContext, activity: Activity, kind: string): Promise<JobResult> {
  const coming = (await attendanceOf(job.tx, activity)).filter(one => one.answer !== 'no');
  const persons = (await inviteesOf(job.tx, activity)).filter(one => one.answer !== 'no');
  const members = new Set(persons.map(one => one.member));
  for (const one of coming) {
    const member = await comingFor(job, one);
    if (member !== null) members.add(member);
  }
  await job.tell({ kind, subject: String(activity.number) }, members);
  return members.size ? 'done' : { suppressed: 'nobody comes' };
}

/**
 * Returns who is told for a partner: the person who answered for it, as long as they sit for it, else who speaks for
 * it.
 */
async function comingFor(job: JobContext, one: { partner: number; answeredBy: number | null }): Promise<number | null> {
  const by = one.answeredBy === null ? null : await memberByNumber(job.tx, job.forumId, one.answeredBy);
  if (by && (await actorOf(job.tx, by)).seat?.partner === one.partner) return by.number;
  return speakerOf(job.tx, job.forumId, one.partner);
}

async function pulseEnds(job: JobContext): Promise<JobResult> {
  const pulse = await pulseByNumber(job.tx, job.forumId, Number(job.occurrence.subject));
  if (!pulse || pulse.closedAt) return { suppressed: 'closed already' };
  await closePulse(job.tx, pulse, job.now);
  await job.post({ kind: 'pulse_result', subject: String(pulse.number) }, { purpose: 'announce' });
  return 'done';
}

/** Handles engagement. A reminder of tomorrow is worth a day, the end of a survey is never missed. */
export const engagementHandlers: Handlers = {
  activity_tomorrow: { windowMs: DAY_MS / 2, run: tomorrow },
  activity_soon: { windowMs: SOON_MS, run: soon },
  pulse_opens: { windowMs: EVER, run: pulseOpens },
  candidate: { windowMs: EVER, run: followsUp },
  pulse_closes: { windowMs: EVER, run: pulseEnds },
};
