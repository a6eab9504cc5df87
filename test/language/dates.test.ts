import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDuration,
  formatInstant,
  instantOf,
  readDate,
  readDuration,
  readInstant,
} from '../../src/language/dates.ts';
import { LOCALES } from '../../src/language/locale.ts';

const reading = { now: new Date('2026-11-24T01:00:00Z'), zone: 'Asia/Jakarta' };
const anyDate = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2190-12-31T00:00:00Z'), noInvalidDate: true })
  .map(date => date.toISOString().slice(0, 10));

describe.each(LOCALES)('dates in %s', locale => {
  it('are read back as they were printed, long and short', () => {
    fc.assert(
      fc.property(anyDate, fc.constantFrom('long' as const, 'short' as const), (date, style) => {
        expect(readDate(formatDate(date, locale, style), reading)).toBe(date);
      }),
      { numRuns: 2000 },
    );
  });

  it('with a time are read back to the minute, in each Indonesian zone', () => {
    const zones = fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000_000 }), zones, (minutes, zone) => {
        const at = new Date(minutes * 60_000 + Date.UTC(1995, 0, 1));
        const printed = formatInstant(at, zone, locale);
        expect(readInstant(printed, { ...reading, zone: 'Asia/Tokyo', defaultTime: '17:00' })).toEqual(at);
      }),
      { numRuns: 1000 },
    );
  });
});

it('of any text are a date or none, and never an exception', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 24 }),
    fc.stringMatching(/^[0-9/.: -]{1,14}$/),
    fc.stringMatching(/^[0-9]{1,4} ?[a-z]{1,9}( [a-z]{1,5})?$/),
  );
  fc.assert(
    fc.property(text, typed => {
      const date = readDate(typed, reading);
      if (date !== null) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      readInstant(typed, { ...reading, defaultTime: '17:00' });
      readDuration(typed);
    }),
    { numRuns: 4000 },
  );
});

it.each([
  ['2026-11-25', '2026-11-25'],
  ['25/11/2026', '2026-11-25'],
  ['25 nov', '2026-11-25'],
  ['Nov 25', '2026-11-25'],
  ['hari ini', '2026-11-24'],
  ['today', '2026-11-24'],
  ['besok', '2026-11-25'],
  ['kemarin', '2026-11-23'],
  ['lusa', '2026-11-26'],
  ['3 hari lagi', '2026-11-27'],
  ['+2w', '2026-12-08'],
  ['senin', '2026-11-30'],
  ['5 januari', '2027-01-05'],
  ['30 feb 2026', null],
  ['31/04/2026', null],
])('%s, typed on 24 November 2026, is %s', (typed, expected) => {
  expect(readDate(typed, reading)).toBe(expected);
});

it.each([
  ['besok 17.00 WITA', '2026-11-25T09:00:00.000Z'],
  ['3d', '2026-11-27T01:00:00.000Z'],
  ['2 minggu', '2026-12-08T01:00:00.000Z'],
  ['30 nov', '2026-11-30T10:00:00.000Z'],
  ['25/11 14.00', '2026-11-25T07:00:00.000Z'],
  ['2026-12-01T00:00:00Z', '2026-12-01T00:00:00.000Z'],
  ['jumat pukul 9 pagi', '2026-11-27T02:00:00.000Z'],
])('%s is the instant %s', (typed, expected) => {
  expect(readInstant(typed, { ...reading, defaultTime: '17:00' })?.toISOString()).toBe(expected);
});

it('a local time that the clocks skip is the next valid one, a doubled one the first', () => {
  expect(instantOf('2026-03-29', 2, 30, 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z');
  expect(instantOf('2026-10-25', 2, 30, 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z');
});

it('durations are said in their two greatest units', () => {
  expect([formatDuration(9_000_000, 'id'), formatDuration(90_061_000, 'en'), formatDuration(1, 'id')]).toEqual([
    '2 jam 30 menit',
    '1 day 1 hour',
    '1 menit',
  ]);
});
