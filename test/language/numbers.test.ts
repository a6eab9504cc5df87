import { describe, expect, it } from 'vitest';
import { moneyInWords } from '../../src/language/amount-words.ts';
import { LOCALES, WRITING } from '../../src/language/locale.ts';
import {
  formatMoney,
  formatNumber,
  formatPercent,
  numberAsTyped,
  readDecimal,
  readMoney,
  readNumber,
  readWhole,
} from '../../src/language/numbers.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

const anyNumber = fc
  .tuple(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 6 }))
  .map(([n, places]) => Number((n / 10 ** places).toPrecision(15)) + 0);
/** Three decimals behind a few digits: where the two languages are easily mistaken for each other. */
const easilyMistaken = fc.integer({ min: -1_100_000, max: 1_100_000 }).map(n => n / 1000 + 0);
const digitSoup = fc.stringMatching(/^[-−]?(Rp ?)?[0-9., ']{1,16} ?(rb|jt|m|k|juta|x|constructor)?$/);

describe.each(LOCALES)('numbers in %s', locale => {
  it('are read back as they were printed, grouped or not, and never doubted', () => {
    fc.assert(
      fc.property(fc.oneof(anyNumber, easilyMistaken), fc.boolean(), (n, plain) => {
        expect(readNumber(formatNumber(n, locale, { plain }), locale)).toEqual({ value: n });
      }),
      { numRuns: sized(600, 3000) },
    );
  });

  it('as an option’s value are read back in either language', () => {
    fc.assert(
      fc.property(fc.oneof(anyNumber, easilyMistaken), n => {
        expect(readNumber(numberAsTyped(n), locale)).toEqual({ value: n });
      }),
      { numRuns: sized(400, 2000) },
    );
  });

  it('when whole are read back over all safe integers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), n => {
        expect(readWhole(formatNumber(n, locale), locale)).toEqual({ value: n });
      }),
      { numRuns: sized(400, 2000) },
    );
  });

  it('as money are read back to the sen, over all safe integers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), minor => {
        expect(readMoney(formatMoney(minor, locale), locale)).toEqual({ value: minor });
      }),
      { numRuns: sized(600, 3000) },
    );
  });

  it('of any text are finite numbers, different ones, or none, and never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), digitSoup), typed => {
        for (const read of [readNumber, readWhole, readMoney]) {
          const reading = read(typed, locale);
          if ('value' in reading) expect(Number.isFinite(reading.value)).toBe(true);
          else if (reading.why === 'doubtful') {
            expect(reading.readings.length).toBeGreaterThan(1);
            expect(new Set(reading.readings.filter(Number.isFinite)).size).toBe(reading.readings.length);
          }
        }
      }),
      { numRuns: sized(600, 3000) },
    );
  });
});

const none = { why: 'not_a_number' };
const doubtful = (...readings: number[]) => ({ why: 'doubtful', readings });
const doubtful2 = (...readings: string[]) => ({ why: 'doubtful', readings });

