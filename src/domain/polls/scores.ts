import type { TieBreaker } from './ties.ts';

/** Ballots that say the same, and how many they are. */
export interface Ranked {
  /** Options by preference, the first first; those that are not ranked come after all of them. */
  readonly ranking: readonly number[];
  readonly n: number;
}

/** Describes who won, or who stays tied where no rule sets them apart. */
export interface Won {
  readonly winners: readonly number[];
  readonly tied: readonly number[];
}

/**
 * The options with the highest scores, `seats` at most; one without any score never wins. Equal ones at the last seat
 * are set apart by the tie breaker, or stay tied.
 */
export function highest(scores: ReadonlyMap<number, number>, seats: number, breaker: TieBreaker): Won {
  const levels = [...new Set([...scores.values()].filter(score => score > 0))].sort((a, b) => b - a);
  const winners: number[] = [];
  for (const level of levels) {
    let equal = [...scores].filter(([, score]) => score === level).map(([option]) => option);
    while (equal.length && winners.length < seats) {
      if (equal.length <= seats - winners.length) {
        winners.push(...equal);
        break;
      }
      const chosen = breaker.pick(equal, 'win');
      if (chosen === null) return { winners, tied: breaker.ties.at(-1)!.tied };
      winners.push(chosen);
      equal = equal.filter(option => option !== chosen);
    }
  }
  return { winners, tied: [] };
}

/**
 * Borda's count, doubled so that it stays whole: of m options the first gets m−1 points, the next m−2 and so on; those
 * that a ballot does not rank share evenly what is left (the modified rule of equal means).
 */
export function bordaDoubled(ballots: readonly Ranked[], options: readonly number[]): Map<number, number> {
  const scores = new Map(options.map(option => [option, 0]));
  const m = options.length;
  for (const { ranking, n } of ballots) {
    const ranked = ranking.filter(option => scores.has(option));
    if (!ranked.length) continue;
    const left = m - ranked.length;
    for (const [place, option] of ranked.entries()) scores.set(option, scores.get(option)! + 2 * (m - 1 - place) * n);
    // The left ones share (left−1) + … + 0 = left·(left−1)/2 points: (left−1)/2 each.
    if (left > 1)
      for (const option of options)
        if (!ranked.includes(option)) scores.set(option, scores.get(option)! + (left - 1) * n);
  }
  return scores;
}

/** Counts how many ballots name each option. */
export function mentions(
  ballots: readonly { readonly options: readonly number[]; readonly n: number }[],
  options: readonly number[],
): Map<number, number> {
  const scores = new Map(options.map(option => [option, 0]));
  for (const { options: named, n } of ballots)
    for (const option of named) if (scores.has(option)) scores.set(option, scores.get(option)! + n);
  return scores;
}
