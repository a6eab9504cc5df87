import { describe, expect, it } from 'vitest';
import { exact, rounded } from '../../../src/domain/indicators/fraction.ts';
import { periodOfKey } from '../../../src/domain/indicators/periods.ts';
import {
  absenceOf,
  bandOf,
  judge,
  SCALES,
  THRESHOLDS,
  type Thresholds,
  targetOf,
} from '../../../src/domain/indicators/status.ts';
import { fc } from '../../properties.ts';

const absolute: Thresholds = { basis: 'absolute', green: 90, amber: 70 };
const judged = (
  direction: 'higher' | 'lower',
  baseline: number | null,
  target: number | null,
  value: number,
  thresholds = THRESHOLDS,
) => judge(value, baseline, { direction, target }, thresholds);

describe('the indicators of the demo forum', () => {
  it.each([
    ['IND-01', 'higher', 1850, 2700, 2480, 'amber', 74.1],
    ['IND-02', 'lower', 5.9, 4.6, 4.7, 'green', 92.3],
    ['IND-03', 'higher', 0, 9000, 7770, 'amber', 86.3],
    ['IND-04', 'higher', 12, 16, 15, 'amber', 75],
    ['IND-05', 'higher', 41, 70, 58.6, 'red', 60.7],
    ['IND-06', 'lower', 45, 32, 30, 'met', 115.4],
    ['IND-07', 'higher', 0, 6, 6, 'met', 100],
    ['IND-08', 'higher', 35, 78, 68, 'amber', 76.7],
    ['IND-09', 'higher', 86, 95, 97, 'met', 122.2],
  ] as const)(
    '%s (%s, %d to %d) with %d is %s, %d percent',
    (_, direction, baseline, target, value, colour, percent) => {
      expect(judged(direction, baseline, target, value)).toEqual({ colour, percent, worseThanBaseline: false });
    },
  );

  it.each([
    ['IND-10, completeness', 90, 83.3, 'amber'],
    ['IND-10, timeliness', 90, 66.7, 'red'],
    ['IND-12', 100, 100, 'met'],
  ] as const)('%s, judged by its own unit with a target of %d, is at %d %s', (_, target, value, colour) => {
    expect(judged('higher', null, target, value, absolute)).toMatchObject({ colour, percent: null });
  });
});

describe('a value', () => {
  it.each([
    [0.1, 0.4, 0.37, 'green'],
    [0.1, 0.4, 0.3699999, 'amber'],
    [0.1, 0.4, 0.31, 'amber'],
    [0.1, 0.4, 0.3099999, 'red'],
    [0.7, 0.1, 0.16, 'green'],
  ])('between %d and %d at %d is exactly %s', (baseline, target, value, colour) => {
    const direction = target > baseline ? 'higher' : 'lower';
    expect(judged(direction, baseline, target, value).colour).toBe(colour);
  });

  it('P20: that is to fall makes progress by falling', () => {
    expect(judged('lower', 45, 20, 30)).toEqual({ colour: 'red', percent: 60, worseThanBaseline: false });
  });

  it('worse than its baseline is red whatever the ratio', () => {
    expect(judged('lower', 5, 4, 5.5)).toEqual({ colour: 'red', percent: -50, worseThanBaseline: true });
    expect(judged('higher', 10, 8, 9)).toEqual({ colour: 'red', percent: null, worseThanBaseline: true });
    expect(judged('higher', 95, 96, 94, absolute).colour).toBe('red');
  });

  it('whose target is its baseline is judged by direction, without a ratio', () => {
    expect(judged('higher', 10, 10, 10)).toEqual({ colour: 'met', percent: null, worseThanBaseline: false });
    expect(judged('lower', 10, 10, 11)).toEqual({ colour: 'red', percent: null, worseThanBaseline: true });
  });

  it('without a baseline is measured against its target', () => {
    expect(judged('higher', null, 90, 81)).toMatchObject({ colour: 'green', percent: 90 });
    expect(judged('lower', null, 20, 25)).toMatchObject({ colour: 'amber', percent: 80 });
  });

  it('without a target has no colour', () => {
    expect(judged('higher', 10, null, 12)).toEqual({ colour: null, percent: null, worseThanBaseline: false });
  });

  it('is met within a range, and judged by the way back to it outside', () => {
    const aim = { direction: 'range', from: 6, to: 8 } as const;
    const at = (value: number, baseline: number | null) => judge(value, baseline, aim, THRESHOLDS);
    expect([at(6, 4).colour, at(8, 4).colour]).toEqual(['met', 'met']);
    expect(at(5.8, 4)).toEqual({ colour: 'green', percent: 90, worseThanBaseline: false });
    expect(at(8.2, 10)).toMatchObject({ colour: 'green', percent: 90 });
    expect(at(9, 7)).toMatchObject({ colour: 'red', worseThanBaseline: true });
  });

  it('is judged alike in both directions', () => {
    const n = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(n, n, n, (baseline, target, value) => {
        expect(judged('lower', -baseline || 0, -target || 0, -value || 0)).toEqual(
          judged('higher', baseline, target, value),
        );
      }),
    );
  });

  it('is never judged worse when it is better', () => {
    const order = ['red', 'amber', 'green', 'met'];
    const n = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(n, n, n, n, (baseline, target, a, b) => {
        const rank = (value: number) => order.indexOf(judged('higher', baseline, target, value).colour!);
        expect(rank(Math.max(a, b))).toBeGreaterThanOrEqual(rank(Math.min(a, b)));
      }),
    );
  });
});

