import { describe, expect, it } from 'vitest';
import {
  type Choice,
  count,
  decide,
  groupsOf,
  type Position,
  positionsOf,
} from '../../../src/domain/strategies/tally.ts';
import { QUORUM, type Rule, type Share, THRESHOLD } from '../../../src/domain/strategies/threshold.ts';
import { CHOICES } from '../../../src/storage/schema/decisions.ts';
import { fc } from '../../properties.ts';
import { sized } from '../../sizes.ts';

const HALF: Share = { numerator: 1, denominator: 2, compare: 'more_than' };
const consensus: Rule = {
  version: 1,
  basis: 'partner',
  method: 'consent',
  quorum: QUORUM,
  threshold: THRESHOLD,
  perSector: 0,
  secret: false,
  early: false,
};
const majority: Rule = { ...consensus, method: 'majority' };

/** Positions of so many units each, all of one sector. */
const stand = (numbers: Partial<Record<Choice | 'silent', number>>): Position[] =>
  Object.entries(numbers).flatMap(([choice, n]) =>
    Array.from({ length: n }, () => ({
      unit: 0,
      sector: 'ngo',
      choice: choice === 'silent' ? null : (choice as Choice),
    })),
  );

const sums = (rule: Rule, positions: readonly Position[], overridden = false) =>
  count(rule, groupsOf(positions), overridden);
const outcome = (rule: Rule, positions: readonly Position[], overridden = false) =>
  decide(rule, sums(rule, positions, overridden), overridden);

const share = fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 100 }), fc.boolean()).map(
  ([numerator, more, over]): Share => ({
    numerator,
    denominator: numerator + more,
    compare: over && more > 0 ? 'more_than' : 'at_least',
  }),
);
const rules: fc.Arbitrary<Rule> = fc.record({
  version: fc.constant(1 as const),
  basis: fc.constant('partner' as const),
  method: fc.constantFrom('consent' as const, 'majority' as const),
  quorum: fc.oneof(share, fc.record({ count: fc.integer({ min: 1, max: 50 }) })),
  threshold: share,
  perSector: fc.nat(3),
  secret: fc.boolean(),
  early: fc.boolean(),
});
const electorates = fc.array(
  fc.record({
    unit: fc.constant(0),
    sector: fc.constantFrom('government', 'ngo', 'community', null),
    choice: fc.constantFrom(...CHOICES, null),
  }),
  { maxLength: 40 },
);

/** Tells whether part/whole reaches a share, as exact fractions of one denominator. */
function fractionReaches(s: Share, part: number, whole: number): boolean {
  const common = BigInt(whole) * BigInt(s.denominator);
  const have = BigInt(part) * (common / BigInt(whole));
  const need = BigInt(s.numerator) * (common / BigInt(s.denominator));
  return s.compare === 'more_than' ? have > need : have >= need;
}

/** The rules of the contract, written down once more without any of the code under test. */
function naive(rule: Rule, units: readonly Position[], overridden: boolean): string {
  const of = (...choices: Choice[]) => units.filter(one => one.choice && choices.includes(one.choice)).length;
  const present = units.filter(one => one.choice !== null).length;
  if (!units.length) return 'no_quorum';
  const enough =
    'count' in rule.quorum
      ? present >= rule.quorum.count || present === units.length
      : fractionReaches(rule.quorum, present, units.length);
  const balanced = ['government', 'ngo', 'community'].every(sector => {
    const all = units.filter(one => one.sector === sector);
    const came = all.filter(one => one.choice !== null).length;
    return came >= rule.perSector || came === all.length;
  });
  if (!enough || !balanced) return 'no_quorum';
  const objected = of('object') > 0;
  if (rule.method === 'consent' && objected && !overridden) return 'blocked';
  const base = of('agree', 'disagree', 'object');
  if (!of('agree') || !fractionReaches(rule.threshold, of('agree'), base)) return 'rejected';
  const lifted = rule.method === 'consent' && objected;
  return lifted && !fractionReaches(THRESHOLD, of('agree'), base) ? 'rejected' : 'carried';
}

describe('the outcome', () => {
  it('is what a naive reading of the rules says, whatever the electorate, the choices and the rule', () => {
    fc.assert(
      fc.property(rules, electorates, fc.boolean(), (rule, units, overridden) => {
        expect(outcome(rule, units, overridden)).toBe(naive(rule, units, overridden));
      }),
      { numRuns: sized(400, 2000) },
    );
  });

  it('does not depend on the order of the units', () => {
    fc.assert(
      fc.property(rules, electorates, fc.boolean(), (rule, units, overridden) => {
        expect(outcome(rule, [...units].reverse(), overridden)).toBe(outcome(rule, units, overridden));
      }),
    );
  });

  it('says no quorum before it says blocked: an objection among too few decides nothing', () => {
    expect(outcome(consensus, stand({ object: 1, agree: 1, silent: 3 }))).toBe('no_quorum');
  });

  it('says blocked before it says rejected', () => {
    expect(outcome(consensus, stand({ object: 1, disagree: 4 }))).toBe('blocked');
  });

  it('is carried at exactly two thirds', () => {
    expect(outcome(consensus, stand({ agree: 2, disagree: 1 }))).toBe('carried');
    expect(outcome(consensus, stand({ agree: 199, disagree: 100 }))).toBe('rejected');
  });

  it('under majority counts an objection as a disagreement', () => {
    expect(outcome(majority, stand({ agree: 2, object: 1 }))).toBe('carried');
    expect(outcome(majority, stand({ agree: 3, disagree: 1, object: 1 }))).toBe('rejected');
  });

  it('with an objection overridden takes two thirds, though the rule asks for less', () => {
    const rule = { ...consensus, threshold: HALF };
    expect(outcome(rule, stand({ agree: 3, disagree: 1, object: 1 }), true)).toBe('rejected');
    expect(outcome(rule, stand({ agree: 4, disagree: 1, object: 1 }), true)).toBe('carried');
  });

  it('under majority is not changed by an override, as no objection blocks there', () => {
    const rule = { ...majority, threshold: HALF };
    const units = stand({ agree: 3, disagree: 1, object: 1 });
    expect(outcome(rule, units, true)).toBe(outcome(rule, units, false));
  });

  it('of an empty electorate is no quorum', () => {
    expect(outcome(majority, [])).toBe('no_quorum');
  });
});

