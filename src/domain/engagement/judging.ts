import type { Reader } from '../../storage/store.ts';
import { addDays, dateIn, type Span } from '../calendar.ts';
import type { Forum } from '../forums.ts';
import { grouped } from '../grouped.ts';
import { type Expected, expectedOf } from '../indicators/owed.ts';
import { recordsOf } from '../indicators/record.ts';
import { listIndicators } from '../indicators/store.ts';

/** A report that falls due after so many days belongs to a period that long ago, a year and a quarter at most. */
const LOOK_BACK_DAYS = 460;

/** What is read once for however many partners are judged. */
export interface Judging {
  /** The day that is not judged yet. */
  readonly today: string;
  /** The reports of a partner that fell due in a span. */
  fellDue(partner: number, span: Span): readonly Expected[];
}

/** How engagement is judged now. */
export async function judging(db: Reader, forum: Forum, now: Date): Promise<Judging> {
  const today = dateIn(now, forum.zone);
  const records = await recordsOf(db, await listIndicators(db, forum.id));
  const known = new Map<string, ReadonlyMap<number, readonly Expected[]>>();
  const dueIn = ({ from, to }: Span): ReadonlyMap<number, readonly Expected[]> => {
    const all = records
      .flatMap(record => expectedOf(record, addDays(from, -LOOK_BACK_DAYS), to))
      .filter(({ deadlines: { due } }) => due >= from && due <= to && due < today);
    return grouped(all, one => one.partner);
  };
  return {
    today,
    fellDue(partner, span) {
      const key = `${span.from}/${span.to}`;
      const due = known.get(key) ?? dueIn(span);
      known.set(key, due);
      return due.get(partner) ?? [];
    },
  };
}
