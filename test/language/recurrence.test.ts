import { describe, expect, it } from 'vitest';
import { datesOf, shifted } from '../../src/domain/meetings/recurrence.ts';
import { LOCALES } from '../../src/language/locale.ts';
import { formatRecurrence, type Recurrence, readRepeat, recurrenceFrom } from '../../src/language/recurrence.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

const reading = { now: new Date('2026-11-24T01:00:00Z'), zone: 'Asia/Jakarta' };
const date = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2190-12-31T00:00:00Z'), noInvalidDate: true })
  .map(at => at.toISOString().slice(0, 10));
const interval = fc.integer({ min: 1, max: 12 });
const rule: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((n): Recurrence => ({ every: 'day', interval: n })),
  fc
    .record({ interval, days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }) })
    .map(({ interval, days }): Recurrence => ({ every: 'week', interval, days: days.sort() })),
  fc.record({ interval, day: fc.integer({ min: 1, max: 31 }) }).map((one): Recurrence => ({ every: 'month', ...one })),
  interval.map((n): Recurrence => ({ every: 'month', interval: n, day: -1 })),
  fc
    .record({ interval, nth: fc.constantFrom(1, 2, 3, 4, 5, -1), weekday: fc.integer({ min: 1, max: 7 }) })
    .map((one): Recurrence => ({ every: 'month', ...one })),
  fc
    .record({
      interval: fc.integer({ min: 1, max: 3 }),
      month: fc.integer({ min: 1, max: 12 }),
      day: fc.integer({ min: 1, max: 28 }),
    })
    .map((one): Recurrence => ({ every: 'year', ...one })),
);

describe.each(LOCALES)('a repetition in %s', locale => {
  it('is read back as it was printed', () => {
    fc.assert(
      fc.property(rule, date, (one, start) => {
        const [first] = datesOf(one, start);
        if (!first) return;
        const printed = formatRecurrence(one, first, locale);
        const read = readRepeat(printed, reading);
        expect(read, printed).not.toBeNull();
        if (read && read !== 'never')
          expect([printed, recurrenceFrom(read, first)]).toEqual([printed, { recurrence: one, from: first }]);
      }),
      { numRuns: sized(300, 1500) },
    );
  });
});

it('that goes on from any other date has that date, and what is monthly stays so', () => {
  fc.assert(
    fc.property(rule, date, date, (one, start, to) => {
      const [first] = datesOf(one, start);
      if (!first) return;
      const moved = shifted(one, first, to);
      const dates: string[] = [];
      for (const day of datesOf(moved, to)) if (dates.push(day) > 12) break;
      expect(dates[0], JSON.stringify(moved)).toBe(to);
      if (one.every !== 'month' || dates.length < 13) return;
      const months = dates.map(day => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)));
      // Only February has no 29th or 30th.
      const most = 'day' in moved && moved.day > 28 ? 2 * one.interval : one.interval;
      for (const [i, month] of months.slice(1).entries()) expect(month - months[i]!).toBeLessThanOrEqual(most);
    }),
    { numRuns: 500 },
  );
  expect(shifted({ every: 'month', interval: 1, nth: 1, weekday: 1 }, '2026-12-07', '2026-12-31')).toEqual({
    ...{ every: 'month', interval: 1, nth: -1, weekday: 4 },
  });
  // At the end of a month it is its last day; the 30th of a longer month begins on the 30th.
  for (const [to, day] of [
    ['2026-04-30', -1],
    ['2028-02-29', -1],
    ['2026-12-30', 30],
    ['2026-02-28', 28],
  ] as const)
    expect(shifted({ every: 'month', interval: 1, day: 5 }, '2026-01-05', to)).toMatchObject({ day });
});

const week = (days: number[], n = 1): Recurrence => ({ every: 'week', interval: n, days });

