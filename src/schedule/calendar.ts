import {
  addDays,
  dateIn,
  instantAt,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  timeIn,
} from '../domain/calendar.ts';

/** What becomes of something that falls on a day off. */
export type DayRule = 'skip' | 'next_working_day' | 'previous_working_day' | 'ignore';

/** The date on which something happens that is meant for `date`; null: it does not happen. */
export function adjust(date: string, rule: DayRule, holidays: ReadonlySet<string>): string | null {
  if (rule === 'ignore' || isWorkingDay(date, holidays)) return date;
  if (rule === 'skip') return null;
  return rule === 'next_working_day' ? nextWorkingDay(date, holidays) : previousWorkingDay(date, holidays);
}

/**
 * Local times (`HH:mm`) between which nobody is written to: from `from` up to, not including, `to`, over midnight
 * where `to` is earlier. Equal times: no quiet hours.
 */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** The instant itself, or the end of the quiet hours it falls in. */
export function nextAllowed(at: Date, zone: string, { from, to }: QuietHours): Date {
  const time = timeIn(at, zone);
  const evening = time >= from && (from > to || time < to);
  const morning = from > to && time < to;
  if (!evening && !morning) return at;
  const date = dateIn(at, zone);
  const end = instantAt(evening && from > to ? addDays(date, 1) : date, to, zone);
  // Where the clocks go back, the quiet hours may have ended already, the first time round.
  return end > at ? end : at;
}
