import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/domain/calendar.ts';
import { LOCALES } from '../../src/language/locale.ts';
import { formatSlot, readHours, readSlot, type Slot, slotAsTyped, slotsMeant } from '../../src/language/slots.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

/** A Tuesday. */
const reading = { now: new Date('2026-11-24T01:00:00Z'), zone: 'Asia/Jakarta' };

const date = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2190-12-31T00:00:00Z'), noInvalidDate: true })
  .map(at => at.toISOString().slice(0, 10));
const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map(n => `${String(Math.floor(n / 60)).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}`);
const zone = fc.constantFrom(
  'Asia/Jakarta',
  'Asia/Pontianak',
  'Asia/Makassar',
  'Asia/Jayapura',
  'UTC',
  'Europe/Amsterdam',
  'America/New_York',
  '+05:30',
  '-03:00',
);
const slot = fc
  .record({ date, days: fc.integer({ min: 0, max: 9 }), time: fc.option(time), until: fc.option(time), zone })
  .map(({ date, days, time, until, zone }): Slot => {
    const endDate = days ? addDays(date, days) : null;
    if (time === null) return { date, endDate, time: null, until: null, zone: null };
    return { date, endDate, time, until: endDate ? (until ?? '12:00') : until, zone };
  });

describe.each(LOCALES)('when something takes place, in %s', locale => {
  it('is read back as it was printed, long and short, and as an option keeps it', () => {
    fc.assert(
      fc.property(slot, fc.constantFrom('long' as const, 'short' as const), (one, style) => {
        expect(readSlot(formatSlot(one, locale, style), reading)).toEqual(one);
        expect(readSlot(slotAsTyped(one), reading)).toEqual(one);
      }),
      { numRuns: sized(300, 1500) },
    );
  });
});

const on = (date: string, time: string | null = null, until: string | null = null, more: Partial<Slot> = {}): Slot => ({
  date,
  endDate: null,
  time,
  until,
  zone: time === null ? null : 'Asia/Jakarta',
  ...more,
});

