import { describe, expect, it } from 'vitest';
import { instantAt } from '../../src/domain/calendar.ts';
import {
  formatDate,
  formatDuration,
  formatInstant,
  instantOf,
  readDate,
  readDuration,
  readInstant,
  relativeDay,
} from '../../src/language/dates.ts';
import { LOCALES } from '../../src/language/locale.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

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
      { numRuns: sized(400, 2000) },
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
      { numRuns: sized(200, 1000) },
    );
  });
});

it('of any text are a date or none, and never an exception', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 24 }),
    fc.stringMatching(/^[0-9/.: -]{1,14}$/),
    fc.stringMatching(/^[0-9]{1,4} ?[a-z]{1,9}( [a-z]{1,5})?$/),
    fc.stringMatching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?$/),
    fc.constantFrom('constructor', '__proto__', 'constructor 17.00', 'valueof', '5 constructor'),
  );
  fc.assert(
    fc.property(text, typed => {
      const date = readDate(typed, reading);
      if (date !== null) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
      const at = readInstant(typed, { ...reading, defaultTime: '17:00' });
      if (at !== null) expect(at.getTime()).not.toBeNaN();
      const ms = readDuration(typed);
      if (ms !== null) expect(ms).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: sized(800, 4000) },
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
  ['25-11-2026', '2026-11-25'],
  ['25.11.2026', '2026-11-25'],
  ['25 november 2026', '2026-11-25'],
  ['17 agt', '2026-08-17'],
  ['Mei 1', '2027-05-01'],
  ['1 May', '2027-05-01'],
  ['3 okt 2026', '2026-10-03'],
  ['Dec 3', '2026-12-03'],
  ['+3d', '2026-11-27'],
  ['in 3 days', '2026-11-27'],
  ['3 hari yang lalu', '2026-11-21'],
  ["jum'at", '2026-11-27'],
  ['hari senin', '2026-11-30'],
  ['selasa', '2026-12-01'],
  ['25 mei', '2027-05-25'],
  ['26 mei', '2026-05-26'],
  ['29 feb', null],
  ['29 feb 2028', '2028-02-29'],
  ['10.12', null],
  ['in 3 days ago', null],
  ['constructor', null],
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
  ['14.00', '2026-11-24T07:00:00.000Z'],
  ['10.12', '2026-11-24T03:12:00.000Z'],
  ['17.00 WIT', '2026-11-24T08:00:00.000Z'],
  ['besok jam 7 malam', '2026-11-25T12:00:00.000Z'],
  ['besok jam 12 siang', '2026-11-25T05:00:00.000Z'],
  ['besok 5pm', '2026-11-25T10:00:00.000Z'],
  ['2026-12-01T14:00', '2026-12-01T07:00:00.000Z'],
  ['2026-12-01T14:00:00+09:00', '2026-12-01T05:00:00.000Z'],
  ['2 jam 30 menit', '2026-11-24T03:30:00.000Z'],
  ['besok jam 12 malam', undefined],
  ['besok jam 2 malam', undefined],
  ['13 am', undefined],
  ['20 pagi', undefined],
  ['25.00', undefined],
  ['2hr', undefined],
  ['2026-12-01T14:00:00+99:00', undefined],
  [','.repeat(100_000), undefined],
])('%s is the instant %s', (typed, expected) => {
  expect(readInstant(typed, { ...reading, defaultTime: '17:00' })?.toISOString()).toBe(expected);
});

it('a local time that the clocks skip is the next valid one, a doubled one the first', () => {
  expect(instantOf('2026-03-29', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:00:00.000Z');
  expect(instantOf('2026-10-25', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z');
  expect(instantOf('2026-04-24', '00:00', 'Africa/Cairo').toISOString()).toBe('2026-04-23T22:00:00.000Z');
});

it('a local time is the same instant here as in the calendar of the schedule', () => {
  const zone = fc.constantFrom('Europe/Berlin', 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Jakarta');
  const time = fc.constantFrom('00:00', '00:30', '01:45', '02:00', '02:30', '23:59');
  fc.assert(
    fc.property(anyDate, time, zone, (date, at, where) => {
      expect(instantOf(date, at, where)).toEqual(instantAt(date, at, where));
    }),
    { numRuns: 300 },
  );
});

it('durations are said in their two greatest units', () => {
  expect([formatDuration(9_000_000, 'id'), formatDuration(90_061_000, 'en'), formatDuration(1, 'id')]).toEqual([
    '2 jam 30 menit',
    '1 day 1 hour',
    '1 menit',
  ]);
});

it('durations of two units are read back as they were printed', () => {
  const whole = fc.tuple(
    fc.integer({ min: 0, max: 400 }),
    fc.integer({ min: 0, max: 23 }),
    fc.integer({ min: 1, max: 59 }),
  );
  fc.assert(
    fc.property(whole, fc.constantFrom(...LOCALES), ([days, hours, minutes], locale) => {
      const ms = ((days * 24 + hours) * 60 + (days && hours ? 0 : minutes)) * 60_000;
      expect(readDuration(formatDuration(ms, locale))).toBe(ms);
    }),
    { numRuns: sized(200, 1000) },
  );
});

it.each([
  ['90m', 5_400_000],
  ['3d', 259_200_000],
  ['2w', 1_209_600_000],
  ['1h30m', 5_400_000],
  ['2 minggu', 1_209_600_000],
  ['1 jam', 3_600_000],
  ['30 menit 2 jam', null],
  ['1h 1h', null],
  ['hari', null],
  ['-3d', null],
])('%s lasts %s ms', (typed, expected) => {
  expect(readDuration(typed)).toBe(expected);
});

it.each([
  ['2026-11-24', 'hari ini', 'today'],
  ['2026-11-25', 'besok', 'tomorrow'],
  ['2026-11-23', 'kemarin', 'yesterday'],
  ['2026-11-27', '3 hari lagi', 'in 3 days'],
  ['2026-11-21', '3 hari yang lalu', '3 days ago'],
])('%s, seen from 24 November 2026, is %s, or %s, and read back so', (date, indonesian, english) => {
  const said = (['id', 'en'] as const).map(locale => relativeDay(date, '2026-11-24', locale));
  expect(said).toEqual([indonesian, english]);
  expect(said.map(words => readDate(words, reading))).toEqual([date, date]);
});
