import { shareTurn } from '../../runtime/event-loop.ts';
import type { Reader } from '../../storage/store.ts';
import { addDays, dateIn, type Span } from '../calendar.ts';
import type { Forum } from '../forums.ts';
import { grouped } from '../grouped.ts';
import { type Expected, expectedOf } from '../indicators/owed.ts';
import { type IndicatorRecord, recordsOf } from '../indicators/record.ts';
import { listIndicators } from '../indicators/store.ts';

/** A report that falls due after so many days belongs to a period that long ago, a year and a quarter at most. */
const LOOK_BACK_DAYS = 460;

/** Describes what is read once for however many partners are judged. */
export interface Judging {
  /** The day that is not judged yet. */
  readonly today: string;
  /** The reports that fell due in a span, by partner. */
  fellDue(span: Span): Promise<ReadonlyMap<number, readonly Expected[]>>;
}

/** From which local date on records are read to judge spans that begin at `since` or later. */
export const judgedSince = (since: string): string => addDays(since, -LOOK_BACK_DAYS);

/** Tells how engagement is judged now, in spans that begin at the local date `since` or later. */
export const judging = async (db: Reader, forum: Forum, now: Date, since: string): Promise<Judging> =>
  judgingBy(await recordsOf(db, await listIndicators(db, forum.id), judgedSince(since)), forum, now);

/** The same, by the records of all indicators since `judgedSince`. */
export function judgingBy(records: readonly IndicatorRecord[], forum: Forum, now: Date): Judging {
  const today = dateIn(now, forum.zone);
  const known = new Map<string, Promise<ReadonlyMap<number, readonly Expected[]>>>();
  const dueIn = async ({ from, to }: Span): Promise<ReadonlyMap<number, readonly Expected[]>> => {
    const all: Expected[] = [];
    for (const record of records) {
      const expected = expectedOf(record, addDays(from, -LOOK_BACK_DAYS), to);
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
