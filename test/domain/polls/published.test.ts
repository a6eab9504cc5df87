import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { majorities, pairwise, rankedPairs } from '../../../src/domain/polls/pairs.ts';
import { instantRunoff } from '../../../src/domain/polls/runoff.ts';
import { bordaDoubled, highest, type Ranked } from '../../../src/domain/polls/scores.ts';
import { SCOTTISH_DECIMALS, singleTransferableVote } from '../../../src/domain/polls/stv.ts';
import { type TieBreaking, tieBreaker } from '../../../src/domain/polls/ties.ts';

const NONE: TieBreaking = { rule: 'none', seed: null, picks: [] };

/** Ballots as they are printed in books: letters by preference, with how many there were. */
function election(candidates: string, ballots: Readonly<Record<string, number>>) {
  const options = [...candidates].map((_, i) => i + 1);
  const optionOf = (letter: string): number => candidates.indexOf(letter) + 1;
  const ranked: Ranked[] = Object.entries(ballots).map(([order, n]) => ({ ranking: [...order].map(optionOf), n }));
  const lettersOf = (numbers: readonly number[]): string => numbers.map(number => candidates[number - 1]).join('');
  return {
    options,
    ranked,
    lettersOf,
    runoff: () => {
      const { winners, rounds } = instantRunoff(ranked, options, tieBreaker(NONE));
      const totals = rounds.map(round =>
        Object.fromEntries(round.totals.map(([option, votes]) => [lettersOf([option]), Number(votes)])),
      );
      return { winner: lettersOf(winners), totals, exhausted: rounds.map(round => Number(round.exhausted)) };
    },
    pairs: () => {
      const { winners, tied } = rankedPairs(ranked, options, tieBreaker(NONE));
      return lettersOf(winners) || lettersOf(tied).toLowerCase();
    },
    over: (a: string, b: string): number => pairwise(ranked, options)[optionOf(a) - 1]![optionOf(b) - 1]!,
    borda: () =>
      Object.fromEntries([...bordaDoubled(ranked, options)].map(([option, twice]) => [lettersOf([option]), twice / 2])),
    bordaWinner: () => lettersOf(highest(bordaDoubled(ranked, options), 1, tieBreaker(NONE)).winners),
  };
}

/**
 * Capitals for Tennessee: the worked example of most articles on voting (Memphis, Nashville, Chattanooga, Knoxville).
 */
const tennessee = election('MNCK', { MNCK: 42, NCKM: 26, CKNM: 15, KCNM: 17 });
/** Mayor of Burlington, Vermont, 2009: the ballots as to Montroll, Kiss and Wright, after the minor candidates. */
const burlington = election('MKW', {
  MKW: 1332,
  MWK: 767,
  M: 455,
  KMW: 2043,
  KWM: 371,
  K: 568,
  WMK: 1513,
  WKM: 495,
  W: 1289,
});
/** Alaska's special election to the House, August 2022: Begich, Peltola (E), Palin. */
const alaska = election('BEP', {
  BPE: 27_053,
  BEP: 15_467,
  B: 11_290,
  PBE: 34_049,
  PEB: 3_652,
  P: 21_272,
  EBP: 47_407,
  EPB: 4_645,
  E: 23_747,
});
/** President of Ireland, 1990: Robinson, Lenihan, Currie; the official transfers of Currie's ballots. */
const ireland1990 = election('RLC', { R: 612_265, L: 694_484, CR: 205_565, CL: 36_789, C: 25_548 });
/** President of Ireland, 1997: McAleese, Banotti, Scallon, Roche (H), Nally; transfers as of the official second count. */
const ireland1997 = election('MBSHN', {
  M: 574_424,
  B: 372_002,
  SM: 131_835,
  SB: 43_623,
  HB: 81_891,
  H: 6_532,
  N: 59_529,
});
/** Schulze's example of 45 voters and five candidates, whose table of pairs is printed in his papers. */
const schulze45 = election('ABCDE', { ACBED: 5, ADECB: 5, BEDAC: 8, CABED: 3, CAEBD: 7, CBADE: 2, DCEBA: 7, EBADC: 8 });
/** Schulze's example of nine voters, whose method leaves B and D equal. */
const schulze9 = election('ABCD', { ABCD: 3, DABC: 2, DBCA: 2, CBDA: 2 });

