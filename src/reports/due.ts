import { dateIn, type Span } from '../domain/calendar.ts';
import type { Forum } from '../domain/forums.ts';
import { type Period, periodOfKey, periodsBetween } from '../domain/indicators/periods.ts';
import { listIndicators, reportsOf, responsibleFor } from '../domain/indicators/store.ts';
import type { Look } from '../views/look.ts';

/**
 * How many reports are in of those that were due: of the periods that ended within a time, until yesterday. That there is
 * no data is a report as well. What was over before an indicator was agreed may be filled in, but was not due.
 */
export async function reportsInOfDue(
  { db, forumId, now }: Pick<Look, 'db' | 'forumId' | 'now'>,
  forum: Forum,
  { from, to }: Span,
): Promise<{ made: number; due: number }> {
  const today = dateIn(now, forum.zone);
  const ended = ({ end }: Period): boolean => end >= from && end <= to && end < today;
  const sum = { made: 0, due: 0 };
  for (const { number, frequency, createdAt } of await listIndicators(db, forumId)) {
    const agreed = dateIn(createdAt, forum.zone);
    const expected = Math.max(1, (await responsibleFor(db, forumId, number)).length);
    const made = (await reportsOf(db, forumId, { indicator: number })).filter(report => {
      const period = periodOfKey(report.period);
      return report.state === 'submitted' && period && ended(period);
    });
    const periods = periodsBetween(from > agreed ? from : agreed, to < today ? to : today, frequency).filter(ended);
    const missing = periods.map(({ key }) => expected - made.filter(report => report.period === key).length);
    sum.made += made.length;
    sum.due += made.length + missing.reduce((all, n) => all + Math.max(0, n), 0);
  }
  return sum;
}
