import { type Activity, activityByNumber } from '../domain/activities.ts';
import { addDays, instantAt } from '../domain/calendar.ts';
import { attendanceOf } from '../domain/engagement/attendance.ts';
import { closePulse, type Pulse, pulseByNumber } from '../domain/engagement/pulse.ts';
import { type Review, type ReviewNote, reviewByNumber } from '../domain/engagement/reviews.ts';
import { speakerOf } from '../domain/partners.ts';
import { type Planned, planned } from './occurrences.ts';
import type { Done, Duty, Handlers } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const TIME = '09:00';

/** The reminder of an activity on the day before it, if that is still to come. */
export function activityReminder({ number, date }: Activity, zone: string, now: Date): Planned[] {
  const subject = `${number}:${date}`;
  const due = instantAt(addDays(date, -1), TIME, zone);
  return due < now ? [] : [planned('activity_tomorrow', subject, due)];
}

/** The end of a survey. */
export const pulseEnd = ({ number, closesAt }: Pulse): Planned => planned('pulse_closes', String(number), closesAt);

/** The reminder of a step that a review has agreed, on its day. */
export function stepReminder(review: Review, { seq, due }: ReviewNote, zone: string, now: Date): Planned[] {
  if (due === null) return [];
  const at = instantAt(due, TIME, zone);
  const subject = `${review.number}:${seq}`;
  return at < now ? [] : [planned('review_step', subject, at)];
}

async function tomorrow(duty: Duty): Promise<Done> {
  const [number, date] = duty.occurrence.subject.split(':');
  const activity = await activityByNumber(duty.tx, duty.forumId, Number(number));
  if (activity?.state !== 'planned') return { suppressed: 'not planned any more' };
  if (activity.date !== date) return { suppressed: 'moved to another day' };
  const coming = (await attendanceOf(duty.tx, activity)).filter(one => one.answer !== 'no');
  for (const one of coming) {
    const member = one.answeredBy ?? (await speakerOf(duty.tx, duty.forumId, one.partner));
    const topic = { kind: 'activity_tomorrow', subject: String(activity.number) };
    if (member !== null) await duty.post(topic, { member }, { part: `~${member}` });
  }
  return coming.length ? 'done' : { suppressed: 'nobody comes' };
}

async function pulseCloses(duty: Duty): Promise<Done> {
  const pulse = await pulseByNumber(duty.tx, duty.forumId, Number(duty.occurrence.subject));
  if (!pulse || pulse.closedAt) return { suppressed: 'closed already' };
  await closePulse(duty.tx, pulse, duty.now);
  await duty.post({ kind: 'pulse_result', subject: String(pulse.number) }, { purpose: 'announce' });
  return 'done';
}

async function step(duty: Duty): Promise<Done> {
  const review = await reviewByNumber(duty.tx, duty.forumId, Number(duty.occurrence.subject.split(':')[0]));
  if (!review || review.closedAt) return { suppressed: 'ended' };
  const speaker = await speakerOf(duty.tx, duty.forumId, review.partner);
  const people = new Set([speaker, review.mediator, review.openedBy].filter(one => one !== null));
  const topic = { kind: 'review', subject: String(review.number) };
  for (const member of people) await duty.post(topic, { member }, { part: `~${member}` });
  return 'done';
}

/** What falls due about taking part. A reminder of tomorrow is worth a day, the end of a survey is never missed. */
export const engagementHandlers: Handlers = {
  activity_tomorrow: { windowMs: DAY_MS / 2, run: tomorrow },
  pulse_closes: { windowMs: EVER, run: pulseCloses },
  review_step: { windowMs: WEEK_MS, run: step },
};
