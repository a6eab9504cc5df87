import { shareTurn } from '../../runtime/event-loop.ts';
import type { Reader } from '../../storage/store.ts';
import { dateIn, type Span } from '../calendar.ts';
import { daysOff } from '../days-off.ts';
import type { Forum } from '../forums.ts';
import { grouped } from '../grouped.ts';
import { dueSince, type Expected, expectedOf } from '../indicators/owed.ts';
import { type IndicatorRecord, recordsOf } from '../indicators/record.ts';
import { listIndicators } from '../indicators/store.ts';

/** Describes what is read once for however many partners are judged. */
export interface Judging {
  /** The day that is not judged yet. */
  readonly today: string;
  /** The reports that fell due in a span, by partner. */
  fellDue(span: Span): Promise<ReadonlyMap<number, readonly Expected[]>>;
}

/** Tells how engagement is judged now, in spans that begin at the local date `since` or later. */
export async function judging(db: Reader, forum: Forum, now: Date, since: string): Promise<Judging> {
  const indicators = await listIndicators(db, forum.id);
  const off = await daysOff(db, forum.id);
  const first = indicators.map(one => dueSince(one, since, off)).sort()[0];
  return judgingBy(await recordsOf(db, indicators, first), forum, now);
}

/** The same, by the records of all indicators, with the reports of the periods since `dueSince` of the first span. */
export function judgingBy(records: readonly IndicatorRecord[], forum: Forum, now: Date): Judging {
  const today = dateIn(now, forum.zone);
  const known = new Map<string, Promise<ReadonlyMap<number, readonly Expected[]>>>();
  const dueIn = async ({ from, to }: Span): Promise<ReadonlyMap<number, readonly Expected[]>> => {
    const all: Expected[] = [];
    for (const record of records) {
      const expected = expectedOf(record, dueSince(record.indicator, from, record.off), to);
      for (const one of expected) {
        const { due } = one.deadlines;
        if (due >= from && due <= to && due < today) all.push(one);
      }
      await shareTurn();
    }
    return grouped(all, one => one.partner);
  };
  return {
    today,
    fellDue(span) {
      const key = `${span.from}/${span.to}`;
      const due = known.get(key) ?? dueIn(span);
      known.set(key, due);
      return due;
    },
  };
}
