import type { Recurrence } from '../../storage/schema/meetings.ts';

/*
 * The dates of a rule by RFC 5545 3.3.10: from the first date on, a week beginning on Monday; a date that a month or a
 * year does not have is left out.
 */

const DAY_MS = 86_400_000;
const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
/** 1 is Monday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
const numberOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / DAY_MS;
const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const LAST_YEAR = 2200;

/** The dates of a rule from `start` on, without end but for the year 2200. */
export function* datesOf(rule: Recurrence, start: string): Generator<string> {
  const first = dayNumber(start);
  for (const day of candidates(rule, first)) if (day >= first) yield dateOf(day);
}

function* candidates(rule: Recurrence, first: number): Generator<number> {
  const end = numberOf(LAST_YEAR, 12, 31);
  if (rule.every === 'day') {
    for (let day = first; day <= end; day += rule.interval) yield day;
    return;
  }
  if (rule.every === 'week') {
    const monday = first - weekdayOf(first) + 1;
    for (let week = monday; week <= end; week += 7 * rule.interval) for (const day of rule.days) yield week + day - 1;
    return;
  }
  const begins = new Date(first * DAY_MS);
  const year = begins.getUTCFullYear();
  if (rule.every === 'year') {
    for (let at = year; at <= LAST_YEAR; at += rule.interval)
      if (rule.day <= daysIn(at, rule.month)) yield numberOf(at, rule.month, rule.day);
    return;
  }
  for (let n = begins.getUTCMonth(); year + Math.floor(n / 12) <= LAST_YEAR; n += rule.interval) {
    const day = dayInMonth(rule, year + Math.floor(n / 12), (n % 12) + 1);
    if (day !== null) yield day;
  }
}

function dayInMonth(rule: Extract<Recurrence, { every: 'month' }>, year: number, month: number): number | null {
  const days = daysIn(year, month);
  if (!('nth' in rule)) {
    if (rule.day === -1) return numberOf(year, month, days);
    return rule.day <= days ? numberOf(year, month, rule.day) : null;
  }
  if (rule.nth === -1) {
    const last = numberOf(year, month, days);
    return last - ((weekdayOf(last) - rule.weekday + 7) % 7);
  }
  const first = numberOf(year, month, 1);
  const day = first + ((rule.weekday - weekdayOf(first) + 7) % 7) + 7 * (rule.nth - 1);
  return day < first + days ? day : null;
}

const WEEKDAYS = ['', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The rule as the value of an RRULE, without its end. */
export function rruleOf(rule: Recurrence): string {
  const interval = rule.interval === 1 ? '' : `;INTERVAL=${rule.interval}`;
  switch (rule.every) {
    case 'day':
      return `FREQ=DAILY${interval}`;
    case 'week':
      return `FREQ=WEEKLY${interval};BYDAY=${rule.days.map(day => WEEKDAYS[day]).join(',')}`;
    case 'month':
      return 'nth' in rule
        ? `FREQ=MONTHLY${interval};BYDAY=${rule.nth}${WEEKDAYS[rule.weekday]}`
        : `FREQ=MONTHLY${interval};BYMONTHDAY=${rule.day}`;
    case 'year':
      return `FREQ=YEARLY${interval};BYMONTH=${rule.month};BYMONTHDAY=${rule.day}`;
  }
}

/**
 * The same rule, going on from another date: on its weekday, its day of the month, or its place in the month. A place
 * that some months lack, the fifth Thursday or the 30th at the end of April, becomes the last one, so that what is
 * monthly stays so. The 29th or 30th of a longer month remains that day, since the rule has to begin on it: only that
 * one leaves February out.
 */
export function shifted(rule: Recurrence, from: string, to: string): Recurrence {
  const day = dayNumber(to);
  const at = new Date(day * DAY_MS);
  const [month, date] = [at.getUTCMonth() + 1, at.getUTCDate()];
  const left = daysIn(at.getUTCFullYear(), month) - date;
  switch (rule.every) {
    case 'day':
      return rule;
    case 'week': {
      const by = day - dayNumber(from);
      const days = rule.days.map(one => ((((one - 1 + by) % 7) + 7) % 7) + 1).sort((a, b) => a - b);
      return { ...rule, days };
    }
    case 'month':
      if (!('nth' in rule)) return { ...rule, day: left === 0 && (rule.day === -1 || date > 28) ? -1 : date };
      return {
        ...rule,
        weekday: weekdayOf(day),
        nth: date > 28 || (rule.nth === -1 && left < 7) ? -1 : Math.ceil(date / 7),
      };
    case 'year':
      return { ...rule, month, day: date };
  }
}
