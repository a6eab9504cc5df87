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

/** The sums of a forum whose span is to be chosen, each with both figures. */
export async function openSpans(db: Reader, forumId: string, now: Date): Promise<SpanChoice[]> {
  const unsaid = await withoutSpan(db, forumId);
  const records = await recordsOf(
    db,
    (await listIndicators(db, forumId)).filter(one => unsaid.has(one.number)),
  );
  return records.filter(isSpanOpen).map(record => {
    const today = dateIn(now, record.zone);
    return { record, course: standingWith(record, 'course', today), year: standingWith(record, 'year', today) };
  });
}
