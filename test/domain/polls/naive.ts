/**
 * Slow second counts, written from the rules and not from the code: every ballot by itself, every number a pair of
 * integers, ties by the last differing earlier round and then by the earlier option.
 */

export type Ballot = readonly number[];
type Ratio = readonly [bigint, bigint];

const add = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * d + c * b, b * d];
const mul = ([a, b]: Ratio, [c, d]: Ratio): Ratio => [a * c, b * d];
const less = ([a, b]: Ratio, [c, d]: Ratio): boolean => a * d < c * b;
const same = (a: Ratio, b: Ratio): boolean => !less(a, b) && !less(b, a);

/** Picks one of equal options to leave (or to come first): by history from the end, then by the option's place. */
function settle(equal: number[], best: boolean, history: readonly ReadonlyMap<number, Ratio>[]): number {
  let left = equal;
  for (const round of [...history].reverse()) {
    const at = (option: number): Ratio => round.get(option) ?? [0n, 1n];
    left = left.filter(one => !left.some(other => (best ? less(at(one), at(other)) : less(at(other), at(one)))));
  }
  return best ? Math.min(...left) : Math.max(...left);
}

export function naiveRunoff(ballots: readonly Ballot[], options: readonly number[]): number | null {
  let left = [...options];
  const history: ReadonlyMap<number, Ratio>[] = [];
  for (;;) {
    const votes = left.map(
      option => ballots.filter(ballot => ballot.find(one => left.includes(one)) === option).length,
    );
    const all = votes.reduce((a, b) => a + b, 0);
    if (all === 0) return null;
    const winner = left.find((_, i) => votes[i]! > all / 2);
    if (winner !== undefined) return winner;
    const totals = new Map(left.map((option, i) => [option, [BigInt(votes[i]!), 1n] as Ratio]));
    const out = settle(
      left.filter((_, i) => votes[i] === Math.min(...votes)),
      false,
      history,
    );
    history.push(totals);
    left = left.filter(option => option !== out);
  }
}

/** Options that nobody is locked above, by the definition: a majority stays out if it lies on a circle. */
export function naivePairs(ballots: readonly Ballot[], options: readonly number[]): number[] {
  const prefers = (ballot: Ballot, a: number, b: number): boolean =>
    ballot.includes(a) && (!ballot.includes(b) || ballot.indexOf(a) < ballot.indexOf(b));
  const n = (a: number, b: number): number => ballots.filter(ballot => prefers(ballot, a, b)).length;
  const edges = options.flatMap(a =>
    options.flatMap(b => (n(a, b) > n(b, a) ? [[a, b, n(a, b), n(b, a)] as const] : [])),
  );
  const strengths = [...new Set(edges.map(([, , f, g]) => f * 10_000 - g))].sort((a, b) => b - a);
  let locked: (readonly [number, number])[] = [];
  for (const strength of strengths) {
    const group = edges.filter(([, , f, g]) => f * 10_000 - g === strength).map(([a, b]) => [a, b] as const);
    const both = [...locked, ...group];
    const isPath = new Set(both.map(([a, b]) => `${a}>${b}`));
    for (const k of options)
      for (const i of options)
        for (const j of options) if (isPath.has(`${i}>${k}`) && isPath.has(`${k}>${j}`)) isPath.add(`${i}>${j}`);
    locked = [...locked, ...group.filter(([a, b]) => !isPath.has(`${b}>${a}`))];
  }
  return options.filter(option => !locked.some(([, loser]) => loser === option));
}

/** Twice an option's Borda points: two for each option below it, one for each that is its equal. */
export function naiveBorda(ballots: readonly Ballot[], options: readonly number[], option: number): number {
  return ballots
    .filter(ballot => ballot.length > 0)
    .reduce((sum, ballot) => {
      const at = (one: number): number => (ballot.includes(one) ? ballot.indexOf(one) : 1_000);
      const others = options.filter(one => one !== option);
      const below = others.filter(one => at(one) > at(option)).length;
      return sum + 2 * below + others.filter(one => at(one) === at(option)).length;
    }, 0);
}

/** Returns the elected, in order, each ballot with a worth of its own. */
export function naiveTransferable(
  ballots: readonly Ballot[],
  options: readonly number[],
  seats: number,
  decimals: number | null,
): number[] {
  const papers = ballots
    .filter(ballot => ballot.length)
    .map(ballot => ({ ballot, worth: [1n, 1n] as Ratio, at: null as number | null }));
  const quota: Ratio = [BigInt(Math.floor(papers.length / (seats + 1)) + 1), 1n];
  const hopeful = new Set(options);
  const elected: number[] = [];
  const done = new Set<number>();
  const history: ReadonlyMap<number, Ratio>[] = [];
  const place = (paper: (typeof papers)[number]): void => {
    paper.at = paper.ballot.find(option => hopeful.has(option)) ?? null;
  };
  if (!papers.length) return [];
  papers.forEach(place);
  for (;;) {
    const votes = new Map(
      options.map(option => [
        option,
        papers
          .filter(({ at }) => at === option)
          .map(({ worth }) => worth)
          .reduce(add, [0n, 1n]),
      ]),
    );
    for (const option of done) if (elected.includes(option)) votes.set(option, quota);
    const byVotes = (a: number, b: number): number =>
      same(votes.get(a)!, votes.get(b)!) ? a - b : less(votes.get(a)!, votes.get(b)!) ? 1 : -1;
    const enough = [...hopeful].filter(option => !less(votes.get(option)!, quota)).sort(byVotes);
    for (const option of enough) {
      hopeful.delete(option);
      elected.push(option);
    }
    const fill = (): boolean => {
      if (hopeful.size > seats - elected.length && elected.length < seats) return false;
      if (elected.length < seats) elected.push(...[...hopeful].sort(byVotes));
      return true;
    };
    if (fill()) return elected;
    const over = elected.filter(option => !done.has(option) && less(quota, votes.get(option)!));
    if (over.length) {
      const top = over.filter(one => !over.some(other => less(votes.get(one)!, votes.get(other)!)));
      const out = settle(top, true, history);
      const [total, q] = [votes.get(out)!, quota];
      const part: Ratio = mul(add(total, [-q[0], q[1]]), [total[1], total[0]]);
      done.add(out);
      for (const paper of papers.filter(({ at }) => at === out)) {
        paper.worth = mul(paper.worth, part);
        if (decimals !== null)
          paper.worth = [(paper.worth[0] * 10n ** BigInt(decimals)) / paper.worth[1], 10n ** BigInt(decimals)];
        place(paper);
      }
    } else {
      const low = [...hopeful].filter(one => ![...hopeful].some(other => less(votes.get(other)!, votes.get(one)!)));
      const out = settle(low, false, history);
      hopeful.delete(out);
      done.add(out);
      if (fill()) return elected;
      for (const paper of papers.filter(({ at }) => at === out)) place(paper);
    }
    history.push(votes);
  }
}
