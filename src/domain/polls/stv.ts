import { compare, type Fraction, minus, over, sum, times, ZERO } from '../indicators/fraction.ts';
import type { Round } from './runoff.ts';
import type { Ranked, Won } from './scores.ts';
import type { TieBreaker } from './ties.ts';

/**
 * Number of decimals to which Scotland cuts what a paper is worth: Scottish Local Government Elections Order 2007, rule
 * 48.
 */
export const SCOTTISH_DECIMALS = 5;
/** Number of decimals with which totals are printed. */
const PRINTED_DECIMALS = 5;

/** Ballots that are worth the same and lie with the same option. */
interface Parcel {
  readonly value: Fraction;
  readonly papers: readonly { readonly ranking: readonly number[]; readonly n: number }[];
}

const whole = (n: number): Fraction => ({ n: BigInt(n), d: 1n });

/** Cuts a value (never rounds it up) to a number of decimals. */
function cut({ n, d }: Fraction, decimals: number): Fraction {
  const unit = 10n ** BigInt(decimals);
  return { n: (n * unit) / d, d: unit };
}

/** Writes a value with so many decimals at most, cut. */
function written(value: Fraction): string {
  const { n, d } = cut(value, PRINTED_DECIMALS);
  const fraction = String(n % d)
    .padStart(PRINTED_DECIMALS, '0')
    .replace(/0+$/, '');
  return `${n / d}${fraction && `.${fraction}`}`;
}

const worth = ({ value, papers }: Parcel): Fraction => times(value, whole(papers.reduce((all, { n }) => all + n, 0)));

/** Droop's quota: the least number that only so many options can reach. */
export const droopQuota = (valid: number, seats: number): number => Math.floor(valid / (seats + 1)) + 1;

/**
 * Single transferable vote with the weighted inclusive Gregory method: a candidate who reaches the quota is elected,
 * and every ballot that lies with them goes on with the same part of its worth; the largest surplus first. Where there
 * is none the last one leaves. Ties go by the last differing earlier round, then by the poll's rule. With `decimals`
 * what a ballot is worth after a surplus is cut to so many, as in Scotland; null: exact fractions.
 */
export function singleTransferableVote(
  ballots: readonly Ranked[],
  options: readonly number[],
  { seats, decimals }: { seats: number; decimals: number | null },
  breaker: TieBreaker,
): Won & { readonly quota: number; readonly rounds: readonly Round[] } {
  const continuing = new Set(options);
  const piles = new Map<number, Parcel[]>(options.map(option => [option, []]));
  const elected: number[] = [];
  const waiting = new Set<number>();
  const rounds: Round[] = [];
  const earlier: ReadonlyMap<number, Fraction>[] = [];

  /** Hands parcels on, each ballot to the next continuing option that it names, at a new worth. */
  const handOn = (parcels: readonly Parcel[], worthNow: (value: Fraction) => Fraction): void => {
    for (const { value, papers } of parcels) {
      const next = new Map<number, Parcel['papers'][number][]>();
      for (const paper of papers) {
        const option = paper.ranking.find(one => continuing.has(one));
        if (option === undefined) continue;
        const to = next.get(option);
        if (to) to.push(paper);
        else next.set(option, [paper]);
      }
      for (const [option, moved] of next) piles.get(option)!.push({ value: worthNow(value), papers: moved });
    }
  };
  const totals = (): Map<number, Fraction> =>
    new Map([...piles].map(([option, parcels]) => [option, sum(parcels.map(worth))]));

  const first = ballots.flatMap(({ ranking, n }) => {
    const known = ranking.filter(option => continuing.has(option));
    return known.length ? [{ ranking: known, n }] : [];
  });
  const valid = first.reduce((all, { n }) => all + n, 0);
  const quota = droopQuota(valid, seats);
  handOn([{ value: whole(1), papers: first }], value => value);

  const held = new Map<number, Fraction>();
  const result = (tied: readonly number[]) => ({ winners: elected, tied, rounds, quota });
  if (valid === 0) return result([]);

  for (;;) {
    const now = totals();
    for (const [option, votes] of held) now.set(option, votes);
    const byVotes = (a: number, b: number): number => compare(now.get(b)!, now.get(a)!) || a - b;
    const elect = (chosen: readonly number[]): void => {
      for (const option of chosen) {
        continuing.delete(option);
        elected.push(option);
        if (compare(now.get(option)!, whole(quota)) > 0) waiting.add(option);
      }
    };
    const before = elected.length;
    elect([...continuing].filter(option => compare(now.get(option)!, whole(quota)) >= 0).sort(byVotes));
    if (continuing.size <= seats - elected.length) elect([...continuing].sort(byVotes));
    const round: Round = {
      totals: [...now].sort(([a], [b]) => a - b).map(([option, votes]) => [option, written(votes)]),
      exhausted: written(minus(whole(valid), sum([...now.values()]))),
      elected: elected.slice(before),
      excluded: null,
      surplusOf: null,
    };
    if (elected.length >= seats || continuing.size === 0) {
      rounds.push(round);
      return result([]);
    }
    const isSurplus = waiting.size > 0;
    const chosen = chosenOf(
      isSurplus ? [...waiting] : [...continuing],
      isSurplus ? 'win' : 'leave',
      now,
      earlier,
      breaker,
    );
    if (chosen === null) {
      rounds.push(round);
      return result(breaker.ties.at(-1)!.tied);
    }
    waiting.delete(chosen);
    continuing.delete(chosen);
    // Once as many options are left as there are seats, all are elected, and nothing is handed on any more.
    if (!isSurplus && continuing.size <= seats - elected.length) elect([...continuing].sort(byVotes));
    rounds.push({
      ...round,
      elected: elected.slice(before),
      excluded: isSurplus ? null : chosen,
      surplusOf: isSurplus ? chosen : null,
    });
    if (elected.length >= seats || continuing.size === 0) return result([]);
    earlier.push(now);
    const parcels = piles.get(chosen)!;
    piles.delete(chosen);
    const total = now.get(chosen)!;
    const surplus = minus(total, whole(quota));
    if (isSurplus) held.set(chosen, whole(quota));
    handOn(parcels, value => {
      const next = isSurplus ? over(times(value, surplus), total)! : value;
      return isSurplus && decimals !== null ? cut(next, decimals) : next;
    });
  }
}

/** The option with the most votes (`win`) or the fewest (`leave`); null: several, which nothing sets apart. */
function chosenOf(
  from: readonly number[],
  to: 'win' | 'leave',
  now: ReadonlyMap<number, Fraction>,
  earlier: readonly ReadonlyMap<number, Fraction>[],
  breaker: TieBreaker,
): number | null {
  const sorted = [...from].sort((a, b) => compare(now.get(a)!, now.get(b)!));
  const wanted = now.get(to === 'win' ? sorted.at(-1)! : sorted[0]!)!;
  const equal = from.filter(option => compare(now.get(option)!, wanted) === 0);
  return breaker.pick(equal, to, comparable(earlier, equal));
}

/** The totals of equal options in earlier rounds as whole numbers that compare alike. */
function comparable(
  earlier: readonly ReadonlyMap<number, Fraction>[],
  options: readonly number[],
): ReadonlyMap<number, number>[] {
  return earlier.map(totals => {
    const sorted = options.map(option => totals.get(option) ?? ZERO).sort(compare);
    return new Map(
      options.map(option => [option, sorted.findIndex(one => compare(one, totals.get(option) ?? ZERO) === 0)]),
    );
  });
}