it.each<[string, Recurrence, string]>([
  ['setiap Senin pertama 09.00', { every: 'month', interval: 1, nth: 1, weekday: 1 }, '2026-11-24'],
  ['tiap dua minggu', week([2], 2), '2026-11-24'],
  ['setiap tanggal 5', { every: 'month', interval: 1, day: 5 }, '2026-11-24'],
  ['setiap Jumat Kliwon', { every: 'day', interval: 35 }, '2026-12-04'],
  ['setiap Kliwon', { every: 'day', interval: 5 }, '2026-11-24'],
  ['malam Jumat Kliwon', { every: 'day', interval: 35 }, '2026-12-03'],
  ['malam Jumat', week([4]), '2026-11-24'],
  ['selapan', { every: 'day', interval: 35 }, '2026-11-24'],
  ['setiap minggu', week([2]), '2026-11-24'],
  ['setiap hari Minggu', week([7]), '2026-11-24'],
  ['setiap Minggu 09.00', week([7]), '2026-11-24'],
  ['setiap minggu hari Senin', week([1]), '2026-11-24'],
  ['tiap bulan tanggal 5 jam 9', { every: 'month', interval: 1, day: 5 }, '2026-11-24'],
  ['setiap bulan Senin pertama', { every: 'month', interval: 1, nth: 1, weekday: 1 }, '2026-11-24'],
  ['each month on the first Monday 9:00', { every: 'month', interval: 1, nth: 1, weekday: 1 }, '2026-11-24'],
  ['setiap Senin minggu pertama', { every: 'month', interval: 1, nth: 1, weekday: 1 }, '2026-11-24'],
  ['jam 9 setiap Senin', week([1]), '2026-11-24'],
  ['seminggu sekali', week([2]), '2026-11-24'],
  ['dua minggu sekali pada Senin', week([1], 2), '2026-11-24'],
  ['sebulan sekali', { every: 'month', interval: 1, day: 24 }, '2026-11-24'],
  ['monthly', { every: 'month', interval: 1, day: 24 }, '2026-11-24'],
  ['weekly on Monday', week([1]), '2026-11-24'],
  ['every fortnight', week([2], 2), '2026-11-24'],
  ['triwulanan', { every: 'month', interval: 3, day: 24 }, '2026-11-24'],
  ['setiap awal bulan', { every: 'month', interval: 1, day: 1 }, '2026-11-24'],
  ['setiap malam jam 8', { every: 'day', interval: 1 }, '2026-11-24'],
  ['setiap Senin dan Kamis jam 7 malam', week([1, 4]), '2026-11-24'],
  ['setiap hari kerja 08.00', week([1, 2, 3, 4, 5]), '2026-11-24'],
  ['setiap hari', { every: 'day', interval: 1 }, '2026-11-24'],
  ['setiap Jumat terakhir bulan', { every: 'month', interval: 1, nth: -1, weekday: 5 }, '2026-11-24'],
  ['tiap tiga bulan pada tanggal 10', { every: 'month', interval: 3, day: 10 }, '2026-11-24'],
  ['setiap 17 Agustus', { every: 'year', interval: 1, month: 8, day: 17 }, '2026-11-24'],
  ['every first Monday of the month at 9 am', { every: 'month', interval: 1, nth: 1, weekday: 1 }, '2026-11-24'],
  ['every other week', week([2], 2), '2026-11-24'],
  ['every two weeks on Monday', week([1], 2), '2026-11-24'],
  ['every 5th', { every: 'month', interval: 1, day: 5 }, '2026-11-24'],
  ['every Friday Kliwon', { every: 'day', interval: 35 }, '2026-12-04'],
  ['every last day of the month', { every: 'month', interval: 1, day: -1 }, '2026-11-24'],
  ['weekdays 08:00', week([1, 2, 3, 4, 5]), '2026-11-24'],
])('%s', (typed, expected, from) => {
  const read = readRepeat(typed, reading);
  expect(read).toBeTruthy();
  if (read && read !== 'never') expect(recurrenceFrom(read, '2026-11-24')).toEqual({ recurrence: expected, from });
});

it('has hours and an end, each in its place', () => {
  const hours = (time: string, until: string | null = null, zone: string | null = null) => ({ time, until, zone });
  expect(readRepeat('setiap Senin 13.00-15.30 WITA sampai 31/12/2026', reading)).toMatchObject({
    hours: hours('13:00', '15:30', 'Asia/Makassar'),
    last: '2026-12-31',
    count: null,
  });
  expect(readRepeat('setiap Senin 13.00 sampai 15.30', reading)).toMatchObject({
    hours: hours('13:00', '15:30'),
    last: null,
  });
  expect(readRepeat('setiap malam Jumat jam 8', reading)).toMatchObject({ hours: hours('20:00'), on: { days: [4] } });
  for (const typed of ['setiap Senin 9-11 pagi', 'every Monday 9-11 am', 'setiap Senin 9 - 11.00'])
    expect(readRepeat(typed, reading), typed).toMatchObject({ hours: hours('09:00', '11:00'), on: { days: [1] } });
  expect(readRepeat('setiap malam jam 8', reading)).toMatchObject({ hours: hours('20:00') });
  expect(readRepeat('setiap Senin setengah delapan malam', reading)).toMatchObject({ hours: hours('19:30') });
  expect(readRepeat('setiap Sabtu 22.00-04.00', reading)).toMatchObject({ hours: hours('22:00', '04:00') });
  expect(readRepeat('every Monday 9:30 to 11 am', reading)).toMatchObject({ hours: hours('09:30', '11:00') });
  expect(readRepeat('every Monday at 14 to 16', reading)).toMatchObject({ hours: hours('14:00', '16:00') });
  expect(readRepeat('setiap Senin 7-12 malam', reading)).toMatchObject({ hours: hours('19:00', '24:00') });
  for (const [end, last] of [
    ['akhir tahun', '2026-12-31'],
    ['Desember 2027', '2027-12-31'],
    ['Januari', '2027-01-31'],
    ['akhir bulan', '2026-11-30'],
  ])
    expect(readRepeat(`setiap Senin 09.00 sampai ${end}`, reading)).toMatchObject({ hours: hours('09:00'), last });
  expect(readRepeat('setiap tanggal 5 10 kali', reading)).toMatchObject({ hours: null, count: 10, on: { day: 5 } });
  expect(readRepeat('every Monday 9 am for 6 times', reading)).toMatchObject({ hours: hours('09:00'), count: 6 });
});

it.each(['setiap 30 Februari', 'every February 30', 'setiap 31 April'])('%s never comes', typed => {
  expect(readRepeat(typed, reading)).toBe('never');
});

it.each([
  '',
  'setiap',
  'kadang-kadang',
  'setiap tanggal 32',
  'setiap Senin ke-9',
  'setiap Senin 0 kali',
  'setiap Senin jam 25',
  'constructor',
])('%j is no repetition', typed => {
  expect(readRepeat(typed, reading)).toBeNull();
});
