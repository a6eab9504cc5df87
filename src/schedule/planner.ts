import { addDays, dateIn, instantAt, nextWorkingDay, previousWorkingDay, timeIn } from '../domain/calendar.ts';
import { adjust, type DayRule, nextAllowed, type QuietHours } from './calendar.ts';
import { instantsOf } from './cron.ts';
import { instantOfStep, type LadderStep } from './ladder.ts';
import type { OccurrenceKind } from './misfire.ts';

/** One thing that is to happen once. */
export interface Occurrence {
  /** `<schedule>:<nominal instant>`: unique, so that planning it twice makes it once. */
  readonly key: string;
  readonly schedule: string;
  /** The instant it is meant for, which says what period it is about. */
  readonly nominal: Date;
  /** The instant it happens at: moved off days off and out of quiet hours. */
  readonly due: Date;
  readonly kind: OccurrenceKind;
  readonly step?: string;
  readonly subject: string;
  /** From here on it is pointless: the next step has come, or the matter is over. */
  readonly until?: Date;
}

/** When a schedule's occurrences are meant for. */
export type Timing =
  | { readonly form: 'cron'; readonly expression: string }
  /** Steps around the due date of one report; after `lock` nothing is said any more. */
  | { readonly form: 'ladder'; readonly due: string; readonly steps: readonly LadderStep[]; readonly lock: Date | null }
  /** Known instants: reminders of a vote, of an agreement's end. After `end` nothing is said any more. */
  | {
      readonly form: 'instants';
      readonly at: readonly { readonly at: Date; readonly step?: string }[];
      readonly end: Date | null;
    };

export interface Schedule {
  readonly id: string;
  /** Of every occurrence, except that a ladder's steps have kinds of their own. */
  readonly kind: OccurrenceKind;
  readonly subject: string;
  readonly zone: string;
  readonly timing: Timing;
  readonly dayRule: DayRule;
  readonly quiet: QuietHours | null;
  /** When it was made, edited or resumed last: nothing before it is planned. */
  readonly since: Date;
  readonly paused: boolean;
}

/**
 * What is to be planned after `from` (not included) up to `now`: each occurrence is in exactly one such span, that of
 * its nominal instant or of its due one, whichever is earlier, so that it is never planned too late for itself.
 */
export function plan(
  schedules: readonly Schedule[],
  holidays: ReadonlySet<string>,
  from: Date,
  now: Date,
): Occurrence[] {
  return schedules
    .flatMap(schedule => plannedOf(schedule, holidays, from, now))
    .sort((a, b) => a.due.getTime() - b.due.getTime() || (a.key < b.key ? -1 : 1));
}

function plannedOf(schedule: Schedule, holidays: ReadonlySet<string>, from: Date, now: Date): Occurrence[] {
  if (schedule.paused || now <= from) return [];
  const last = lookAhead(schedule, holidays, now);
  const found: Occurrence[] = [];
  for (const one of occurrencesOf(schedule, holidays, from, last)) {
    const at = plannedAt(one);
    if (at > from && at <= now) found.push(one);
  }
  return found;
}

const plannedAt = ({ nominal, due }: Pick<Occurrence, 'nominal' | 'due'>): Date => (due < nominal ? due : nominal);

/** The last nominal instant that a day off may have moved back to `now` or before. */
function lookAhead({ dayRule, zone }: Schedule, holidays: ReadonlySet<string>, now: Date): Date {
  if (dayRule !== 'previous_working_day') return now;
  return instantAt(nextWorkingDay(addDays(dateIn(now, zone), 1), holidays), '00:00', zone);
}

/**
 * The next `n` occurrences after an instant, as they would be due: shown wherever a schedule is made or listed. Of
 * several that days off or quiet hours put on one instant it has the last, which is the one that will be sent.
 */
export function nextFires(schedule: Schedule, holidays: ReadonlySet<string>, from: Date, n = 5): Occurrence[] {
  if (schedule.paused) return [];
  const { zone } = schedule;
  // What was meant for the days off before `from` may be due after it.
  const back = instantAt(previousWorkingDay(addDays(dateIn(from, zone), -1), holidays), '00:00', zone);
  // A rule may leave nothing over, such as Saturdays that are skipped: the search ends after ten years.
  const end = new Date(from.getTime() + 3653 * 86_400_000);
  const found = new Map<number, Occurrence>();
  for (const one of occurrencesOf(schedule, holidays, back, end)) {
    if (found.size > n) break;
    if (one.due > from) found.set(one.due.getTime(), one);
  }
  return [...found.values()].sort((a, b) => a.due.getTime() - b.due.getTime()).slice(0, n);
}

/** The occurrences whose nominal instant may matter after `from`, in order of it, up to `last`. */
function* occurrencesOf(
  schedule: Schedule,
  holidays: ReadonlySet<string>,
  from: Date,
  last: Date,
): Generator<Occurrence> {
  for (const meant of meantFor(schedule, holidays, from)) {
    if (meant.nominal > last) return;
    const due = dueOf(schedule, holidays, meant.nominal);
    if (!due || plannedAt({ nominal: meant.nominal, due }) < schedule.since) continue;
    const key = `${schedule.id}:${meant.nominal.toISOString()}`;
    yield { key, schedule: schedule.id, kind: schedule.kind, subject: schedule.subject, ...meant, due };
  }
}

type Meant = Pick<Occurrence, 'nominal' | 'step' | 'until'> & { readonly kind?: OccurrenceKind };

function* meantFor({ timing, zone }: Schedule, holidays: ReadonlySet<string>, from: Date): Generator<Meant> {
  if (timing.form === 'cron') {
    for (const nominal of instantsOf(timing.expression, zone, from)) yield { nominal };
    return;
  }
  const steps =
    timing.form === 'ladder'
      ? timing.steps.map(one => ({
          at: instantOfStep(one, timing.due, zone, holidays),
          step: one.step,
          kind: one.kind,
        }))
      : timing.at;
  // Two steps of one instant are one occurrence: the later of them.
  const ordered = [...new Map(steps.map(one => [one.at.getTime(), one])).values()].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
  const end = timing.form === 'ladder' ? timing.lock : timing.end;
  for (const [i, { at, ...step }] of ordered.entries()) {
    const until = ordered[i + 1]?.at ?? end;
    yield { nominal: at, ...step, ...(until && { until }) };
  }
}

/** When something meant for an instant happens; null: not at all. */
function dueOf({ zone, dayRule, quiet }: Schedule, holidays: ReadonlySet<string>, nominal: Date): Date | null {
  const date = dateIn(nominal, zone);
  const day = adjust(date, dayRule, holidays);
  if (day === null) return null;
  const at = day === date ? nominal : instantAt(day, timeIn(nominal, zone), zone);
  return quiet ? nextAllowed(at, zone, quiet) : at;
}
