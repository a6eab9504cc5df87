import { describe, expect, it } from 'vitest';
import { dateIn, dateWriting } from '../../src/imports/dates.ts';
import type { Cell } from '../../src/imports/grid.ts';
import { decimalIn, numberWriting } from '../../src/imports/numbers.ts';

const NOW = new Date('2026-11-24T01:00:00Z');
const numbersOf = (cells: readonly Cell[], locale: 'id' | 'en' = 'id'): (string | null)[] => {
  const writing = numberWriting(cells, locale);
  return cells.map(cell => decimalIn(cell, writing, locale));
};
const datesOf = (cells: readonly Cell[]): (string | null)[] => {
  const writing = dateWriting(cells);
  return cells.map(cell => dateIn(cell, writing, NOW));
};

describe('the numbers of a column', () => {
  it.each<[string, Cell[], (string | null)[]]>([
    ['thousands alone', ['1.234', '2.500'], ['1234', '2500']],
    ['one decimal comma decides for all', ['1.234', '1.234,5'], ['1234', '1234.5']],
    ['one decimal point decides for all', ['1.5', '1.234'], ['1.5', '1.234']],
    ['commas as thousands', ['1,234.50', '12,000.00'], ['1234.5', '12000']],
    ['what fits no longer is no number', ['1.5', '2.25', '3,5'], ['1.5', '2.25', null]],
    ['amounts with their sign', ['Rp 1.250.000,-', 'Rp2.000.000', '(500)'], ['1250000', '2000000', '-500']],
    ['numbers of a workbook', [0.1 + 0.2, 1e6, 12.5], ['0.3', '1000000', '12.5']],
    ['words behind them', ['1,5 juta', '2 rb'], ['1500000', '2000']],
    ['leading zeros, blanks between, no number', ['007', '1 000', 'tiga'], ['7', '1000', null]],
  ])('%s', (_, cells, values) => {
    expect(numbersOf(cells)).toEqual(values);
  });

  it('are thousands where every sign stands before three digits, in either language', () => {
    expect(numbersOf(['1,234', '2,500'], 'en')).toEqual(['1234', '2500']);
    expect(numbersOf(['1.234', '2.500'], 'en')).toEqual(['1234', '2500']);
    expect(numbersOf(['1,234', '2,500'], 'id')).toEqual(['1234', '2500']);
  });
});

describe('the dates of a column', () => {
  it.each<[string, Cell[], (string | null)[]]>([
    ['the day first, as it is written here', ['1/2/2026', '3/4/2026'], ['2026-02-01', '2026-04-03']],
    ['one day above twelve decides for all', ['1/2/2026', '3/25/2026'], ['2026-01-02', '2026-03-25']],
    ['years first', ['2026/01/02', '2026-11-25'], ['2026-01-02', '2026-11-25']],
    ['points, two digits of the year', ['25.11.26', '1.2.26'], ['2026-11-25', '2026-02-01']],
    ['what fits no longer is no date', ['25/11/2026', '13/12/2026', '11/25/2026'], ['2026-11-25', '2026-12-13', null]],
    [
      'names of months in either language',
      ['25 November 2026', '3 Agt 2026', 'Mar 5, 2026'],
      ['2026-11-25', '2026-08-03', '2026-03-05'],
    ],
    ['days of the week and times', ['Senin, 2 November 2026', '2/11/2026 08:30'], ['2026-11-02', '2026-11-02']],
    ['dates and day numbers of a workbook', [new Date('2026-11-25'), 46351], ['2026-11-25', '2026-11-25']],
    ['no date', ['kemarin', '31/2/2026', 'x', 12], [null, null, null, null]],
  ])('%s', (_, cells, values) => {
    expect(datesOf(cells)).toEqual(values);
  });
});
