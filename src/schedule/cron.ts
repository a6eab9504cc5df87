import { type CronExpression, CronExpressionParser } from 'cron-parser';

const read = (expression: string, currentDate: Date): CronExpression =>
  CronExpressionParser.parse(expression, { currentDate, tz: 'UTC' });

/** The fields of an expression: minute, hour, and those of the day. */
function fieldsOf(expression: string): { minute: string; hour: string; day: string } {
  const [minute = '', hour = '', ...day] = expression.trim().split(/\s+/);
  return { minute, hour, day: day.join(' ') };
}

/**
 * The local dates of a cron expression from a date on (included), in order and without end: one step a day, whatever
 * the minutes and hours are. Throws for an expression that `isCron` refuses.
 */
export function* daysOf(expression: string, from: string): Generator<string> {
  const midnight = new Date(`${from}T00:00:00Z`);
  const days = read(`0 0 ${fieldsOf(expression).day}`, new Date(midnight.getTime() - 1));
  for (;;) yield days.next().toDate().toISOString().slice(0, 10);
}

const two = (n: unknown): string => String(n).padStart(2, '0');

/**
 * The wall times of a cron expression on each of its days, in order, one an hour at most: the first minute of each of
 * its hours.
 */
export function timesOf(expression: string): readonly string[] {
  const { hour, minute } = read(expression, new Date(0)).fields;
  return hour.values.map(h => `${two(h)}:${two(minute.values[0])}`);
}

/** The expression that comes round once in each of its hours, at the first of its minutes. */
export function hourlyAtMost(expression: string): string {
  const { minute } = read(expression, new Date(0)).fields;
  const { hour, day } = fieldsOf(expression);
  return minute.values.length > 1 ? `${minute.values[0]} ${hour} ${day}` : expression;
}

/**
 * Tells whether a text is a cron expression of five fields that ever comes: no seconds, no names such as `@daily`,
 * and none of the parser's random `H`.
 */
export function isCron(expression: string): boolean {
  if (expression.trim().split(/\s+/).length !== 5 || /\bH\b/i.test(expression)) return false;
  try {
    read(expression, new Date(0)).next();
    return true;
  } catch {
    return false;
  }
}
