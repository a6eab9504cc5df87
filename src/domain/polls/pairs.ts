import type { Ranked, Won } from './scores.ts';
import type { TieBreaker } from './ties.ts';

/** A majority of one option over another. */
export interface Majority {
  readonly winner: number;
  readonly loser: number;
  readonly votes: number;
  readonly against: number;
}

/** Counts the ballots that prefer each option to each other; an option not ranked comes after those that are. */
export function pairwise(ballots: readonly Ranked[], options: readonly number[]): readonly (readonly number[])[] {
  const at = new Map(options.map((option, i) => [option, i]));
  const over = options.map(() => new Array<number>(options.length).fill(0));
  for (const { ranking, n } of ballots) {
    const ranked = ranking.flatMap(option => at.get(option) ?? []);
    const before = new Array<boolean>(options.length).fill(false);
    for (const better of ranked) {
      before[better] = true;
      const row = over[better]!;
      for (let other = 0; other < options.length; other++) if (!before[other]) row[other]! += n;
    }
  }
  return over;
}

/** The majorities, the strongest first: by winning votes, then by the smaller opposition. */
export function majorities(over: readonly (readonly number[])[], options: readonly number[]): Majority[] {
  const found: Majority[] = [];
  for (const [i, winner] of options.entries())
    for (const [j, loser] of options.entries())
      if (over[i]![j]! > over[j]![i]!) found.push({ winner, loser, votes: over[i]![j]!, against: over[j]![i]! });
  return found.sort((a, b) => b.votes - a.votes || a.against - b.against);
}

const areEqual = (a: Majority, b: Majority): boolean => a.votes === b.votes && a.against === b.against;

/**
 * Ranked pairs (Tideman 1987) by winning votes: majorities are locked from the strongest on unless one would close a
 * circle. Equal ones are looked at together, so that no order among them decides: one stays out if it closes a circle
 * with what is locked and its equals. Options that nobody is locked above win; several are a tie.
 */
export function rankedPairs(
  ballots: readonly Ranked[],
  options: readonly number[],
  breaker: TieBreaker,
): Won & { readonly locked: readonly Majority[] } {
  const all = majorities(pairwise(ballots, options), options);
  const locked: Majority[] = [];
  for (let from = 0; from < all.length; ) {
    let to = from + 1;
    while (to < all.length && areEqual(all[from]!, all[to]!)) to++;
    const equals = all.slice(from, to);
    const reach = reachable([...locked, ...equals], options);
    locked.push(...equals.filter(({ winner, loser }) => !reach.get(loser)!.has(winner)));
    from = to;
  }
  const first = options.filter(option => !locked.some(({ loser }) => loser === option));
  const winner = ballots.length ? breaker.pick(first, 'win') : null;
  if (winner !== null) return { winners: [winner], tied: [], locked };
  return { winners: [], tied: breaker.ties.at(-1)?.tied ?? [], locked };
}

/** Returns for each option those that can be reached from it along majorities. */
function reachable(edges: readonly Majority[], options: readonly number[]): ReadonlyMap<number, ReadonlySet<number>> {
  const next = new Map(options.map(option => [option, [] as number[]]));
  for (const { winner, loser } of edges) next.get(winner)!.push(loser);
  return new Map(
    options.map(start => {
      const seen = new Set<number>();
      const open = [...next.get(start)!];
      for (let option = open.pop(); option !== undefined; option = open.pop()) {
        if (seen.has(option)) continue;
        seen.add(option);
        open.push(...next.get(option)!);
      }
      return [start, seen] as const;
    }),
  );
}