it.each<[string, Slot | null]>([
  ['20/1/2026 13.00', on('2026-01-20', '13:00')],
  ['20 jan 13.00-15.30', on('2027-01-20', '13:00', '15:30')],
  ['20 jan 13:00 – 15:30 WITA', on('2027-01-20', '13:00', '15:30', { zone: 'Asia/Makassar' })],
  ['besok jam 9', on('2026-11-25', '09:00')],
  ['besok pukul 9 sampai pukul 11', on('2026-11-25', '09:00', '11:00')],
  ['senin depan 09.00', on('2026-11-30', '09:00')],
  ['jumat depan 09.00', on('2026-12-04', '09:00')],
  ['jumat 09.00', on('2026-11-27', '09:00')],
  ['monday 9 am', on('2026-11-30', '09:00')],
  ['next monday at 9 am', on('2026-11-30', '09:00')],
  ['jam 7 malam', on('2026-11-24', '19:00')],
  ['besok jam 7-9 malam', on('2026-11-25', '19:00', '21:00')],
  ['besok jam 10-2 siang', on('2026-11-25', '10:00', '14:00')],
  ['besok jam 7 malam - 9', on('2026-11-25', '19:00', '21:00')],
  ['tomorrow 9-11 am', on('2026-11-25', '09:00', '11:00')],
  ['tomorrow 9 am - 1 pm', on('2026-11-25', '09:00', '13:00')],
  ['25 nov 22.00-02.00', on('2026-11-25', '22:00', '02:00')],
  ['25 nov 22:00-02:00', on('2026-11-25', '22:00', '02:00')],
  ['25 nov 09:00-11:00 WIT', on('2026-11-25', '09:00', '11:00', { zone: 'Asia/Jayapura' })],
  ['25 nov 09:00 -03:00', on('2026-11-25', '09:00', null, { zone: '-03:00' })],
  ['25 nov 09:00+08:00', on('2026-11-25', '09:00', null, { zone: '+08:00' })],
  ['2026-11-25', on('2026-11-25')],
  ['rabu, 25 november 2026', on('2026-11-25')],
  ['kamis, 25 november 2026', null],
  ['20-22 jan 2027', on('2027-01-20', null, null, { endDate: '2027-01-22' })],
  ['20/1/2027 - 22/1/2027', on('2027-01-20', null, null, { endDate: '2027-01-22' })],
  ['20 jan 2027 s.d. 22 jan 2027', on('2027-01-20', null, null, { endDate: '2027-01-22' })],
  ['20 jan 2027 22.00 sampai 21 jan 2027 04.00', on('2027-01-20', '22:00', '04:00', { endDate: '2027-01-21' })],
  ['besok setengah delapan', on('2026-11-25', '07:30')],
  ['besok jam setengah delapan malam', on('2026-11-25', '19:30')],
  ['besok setengah satu siang', on('2026-11-25', '12:30')],
  ['tomorrow half past 7 pm', on('2026-11-25', '19:30')],
  ['besok jam 9 kurang seperempat', on('2026-11-25', '08:45')],
  ['besok jam 9 lewat 15', on('2026-11-25', '09:15')],
  ['tomorrow quarter past 9 am', on('2026-11-25', '09:15')],
  ['besok jam tujuh malam', on('2026-11-25', '19:00')],
  ['tomorrow seven pm', on('2026-11-25', '19:00')],
  ['tomorrow noon', on('2026-11-25', '12:00')],
  ['besok pagi jam 9', on('2026-11-25', '09:00')],
  ['nanti malam jam 7', on('2026-11-24', '19:00')],
  ['malam ini jam 7', on('2026-11-24', '19:00')],
  ['tonight at 7', on('2026-11-24', '19:00')],
  ['tonight 7 pm', on('2026-11-24', '19:00')],
  ['this evening at 7', on('2026-11-24', '19:00')],
  ['this afternoon 3 pm', on('2026-11-24', '15:00')],
  ['tomorrow evening 7-9 pm', on('2026-11-25', '19:00', '21:00')],
  ['besok malam jam 7-9 malam', on('2026-11-25', '19:00', '21:00')],
  ['hari ini jam 9', on('2026-11-24', '09:00')],
  ['besok malam 00.30', null],
  ['tomorrow morning at 9', on('2026-11-25', '09:00')],
  ['malam minggu jam 7', on('2026-11-28', '19:00')],
  ['jumat malam jam 7', on('2026-11-27', '19:00')],
  ['jam 9 besok', on('2026-11-25', '09:00')],
  ['9-11 am tomorrow', on('2026-11-25', '09:00', '11:00')],
  ['13.00 20 jan', on('2027-01-20', '13:00')],
  ['jam 9 pagi senin depan', on('2026-11-30', '09:00')],
  ['jumat ini jam 9', on('2026-11-27', '09:00')],
  ['senin ini jam 9', null],
  ['senin pekan depan 09.00', on('2026-11-30', '09:00')],
  ['monday next week 9 am', on('2026-11-30', '09:00')],
  ['next week monday 9 am', on('2026-11-30', '09:00')],
  ['dua hari lagi jam 9', on('2026-11-26', '09:00')],
  ['5 bulan depan jam 9', on('2026-12-05', '09:00')],
  ['31 bulan depan', on('2026-12-31')],
  ['20 jan 09.00 - selesai', on('2027-01-20', '09:00')],
  ['20 jan 09.00 sampai selesai WIT', on('2027-01-20', '09:00', null, { zone: 'Asia/Jayapura' })],
  ['20 s/d 22 jan 2027', on('2027-01-20', null, null, { endDate: '2027-01-22' })],
  ['2027-01-20T13:00', on('2027-01-20', '13:00')],
  ['besok 22.00-24.00', on('2026-11-25', '22:00', '00:00', { endDate: '2026-11-26' })],
  ['tomorrow at 14 to 16', on('2026-11-25', '14:00', '16:00')],
  ['tomorrow 9:30 to 11 am', on('2026-11-25', '09:30', '11:00')],
  ['1:30 to 3 pm', on('2026-11-24', '13:30', '15:00')],
  ['25 nov 13 to 15 wib', null],
  ['20 to 22 jan 2027', on('2027-01-20', null, null, { endDate: '2027-01-22' })],
  ['25 to 27 nov', on('2026-11-25', null, null, { endDate: '2026-11-27' })],
  ['tomorrow quarter to nine', on('2026-11-25', '08:45')],
  ['tomorrow quarter to 9 pm', on('2026-11-25', '20:45')],
  ['tomorrow at 20 to nine', on('2026-11-25', '08:40')],
  ['tomorrow 20 minutes to 9 pm', on('2026-11-25', '20:40')],
  ['tomorrow 10 mins to 9', on('2026-11-25', '08:50')],
  ['tomorrow 20 past eight', on('2026-11-25', '08:20')],
  ['besok jam 7-12 malam', on('2026-11-25', '19:00', '00:00', { endDate: '2026-11-26' })],
  ['besok malam jam 7-12 malam', on('2026-11-25', '19:00', '00:00', { endDate: '2026-11-26' })],
  ['besok 7.30 sampai jam 12 malam', on('2026-11-25', '19:30', '00:00', { endDate: '2026-11-26' })],
  ['besok jam 19.00-12 malam', on('2026-11-25', '19:00', '00:00', { endDate: '2026-11-26' })],
  ['besok jam 7 pagi - 12 malam', on('2026-11-25', '07:00', '00:00', { endDate: '2026-11-26' })],
  ['besok 24.00', null],
  ['besok jam 12 malam', null],
  ['besok 9', null],
  ['besok jam 25', null],
  ['30 februari 2027 09.00', null],
  ['minggu depan', null],
  ['besok WIB', null],
  ['besok 09.00 Asia/Nirgends', null],
  ['besok 09.00 +99:00', null],
])('%s, typed on 24 November 2026, is %j', (typed, expected) => {
  expect(readSlot(typed, reading)).toEqual(expected);
});

