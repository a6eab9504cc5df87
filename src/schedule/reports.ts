import { and, eq, like } from 'drizzle-orm';
import { dateIn, instantAt } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import {
  type Deadlines,
  deadlinesOf,
  nextPeriod,
  type Period,
  periodOf,
  periodOfKey,
  previousPeriod,
} from '../domain/indicators/periods.ts';
import { type Indicator, indicatorByNumber, reportsOf, responsibleFor, WHOLE } from '../domain/indicators/store.ts';
import { seatsOf } from '../domain/partners.ts';
import { coordinators } from '../domain/people.ts';
import { isPending } from '../storage/literal.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { daysOff } from './days-off.ts';
import { instantOfStep, REPORT_LADDER } from './ladder.ts';
import { type Planned, plan, planned } from './occurrences.ts';
import type { Done, Duty, Handlers } from './run.ts';

const EVER = Number.POSITIVE_INFINITY;
const DAY_MS = 86_400_000;

/**
 * The deadlines of a period's report in a forum. For a period that was over when the indicator was agreed they count
 * from then: what came before may be filled in.
 */
export function reportDeadlines(
  forum: Forum,
  indicator: Indicator,
  period: Pick<Period, 'end'>,
  off: ReadonlySet<string>,
): Deadlines {
  const rule = { dueDaysAfter: indicator.dueDays, lateDaysAfter: 0, lockDaysAfter: indicator.lockDays };
  const deadlines = deadlinesOf(period, rule, forum.zone, off);
  if (indicator.createdAt < deadlines.late) return deadlines;
  const fillIn = new Date(indicator.createdAt.getTime() + indicator.lockDays * DAY_MS);
  return { ...deadlines, late: fillIn, lock: fillIn };
}

/** The ladder of one period's report, and the row that plans the next period's once this one has ended. */
export async function ladderOf(db: Reader, forum: Forum, indicator: Indicator, period: Period): Promise<Planned[]> {
  const off = await daysOff(db, forum.id);
  const { due } = reportDeadlines(forum, indicator, period, off);
  const steps = REPORT_LADDER.steps.map(step => {
    const at = instantOfStep(step, due, forum.zone, off);
    const subject = `${indicator.number}:${period.key}:${step.step}`;
    return planned('report_due', subject, at);
  });
  const next = nextPeriod(period);
  const begins = instantAt(next.start, '00:00', forum.zone);
  const subject = `${indicator.number}:${next.key}`;
  return [...steps, planned('period', subject, begins)];
}

/**
 * Plans an indicator's reminders: of the period of a local date, and of the one before where it was agreed by then.
 * Steps that have passed are not planned.
 */
export async function planReports(db: Reader, forum: Forum, indicator: Indicator, now: Date): Promise<Planned[]> {
  const period = periodOf(dateIn(now, forum.zone), indicator.frequency);
  const wanted = await ladderOf(db, forum, indicator, period);
  if (dateIn(indicator.createdAt, forum.zone) < period.start)
    wanted.push(...(await ladderOf(db, forum, indicator, previousPeriod(period))));
  return wanted.filter(one => one.due >= now);
}

/** Takes back the reminders of an indicator's reports that are still to come. */
export async function forgetReminders(
  tx: Tx,
  { forumId, number }: Indicator,
  reason: string,
  now: Date,
): Promise<void> {
  const { occurrences: o } = tx.tables;
  await tx
    .update(o)
    .set({ state: 'suppressed', reason, leasedUntil: null, doneAt: now })
    .where(and(eq(o.forumId, forumId), eq(o.kind, 'report_due'), like(o.subject, `${number}:%`), isPending(o.state)));
}

async function subjectOf(duty: Duty): Promise<{ indicator: Indicator; period: Period; step: string } | null> {
  const [number, key = '', step = ''] = duty.occurrence.subject.split(':');
  const indicator = await indicatorByNumber(duty.tx, duty.forumId, Number(number));
  const period = periodOfKey(key);
  return indicator && !indicator.retiredAt && period ? { indicator, period, step } : null;
}

/** A new period begins: its ladder is planned, in the same unit of work that ends this row. */
async function begins(duty: Duty): Promise<Done> {
  const found = await subjectOf(duty);
  if (!found) return { suppressed: 'retired' };
  await plan(duty.tx, duty.forumId, ...(await ladderOf(duty.tx, duty.forum, found.indicator, found.period)));
  return 'done';
}

