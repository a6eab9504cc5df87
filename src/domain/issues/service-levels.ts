import { addDays, dateIn, instantAt, nextWorkingDay, shiftWorkingDays } from '../calendar.ts';
import type { Issue } from './store.ts';

/** How long something may take: hours run day and night, working days and days to the end of the last one. */
export type Span = { readonly hours: number } | { readonly workingDays: number } | { readonly days: number };

export interface ServiceLevel {
  /** From raising to the first response. */
  readonly respond: Span;
  /** From one change to the next. */
  readonly update: Span;
}

const USUAL: ServiceLevel = { respond: { workingDays: 2 }, update: { days: 7 } };

export const SERVICE_LEVELS: Readonly<Record<Issue['severity'], ServiceLevel>> = {
  undetermined: USUAL,
  low: USUAL,
  medium: USUAL,
  high: USUAL,
  critical: { ...USUAL, respond: { hours: 4 } },
};

/** The instant until which a span that begins at `from` lasts. Days that end on a day off end with the next working day. */
export function endOf(span: Span, from: Date, zone: string, holidays: ReadonlySet<string>): Date {
  if ('hours' in span) return new Date(from.getTime() + span.hours * 3_600_000);
  const day = dateIn(from, zone);
  const last =
    'workingDays' in span
      ? shiftWorkingDays(day, span.workingDays, holidays)
      : nextWorkingDay(addDays(day, span.days), holidays);
  return instantAt(addDays(last, 1), '00:00', zone);
}

export interface Promised {
  readonly what: 'respond' | 'update';
  readonly until: Date;
}

/**
 * What is owed on an open issue next, and until when; null: nothing, it is done. Nothing is owed before the date that
 * an issue waits for, and reopening, which is a change, starts the clock again.
 */
export function promised(
  issue: Pick<Issue, 'state' | 'severity' | 'createdAt' | 'firstResponseAt' | 'changedAt' | 'waitingUntil'>,
  zone: string,
  holidays: ReadonlySet<string>,
): Promised | null {
  if (issue.state === 'resolved' || issue.state === 'closed') return null;
  const level = SERVICE_LEVELS[issue.severity];
  if (!issue.firstResponseAt) return { what: 'respond', until: endOf(level.respond, issue.createdAt, zone, holidays) };
  const waits = issue.state === 'waiting' && issue.waitingUntil ? instantAt(issue.waitingUntil, '00:00', zone) : null;
  const from = waits && waits > issue.changedAt ? waits : issue.changedAt;
  return { what: 'update', until: endOf(level.update, from, zone, holidays) };
}
