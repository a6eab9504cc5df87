import { Temporal } from 'temporal-polyfill';
import { addDays, instantAt, nextWorkingDay } from '../calendar.ts';
import { remembered } from '../remembered.ts';

export const FREQUENCIES = ['weekly', 'monthly', 'quarterly', 'semiannual', 'annual'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/**
 * A calendar period: its key (`2026-W47`, `2026-10`, `2026-Q3`, `2026-H2`, `2026`), its first and its last local date.
 * The keys of one frequency sort in the order of time. Weeks are ISO weeks, which begin on Monday.
 */
export interface Period {
  readonly key: string;
  readonly frequency: Frequency;
  readonly start: string;
  readonly end: string;
}

const MONTHS: Readonly<Record<Exclude<Frequency, 'weekly'>, number>> = {
  monthly: 1,
  quarterly: 3,
  semiannual: 6,
  annual: 12,
};

/** The period in which a local date lies. */
export const periodOf: (date: string, frequency: Frequency) => Period = remembered(periodWith);

function periodWith(date: string, frequency: Frequency): Period {
  const day = Temporal.PlainDate.from(date);
  if (frequency === 'weekly') return weekOf(day);
  const months = MONTHS[frequency];
  const nth = Math.ceil(day.month / months);
  const first = day.with({ month: (nth - 1) * months + 1, day: 1 });
  const end = first.add({ months }).subtract({ days: 1 });
  return { key: keyOf(day.year, nth, frequency), frequency, start: first.toString(), end: end.toString() };
}

function weekOf(day: Temporal.PlainDate): Period {
  const monday = day.subtract({ days: day.dayOfWeek - 1 });
  const key = `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, '0')}`;
  return { key, frequency: 'weekly', start: monday.toString(), end: monday.add({ days: 6 }).toString() };
}

function keyOf(year: number, nth: number, frequency: Exclude<Frequency, 'weekly'>): string {
  if (frequency === 'annual') return String(year);
  if (frequency === 'monthly') return `${year}-${String(nth).padStart(2, '0')}`;
  return `${year}-${frequency === 'quarterly' ? 'Q' : 'H'}${nth}`;
}

/** The nth period of a year; null where the year has none such (week 53 of most years, a fifth quarter). */
export function nthPeriod(year: number, nth: number, frequency: Frequency): Period | null {
  if (frequency === 'weekly') {
    // 4 January is always in the first ISO week.
    const week = weekOf(Temporal.PlainDate.from({ year, month: 1, day: 4 }).add({ weeks: nth - 1 }));
    return nth >= 1 && week.key.startsWith(`${year}-`) ? week : null;
  }
  const months = MONTHS[frequency];
  if (nth < 1 || nth > 12 / months) return null;
  return periodOf(Temporal.PlainDate.from({ year, month: (nth - 1) * months + 1, day: 1 }).toString(), frequency);
}

const KEY = /^([12]\d{3})(?:-(?:(W|Q|H)(\d{1,2})|(\d{2})))?$/i;
const LETTERS: Readonly<Record<string, Frequency>> = { W: 'weekly', Q: 'quarterly', H: 'semiannual' };

/** The period of a key, upper or lower case; null where it is none. */
export const periodOfKey: (key: string) => Period | null = remembered(periodNamed);

function periodNamed(key: string): Period | null {
  const parts = KEY.exec(key);
  if (!parts) return null;
  const [, year, letter, nth, month] = parts;
  if (letter) return nthPeriod(Number(year), Number(nth), LETTERS[letter.toUpperCase()]!);
  return month ? nthPeriod(Number(year), Number(month), 'monthly') : nthPeriod(Number(year), 1, 'annual');
}

export const nextPeriod = ({ end, frequency }: Period): Period => periodOf(addDays(end, 1), frequency);

export const previousPeriod = ({ start, frequency }: Period): Period => periodOf(addDays(start, -1), frequency);

/** Maximum number of lists of periods that are remembered: the indicators of a forum mostly have the same ones. */
const MAXIMUM_LISTS = 100;

/** The periods from the one of `from` to the one of `to`, both included; none where `to` is earlier. */
export const periodsBetween: (from: string, to: string, frequency: Frequency) => readonly Period[] = remembered(
  everyPeriod,
  MAXIMUM_LISTS,
);

function everyPeriod(from: string, to: string, frequency: Frequency): Period[] {
  const periods: Period[] = [];
  const last = periodOf(to, frequency).start;
  for (let one = periodOf(from, frequency); one.start <= last; one = nextPeriod(one)) periods.push(one);
  return periods;
}

/** Deadlines of a report, in calendar days. */
export interface DueRule {
  /** Number of days from the end of the period to the due date, which then moves to the next working day. */
  readonly dueDaysAfter: number;
  /** Days after the due date in which a report still counts as on time. */
  readonly lateDaysAfter: number;
  /** Days after the due date in which a report may still be handed in. */
  readonly lockDaysAfter: number;
}

export const DUE_RULE: DueRule = { dueDaysAfter: 10, lateDaysAfter: 0, lockDaysAfter: 30 };

/** Deadlines of a report: due, late from then on, locked from then on. */
export interface Deadlines {
  readonly due: string;
  readonly late: Date;
  readonly lock: Date;
}

/** The deadlines of a period. The last day counts in full: late and lock begin with the local day after it. */
export function deadlinesOf(
  period: Pick<Period, 'end'>,
  rule: DueRule,
  zone: string,
  holidays: ReadonlySet<string>,
): Deadlines {
  const due = nextWorkingDay(addDays(period.end, rule.dueDaysAfter), holidays);
  const dayAfter = (days: number): Date => instantAt(addDays(due, days + 1), '00:00', zone);
  return { due, late: dayAfter(rule.lateDaysAfter), lock: dayAfter(rule.lockDaysAfter) };
}
