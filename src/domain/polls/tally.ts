import type { PollCount, PollRule } from '../../storage/schema/polls.ts';
import { neededOf } from '../strategies/threshold.ts';
import { formOf, type PollChoice, parseChoice } from './choices.ts';
import { rankedPairs } from './pairs.ts';
import { instantRunoff } from './runoff.ts';
import { bordaDoubled, highest, mentions, type Ranked } from './scores.ts';
import { singleTransferableVote } from './stv.ts';
import { type TieBreaker, type TieBreaking, tieBreaker } from './ties.ts';

/** Ballots that say the same, as they are written, and how many they are. */
export interface CastChoice {
  readonly choice: string;
  readonly n: number;
}

/** The options of a quick check; a voter who abstains has taken part and decides nothing. */
export const CHECK_OPTIONS = ['yes', 'no', 'abstain'] as const;
const ABSTAIN = 3;

type Counted = Omit<PollCount, 'electorate' | 'voted' | 'needed' | 'ties'>;

const scoresOf = (scores: ReadonlyMap<number, number>, written: (score: number) => string = String) =>
  [...scores].map(([option, score]) => ({ option, score: written(score) }));

/** Half a number, as it is printed: the doubled points of Borda's count. */
const half = (twice: number): string => String(twice / 2);

/** Counts a poll: the options that can be voted for, and what was cast. Everything is exact; nothing is secret. */
export function countPoll(
  rule: PollRule,
  options: readonly number[],
  cast: readonly CastChoice[],
  { electorate, breaking }: { electorate: number; breaking: TieBreaking },
): PollCount {
  const form = formOf(rule);
  const breaker = tieBreaker(breaking);
  const ballots = cast.map(({ choice, n }) => ({ ...parseChoice(form, choice), n }));
  const counted = countBy(rule, options, ballots, breaker);
  const voted = cast.reduce((sum, { n }) => sum + n, 0);
  // Somebody voted, and no option got anything: they are equal.
  const none = voted > 0 && !counted.winners.length && !counted.tied.length;
  const competing = rule.kind === 'check' ? options.filter(option => option !== ABSTAIN) : options;
  const tied = none ? competing : counted.tied;
  const needed = Math.max(1, rule.quorum ? neededOf(rule.quorum, electorate) : 1);
  return { electorate, voted, needed, ...counted, tied, ties: breaker.ties };
}

type Ballot = PollChoice & { readonly n: number };

function countBy(rule: PollRule, options: readonly number[], ballots: readonly Ballot[], breaker: TieBreaker): Counted {
  const named = ballots.flatMap(one => (one.form === 'names' ? [one] : []));
  const ranked: Ranked[] = ballots.flatMap(one => (one.form === 'ranking' ? [{ ranking: one.options, n: one.n }] : []));
  const first = (): Map<number, number> => {
    const known = new Set(options);
    const top = ranked.map(({ ranking, n }) => ({
      options: ranking.filter(option => known.has(option)).slice(0, 1),
      n,
    }));
    return mentions(top, options);
  };
  switch (rule.method) {
    case 'plurality':
    case 'approval': {
      const scores = mentions(named, options);
      const competing = new Map(scores);
      if (rule.kind === 'check') competing.delete(ABSTAIN);
      return { ...highest(competing, rule.seats, breaker), scores: scoresOf(scores), rounds: [] };
    }
    case 'points': {
      const scores = new Map(options.map(option => [option, 0]));
      for (const one of ballots)
        if (one.form === 'points')
          for (const [option, points] of one.points)
            if (scores.has(option)) scores.set(option, scores.get(option)! + points * one.n);
      return { ...highest(scores, 1, breaker), scores: scoresOf(scores), rounds: [] };
    }
    case 'date':
      return countDates(options, ballots, breaker);
    case 'borda': {
      const scores = bordaDoubled(ranked, options);
      return { ...highest(scores, 1, breaker), scores: scoresOf(scores, half), rounds: [] };
    }
    case 'pairs': {
      const { winners, tied, locked } = rankedPairs(ranked, options, breaker);
      return { winners, tied, locked, scores: scoresOf(first()), rounds: [] };
    }
    case 'irv': {
      const { winners, tied, rounds } = instantRunoff(ranked, options, breaker);
      return { winners, tied, rounds, scores: scoresOf(first()) };
    }
    case 'stv': {
      const { seats, decimals } = rule;
      const { winners, tied, rounds, quota } = singleTransferableVote(ranked, options, { seats, decimals }, breaker);
      return { winners, tied, rounds, quota, scores: scoresOf(first()) };
    }
  }
}

/** The date at which most have time, if need be included; of equal ones that at which most said yes. */
function countDates(options: readonly number[], ballots: readonly Ballot[], breaker: TieBreaker): Counted {
  const of = (wanted: 'yes' | 'maybe') =>
    mentions(
      ballots.flatMap(one =>
        one.form === 'dates'
          ? [{ options: one.answers.filter(([, answer]) => answer === wanted).map(([option]) => option), n: one.n }]
          : [],
      ),
      options,
    );
  const [yes, maybe] = [of('yes'), of('maybe')];
  const all = ballots.reduce((sum, { n }) => sum + n, 0);
  const can = (option: number): number => yes.get(option)! + maybe.get(option)!;
  const ranks = new Map(options.map(option => [option, can(option) * (all + 1) + yes.get(option)!]));
  return {
    ...highest(ranks, 1, breaker),
    scores: options.map(option => ({
      option,
      score: String(can(option)),
      yes: yes.get(option)!,
      maybe: maybe.get(option)!,
    })),
    rounds: [],
  };
}

/** Returns what a count says: whether enough took part, and whether anything was decided. */
export function outcomeOf({ voted, needed, winners, tied }: PollCount): 'decided' | 'tied' | 'no_quorum' {
  if (voted < needed) return 'no_quorum';
  return winners.length && !tied.length ? 'decided' : 'tied';
}
