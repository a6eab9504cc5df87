import { RRuleTemporal } from 'rrule-temporal';
import { expect, it } from 'vitest';
import { instantAt } from '../../../src/domain/calendar.ts';
import { datesOf, rruleOf } from '../../../src/domain/meetings/recurrence.ts';
import type { Recurrence } from '../../../src/language/recurrence.ts';
import { fc } from '../../properties.ts';
import { sized } from '../../sizes.ts';

const date = fc
  .date({ min: new Date('1995-01-01T00:00:00Z'), max: new Date('2090-12-31T00:00:00Z'), noInvalidDate: true })
  .map(at => at.toISOString().slice(0, 10));
const interval = fc.integer({ min: 1, max: 5 });
const rule: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((n): Recurrence => ({ every: 'day', interval: n })),
  fc
    .record({ interval, days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }) })
    .map(({ interval, days }): Recurrence => ({ every: 'week', interval, days: days.sort() })),
  fc
    .record({ interval, day: fc.constantFrom(-1, 1, 5, 28, 29, 30, 31) })
    .map((one): Recurrence => ({ every: 'month', ...one })),
  fc
    .record({ interval, nth: fc.constantFrom(1, 2, 3, 4, 5, -1), weekday: fc.integer({ min: 1, max: 7 }) })
    .map((one): Recurrence => ({ every: 'month', ...one })),
  fc
    .record({
      interval: fc.constantFrom(1, 2),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 29 }),
    })
    .map((one): Recurrence => ({ every: 'year', ...one })),
);
const zone = fc.constantFrom(
  'Asia/Jakarta',
  'Asia/Jayapura',
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
);

function firstOf<T>(all: Iterable<T>, n: number): T[] {
  const some: T[] = [];
  for (const one of all) if (some.push(one) >= n) break;
  return some;
}

it('gives the dates and instants that another implementation of RFC 5545 gives, in zones whose clocks change', () => {
  fc.assert(
    fc.property(rule, date, zone, fc.integer({ min: 4, max: 20 }), (one, start, tzid, hour) => {
      const ours = firstOf(datesOf(one, start), 12);
      const first = ours[0];
      if (!first) return;
      const time = `${String(hour).padStart(2, '0')}:30`;
      const ics = `DTSTART;TZID=${tzid}:${first.replaceAll('-', '')}T${time.replace(':', '')}00\nRRULE:${rruleOf(one)};COUNT=12`;
      const theirs = new RRuleTemporal({ rruleString: ics }).all().map(at => at.epochMilliseconds);
      const mine = ours.map(day => instantAt(day, time, tzid).getTime());
      expect([ics, mine]).toEqual([ics, theirs.slice(0, mine.length)]);
    }),
    { numRuns: sized(60, 300), seed: -197157123 },
  );
});
