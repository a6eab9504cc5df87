import { describe, expect, it } from 'vitest';
import { rankedPairs } from '../../../src/domain/polls/pairs.ts';
import { instantRunoff } from '../../../src/domain/polls/runoff.ts';
import { bordaDoubled, highest, mentions, type Ranked } from '../../../src/domain/polls/scores.ts';
import { droopQuota, singleTransferableVote } from '../../../src/domain/polls/stv.ts';
import { hashOfSeed, type TieBreaking, type TieRule, tieBreaker } from '../../../src/domain/polls/ties.ts';
import { fc } from '../../properties.ts';
import { type Ballot, naiveBorda, naivePairs, naiveRunoff, naiveTransferable } from './naive.ts';

const by = (rule: TieRule, more: Partial<TieBreaking> = {}) => tieBreaker({ rule, seed: null, picks: [], ...more });

const optionsOf = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

/** Up to 40 ballots for up to 6 options; some rank a few, some none. */
const elections = fc.integer({ min: 1, max: 6 }).chain(m =>
  fc.record({
    options: fc.constant(optionsOf(m)),
    ballots: fc.array(fc.shuffledSubarray(optionsOf(m)), { maxLength: 40 }),
    seats: fc.integer({ min: 1, max: 4 }),
  }),
);

/** Equal ballots together, as the database counts them. */
function grouped(ballots: readonly Ballot[]): Ranked[] {
  const groups = new Map<string, { ranking: Ballot; n: number }>();
  for (const ranking of ballots) {
    const key = ranking.join('>');
    groups.set(key, { ranking, n: (groups.get(key)?.n ?? 0) + 1 });
  }
  return [...groups.values()];
}

describe('counts agree with a slow second count over random ballots', () => {
  it('instant-runoff', () => {
    fc.assert(
      fc.property(elections, ({ options, ballots }) => {
        const { winners, tied } = instantRunoff(grouped(ballots), options, by('first'));
        expect(tied).toEqual([]);
        expect(winners[0] ?? null).toBe(naiveRunoff(ballots, options));
      }),
      { numRuns: 400 },
    );
  });

  it('ranked pairs', () => {
    fc.assert(
      fc.property(elections, ({ options, ballots }) => {
        fc.pre(ballots.length > 0);
        const { winners, tied } = rankedPairs(grouped(ballots), options, by('none'));
        expect(winners.length ? winners : tied).toEqual(naivePairs(ballots, options));
      }),
      { numRuns: 400 },
    );
  });

  it('Borda', () => {
    fc.assert(
      fc.property(elections, ({ options, ballots }) => {
        const scores = bordaDoubled(grouped(ballots), options);
        for (const option of options) expect(scores.get(option)).toBe(naiveBorda(ballots, options, option));
      }),
    );
  });

  it('single transferable vote, in exact fractions and cut to five decimals', () => {
    fc.assert(
      fc.property(elections, fc.constantFrom(null, 5), ({ options, ballots, seats }, decimals) => {
        const { winners, tied } = singleTransferableVote(grouped(ballots), options, { seats, decimals }, by('first'));
        expect(tied).toEqual([]);
        expect(winners).toEqual(naiveTransferable(ballots, options, seats, decimals));
      }),
      { numRuns: 600 },
    );
  });

  it('no ballot is lost or made: totals and what is exhausted are all the valid ballots, in every round', () => {
    fc.assert(
      fc.property(elections, ({ options, ballots, seats }) => {
        const valid = ballots.filter(one => one.length).length;
        const { rounds, quota } = singleTransferableVote(
          grouped(ballots),
          options,
          { seats, decimals: null },
          by('first'),
        );
        if (valid) expect(quota).toBe(droopQuota(valid, seats));
        for (const { totals, exhausted } of rounds) {
          const all = totals.reduce((sum, [, votes]) => sum + Number(votes), 0) + Number(exhausted);
          expect(Math.abs(all - valid)).toBeLessThan(0.001);
        }
      }),
    );
  });
});