it.each([
  ['1.234,5', 'id', { value: 1234.5 }],
  ['1,234.5', 'en', { value: 1234.5 }],
  ['1,234.5', 'id', { value: 1234.5 }],
  ['12.345,67', 'en', { value: 12_345.67 }],
  ['1.234', 'id', { value: 1234 }],
  ['1,234', 'en', { value: 1234 }],
  ['1,234', 'id', doubtful(1.234, 1234)],
  ['1.234', 'en', doubtful(1.234, 1234)],
  ['-1,234 jt', 'id', doubtful(-1_234_000, -1_234_000_000)],
  ['0,125', 'id', { value: 0.125 }],
  ['1234,567', 'id', { value: 1234.567 }],
  ['1,5', 'id', { value: 1.5 }],
  ['1.5', 'id', { value: 1.5 }],
  ['1,5', 'en', { value: 1.5 }],
  ['1.234.567', 'en', { value: 1_234_567 }],
  ['1,234,567', 'id', { value: 1_234_567 }],
  ['1 250 000', 'id', { value: 1_250_000 }],
  ['1 250,5', 'id', { value: 1250.5 }],
  ["1'250'000", 'en', { value: 1_250_000 }],
  ['1,25 jt', 'id', { value: 1_250_000 }],
  ['3rb', 'id', { value: 3000 }],
  ['1,1 juta', 'id', { value: 1_100_000 }],
  ['1,5 triliun', 'id', { value: 1_500_000_000_000 }],
  ['1,5 T', 'id', { value: 1_500_000_000_000 }],
  ['1.5 trillion', 'en', { value: 1_500_000_000_000 }],
  ['1.5 trillion', 'id', { value: 1_500_000_000_000 }],
  ['0,5 kuadriliun', 'en', { value: 500_000_000_000_000 }],
  ['1.5 miliar', 'en', { value: 1_500_000_000 }],
  ['5K', 'en', { value: 5000 }],
  ['Rp 50.000,-', 'id', { value: 50_000 }],
  ['-Rp50.000', 'id', { value: -50_000 }],
  ['-7', 'id', { value: -7 }],
  ['−7', 'id', { value: -7 }],
  ['-0', 'id', { value: 0 }],
  ['1 2', 'id', none],
  ['1.2345.678', 'id', none],
  ['01.234.567', 'id', none],
  ['12.34.5', 'id', none],
  ['1 constructor', 'id', none],
  ['0x10', 'id', none],
  ['1e5', 'en', none],
  ['NaN', 'en', none],
  ['Infinity', 'en', none],
  ['Rp', 'id', none],
  ['', 'id', none],
  ['9'.repeat(400), 'id', none],
  [`-${' '.repeat(50_000)}!`, 'id', none],
] as const)('%s in %s is %o', (typed, locale, expected) => {
  expect(readNumber(typed, locale)).toEqual(expected);
});

it.each([
  ['Rp 1,234', 'id', { value: 123_400 }],
  ['1.250.000', 'id', { value: 125_000_000 }],
  ['1.250.000,50', 'id', { value: 125_000_050 }],
  ['90.071.992.547.409,91', 'id', { value: Number.MAX_SAFE_INTEGER }],
  ['90.071.992.547.409,92', 'id', none],
  ['0,005', 'id', none],
  ['1,234 jt', 'id', doubtful(123_400_000, 123_400_000_000)],
  ['999,999 miliar', 'id', { value: 99_999_900_000_000 }],
  ['750 ribu rupiah', 'id', { value: 75_000_000 }],
  ['Rp50.000 Rupiah ', 'id', { value: 5_000_000 }],
  ['rupiah', 'id', none],
  [`5${' '.repeat(50_000)}rupiah`, 'id', { value: 500 }],
] as const)('%s as money in %s is %o sen', (typed, locale, expected) => {
  expect(readMoney(typed, locale)).toEqual(expected);
});

describe.each(LOCALES)('G36: M in %s', locale => {
  const asked = (...readings: number[]) =>
    doubtful(...readings.sort((a, b) => (WRITING[locale] === 'id' ? b - a : a - b)));
  it.each([
    ['2,5 M', { value: 2_500_000_000 }],
    ['Rp 1.250,5 M', { value: 1_250_500_000_000 }],
    ['1,250.5 M', { value: 1_250_500_000 }],
    ['1,250 M', { value: 1_250_000_000 }],
    ['5 M', asked(5_000_000_000, 5_000_000)],
    ['5m', asked(5_000_000_000, 5_000_000)],
    ['2.5 M', asked(2_500_000_000, 2_500_000)],
  ] as const)('%s reads the same for everybody', (typed, expected) => {
    expect(readNumber(typed, locale)).toEqual(expected);
  });

  it('is asked about with all that 1.500 M may mean, as 1.500 miliar is in English', () => {
    const { readings } = readNumber('1.500 M', locale) as { readings: readonly number[] };
    expect(readings.toSorted((a, b) => a - b)).toEqual([1_500_000, 1_500_000_000, 1_500_000_000_000]);
    expect(readNumber('1.500 miliar', 'en')).toEqual(doubtful(1_500_000_000, 1_500_000_000_000));
  });
});

