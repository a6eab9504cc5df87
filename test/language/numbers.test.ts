import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/language/locale.ts';
import { formatMoney, formatNumber, formatPercent, readMoney, readNumber } from '../../src/language/numbers.ts';

describe.each(LOCALES)('numbers in %s', locale => {
  it('are read back as they were printed, or asked about with the printed one among the readings', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 6 }), (n, places) => {
        const value = Number((n / 10 ** places).toPrecision(15));
        const reading = readNumber(formatNumber(value, locale), locale);
        expect('value' in reading ? [reading.value] : reading.why === 'doubtful' ? reading.readings : []).toContain(
          value,
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('as money are read back to the sen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e14 }), minor => {
        expect(readMoney(formatMoney(minor, locale), locale)).toEqual({ value: minor });
      }),
      { numRuns: 3000 },
    );
  });

  it('of any text are a number, a doubt, or none, and never an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), typed => {
        const reading = readNumber(typed, locale);
        if ('value' in reading) expect(Number.isFinite(reading.value)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

it.each([
  ['1.234,5', 'id', { value: 1234.5 }],
  ['1,234.5', 'en', { value: 1234.5 }],
  ['1.234', 'id', { value: 1234 }],
  ['1,5', 'id', { value: 1.5 }],
  ['1.5', 'id', { value: 1.5 }],
  ['1.234.567', 'en', { value: 1_234_567 }],
  ['1,234', 'id', { why: 'doubtful', readings: [1.234, 1234] }],
  ['1,25 jt', 'id', { value: 1_250_000 }],
  ['3rb', 'id', { value: 3000 }],
  ['-7', 'id', { value: -7 }],
  ['0x10', 'id', { why: 'not_a_number' }],
  ['1e5', 'en', { why: 'not_a_number' }],
  ['', 'id', { why: 'not_a_number' }],
  ['12.34.5', 'id', { why: 'not_a_number' }],
] as const)('%s in %s is %o', (typed, locale, expected) => {
  expect(readNumber(typed, locale)).toEqual(expected);
});

it('shares are rounded half up in integers', () => {
  expect([formatPercent(8, 12, 'id'), formatPercent(1, 8, 'en', 2), formatPercent(0, 0, 'id')]).toEqual([
    '66,7%',
    '12.50%',
    '–',
  ]);
});
