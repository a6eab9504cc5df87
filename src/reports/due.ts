import type { RenderContext } from '../contract/render-context.ts';
import { dateIn, type Span } from '../domain/calendar.ts';
import { expectedOf } from '../domain/indicators/owed.ts';
import { periodOfKey } from '../domain/indicators/periods.ts';
import { recordsOf } from '../domain/indicators/record.ts';
import { listIndicators } from '../domain/indicators/store.ts';
import { shareTurn } from '../runtime/event-loop.ts';

/**
 * Counts the reports that are in of those that are or have fallen due: of the periods that ended within a time, those
 * whose day has passed and those that were made before it. What was over before an indicator was agreed is not owed;
 * where it was filled in, it counts as in.
 */
export async function reportsInOfDue(
  { db, forumId, now }: Pick<RenderContext, 'db' | 'forumId' | 'now'>,
  { from, to }: Span,
): Promise<{ made: number; due: number }> {
  const sum = { made: 0, due: 0 };
  for (const record of await recordsOf(db, await listIndicators(db, forumId), from)) {
    const today = dateIn(now, record.zone);
    const filledIn = record.reports.filter(({ state, period }) => {
      const end = periodOfKey(period)?.end ?? '';
      return state === 'submitted' && end < record.agreed && end >= from && end <= to;
    });
    const expected = expectedOf(record, from, to < today ? to : today).filter(
      one => one.made || one.deadlines.due < today,
    );
    sum.made += filledIn.length + expected.filter(one => one.made).length;
    sum.due += filledIn.length + expected.length;
    await shareTurn();
  }
  return sum;
}
