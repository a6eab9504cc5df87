import { shareTurn } from '../../runtime/event-loop.ts';
import type { Reader } from '../../storage/store.ts';
import { dateIn } from '../calendar.ts';
import { latest, type PeriodStatus, periodStatuses } from './period-status.ts';
import { type IndicatorRecord, recordsOf, withoutSpan } from './record.ts';
import { isAdditive } from './span.ts';
import { listIndicators } from './store.ts';
import { termsAt } from './terms.ts';

/** A sum of which nobody has said over what it adds up, with how it stands either way. */
export interface SpanChoice {
  readonly record: IndicatorRecord;
  readonly course: PeriodStatus;
  readonly year: PeriodStatus;
}

/**
 * Tells whether an indicator is a sum from before spans, of which no coordinator has chosen the span yet. Such
 * sums begin anew each year, as they did then; their first version says nothing of a span.
 */
export const isSpanOpen = (record: IndicatorRecord): boolean =>
  record.spanUnsaid && record.first.span === 'year' && isAdditive(termsAt(record, record.agreed));

/** Tells how an indicator stands today, had it been agreed with a span. */
const standingWith = (record: IndicatorRecord, span: 'course' | 'year', today: string): PeriodStatus =>
  latest(periodStatuses({ ...record, first: { ...record.first, span } }, today));

/**
 * The sums of a forum whose span is to be chosen, the first `limit` of them with both figures, and how many there are. What
 * none of their versions says the indicator's own row does: only such rows are read further.
 */
export async function openSpans(
  db: Reader,
  forumId: string,
  now: Date,
  limit: number,
): Promise<{ readonly first: readonly SpanChoice[]; readonly n: number }> {
  const unsaid = await withoutSpan(db, forumId);
  const asked = (await listIndicators(db, forumId)).filter(one => one.span === 'year' && unsaid.has(one.number));
  const open = (await recordsOf(db, asked)).filter(isSpanOpen);
  const first: SpanChoice[] = [];
  for (const record of open.slice(0, limit)) {
    const today = dateIn(now, record.zone);
    first.push({ record, course: standingWith(record, 'course', today), year: standingWith(record, 'year', today) });
    await shareTurn();
  }
  return { first, n: open.length };
}
