import type { Span } from '../calendar.ts';
import type { Fraction } from './fraction.ts';
import { latest, type PeriodStatus } from './period-status.ts';
import { overPeriods } from './span.ts';
import { combine } from './total.ts';

/**
 * Adds up a time's own periods by the terms at its end: their sum, mean or maximum; of a level or a running
 * total the last one. Null: there is none.
 */
export function valueWithin(all: readonly PeriodStatus[], { from, to }: Span): Fraction | null {
  const last = latest(all);
  const how = overPeriods(last.terms);
  if (how === 'latest') return last.value;
  const within = all.filter(({ period }) => period.start >= from && period.end <= to);
  const counted = within.length ? within : all.filter(({ period }) => period.end >= from && period.start <= to);
  return combine(
    counted.flatMap(one => (one.own === null ? [] : [one.own])),
    how,
  );
}
