import { instantAt } from '../../src/domain/calendar.ts';
import { holidaysOf } from '../../src/schedule/holidays.ts';
import { REPORT_LADDER } from '../../src/schedule/ladder.ts';
import type { Occurrence, Schedule } from '../../src/schedule/planner.ts';

export const JAKARTA = 'Asia/Jakarta';
export const holidays = holidaysOf({ added: [], removed: [] });
export const wib = (date: string, time = '00:00'): Date => instantAt(date, time, JAKARTA);

/** The weekly digest of coordinators, Monday at eight, changed as a test needs. */
export const digest = (over: Partial<Schedule> = {}): Schedule => ({
  id: 'digest',
  kind: 'digest',
  subject: 'coordinators',
  zone: JAKARTA,
  timing: { form: 'cron', expression: '0 8 * * 1' },
  dayRule: 'next_working_day',
  quiet: null,
  since: wib('2026-01-01'),
  paused: false,
  ...over,
});

/** The ladder of a report that is due on a date and locked thirty days later. */
export const ladder = (due: string, over: Partial<Schedule> = {}): Schedule => ({
  ...digest(),
  id: `report-${due}`,
  kind: 'reminder',
  subject: 'IND-03:2026-Q3:M-07',
  timing: { form: 'ladder', due, steps: REPORT_LADDER.steps, lock: wib('2026-12-31') },
  dayRule: 'ignore',
  ...over,
});

/** What is known beforehand: a vote's reminders, an agreement's end. */
export const fixed = (id: string, kind: Schedule['kind'], at: readonly Date[], end: Date | null = null): Schedule => ({
  ...digest(),
  id,
  kind,
  subject: id,
  timing: { form: 'instants', at: at.map(one => ({ at: one })), end },
  dayRule: 'ignore',
});

/** Local dates and times in Jakarta, to compare with a table worked out by hand. */
export const local = (occurrences: readonly Occurrence[]): string[] =>
  occurrences.map(({ due }) => new Date(due.getTime() + 7 * 3_600_000).toISOString().slice(0, 16).replace('T', ' '));
