import { describe, expect, it } from 'vitest';
import { composite, type Measure, PARTS, type Part } from '../../../src/domain/engagement/score.ts';
import { fc } from '../../properties.ts';

const none: Measure = { n: 0, of: 0 };
const of = (n: number, all: number): Measure => ({ n, of: all });

describe('a partner’s figure', () => {
  it.each([
    ['94.0', { attendance: of(6, 6), reporting: of(3, 3), commitments: of(4, 5), votes: of(2, 2) }, 94],
    ['95.8', { attendance: of(5, 6), reporting: of(3, 3), commitments: of(5, 5), votes: of(2, 2) }, 95.8],
    ['65.0', { attendance: of(3, 6), reporting: of(1, 2), commitments: of(2, 2), votes: of(1, 2) }, 65],
    ['not enough yet', { attendance: of(2, 2), reporting: none, commitments: of(1, 1), votes: of(1, 1) }, null],
  ])('is %s', (_, measures, expected) => {
    expect(composite(measures)).toBe(expected);
  });

  it('spreads the weight of what has not happened over the rest', () => {
    expect(composite({ attendance: of(0, 5), reporting: of(5, 5), commitments: of(5, 5), votes: none })).toBe(70.6);
  });

  it('lies from 0 to 100, and rises when something more is kept', () => {
    const measure = fc.tuple(fc.nat(9), fc.nat(9)).map(([a, b]) => of(Math.min(a, b), Math.max(a, b)));
    const measures = fc.record(Object.fromEntries(PARTS.map(part => [part, measure])) as Record<Part, typeof measure>);
    fc.assert(
      fc.property(measures, fc.constantFrom(...PARTS), (given, part) => {
        const before = composite(given);
        if (before === null) return;
        expect(before).toBeGreaterThanOrEqual(0);
        expect(before).toBeLessThanOrEqual(100);
        const { n, of: all } = given[part];
        if (n < all) expect(composite({ ...given, [part]: of(n + 1, all) })!).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