describe('the count', () => {
  it('adds up: present and silent units are the electorate, and every choice is present', () => {
    fc.assert(
      fc.property(rules, electorates, fc.boolean(), (rule, units, overridden) => {
        const s = sums(rule, units, overridden);
        expect(s.electorate).toBe(units.length);
        expect(s.present).toBe(s.agree + s.disagree + s.abstain + s.object + s.recuse);
        expect(s.present + units.filter(one => one.choice === null).length).toBe(s.electorate);
        expect(s.base).toBeLessThanOrEqual(s.present - s.abstain - s.recuse);
      }),
    );
  });

  it('names the sectors of which too few took part, and asks of a small sector only what it has', () => {
    const units: Position[] = [
      { unit: 1, sector: 'ngo', choice: 'agree' },
      { unit: 2, sector: 'government', choice: null },
      { unit: 3, sector: 'government', choice: 'recuse' },
    ];
    expect(sums({ ...consensus, perSector: 2 }, units).missingSectors).toEqual(['government']);
  });
});

describe('positions', () => {
  const choice = fc.constantFrom(...CHOICES);
  const units = fc.integer({ min: 1, max: 12 });
  const unitsOf = (n: number) => Array.from({ length: n }, (_, unit) => ({ unit, sector: null }));

  it('are the last choice of each unit, in whatever order the units came', () => {
    const casts = fc.array(fc.tuple(fc.nat(11), choice), { maxLength: 60 });
    fc.assert(
      fc.property(casts, cast => {
        const byUnit = [...cast].sort(([a], [b]) => a - b);
        const [one, other] = [cast, byUnit].map(list => groupsOf(positionsOf(unitsOf(12), new Map(list), new Map())));
        expect(count(majority, one!, false)).toEqual(count(majority, other!, false));
      }),
    );
  });

  it('take a proxy only where the unit is silent, from the holder’s own ballot, and never from a recusal', () => {
    const own = fc.dictionary(fc.nat(11).map(String), choice);
    const proxies = fc.uniqueArray(fc.tuple(fc.nat(11), fc.nat(11)), { selector: ([, holder]) => holder });
    fc.assert(
      fc.property(units, own, proxies, (n, cast, given) => {
        const choices = new Map(Object.entries(cast).map(([unit, one]) => [Number(unit), one]));
        const held = new Map(given);
        for (const position of positionsOf(unitsOf(n), choices, held)) {
          const mine = choices.get(position.unit);
          const theirs = choices.get(held.get(position.unit) ?? -1);
          expect(position.choice).toBe(mine ?? (theirs && theirs !== 'recuse' ? theirs : null));
        }
      }),
    );
  });

  it('do not hand a proxy on', () => {
    const proxies = new Map([
      [0, 1],
      [1, 2],
    ]);
    const all = positionsOf(unitsOf(3), new Map([[2, 'agree' as const]]), proxies);
    expect(all.map(one => one.choice)).toEqual([null, 'agree', 'agree']);
  });
});

describe('faults seen elsewhere', () => {
  it('decisions 3.1 h, one counted as several: a unit stands once, however many proxies and ballots name it', () => {
    const all = positionsOf([{ unit: 1, sector: null }], new Map([[1, 'agree']]), new Map([[1, 1]]));
    expect(sums(majority, all).agree).toBe(1);
  });

  it('decisions 3.3, a quorum that is always true: it is compared with who took part, not with who may', () => {
    expect(outcome(consensus, stand({ agree: 5, silent: 5 }))).toBe('no_quorum');
    expect(outcome(consensus, stand({ agree: 6, silent: 4 }))).toBe('carried');
  });

  it('decisions 3.3, the base with abstentions in it: they count for the quorum and not against the proposal', () => {
    const units = stand({ agree: 2, disagree: 1, abstain: 7 });
    expect(sums(consensus, units)).toMatchObject({ present: 10, base: 3 });
    expect(outcome(consensus, units)).toBe('carried');
  });

  it('decisions 3.3, passed with no agreement: when all abstain or recuse nothing is carried', () => {
    expect(outcome(consensus, stand({ abstain: 5 }))).toBe('rejected');
    expect(outcome(majority, stand({ recuse: 5 }))).toBe('rejected');
  });

  it('decisions 3.3, a tie that passes: half is not a simple majority', () => {
    const rule = { ...majority, threshold: HALF };
    expect(outcome(rule, stand({ agree: 5, disagree: 5 }))).toBe('rejected');
    expect(outcome(rule, stand({ agree: 6, disagree: 5 }))).toBe('carried');
  });

  it('decisions 3.3, floats: 55 of 100 are 55 %', () => {
    const rule: Rule = { ...majority, threshold: { numerator: 55, denominator: 100, compare: 'at_least' } };
    expect(outcome(rule, stand({ agree: 55, disagree: 45 }))).toBe('carried');
    expect(outcome(rule, stand({ agree: 54, disagree: 46 }))).toBe('rejected');
  });
});
