import { describe, expect, it } from 'vitest';
import { icsDays } from '../../src/domain/ics-days.ts';

const event = (...lines: string[]): string[] => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
const calendar = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y', ...lines, 'END:VCALENDAR', ''].join('\r\n');

describe('a calendar of days off', () => {
  it('is read in order, with folded lines, signs behind strokes, several days and alarms', () => {
    const content = calendar(
      ...event('DTSTART;VALUE=DATE:20280102', 'DTEND;VALUE=DATE:20280104', 'SUMMARY:Cuti bersama\\, lanjut', '  an'),
      ...event(
        'DTSTART;VALUE=DATE:20280101',
        'SUMMARY;LANGUAGE="id:ID":Tahun Baru',
        'BEGIN:VALARM',
        'TRIGGER:-P1D',
        'DTSTART:20200101T000000Z',
        'END:VALARM',
      ),
      ...event('DTSTART:20280229', 'DTEND:20280229', 'SUMMARY:Hari kabisat'),
    );
    expect(icsDays(content)).toEqual({
      days: [
        { date: '2028-01-01', name: 'Tahun Baru' },
        { date: '2028-01-02', name: 'Cuti bersama, lanjut an' },
        { date: '2028-01-03', name: 'Cuti bersama, lanjut an' },
        { date: '2028-02-29', name: 'Hari kabisat' },
      ],
      observances: 0,
    });
  });

  it('leaves out what is cancelled, and counts observances on which people work', () => {
    const day = 'DTSTART;VALUE=DATE:20280101';
    const content = calendar(
      ...event(day, 'STATUS:CANCELLED'),
      ...event(day, 'DESCRIPTION:Perayaan\\nUntuk menyembunyikan …'),
      ...event('DTSTART;VALUE=DATE:20280817', 'DESCRIPTION:Hari libur nasional', 'SUMMARY:Kemerdekaan'),
    );
    expect(icsDays(`\uFEFF${content}`)).toEqual({
      days: [{ date: '2028-08-17', name: 'Kemerdekaan' }],
      observances: 1,
    });
  });

  it.each([
    ['', { why: 'not_ics' }],
    ['tanggal;nama\n2028-01-01;Tahun Baru', { why: 'not_ics' }],
    ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20280101', { why: 'cut_off' }],
    ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20280101\nEND:VCALENDAR', { why: 'bad_line', line: 4 }],
    [calendar(), { why: 'no_days' }],
    [calendar('ini bukan baris'), { why: 'bad_line', line: 4 }],
    [calendar(...event('SUMMARY:tanpa tanggal')), { why: 'bad_line', line: 6 }],
    [calendar(...event('DTSTART;VALUE=DATE:20280230')), { why: 'bad_line', line: 5 }],
    [calendar(...event('DTSTART;VALUE=DATE:20280105', 'DTEND;VALUE=DATE:20280101')), { why: 'bad_line', line: 6 }],
    [calendar(...event('DTSTART;VALUE=DATE:20280101', 'DTEND;VALUE=DATE:20290101')), { why: 'bad_line', line: 6 }],
    [calendar(...event('DTSTART;VALUE=DATE:20280101', 'DTSTART;VALUE=DATE:20280102')), { why: 'bad_line', line: 6 }],
    [calendar(...event('DTSTART:20280101T080000Z')), { why: 'timed', line: 5 }],
    [calendar(...event('DTSTART;VALUE=DATE:20280101', 'DURATION:P1D')), { why: 'timed', line: 6 }],
    [calendar(...event('DTSTART;VALUE=DATE:20280101', 'RRULE:FREQ=YEARLY')), { why: 'repeats', line: 6 }],
  ])('%j is refused in words', (content, no) => {
    expect(icsDays(content)).toEqual(no);
  });

  it('holds no more than some years', () => {
    const days = Array.from({ length: 20 }, (_, n) => 2030 + n).map(year =>
      event(`DTSTART;VALUE=DATE:${year}0101`, `DTEND;VALUE=DATE:${year}0131`),
    );
    expect(icsDays(calendar(...days.flat()))).toEqual({ why: 'too_many', most: 400 });
  });
});