it.each([
  ['besok jam 12 malam', ['2026-11-26 00:00', '2026-11-25 00:00']],
  ['besok 24.00 WIT', ['2026-11-26 00:00', '2026-11-25 00:00']],
  ['tomorrow midnight', ['2026-11-26 00:00', '2026-11-25 00:00']],
  ['31 des tengah malam', ['2027-01-01 00:00', '2026-12-31 00:00']],
  ['Senin, 20 Januari 2027 09.00', ['2027-01-20 09:00']],
  ['hari senin 20 jan', ['2027-01-20 null']],
  ['jumat 24 des 2026', ['2026-12-24 null']],
  ['jumat, 24 des 2026 09.00', ['2026-12-24 09:00']],
  ['kamis 24 des 24.00', ['2026-12-25 00:00', '2026-12-24 00:00']],
  ['senin 31 februari', []],
  ['besok jam 25', []],
  ['apa saja', []],
])('%s is asked about', (typed, meant) => {
  expect(readSlot(typed, reading)).toBeNull();
  expect(slotsMeant(typed, reading).map(one => `${one.date} ${one.time}`)).toEqual(meant);
});

it.each([
  ['setengah delapan malam', { time: '19:30', until: null, zone: null }],
  ['22.00-24.00', { time: '22:00', until: '24:00', zone: null }],
  ['tengah malam', null],
  ['13.00', { time: '13:00', until: null, zone: null }],
  ['13', { time: '13:00', until: null, zone: null }],
  ['9-11', { time: '09:00', until: '11:00', zone: null }],
  ['14 to 16', { time: '14:00', until: '16:00', zone: null }],
  ['13 to 15 wib', { time: '13:00', until: '15:00', zone: 'Asia/Jakarta' }],
  ['10 to 12', { time: '10:00', until: '12:00', zone: null }],
  ['7-12 malam', { time: '19:00', until: '24:00', zone: null }],
  ['jam 7 malam', { time: '19:00', until: null, zone: null }],
  ['13:00-15:30', { time: '13:00', until: '15:30', zone: null }],
  ['13.00-15.30 WIT', { time: '13:00', until: '15:30', zone: 'Asia/Jayapura' }],
  ['25.00', null],
  ['besok', null],
])('the hours %s are %j', (typed, expected) => {
  expect(readHours(typed)).toEqual(expected);
});

it('of any text is one or none, and never an exception', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.stringMatching(/^[0-9/.: -]{1,24}$/),
    fc
      .array(
        fc.constantFrom(
          'senin',
          'depan',
          'jam',
          '9',
          '13.00',
          '-',
          '25/11',
          'wita',
          'sampai',
          'malam',
          'setengah',
          'kurang',
          'quarter to',
          'ini',
          'tengah malam',
          '24.00',
          'lagi',
          'selesai',
          '..',
          '+08:00',
          'a/b',
        ),
      )
      .map(parts => parts.join(' ')),
  );
  fc.assert(
    fc.property(text, typed => {
      const found = readSlot(typed, reading);
      if (found) expect(formatSlot(found, 'id')).not.toBe('');
      readHours(typed);
      slotsMeant(typed, reading);
    }),
    { numRuns: sized(600, 3000) },
  );
});