describe('instant-runoff', () => {
  it('Tennessee: Chattanooga and Nashville leave, Knoxville has 58 of 100', () => {
    const { winner, totals } = tennessee.runoff();
    expect(winner).toBe('K');
    expect(totals).toEqual([
      { M: 42, N: 26, C: 15, K: 17 },
      { M: 42, N: 26, K: 32 },
      { M: 42, K: 58 },
    ]);
  });

  it('Burlington 2009: Montroll leaves, Kiss beats Wright by 4,314 to 4,064', () => {
    expect(burlington.runoff()).toMatchObject({
      winner: 'K',
      totals: [
        { M: 2554, K: 2982, W: 3297 },
        { K: 4314, W: 4064 },
      ],
    });
  });

  it('Alaska 2022: Peltola 91,266 to Palin 86,026, and 11,290 ballots name neither', () => {
    const { winner, totals, exhausted } = alaska.runoff();
    expect(winner).toBe('E');
    expect(totals[0]).toEqual({ B: 53_810, E: 75_799, P: 58_973 });
    expect(totals[1]).toEqual({ E: 91_266, P: 86_026 });
    expect(exhausted).toEqual([0, 11_290]);
  });

  it('Ireland 1990: Robinson 817,830 to Lenihan 731,273, who had led', () => {
    expect(ireland1990.runoff()).toMatchObject({ winner: 'R', totals: [{ L: 694_484 }, { R: 817_830, L: 731_273 }] });
  });

  it('Ireland 1997: McAleese 706,259 to Banotti 497,516', () => {
    const { winner, totals } = ireland1997.runoff();
    expect(winner).toBe('M');
    expect(totals.at(-1)).toMatchObject({ M: 706_259, B: 497_516 });
  });
});

describe('ranked pairs', () => {
  it('Tennessee: Nashville, which beats each of the others', () => {
    expect(tennessee.pairs()).toBe('N');
    const printed = majorities(pairwise(tennessee.ranked, tennessee.options), tennessee.options);
    expect(printed.map(({ winner, loser, votes }) => `${tennessee.lettersOf([winner, loser])} ${votes}`)).toEqual([
      'CK 83',
      'NC 68',
      'NK 68',
      'NM 58',
      'CM 58',
      'KM 58',
    ]);
  });

  it('Burlington 2009: Montroll, who would have beaten Kiss and Wright', () => {
    expect(burlington.pairs()).toBe('M');
    expect([burlington.over('M', 'K'), burlington.over('K', 'M')]).toEqual([4067, 3477]);
    expect([burlington.over('M', 'W'), burlington.over('W', 'M')]).toEqual([4597, 3668]);
  });

  it('Alaska 2022: Begich, who would have beaten both', () => {
    expect(alaska.pairs()).toBe('B');
    expect([alaska.over('B', 'E'), alaska.over('E', 'B')]).toEqual([87_859, 79_451]);
    expect([alaska.over('B', 'P'), alaska.over('P', 'B')]).toEqual([101_217, 63_618]);
  });

  it('Schulze’s 45 voters: the printed table, and A, as B>A, D>C and E>A would close circles', () => {
    const table = pairwise(schulze45.ranked, schulze45.options);
    expect(table).toEqual([
      [0, 20, 26, 30, 22],
      [25, 0, 16, 33, 18],
      [19, 29, 0, 17, 24],
      [15, 12, 28, 0, 14],
      [23, 27, 21, 31, 0],
    ]);
    expect(schulze45.pairs()).toBe('A');
    const { locked } = rankedPairs(schulze45.ranked, schulze45.options, tieBreaker(NONE));
    expect(locked.map(({ winner, loser }) => schulze45.lettersOf([winner, loser])).join(' ')).toBe(
      'BD ED AD CB EB AC CE',
    );
  });

  it('Schulze’s nine voters: B and D stay tied', () => {
    expect(schulze9.pairs()).toBe('bd');
  });
});

