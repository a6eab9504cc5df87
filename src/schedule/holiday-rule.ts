import { nextWorkingDay, previousWorkingDay } from '../domain/calendar.ts';
import type { ForumSettings } from '../storage/schema/people.ts';

/** Rule for something that falls on a holiday: it moves to a working day, does not happen, or stays. */
export type HolidayRule = NonNullable<ForumSettings['digestOnHoliday']>;

/** The date on which something happens that is meant for `date`; null: it does not happen. A weekend is no holiday. */
export function adjust(date: string, rule: HolidayRule, holidays: ReadonlySet<string>): string | null {
  if (rule === 'keep' || !holidays.has(date)) return date;
  if (rule === 'skip') return null;
  return rule === 'next' ? nextWorkingDay(date, holidays) : previousWorkingDay(date, holidays);
}
