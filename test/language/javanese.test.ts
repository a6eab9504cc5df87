import { expect, it } from 'vitest';
import { nextPasaran, PASARAN, pasaranOf } from '../../src/language/javanese.ts';

const addDay = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Names that newspapers and public almanacs printed for days in a row, from a first date on. */
const PRINTED: readonly (readonly [from: string, names: string])[] = [
  ['1945-08-17', 'Legi'],
  ['1968-12-03', 'Kliwon'],
  // id.theasianparent.com, January 2022
  ['2022-01-01', 'Pahing Pon Wage Kliwon Legi Pahing Pon Wage Kliwon Legi Pahing Pon Wage Kliwon'],
  ['2023-01-25', 'Legi'],
  // tirto.id, August 2023
  ['2023-08-01', 'Wage Kliwon Legi Pahing Pon Wage Kliwon'],
  ['2023-08-31', 'Wage'],
  // suara.com, October 2023
  ['2023-10-01', 'Kliwon'],
  // tribunnews.com, September 2024
  ['2024-09-01', 'Legi Pahing Pon Wage'],
  ['2024-09-27', 'Pahing'],
  // jatimtimes.com, December 2024
  ['2024-12-01', 'Pahing Pon Wage Kliwon Legi Pahing Pon Wage'],
  // orami.co.id, January 2025
  [
    '2025-01-01',
    'Pon Wage Kliwon Legi Pahing Pon Wage Kliwon Legi Pahing Pon Wage Kliwon Legi Pahing Pon Wage Kliwon Legi Pahing Pon Wage Kliwon Legi Pahing Pon Wage',
  ],
  // suarablitar.com, August 2025
  ['2025-08-01', 'Kliwon'],
  ['2025-08-18', 'Pahing'],
  ['2025-08-30', 'Wage'],
];

it('the market day of a date is the one that almanacs print', () => {
  const days = PRINTED.flatMap(([from, names]) => names.split(' ').map((name, i) => [addDay(from, i), name] as const));
  expect(days.length).toBeGreaterThanOrEqual(60);
  expect(days.map(([date]) => [date, PASARAN[pasaranOf(date)]])).toEqual(days);
});

it('the next Jumat Kliwon is at most 35 days away, and comes every 35 days', () => {
  expect(nextPasaran('2025-01-01', 4, 5)).toBe('2025-01-03');
  expect(nextPasaran('2025-01-04', 4, 5)).toBe('2025-02-07');
  expect(nextPasaran('1945-08-17', 0, null)).toBe('1945-08-17');
});
