import { CronExpressionParser } from 'cron-parser';
import { dateIn, instantAt, timeIn } from '../domain/calendar.ts';

const HOUR = 3_600_000;

/**
 * The instants of a cron expression in a zone, after `from` (not included), in order and without end. The expression
 * is read on the wall clock, so a time the clocks skip is the next valid instant and one that comes twice is the
 * first. Throws for an expression that `isCron` refuses.
 */
export function* instantsOf(expression: string, zone: string, from: Date): Generator<Date> {
  const wall = new Date(`${dateIn(from, zone)}T${timeIn(from, zone)}:00Z`);
  // Clocks that went back may put earlier wall times after `from`: begin before the greatest jump.
  const times = CronExpressionParser.parse(expression, { currentDate: new Date(wall.getTime() - 3 * HOUR), tz: 'UTC' });
  let last = from;
  for (;;) {
    const iso = times.next().toDate().toISOString();
    const at = instantAt(iso.slice(0, 10), iso.slice(11, 16), zone);
    if (at <= last) continue;
    last = at;
    yield at;
  }
}

/**
 * Whether a text is a cron expression of five fields that ever comes round: no seconds, no names such as `@daily`,
 * and none of the parser's random `H`.
 */
export function isCron(expression: string): boolean {
  if (expression.trim().split(/\s+/).length !== 5 || /\bH\b/i.test(expression)) return false;
  try {
    CronExpressionParser.parse(expression, { currentDate: new Date(0), tz: 'UTC' }).next();
    return true;
  } catch {
    return false;
  }
}