/** From when on people are reminded of a period's report: it may be before the period has ended. */
export const remindedFrom = (forum: Forum, { due }: Deadlines, off: ReadonlySet<string>): Date =>
  instantOfStep(REPORT_LADDER.steps[0]!, due, forum.zone, off);

/** The partners whose report for a period is still owed. */
export async function owing(
  db: Reader,
  indicator: Indicator,
  period: string,
): Promise<{ partner: number; member: number | null }[]> {
  const { forumId, number } = indicator;
  const responsible = await responsibleFor(db, forumId, number);
  const expected = responsible.length ? responsible : [{ partner: WHOLE, member: null }];
  const made = await reportsOf(db, forumId, { indicator: number, periods: [period] });
  const done = new Set(made.filter(report => report.state === 'submitted').map(report => report.partner));
  return expected.filter(one => !done.has(one.partner)).map(({ partner, member }) => ({ partner, member }));
}

/** The people of a partner who are written to: whoever it was handed to, else representative (and alternate). */
export async function reporters(
  db: Reader,
  forumId: string,
  of: { partner: number; member: number | null },
  deputy: boolean,
): Promise<number[]> {
  if (of.partner === WHOLE) return (await coordinators(db, forumId)).map(one => one.number);
  if (of.member !== null) return [of.member];
  const seats = await seatsOf(db, forumId, of.partner);
  const wanted = seats.filter(one => one.role === 'representative' || (deputy && one.role === 'alternate'));
  return (wanted.length ? wanted : seats).map(one => one.member);
}

/**
 * One step of the ladder. Of several reminders that came due while the bot was away only the latest is said; an
 * escalation is made up for, however late. All that one person owes at one time is one message.
 */
async function remind(duty: Duty): Promise<Done> {
  const found = await subjectOf(duty);
  if (!found) return { suppressed: 'retired' };
  const { indicator, period, step } = found;
  const at = REPORT_LADDER.steps.findIndex(one => one.step === step);
  const ladder = REPORT_LADDER.steps[at];
  if (!ladder) return { missed: 'unknown step' };
  const off = await daysOff(duty.tx, duty.forumId);
  const { due, lock } = reportDeadlines(duty.forum, indicator, period, off);
  if (duty.now >= lock) return { missed: 'locked' };
  const later = REPORT_LADDER.steps
    .slice(at + 1)
    .some(next => instantOfStep(next, due, duty.forum.zone, off) <= duty.now);
  if (later && ladder.kind === 'reminder') return { suppressed: 'a later step is due' };
  const open = await owing(duty.tx, indicator, period.key);
  if (!open.length) return { suppressed: 'reported' };
  const slot = duty.occurrence.due.toISOString();
  for (const one of open)
    for (const member of await reporters(duty.tx, duty.forumId, one, ladder.to.includes('deputy')))
      if (ladder.to.includes('reporter') || ladder.to.includes('deputy'))
        await duty.post(
          { kind: 'reports_due', subject: slot },
          { member },
          { occurrence: `reports_due:${slot}~${member}` },
        );
  const subject = `${indicator.number}:${period.key}`;
  if (ladder.to.includes('coordinators'))
    await duty.post({ kind: 'report_overdue', subject }, { purpose: 'coordinators' });
  if (ladder.to.includes('forum_channel'))
    await duty.post({ kind: 'report_overdue', subject }, { purpose: 'announce' });
  return 'done';
}

/** A reminder that was put off comes back, unless it was answered meanwhile. */
async function snoozed(duty: Duty): Promise<Done> {
  const [number, key = '', member] = duty.occurrence.subject.split(':');
  const indicator = await indicatorByNumber(duty.tx, duty.forumId, Number(number));
  if (!indicator || !(await owing(duty.tx, indicator, key)).length) return { suppressed: 'reported' };
  const { snoozes } = duty.tx.tables;
  await duty.tx
    .delete(snoozes)
    .where(
      and(
        eq(snoozes.forumId, duty.forumId),
        eq(snoozes.member, Number(member)),
        eq(snoozes.indicator, indicator.number),
        eq(snoozes.period, key),
      ),
    );
  const slot = duty.occurrence.due.toISOString();
  const occurrence = `reports_due:${slot}~${member}`;
  await duty.post({ kind: 'reports_due', subject: slot }, { member: Number(member) }, { occurrence });
  return 'done';
}

/** What falls due about indicators: periods that begin, the ladder of their reports, and what was put off. */
export const reportHandlers: Handlers = {
  period: { windowMs: EVER, run: begins },
  report_due: { windowMs: EVER, run: remind },
  report_snoozed: { windowMs: EVER, run: snoozed },
};
