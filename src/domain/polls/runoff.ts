import type { Ranked, Won } from './scores.ts';
import type { TieBreaker } from './ties.ts';

/** One round of a count: the total of each option that is still in it, as decimal text, and what followed from it. */
export interface Round {
  readonly totals: readonly (readonly [option: number, votes: string])[];
  /** Ballots (or parts of them) that name nobody who is still in it. */
  readonly exhausted: string;
  readonly elected: readonly number[];
  readonly excluded: number | null;
  /** The elected option whose surplus is handed on. */
  readonly surplusOf: number | null;
}

/**
 * Instant-runoff: as long as no option has more than half of the ballots that still count, the one with the fewest leaves
 * and its ballots go to the next option they name. Of equal ones the last earlier round in which they differed decides,
 * then the poll's rule.
 */
export function instantRunoff(
  ballots: readonly Ranked[],
  options: readonly number[],
  breaker: TieBreaker,
): Won & { readonly rounds: readonly Round[] } {
  const left = new Set(options);
  const papers = ballots.map(({ ranking, n }) => ({ ranking, n, at: 0 }));
  const rounds: Round[] = [];
  const earlier: ReadonlyMap<number, number>[] = [];
  for (;;) {
    const totals = new Map([...left].map(option => [option, 0]));
    let exhausted = 0;
    for (const paper of papers) {
      while (paper.at < paper.ranking.length && !left.has(paper.ranking[paper.at]!)) paper.at++;
      const option = paper.ranking[paper.at];
      if (option === undefined) exhausted += paper.n;
      else totals.set(option, totals.get(option)! + paper.n);
    }
    const counted = [...totals.values()].reduce((sum, n) => sum + n, 0);
    const round = (elected: readonly number[], excluded: number | null): Round => ({
      totals: [...totals].map(([option, n]) => [option, String(n)]),
      exhausted: String(exhausted),
      elected,
      excluded,
      surplusOf: null,
    });
    const winner = [...totals].find(([, n]) => 2 * n > counted)?.[0];
    if (winner !== undefined || counted === 0) {
      const winners = winner === undefined ? [] : [winner];
      rounds.push(round(winners, null));
      return { winners, tied: [], rounds };
    }
    const lowest = Math.min(...totals.values());
    const last = [...totals].filter(([, n]) => n === lowest).map(([option]) => option);
    // Two equal options that are the last ones are asked which of them wins.
    const isFinal = left.size === 2 && last.length === 2;
    const chosen = breaker.pick(last, isFinal ? 'win' : 'leave', earlier);
    if (chosen === null) {
      rounds.push(round([], null));
      return { winners: [], tied: breaker.ties.at(-1)!.tied, rounds };
    }
    if (isFinal) {
      rounds.push(round([chosen], null));
      return { winners: [chosen], tied: [], rounds };
    }
    rounds.push(round([], chosen));
    earlier.push(totals);
    left.delete(chosen);
  }
}
