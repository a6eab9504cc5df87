import { expect, it } from 'vitest';
import { belowFloors, DEFAULT_FLOORS, quorumFloor, strongerShare } from '../../../src/domain/strategies/floors.ts';
import {
  neededBy,
  neededOf,
  type Quorum,
  type Rule,
  reaches,
  type Share,
} from '../../../src/domain/strategies/threshold.ts';
import { fc } from '../../properties.ts';

const share: fc.Arbitrary<Share> = fc
  .record({
    denominator: fc.integer({ min: 1, max: 60 }),
    n: fc.nat(),
    compare: fc.constantFrom('at_least' as const, 'more_than' as const),
  })
  .map(({ denominator, n, compare }) => ({ numerator: (n % denominator) + 1, denominator, compare }));
const quorum: fc.Arbitrary<Quorum> = fc.oneof(share, fc.record({ count: fc.integer({ min: 1, max: 60 }) }));
const electorate = fc.integer({ min: 1, max: 60 });

const rule = (set: Partial<Rule>): Rule => ({
  version: 1,
  basis: 'partner',
  method: 'majority',
  quorum: DEFAULT_FLOORS.quorum,
  threshold: DEFAULT_FLOORS.threshold,
  perSector: 0,
  secret: false,
  early: false,
  ...set,
});

it('R10: a threshold that the floors let pass carries nothing that the floor would reject', () => {
  fc.assert(
    fc.property(share, share, electorate, fc.nat(), (threshold, floor, of, n) => {
      const floors = { ...DEFAULT_FLOORS, threshold: floor };
      const below = belowFloors(rule({ threshold }), floors, { electorate: of, openMs: floors.shortestMs });
      const agree = n % (of + 1);
      fc.pre(below === null && reaches(threshold, agree, of));
      expect(reaches(floor, agree, of)).toBe(true);
    }),
  );
});

it('R10: a quorum that the floors let pass never needs fewer than the floor, whatever the electorate becomes', () => {
  fc.assert(
    fc.property(quorum, quorum, electorate, electorate, (asked, floor, now, later) => {
      const floors = { ...DEFAULT_FLOORS, quorum: floor };
      const below = belowFloors(rule({ quorum: asked }), floors, { electorate: now, openMs: floors.shortestMs });
      fc.pre(below === null);
      const frozen = rule({ quorum: asked, ...quorumFloor(asked, floors) });
      expect(neededBy(frozen, later)).toBeGreaterThanOrEqual(neededOf(floor, later));
    }),
  );
});

it('R10: the stronger of two shares is never below either', () => {
  fc.assert(
    fc.property(share, share, (one, other) => {
      const threshold = strongerShare(one, other);
      for (const floor of [one, other])
        expect(
          belowFloors(rule({ threshold }), { ...DEFAULT_FLOORS, threshold: floor }, { electorate: 9, openMs: 1e12 }),
        ).toBeNull();
    }),
  );
});
