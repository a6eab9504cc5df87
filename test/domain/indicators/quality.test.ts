import { expect, it } from 'vitest';
import { doubtsOf, MINIMUM_PERIODS, modifiedZ } from '../../../src/domain/indicators/quality.ts';
import type { IndicatorRecord } from '../../../src/domain/indicators/record.ts';
import { fc } from '../../properties.ts';

/** A record of monthly values of partner 1; a null is a month without a report. */
const monthly = (values: readonly (number | null)[], more: readonly object[] = []): IndicatorRecord =>
  ({
    reports: [
      ...values.flatMap((value, i) =>
        value === null
          ? []
          : [{ period: monthOf(i), partner: 1, kind: 'value', state: 'submitted', value: String(value) }],
      ),
      ...more,
    ],
  }) as unknown as IndicatorRecord;

const monthOf = (i: number): string => `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;

const doubtsOfLast = (values: readonly (number | null)[], more: readonly object[] = []) =>
  doubtsOf(monthly(values, more), { period: monthOf(values.length - 1), partner: 1, state: 'submitted' });

it('a modified z-score worked by hand: 10, 12, 13, 15, 16, 18 have the median 14 and the deviation 2', () => {
  expect(modifiedZ(25, [10, 12, 13, 15, 16, 18])).toBeCloseTo((0.6745 * 11) / 2, 10);
  // All but one are equal: the mean deviation stands in, 6 / 6 = 1.
  expect(modifiedZ(20, [14, 14, 14, 14, 14, 20])).toBeCloseTo(0.7979 * 6, 10);
  expect(modifiedZ(20, [14, 14, 14, 14, 14, 14])).toBeNull();
  expect(modifiedZ(20, [14, 14, 13, 15, 14])).toBeNull();
});

it('a value far from six earlier ones is doubted, a near one is not, and five are too few to tell', () => {
  expect(doubtsOfLast([10, 12, 13, 15, 16, 18, 25])).toEqual([{ kind: 'high', usual: 14 }]);
  expect(doubtsOfLast([10, 12, 13, 15, 16, 18, 3])).toEqual([{ kind: 'low', usual: 14 }]);
  expect(doubtsOfLast([10, 12, 13, 15, 16, 18, 24])).toEqual([]);
  expect(doubtsOfLast([10, 12, 13, 15, 16, 400])).toEqual([]);
});

it('the same value for three periods is asked about, with one in which nothing was reported passed over', () => {
  expect(doubtsOfLast([5, 5])).toEqual([]);
  expect(doubtsOfLast([5, 5, 5])).toEqual([{ kind: 'unchanged', times: 3 }]);
  expect(doubtsOfLast([4, 5, null, 5, 5])).toEqual([{ kind: 'unchanged', times: 3 }]);
  expect(doubtsOfLast([5, 5, 4, 5])).toEqual([]);
});

it('of a report that was returned nothing is doubted: it is to be made anew', () => {
  const returned = [{ period: monthOf(3), partner: 1, kind: 'value', state: 'returned', value: '400' }];
  const record = monthly([5, 5, 5], returned);
  expect(doubtsOf(record, { period: monthOf(3), partner: 1, state: 'returned' })).toEqual([]);
});

it('other partners, returned reports, later periods and quarters say nothing of a month', () => {
  const others = [
    { period: '2024-12', partner: 2, kind: 'value', state: 'submitted', value: '5' },
    { period: '2024-12', partner: 1, kind: 'value', state: 'returned', value: '5' },
    { period: '2024-12', partner: 1, kind: 'no_data', state: 'submitted', value: null },
    { period: '2024-Q4', partner: 1, kind: 'value', state: 'submitted', value: '5' },
    { period: '2026-01', partner: 1, kind: 'value', state: 'submitted', value: '5' },
  ];
  expect(doubtsOfLast([5, 5], others)).toEqual([]);
});

/** The rule as the textbook says it: every median by counting, nothing shared. */
function slowly(values: readonly number[], value: number): 'high' | 'low' | null {
  if (values.length < MINIMUM_PERIODS) return null;
  const mid = (all: readonly number[]): number => {
    const half = all.length / 2;
    const below = all.filter(x => all.filter(y => y < x).length < half && all.filter(y => y <= x).length >= half);
    const above = all.filter(x => all.filter(y => y <= x).length > half && all.filter(y => y < x).length <= half);
    return (below[0]! + (above[0] ?? below[0]!)) / 2;
  };
  const centre = mid(values);
  const far = values.map(x => Math.abs(x - centre));
  const mad = mid(far);
  const mean = far.reduce((a, b) => a + b) / far.length;
  const z = mad > 0 ? (0.6745 * (value - centre)) / mad : mean > 0 ? (0.7979 * (value - centre)) / mean : 0;
  return z > 3.5 ? 'high' : z < -3.5 ? 'low' : null;
}

it('any course is judged as the textbook judges it', () => {
  const course = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(course, fc.integer({ min: 0, max: 200 }), (earlier, value) => {
      const found = doubtsOfLast([...earlier, value]).find(one => one.kind !== 'unchanged');
      expect(found?.kind ?? null).toBe(slowly(earlier, value));
    }),
  );
});