describe('ties', () => {
  const even = mentions(
    [
      { options: [1], n: 3 },
      { options: [2], n: 3 },
      { options: [3], n: 1 },
    ],
    [1, 2, 3],
  );

  it('none: both stay tied, and nobody wins', () => {
    expect(highest(even, 1, by('none'))).toEqual({ winners: [], tied: [1, 2] });
  });

  it('first: the earlier option wins, and it is said how', () => {
    const breaker = by('first');
    expect(highest(even, 1, breaker)).toEqual({ winners: [1], tied: [] });
    expect(breaker.ties).toEqual([{ tied: [1, 2], to: 'win', chosen: 1, by: 'first' }]);
  });

  it('lot: anybody can draw it again from the published seed, whose hash stood on the ballot', () => {
    const seed = 'pump-house';
    expect(hashOfSeed(seed)).toMatch(/^[0-9a-f]{64}$/);
    const drawn = [1, 2].sort((a, b) => (hashOfSeed(`${seed}:${a}`) < hashOfSeed(`${seed}:${b}`) ? -1 : 1))[0];
    expect(highest(even, 1, by('lot', { seed })).winners).toEqual([drawn]);
    const winners = new Set(optionsOf(40).map(i => highest(even, 1, by('lot', { seed: `seed ${i}` })).winners[0]));
    expect(winners).toEqual(new Set([1, 2]));
  });

  it('a lot without a seed leaves them tied', () => {
    expect(highest(even, 1, by('lot')).tied).toEqual([1, 2]);
  });

  it('chair: tied until the chair has said which, for this very tie', () => {
    expect(highest(even, 1, by('chair')).tied).toEqual([1, 2]);
    const picks = [{ tied: [2, 1], to: 'win', chosen: 2 }] as const;
    expect(highest(even, 1, by('chair', { picks })).winners).toEqual([2]);
    expect(highest(even, 1, by('chair', { picks: [{ tied: [1, 3], to: 'win', chosen: 3 }] })).tied).toEqual([1, 2]);
  });

  it('the last earlier round in which they differed decides before any rule', () => {
    const ballots = [
      { ranking: [1], n: 5 },
      { ranking: [2], n: 4 },
      { ranking: [3], n: 3 },
      { ranking: [4, 3], n: 1 },
    ];
    const breaker = by('none');
    const { rounds } = instantRunoff(ballots, [1, 2, 3, 4], breaker);
    expect(breaker.ties[0]).toEqual({ tied: [2, 3], to: 'leave', chosen: 3, by: 'earlier_round' });
    expect(rounds.map(round => round.excluded)).toEqual([4, 3, null]);
  });

  it('the same number of seats and equal options: all of them win, and there is no tie', () => {
    expect(highest(even, 2, by('none'))).toEqual({ winners: [1, 2], tied: [] });
  });
});

describe('edges of a count', () => {
  it('one option alone wins with a single ballot; nobody wins with none', () => {
    const one = [{ ranking: [1], n: 1 }];
    expect(instantRunoff(one, [1], by('none')).winners).toEqual([1]);
    expect(singleTransferableVote(one, [1], { seats: 3, decimals: null }, by('none')).winners).toEqual([1]);
    expect(rankedPairs(one, [1], by('none')).winners).toEqual([1]);
    expect(instantRunoff([], [1, 2], by('first')).winners).toEqual([]);
    expect(rankedPairs([], [1, 2], by('first')).winners).toEqual([]);
    expect(singleTransferableVote([], [1, 2], { seats: 1, decimals: null }, by('first')).winners).toEqual([]);
  });

  it('an option that is not there any more is passed over', () => {
    expect(instantRunoff([{ ranking: [9, 2], n: 1 }], [1, 2], by('none')).winners).toEqual([2]);
    expect(bordaDoubled([{ ranking: [9, 2], n: 1 }], [1, 2]).get(2)).toBe(2);
  });

  it('ballots that all end early are exhausted, and the last one wins by what is left', () => {
    const { winners, rounds } = instantRunoff(
      [
        { ranking: [1], n: 3 },
        { ranking: [2], n: 2 },
        { ranking: [3], n: 2 },
      ],
      [1, 2, 3],
      by('first'),
    );
    expect(winners).toEqual([1]);
    expect(rounds.at(-1)!.exhausted).toBe('2');
  });

  it('equal surpluses are handed on in the order of the rule', () => {
    const ballots = [
      { ranking: [1, 3], n: 5 },
      { ranking: [2, 4], n: 5 },
      { ranking: [3], n: 1 },
      { ranking: [4], n: 1 },
    ];
    const breaker = by('first');
    const { rounds } = singleTransferableVote(ballots, [1, 2, 3, 4], { seats: 3, decimals: null }, breaker);
    expect(rounds.map(round => round.surplusOf)).toEqual([1, 2, null]);
    expect(breaker.ties[0]).toMatchObject({ tied: [1, 2], to: 'win', chosen: 1, by: 'first' });
  });
});