describe('bands', () => {
  it.each([
    [100, 'good'],
    [99.99, 'sufficient'],
    [80, 'sufficient'],
    [60, 'poor'],
    [59, 'very_poor'],
  ])('of civil servants put %d percent at "%s"', (value, name) => {
    expect(bandOf(value, SCALES.skp)).toBe(name);
  });

  it('are data: the same index is medium on one scale and low on another', () => {
    const scale = (medium: number, high: number) => ({
      bands: [
        { name: 'high' as const, from: high },
        { name: 'medium' as const, from: medium },
      ],
      below: 'low' as const,
    });
    expect([bandOf(35, scale(33, 66)), bandOf(35, scale(40, 80))]).toEqual(['medium', 'low']);
  });
});

describe('the target of a period', () => {
  const course = {
    baseline: { value: 1850, date: '2025-12-31' },
    target: { value: 3000, by: '2026-12-31' },
    periodTargets: new Map([['2026-Q3', 2700]]),
  };
  const at = (key: string, of = course) => targetOf(of, periodOfKey(key)!);

  it('is the agreed one', () => {
    expect(at('2026-Q3')).toEqual({ value: exact(2700), interpolated: false });
  });

  it('is interpolated by days, and marked, where none is agreed', () => {
    const { value, interpolated } = at('2026-Q1')!;
    expect([rounded(value, 2), interpolated]).toEqual([2133.56, true]);
  });

  it('is the final one at its date and after', () => {
    expect(at('2026-Q4')).toEqual({ value: exact(3000), interpolated: false });
    expect(at('2027-Q1')).toEqual({ value: exact(3000), interpolated: false });
  });

  it('G9: is nothing before the date of the baseline, and nothing without a line', () => {
    expect(at('2025-Q1')).toBeNull();
    expect(targetOf({ ...course, baseline: null }, periodOfKey('2026-Q1')!)).toBeNull();
  });
});

describe('what is absent', () => {
  const q3 = periodOfKey('2026-Q3')!;
  const at = (today: string, report: Parameters<typeof absenceOf>[0] = null) =>
    absenceOf(report, q3, '2026-10-12', today);

  it.each([
    ['2026-09-30', { status: 'not_due' }],
    ['2026-10-01', { status: 'due' }],
    ['2026-10-12', { status: 'due' }],
    ['2026-10-13', { status: 'overdue', days: 1 }],
    ['2026-11-24', { status: 'overdue', days: 43 }],
  ] as const)('is a status and no colour: on %s %j', (today, status) => {
    expect(at(today)).toEqual(status);
  });

  it.each([
    [{ state: 'returned', noData: null }, { status: 'returned' }],
    [
      { state: 'submitted', noData: 'timbangan rusak' },
      { status: 'no_data', reason: 'timbangan rusak' },
    ],
    [{ state: 'draft', noData: null }, { status: 'provisional' }],
    [{ state: 'submitted', noData: null }, null],
    [{ state: 'verified', noData: null }, null],
  ] as const)('after the period with %j is %j', (report, status) => {
    expect(at('2026-11-24', report)).toEqual(status);
  });

  it('is provisional while the period runs', () => {
    expect(at('2026-09-15', { state: 'submitted', noData: null })).toEqual({ status: 'provisional' });
  });
});

describe('exact numbers', () => {
  it('read a double as it is written, and write it back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 3 }), (n, decimals) => {
        const value = Number(`${n}e-${decimals}`);
        expect(rounded(exact(value), decimals)).toBe(value);
      }),
    );
    expect([exact(1e21), exact(1.5e-7)]).toEqual([
      { n: 10n ** 21n, d: 1n },
      { n: 3n, d: 20_000_000n },
    ]);
  });

  it('refuse what is no number', () => {
    expect(() => exact(Number.NaN)).toThrow(RangeError);
    expect(() => exact(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  });

  it('round halves away from zero', () => {
    expect([rounded(exact(0.25), 1), rounded(exact(-0.25), 1), rounded(exact(1.005), 2)]).toEqual([0.3, -0.3, 1.01]);
  });
});
