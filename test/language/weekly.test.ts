import { describe, expect, it } from 'vitest';
import { cronOfWeekly, formatWeekly, readWeekly, weeklyOfCron } from '../../src/language/weekly.ts';

describe('days of the week with a time', () => {
  it.each([
    ['senin 08.00', '0 8 * * 1'],
    ['Setiap Senin pukul 08.00', '0 8 * * 1'],
    ['setiap hari 07.30', '30 7 * * *'],
    ['hari senin jam 8 pagi', '0 8 * * 1'],
    ['senin, rabu dan jumat 13.15', '15 13 * * 1,3,5'],
    ['hari kerja 08.00', '0 8 * * 1,2,3,4,5'],
    ["jum'at 15.00", '0 15 * * 5'],
    ['minggu 20.00', '0 20 * * 0'],
    ['monday 08:00', '0 8 * * 1'],
    ['every day 7:30', '30 7 * * *'],
    ['Mondays and Thursdays at 1 pm', '0 13 * * 1,4'],
    ['every weekday at 9', '0 9 * * 1,2,3,4,5'],
  ])('%s is %s', (typed, cron) => {
    const weekly = readWeekly(typed);
    expect(weekly && cronOfWeekly(weekly)).toBe(cron);
    expect(weeklyOfCron(cron)).toEqual(weekly);
  });

  it.each([
    '',
    'senin',
    '08.00',
    'senin 25.00',
    'besok 08.00',
    'senin atau selasa 08.00',
    'monday 13 am',
    '0 8 * * 1',
    'x'.repeat(200),
  ])('“%s” is none', typed => {
    expect(readWeekly(typed)).toBeNull();
  });

  it.each([
    ['0 8 * * 1', 'setiap Senin pukul 08.00', 'every Monday at 08:00'],
    ['30 7 * * *', 'setiap hari pukul 07.30', 'every day at 07:30'],
    ['0 9 * * 7,1', 'setiap Senin dan Minggu pukul 09.00', 'every Monday and Sunday at 09:00'],
    [
      '0 9 * * 1-5',
      'setiap Senin, Selasa, Rabu, Kamis, dan Jumat pukul 09.00',
      'every Monday, Tuesday, Wednesday, Thursday and Friday at 09:00',
    ],
  ])('%s is said in words', (cron, id, en) => {
    const weekly = weeklyOfCron(cron)!;
    expect([formatWeekly(weekly, 'id'), formatWeekly(weekly, 'en')]).toEqual([id, en]);
  });

  it.each(['0 8 1 * *', '*/5 8 * * 1', '0 8 * 1 1', '0 8 * * MON'])('%s is left as it is', cron => {
    expect(weeklyOfCron(cron)).toBeNull();
  });
});
