import { and, eq } from 'drizzle-orm';
import { addDays, dateIn, instantAt } from '../domain/calendar.ts';
import { grouped } from '../domain/grouped.ts';
import type { DaysOff } from '../domain/holidays.ts';
import { fillingOf } from '../domain/indicators/filling.ts';
import { expectedOf } from '../domain/indicators/owed.ts';
import { type Deadlines, type Period, periodOfKey, previousPeriod } from '../domain/indicators/periods.ts';
import { deadlinesIn, type IndicatorRecord, recordOf } from '../domain/indicators/record.ts';
import type { Indicator } from '../domain/indicators/row.ts';
import { indicatorByNumber, responsibleFor, WHOLE } from '../domain/indicators/store.ts';
import { periodAt, termsOf } from '../domain/indicators/terms.ts';
import { refresh } from '../domain/indicators/versions.ts';
import { coordinators } from '../domain/people.ts';
import { everySeat } from '../domain/seats.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { type Planned, plan, planned, unplanAll } from './occurrences.ts';
import { instantOfStep, REPORT_LADDER } from './reminder-ladder.ts';
import type { Handlers, JobContext, JobResult } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;

/** The ladder of one period's report, and the row that plans the next period's once this one has ended. */
function ladderOf(record: IndicatorRecord, period: Period): Planned[] {
  const { indicator, zone, off } = record;
  const { due } = deadlinesIn(record, period);
  const steps = REPORT_LADDER.steps.map(step => {
    const at = instantOfStep(step, due, zone, off.likely);
    const subject = `${indicator.number}:${period.key}:${step.step}`;
    return planned('report_due', subject, at);
  });
  const next = periodAt(record, addDays(period.end, 1));
  const begins = instantAt(addDays(period.end, 1), '00:00', zone);
  return [...steps, planned('period', `${indicator.number}:${next.key}`, begins)];
}

/**
 * Plans an indicator's reminders: of the period of a local date, and of the one before where it was agreed by then.
 * Steps that have passed are not planned.
 */
export async function planReports(db: Reader, indicator: Indicator, now: Date): Promise<Planned[]> {
  const record = await recordOf(db, indicator);
  const period = periodAt(record, dateIn(now, record.zone));
  const wanted = ladderOf(record, period);
  if (record.agreed < period.start) wanted.push(...ladderOf(record, periodAt(record, addDays(period.start, -1))));
  return wanted.filter(one => one.due >= now);
}

/** Takes back the reminders of an indicator's reports that are still to come. */
export const forgetReminders = (tx: Tx, { forumId, number }: Indicator, reason: string, now: Date): Promise<void> =>
  unplanAll(tx, forumId, 'report_due', `${number}:`, reason, now);

async function subjectOf(job: JobContext): Promise<{ indicator: Indicator; period: Period; step: string } | null> {
  const [number, key = '', step = ''] = job.occurrence.subject.split(':');
  const indicator = await indicatorByNumber(job.tx, job.forumId, Number(number));
  const period = periodOfKey(key);
  return indicator && !indicator.retiredAt && period ? { indicator, period, step } : null;
}

/** A new period begins: its ladder is planned, in the same unit of work that ends this row. */
async function begins(job: JobContext): Promise<JobResult> {
  const found = await subjectOf(job);
  if (!found) return { suppressed: 'retired' };
  const record = await recordOf(job.tx, found.indicator);
  if (periodAt(record, found.period.end).key !== found.period.key) return { suppressed: 'reported by other periods' };
  await plan(job.tx, job.forumId, ...ladderOf(record, found.period));
  await offerDrafts(job, record, previousPeriod(found.period));
  return 'done';
}

/** Local time at which drafts of a period that is over come: all that one person is to look at is one message. */
const DRAFTS_AT = '09:00';

/** Tells the reporters of an indicator that fills itself, on the day after a period, what the record makes of it. */
async function offerDrafts(job: JobContext, record: IndicatorRecord, over: Period): Promise<void> {
  const { indicator, zone } = record;
  const open = fillingOf(termsOf(record, over), over) ? owing(record, over) : [];
  if (!open.length) return;
  const at = instantAt(addDays(over.end, 1), DRAFTS_AT, zone);
  const reporters = await reportersIn(job.tx, job.forumId);
  for (const partner of open)
    for (const member of reporters({ indicator: indicator.number, partner }, false))
      await job.post(
        { kind: 'reports_due', subject: at.toISOString() },
        { member },
        { occurrence: `reports_due:${at.toISOString()}~${member}`, due: at },
      );
}

/** Applies terms that hold from this day on: the indicator's own row is brought up to them. */
async function termsHold(job: JobContext): Promise<JobResult> {
  const [number] = job.occurrence.subject.split(':');
  const indicator = await indicatorByNumber(job.tx, job.forumId, Number(number));
  if (!indicator) return { suppressed: 'gone' };
  await refresh(job.tx, indicator, dateIn(job.now, job.forum.zone));
  return 'done';
}

