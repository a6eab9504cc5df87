import { describe, expect, it } from 'vitest';
import { least, printShare, reaches, readShare, type Share } from '../../../src/domain/strategies/threshold.ts';
import { fc } from '../../properties.ts';

const share = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9999 }), fc.boolean())
  .map(([a, b, more]): Share => {
    const [numerator, denominator] = a < b ? [a, b] : [b, a];
    return { numerator, denominator, compare: more && numerator < denominator ? 'more_than' : 'at_least' };
  });

const number = fc.integer({ min: 1, max: 100_000 });

/** The sign of a/b - c/d, the naive way: both brought to one denominator. */
function compareFractions([a, b]: [number, number], [c, d]: [number, number]): number {
  const common = BigInt(b) * BigInt(d);
  const left = BigInt(a) * (common / BigInt(b));
  const right = BigInt(c) * (common / BigInt(d));
  return left > right ? 1 : left < right ? -1 : 0;
}

describe('a share', () => {
  it('is reached exactly as a naive comparison of fractions says', () => {
    fc.assert(
      fc.property(share, number, number, fc.boolean(), (s, one, other, exactly) => {
        // Half of the time on the very edge, where a rounded comparison goes wrong.
        const [part, whole] = exactly ? [s.numerator * one, s.denominator * one] : [one, other];
        const sign = compareFractions([part, whole], [s.numerator, s.denominator]);
        expect(reaches(s, part, whole)).toBe(s.compare === 'more_than' ? sign > 0 : sign >= 0);
      }),
    );
  });

  it('has a least number that reaches it, and one less does not', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 1, max: 100_000 }), (s, whole) => {
        const needed = least(s, whole);
        expect(reaches(s, needed, whole)).toBe(true);
        expect(reaches(s, needed - 1, whole)).toBe(false);
      }),
    );
  });

  it('that is printed reads back', () => {
    fc.assert(
      fc.property(share, s => {
        expect(readShare(printShare(s))).toEqual(s);
      }),
    );
  });

  it.each([
    ['2/3', 2, 3, 'at_least'],
    ['⅔', 2, 3, 'at_least'],
    ['≥2/3', 2, 3, 'at_least'],
    ['>= 2/3', 2, 3, 'at_least'],
    ['66%', 66, 100, 'at_least'],
    ['60 persen', 60, 100, 'at_least'],
    ['two thirds', 2, 3, 'at_least'],
    ['minimal dua pertiga', 2, 3, 'at_least'],
    ['50%+', 50, 100, 'more_than'],
    ['>50%', 50, 100, 'more_than'],
    ['> 1/2', 1, 2, 'more_than'],
    ['lebih dari 1/2', 1, 2, 'more_than'],
    ['more than half', 1, 2, 'more_than'],
  ] as const)('is read from “%s”', (typed, numerator, denominator, compare) => {
    expect(readShare(typed)).toEqual({ numerator, denominator, compare });
  });

  it.each(['', '0/3', '4/3', '2/0', '0%', '101%', '>100%', '-1/2', '1/2/3', '>=>1/2', 'mayoritas'])(
    'is not read from “%s”',
    typed => {
      expect(readShare(typed)).toBeNull();
    },
  );

  it.each(['constructor', 'toString', '__proto__'])('is not read from “%s”, a name that every object has', typed => {
    expect(readShare(typed)).toBeNull();
  });

  it('is read from any text, or not, without a fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), typed => {
        const read = readShare(typed);
        if (!read) return;
        expect(read.numerator).toBeGreaterThan(0);
        expect(read.numerator).toBeLessThanOrEqual(read.denominator);
      }),
    );
  });
});

describe('faults seen elsewhere', () => {
  it('decisions 3.3, a tie passes: half is not more than half', () => {
    expect(reaches(readShare('>1/2')!, 5, 10)).toBe(false);
    expect(reaches(readShare('1/2')!, 5, 10)).toBe(true);
  });

  it('decisions 3.3, floats: 55 of 100 reach 55 %, and 55 are needed', () => {
    expect(Math.ceil(100 * 0.55)).toBe(56);
    expect(least(readShare('55%')!, 100)).toBe(55);
    expect(reaches(readShare('55%')!, 55, 100)).toBe(true);
  });

  it('decisions 3.3, truncated turnout overstates: with three voters and all of them asked, one cast leaves two', () => {
    expect(least(readShare('100%')!, 3) - 1).toBe(2);
  });
});