it.each([
  ['1.500.000.000.000', 'id', { value: '1500000000000' }],
  ['999.999.999.999.999,99', 'id', { value: '999999999999999.99' }],
  ['-0,50', 'id', { value: '-0.5' }],
  ['-0', 'id', { value: '0' }],
  ['0.00', 'en', { value: '0' }],
  ['0,3333333333', 'id', { value: '0.333333' }],
  ['-0,9999999', 'id', { value: '-1' }],
  ['1,5 jt', 'id', { value: '1500000' }],
  ['0007', 'id', { value: '7' }],
  ['1,234', 'id', doubtful2('1.234', '1234')],
  ['x', 'id', none],
] as const)('G35: %s in %s is exactly %o', (typed, locale, expected) => {
  expect(readDecimal(typed, locale)).toEqual(expected);
});

it.each(LOCALES)('exact decimals are read back as they are printed in %s', locale => {
  const digits = fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n });
  fc.assert(
    fc.property(digits, scaled => {
      const [sign, size] = scaled < 0n ? ['-', -scaled] : ['', scaled];
      const fraction = String(size % 1_000_000n)
        .padStart(6, '0')
        .replace(/0+$/, '');
      const text = `${sign}${size / 1_000_000n}${fraction && `.${fraction}`}`;
      expect(readDecimal(formatNumber(text, locale), locale)).toEqual({ value: text });
    }),
    { numRuns: sized(400, 2000) },
  );
});

it.each([
  [250_000_000_000, 'id', 'dua miliar lima ratus juta rupiah'],
  [250_000_000_000, 'en', 'two billion five hundred million rupiah'],
  [125_050_000_000_000, 'id', 'satu triliun dua ratus lima puluh miliar lima ratus juta rupiah'],
  [1_234_550, 'id', 'dua belas ribu tiga ratus empat puluh lima rupiah lima puluh sen'],
  [111_100, 'id', 'seribu seratus sebelas rupiah'],
  [2_131_900_100, 'en', 'twenty-one million three hundred nineteen thousand one rupiah'],
  [50, 'en', 'zero rupiah fifty sen'],
  [0, 'id', 'nol rupiah'],
  [-100, 'id', 'minus satu rupiah'],
  [10_001_000_00, 'id', 'sepuluh juta seribu rupiah'],
] as const)('%d sen in words of %s are %s', (minor, locale, words) => {
  expect(moneyInWords(minor, locale)).toBe(words);
});

it('a doubtful number is no question where only whole numbers can be meant', () => {
  expect([readWhole('1,234', 'id'), readWhole('1,5', 'id')]).toEqual([{ value: 1234 }, none]);
});

it.each([
  [125_000_000, 'id', 'Rp 1.250.000'],
  [125_000_000, 'en', 'Rp 1,250,000'],
  [125_000_005, 'id', 'Rp 1.250.000,05'],
  [-50, 'en', '−Rp 0.50'],
  [Number.MAX_SAFE_INTEGER, 'id', 'Rp 90.071.992.547.409,91'],
] as const)('%d sen in %s are %s', (minor, locale, expected) => {
  expect(formatMoney(minor, locale)).toBe(expected);
});

it('a number that would be doubted is printed with a zero more, and no zero is negative', () => {
  expect([formatNumber(1.234, 'id'), formatNumber(1234.567, 'id'), formatNumber(-1e-9, 'id')]).toEqual([
    '1,2340',
    '1.234,567',
    '0',
  ]);
});

it.each([
  [8, 12, 'id', 1, '66,7%'],
  [1, 8, 'en', 2, '12.50%'],
  [1, 8, 'en', 0, '13%'],
  [-1, 8, 'en', 0, '-12%'],
  [12_345, 1, 'id', 0, '1.234.500%'],
  [1, 3000, 'id', 1, '0,0%'],
  [Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER, 'id', 1, '100,0%'],
  [0, 0, 'id', 1, '–'],
] as const)('%d of %d in %s with %d decimals is %5$s, rounded half up', (part, whole, locale, decimals, expected) => {
  expect(formatPercent(part, whole, locale, decimals)).toBe(expected);
});