describe('Borda', () => {
  it('Tennessee: Memphis 126, Nashville 194, Chattanooga 173, Knoxville 107', () => {
    expect(tennessee.borda()).toEqual({ M: 126, N: 194, C: 173, K: 107 });
    expect(tennessee.bordaWinner()).toBe('N');
  });

  it('Burlington and Alaska: Montroll and Begich; a ballot for one alone shares the rest evenly', () => {
    expect([burlington.bordaWinner(), alaska.bordaWinner()]).toEqual(['M', 'B']);
    expect(election('ABC', { A: 1 }).borda()).toEqual({ A: 2, B: 0.5, C: 0.5 });
  });

  it('Borda’s own example of 1770 (21 voters): A leads by plurality and comes last', () => {
    const borda = election('ABC', { ABC: 1, ACB: 7, BCA: 7, CBA: 6 });
    expect(borda.bordaWinner()).toBe('C');
    expect(borda.borda()).toEqual({ A: 16, B: 21, C: 26 });
  });

  it('Condorcet’s example of 81 voters: B, though A beats B', () => {
    const condorcet = election('ABC', { ABC: 30, ACB: 1, BAC: 29, BCA: 10, CAB: 10, CBA: 1 });
    expect(condorcet.borda()).toEqual({ A: 101, B: 109, C: 33 });
    expect([condorcet.bordaWinner(), condorcet.pairs()]).toEqual(['B', 'A']);
  });
});

/** A ward: its ballots, and the totals of each round to five decimals. */
function ward(name: string) {
  const lines = readFileSync(new URL(`./elections/${name}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const numbers = (line: string): number[] => line.split(' ').slice(1).map(Number);
  const of = (key: string): number[][] => lines.filter(line => line.startsWith(`${key} `)).map(numbers);
  const ballots = lines
    .filter(line => /^\d/.test(line))
    .map(line => {
      const [n, ...ranking] = line.split(' ').map(Number) as [number, ...number[]];
      return { ranking, n };
    });
  return {
    ballots,
    seats: of('seats')[0]![0]!,
    quota: of('quota')[0]![0]!,
    elected: of('elected')[0]!,
    rounds: of('round'),
  };
}

describe('single transferable vote', () => {
  for (const name of ['glasgow-2007-calton', 'glasgow-2007-springburn', 'glasgow-2007-anderston-city'])
    it(`${name}: every round as the count of Scotland’s rules has it, to five decimals`, () => {
      const { ballots, seats, quota, elected, rounds } = ward(name);
      const options = rounds[0]!.map((_, i) => i + 1);
      const counted = singleTransferableVote(
        ballots,
        options,
        { seats, decimals: SCOTTISH_DECIMALS },
        tieBreaker(NONE),
      );
      expect(ballots.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(5_000);
      expect(counted.quota).toBe(quota);
      expect([...counted.winners].sort((a, b) => a - b)).toEqual(elected);
      expect(counted.rounds.length).toBeGreaterThan(4);
      for (const [i, round] of counted.rounds.entries()) {
        const totals = new Map(round.totals);
        expect(
          options.map(option => Number(totals.get(option) ?? 0)),
          `round ${i + 1}`,
        ).toEqual(rounds[i]);
      }
      // Without the cut the same are elected.
      const exact = singleTransferableVote(ballots, options, { seats, decimals: null }, tieBreaker(NONE));
      expect(exact.winners).toEqual(counted.winners);
    });

  it('three dishes for a party of 20: chocolate, oranges and strawberries, quota 6', () => {
    // Oranges, pears, chocolate, strawberries, hamburgers.
    const party = election('OPCSH', { O: 4, PO: 2, CS: 8, CH: 4, S: 1, H: 1 });
    const counted = singleTransferableVote(party.ranked, party.options, { seats: 3, decimals: null }, tieBreaker(NONE));
    expect(counted.quota).toBe(6);
    expect(party.lettersOf(counted.winners)).toBe('COS');
    expect(counted.rounds[1]!.totals.map(([option, votes]) => `${party.lettersOf([option])}${votes}`).join(' ')).toBe(
      'O4 P2 C6 S5 H3',
    );
  });

  it('57 ballots, two seats: Andrea’s surplus of 20 gives Brad 8 and Carter 12, and Carter is elected', () => {
    const four = election('ABCD', { ABCD: 16, ACBD: 24, DABC: 17 });
    const counted = singleTransferableVote(four.ranked, four.options, { seats: 2, decimals: null }, tieBreaker(NONE));
    expect(counted.quota).toBe(20);
    expect(counted.rounds[1]!.totals).toEqual([
      [1, '20'],
      [2, '8'],
      [3, '12'],
      [4, '17'],
    ]);
    expect(four.lettersOf(counted.winners)).toBe('AC');
  });
});
