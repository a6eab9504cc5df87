import { describe, expect, it } from 'vitest';
import {
  mayCombine,
  type OverPartners,
  overPartners,
  overPeriods,
  type PartnerValue,
} from '../../../src/domain/indicators/aggregate.ts';
import { rounded } from '../../../src/domain/indicators/fraction.ts';
import { partsThatDiffer, surprisesOf } from '../../../src/domain/indicators/surprises.ts';

const NUMBERS = { isPercent: false, mayAverage: false };
const PERCENTS = { isPercent: true, mayAverage: false };
const value = (n: number, over: Partial<PartnerValue> = {}): PartnerValue => ({
  value: n,
  numerator: null,
  denominator: null,
  weight: null,
  reportedAt: new Date('2026-10-10T02:00:00Z'),
  ...over,
});
const share = (numerator: number, denominator: number): PartnerValue => ({
  ...value(0),
  value: null,
  numerator,
  denominator,
});
const of = (values: readonly PartnerValue[], how: OverPartners, percents = NUMBERS) => {
  const total = overPartners(values, how, 4, percents);
  return [total.value && rounded(total.value, 1), total.n, total.of, total.why];
};

describe('over partners', () => {
  const three = [value(910), value(860, { reportedAt: new Date('2026-10-12T02:00:00Z') }), value(710)];
  it.each([
    ['sum', 2480],
    ['avg', 826.7],
    ['max', 910],
    ['min', 710],
    ['latest', 860],
  ] as const)('the %s of three of four is %d, and says so', (how, expected) => {
    expect(of(three, how)).toEqual([expected, 3, 4, null]);
  });

  it('an average is weighted by what each stands for', () => {
    const weighed = [value(4.6, { weight: 300 }), value(5, { weight: 100 })];
    expect(of(weighed, 'weighted_avg')).toEqual([4.7, 2, 4, null]);
    expect(of([...weighed, value(9)], 'weighted_avg')).toEqual([null, 3, 4, 'weight_missing']);
    expect(of([value(9, { weight: 0 })], 'weighted_avg')).toEqual([null, 1, 4, 'zero_denominator']);
  });

  it('P18: percentages are the quotient of the sums', () => {
    const total = overPartners([share(8000, 10_000), share(900, 5200)], 'ratio', 2, PERCENTS);
    expect([rounded(total.value!, 1), rounded(total.numerator!, 0), rounded(total.denominator!, 0)]).toEqual([
      58.6, 8900, 15_200,
    ]);
  });

  it('percentages are never added, and averaged only where marked', () => {
    expect(of([value(80), value(20)], 'sum', PERCENTS)).toEqual([null, 2, 4, 'percent_not_added']);
    expect(of([value(80), value(20)], 'avg', PERCENTS)).toEqual([null, 2, 4, 'percent_not_added']);
    expect(of([value(80), value(20)], 'avg', { isPercent: true, mayAverage: true })).toEqual([50, 2, 4, null]);
    expect([mayCombine('ratio', PERCENTS), mayCombine('weighted_avg', PERCENTS)]).toEqual([true, false]);
  });

  it('a ratio needs both numbers from each, and something to divide by', () => {
    expect(of([share(1, 2), value(50)], 'ratio', PERCENTS)).toEqual([null, 2, 4, 'parts_missing']);
    expect(of([share(0, 0)], 'ratio', PERCENTS)).toEqual([null, 1, 4, 'zero_denominator']);
  });

  it('no data is neither zero nor counted', () => {
    const none: PartnerValue = { ...value(0), value: null };
    expect(of([value(10), none], 'avg')).toEqual([10, 1, 4, null]);
    expect(of([none], 'sum')).toEqual([null, 0, 4, 'nothing_reported']);
  });

  it('adds decimals without a remainder', () => {
    expect(overPartners([value(0.1), value(0.2)], 'sum', 2, NUMBERS).value).toEqual({ n: 3n, d: 10n });
  });
});

describe('over periods', () => {
  const quarters = [2150, 2640, 2980].map((n, i) => ({ ...value(n), key: `2026-Q${i + 1}` }));
  it.each([
    ['sum', 7770],
    ['latest', 2980],
    ['max', 2980],
    ['min', 2150],
    ['avg', 2590],
  ] as const)('the %s of three quarters of four is %d', (how, expected) => {
    const total = overPeriods(quarters.toReversed(), how, 4, NUMBERS);
    expect([rounded(total.value!, 1), total.n, total.of]).toEqual([expected, 3, 4]);
  });

  it('the latest is the latest that has a value', () => {
    const open = { ...value(0), value: null, key: '2026-Q4' };
    expect(rounded(overPeriods([...quarters, open], 'latest', 4, NUMBERS).value!, 0)).toBe(2980);
  });

  it('takes totals over partners further, keeping the sums behind a ratio', () => {
    const months = [
      [share(10, 12), '2026-09'],
      [share(8, 12), '2026-10'],
    ] as const;
    const totals = months.map(([one, key]) => ({ ...overPartners([one], 'ratio', 1, PERCENTS), key }));
    expect(rounded(overPeriods(totals, 'ratio', 2, PERCENTS).value!, 1)).toBe(75);
  });
});

describe('what surprises', () => {
  const people = { dimension: 'sex', mustSum: true, parts: { male: 1142, female: 1338 } };
  const ages = { dimension: 'age', mustSum: true, parts: { '<5': 310, '5-17': 640, '18-59': 1180, '60+': 350 } };
  const places = { dimension: 'place', mustSum: true, parts: { Gondokusuman: 910, Umbulharjo: 860, Tegalrejo: 710 } };
  const against = { direction: 'higher', valueKind: 'stock', baseline: null, previous: null, breakdowns: [] } as const;

  it('is nothing where each dimension adds up', () => {
    expect(partsThatDiffer(2480, [people, ages, places])).toEqual([]);
  });

  it('is each dimension that does not, with both numbers', () => {
    expect(partsThatDiffer(2481, [people, { ...ages, mustSum: false }])).toEqual([
      { why: 'parts_differ', dimension: 'sex', sum: 2480, total: 2481 },
    ]);
    expect(partsThatDiffer(0.3, [{ dimension: 'a', mustSum: true, parts: { x: 0.1, y: 0.2 } }])).toEqual([]);
  });

  it.each([
    ['higher', 9, 1],
    ['higher', 10, 0],
    ['lower', 11, 1],
    ['lower', 9, 0],
    ['range', 9, 0],
  ] as const)('is a value that should be %s than 10 and is %d', (direction, n, found) => {
    expect(surprisesOf(n, { ...against, direction, baseline: 10 })).toHaveLength(found);
  });

  it('is a cumulative count that falls, and no other that does', () => {
    const fell = { ...against, previous: 120 };
    expect(surprisesOf(119, { ...fell, valueKind: 'cumulative' })).toEqual([{ why: 'cumulative_fell', previous: 120 }]);
    expect(surprisesOf(120, { ...fell, valueKind: 'cumulative' })).toEqual([]);
    expect(surprisesOf(119, { ...fell, valueKind: 'flow' })).toEqual([]);
  });

  it('may be several things at once', () => {
    const all = { ...against, baseline: 10, previous: 12, valueKind: 'cumulative', breakdowns: [people] } as const;
    expect(surprisesOf(9, all).map(one => one.why)).toEqual(['worse_than_baseline', 'cumulative_fell', 'parts_differ']);
  });
});