/** Returns the instant from which people are reminded of a period's report: it may be before the period has ended. */
export const remindedFrom = (zone: string, { due }: Deadlines, off: DaysOff): Date =>
  instantOfStep(REPORT_LADDER.steps[0]!, due, zone, off.likely);

/** The partners whose report for a period is still owed. */
const owing = (record: IndicatorRecord, { end }: Period): number[] =>
  expectedOf(record, end, end)
    // An archived partner owes nothing any more.
    .filter(one => !one.made && !record.archived.has(one.partner))
    .map(one => one.partner);

/**
 * The people who are written to about an indicator's reports: the person to whom a partner handed it, else its
 * representative (and alternate), else all who sit for it; the coordinators for what the forum reports as a whole.
 */
export async function reportersIn(
  db: Reader,
  forumId: string,
): Promise<(of: { indicator: number; partner: number }, deputy: boolean) => number[]> {
  const handed = await responsibleFor(db, forumId);
  const seats = await everySeat(db, forumId);
  const whole = (await coordinators(db, forumId)).map(one => one.number);
  const seated = grouped(seats, one => one.partner);
  const named = new Map(handed.map(one => [`${one.indicator}:${one.partner}`, one.member]));
  return ({ indicator, partner }, deputy) => {
    if (partner === WHOLE) return whole;
    const one = named.get(`${indicator}:${partner}`) ?? null;
    if (one !== null) return [one];
    const all = seated.get(partner) ?? [];
    const wanted = all.filter(({ role }) => role === 'representative' || (deputy && role === 'alternate'));
    return (wanted.length ? wanted : all).map(({ member }) => member);
  };
}

/**
 * One step of the ladder. Of several reminders that came due while the bot was away only the latest is said; an
 * escalation is made up for, however late. All that one person owes at one time is one message.
 */
async function remind(job: JobContext): Promise<JobResult> {
  const found = await subjectOf(job);
  if (!found) return { suppressed: 'retired' };
  const { indicator, period, step } = found;
  const at = REPORT_LADDER.steps.findIndex(one => one.step === step);
  const ladder = REPORT_LADDER.steps[at];
  if (!ladder) return { missed: 'unknown step' };
  const record = await recordOf(job.tx, indicator);
  const { zone, off } = record;
  const { due, lock } = deadlinesIn(record, period);
  if (job.now >= lock) return { missed: 'locked' };
  const later = REPORT_LADDER.steps.slice(at + 1).some(next => instantOfStep(next, due, zone, off.likely) <= job.now);
  if (later && ladder.kind === 'reminder') return { suppressed: 'a later step is due' };
  const open = owing(record, period);
  if (!open.length) return { suppressed: 'reported' };
  const slot = job.occurrence.due.toISOString();
  const reporters = await reportersIn(job.tx, job.forumId);
  for (const partner of open)
    for (const member of reporters({ indicator: indicator.number, partner }, ladder.to.includes('deputy')))
      if (ladder.to.includes('responsible') || ladder.to.includes('deputy'))
        await job.post(
          { kind: 'reports_due', subject: slot },
          { member },
          { occurrence: `reports_due:${slot}~${member}` },
        );
  if (ladder.to.includes('coordinators')) await escalate(job);
  return 'done';
}

/** Tells the coordinators of all that is overdue, once a day: what comes due together, or after an outage, is one message. */
async function escalate({ post, forum, now }: JobContext): Promise<void> {
  const subject = dateIn(now, forum.zone);
  await post(
    { kind: 'reports_overdue', subject },
    { purpose: 'coordinators' },
    { occurrence: `reports_overdue:${subject}` },
  );
}

/** A reminder that was put off comes back, unless it was answered meanwhile. */
async function snoozed(job: JobContext): Promise<JobResult> {
  const [number, key = '', member] = job.occurrence.subject.split(':');
  const indicator = await indicatorByNumber(job.tx, job.forumId, Number(number));
  const period = periodOfKey(key);
  if (!indicator || !period || !owing(await recordOf(job.tx, indicator), period).length)
    return { suppressed: 'reported' };
  const { snoozes } = job.tx.tables;
  await job.tx
    .delete(snoozes)
    .where(
      and(
        eq(snoozes.forumId, job.forumId),
        eq(snoozes.member, Number(member)),
        eq(snoozes.indicator, indicator.number),
        eq(snoozes.period, key),
      ),
    );
  const slot = job.occurrence.due.toISOString();
  const occurrence = `reports_due:${slot}~${member}`;
  await job.post({ kind: 'reports_due', subject: slot }, { member: Number(member) }, { occurrence });
  return 'done';
}

/** Handles indicators: periods that begin, the ladder of their reports, and what was put off. */
export const reportHandlers: Handlers = {
  period: { windowMs: EVER, run: begins },
  indicator_terms: { windowMs: EVER, run: termsHold },
  report_due: { windowMs: EVER, run: remind },
  report_snoozed: { windowMs: EVER, run: snoozed },
};
