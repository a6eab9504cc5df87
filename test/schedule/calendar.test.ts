import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateIn,
  instantAt,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  shiftWorkingDays,
} from '../../src/domain/calendar.ts';
import { INDONESIA } from '../../src/domain/decreed.ts';
import { holidaysOf } from '../../src/domain/holidays.ts';
import { nextAllowed } from '../../src/domain/quiet.ts';
import { adjust } from '../../src/schedule/holiday-rule.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

const days = holidaysOf({ added: [], removed: [] });
const iso = (at: Date): string => at.toISOString();

describe('a local time as an instant', () => {
  it.each([
    ['Asia/Jakarta', '2026-11-24T01:00:00.000Z'],
    ['Asia/Makassar', '2026-11-24T00:00:00.000Z'],
    ['Asia/Jayapura', '2026-11-23T23:00:00.000Z'],
  ])('is eight in the morning in %s', (zone, at) => {
    expect(iso(instantAt('2026-11-24', '08:00', zone))).toBe(at);
  });

  it.each([
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:00:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '02:00', '2026-03-29T01:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:10', '2026-10-03T15:30:00.000Z'],
    ['Pacific/Apia', '2011-12-30', '10:00', '2011-12-30T10:00:00.000Z'],
  ])('R9: is the next valid instant where %s skips it', (zone, date, time, at) => {
    expect(iso(instantAt(date, time, zone))).toBe(at);
  });

  it('R9: is the first of two', () => {
    expect(iso(instantAt('2026-11-01', '01:30', 'America/New_York'))).toBe('2026-11-01T05:30:00.000Z');
  });

  it('P8: belongs to the local date of its zone, not of the server', () => {
    const at = new Date('2026-11-23T16:30:00Z');
    expect([dateIn(at, 'Asia/Jakarta'), dateIn(at, 'Asia/Jayapura'), dateIn(at, 'UTC')]).toEqual([
      '2026-11-23',
      '2026-11-24',
      '2026-11-23',
    ]);
  });
});

it('a date is that of the zone, whichever zone it is', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const instants = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2060, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, ms) => {
      // Just before and at the nearest local midnight, where the date changes.
      const midnight = instantAt(new Date(ms).toISOString().slice(0, 10), '00:00', zone).getTime();
      for (const at of [ms, midnight - 1, midnight, midnight + 1]) {
        const date = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();
        expect(dateIn(new Date(at), zone)).toBe(date);
      }
    }),
    { numRuns: sized(600, 3000) },
  );
});

describe('working days', () => {
  it('go over a leap day and a month end', () => {
    expect([addDays('2028-02-28', 1), addDays('2027-02-28', 1), addDays('2026-01-31', 1)]).toEqual([
      '2028-02-29',
      '2027-03-01',
      '2026-02-01',
    ]);
  });

  it('leave out the long weekend of Eid al-Fitr', () => {
    expect([nextWorkingDay('2026-03-18', days), previousWorkingDay('2026-03-24', days)]).toEqual([
      '2026-03-25',
      '2026-03-17',
    ]);
  });

  it('are counted in both directions', () => {
    expect([shiftWorkingDays('2026-10-12', -7, days), shiftWorkingDays('2026-12-23', 1, days)]).toEqual([
      '2026-10-01',
      '2026-12-28',
    ]);
    expect(shiftWorkingDays('2026-12-26', 0, days)).toBe('2026-12-26');
  });

  it.each([
    ['skip', null],
    ['next', '2026-12-28'],
    ['previous', '2026-12-23'],
    ['keep', '2026-12-25'],
  ] as const)('R8: move Christmas by the rule "%s"', (rule, date) => {
    expect(adjust('2026-12-25', rule, days)).toBe(date);
  });

  it('R8: a weekend is no holiday: what is meant for it stays', () => {
    expect(adjust('2026-12-26', 'next', days)).toBe('2026-12-26');
  });
});

describe('quiet hours', () => {
  const jakarta = 'Asia/Jakarta';
  const at = (time: string, date = '2026-11-24'): Date => instantAt(date, time, jakarta);
  const night = { from: '20:00', to: '07:00' };

  it.each([
    ['19:59', '19:59', '2026-11-24'],
    ['20:00', '07:00', '2026-11-25'],
    ['23:30', '07:00', '2026-11-25'],
    ['00:00', '07:00', '2026-11-24'],
    ['06:59', '07:00', '2026-11-24'],
    ['07:00', '07:00', '2026-11-24'],
  ])('over midnight move %s to %s of %s', (from, to, date) => {
    expect(nextAllowed(at(from), jakarta, night)).toEqual(at(to, date));
  });

  it('within a day move to its end', () => {
    expect(nextAllowed(at('12:30'), jakarta, { from: '12:00', to: '13:00' })).toEqual(at('13:00'));
  });

  it('of no length hold nothing back', () => {
    expect(nextAllowed(at('08:00'), jakarta, { from: '08:00', to: '08:00' })).toEqual(at('08:00'));
  });

  it('never move backwards where the clocks do', () => {
    const second = new Date('2026-11-01T06:30:00Z');
    expect(nextAllowed(second, 'America/New_York', { from: '01:15', to: '01:45' })).toEqual(second);
  });
});

describe('the holidays of Indonesia', () => {
  const of = (kind: string) => INDONESIA[0]!.days.filter(day => day.kind === kind);

  it('are 17 national ones and 8 days of collective leave in 2026', () => {
    expect([of('national').length, of('collective').length]).toEqual([17, 8]);
  });

  it('fall on the weekdays that were published', () => {
    const weekdays = INDONESIA[0]!.days.map(({ date }) => new Date(date).getUTCDay()).join('');
    expect(weekdays).toBe('4512345601250545340121245');
  });

  it('are in order, each once', () => {
    const dates = INDONESIA.flatMap(year => year.days.map(day => day.date));
    expect(dates).toEqual([...new Set(dates)].sort());
  });

  it('are known for the years that are decreed', () => {
    expect([2026, 2027, 2028].map(year => days.knows(year))).toEqual([true, true, false]);
  });

  it('are edited by a forum without changing the table', () => {
    const ours = holidaysOf({ added: ['2026-10-07'], removed: ['2026-12-24'] });
    expect([isWorkingDay('2026-10-07', ours), isWorkingDay('2026-12-24', ours)]).toEqual([false, true]);
    expect(isWorkingDay('2026-12-24', days)).toBe(false);
  });
});
