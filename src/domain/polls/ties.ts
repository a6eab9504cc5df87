import { createHash } from 'node:crypto';

export const TIE_RULES = ['none', 'first', 'lot', 'chair'] as const;
export type TieRule = (typeof TIE_RULES)[number];

/** Equal options of which one is to win or to leave, and which one did; null: the poll's rule leaves them tied. */
export interface Tie {
  readonly tied: readonly number[];
  readonly to: 'win' | 'leave';
  readonly chosen: number | null;
  readonly by: 'earlier_round' | Exclude<TieRule, 'none'> | null;
}

/** Describes what breaks the ties of one poll: its rule, the lot's seed, and what the chair has said so far. */
export interface TieBreaking {
  readonly rule: TieRule;
  readonly seed: string | null;
  readonly picks: readonly Pick<Tie, 'tied' | 'to' | 'chosen'>[];
}

/** Breaks the ties of one count and keeps them in order. */
export interface TieBreaker {
  readonly ties: Tie[];
  /**
   * The one of equal options that wins or leaves. `earlier` holds the totals of the rounds before, the first first: the
   * last of them in which the options differed decides. Null: they stay tied.
   */
  pick(tied: readonly number[], to: Tie['to'], earlier?: readonly ReadonlyMap<number, number>[]): number | null;
}

/** The hash that stands on the ballot while a seed is secret: SHA-256, hexadecimal. */
export const hashOfSeed = (seed: string): string => createHash('sha256').update(seed).digest('hex');

/** The place of an option in the lot: anybody can compute it from the published seed. The lowest is drawn first. */
const lotOf = (seed: string, option: number): string => hashOfSeed(`${seed}:${option}`);

const sameOptions = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every(option => b.includes(option));

/** The options in the order in which the rule prefers them; null: it prefers none. */
function inOrder(tied: readonly number[], { rule, seed }: TieBreaking): readonly number[] | null {
  if (rule === 'first') return [...tied].sort((a, b) => a - b);
  if (rule !== 'lot' || seed === null) return null;
  const drawn = new Map(tied.map(option => [option, lotOf(seed, option)]));
  return [...tied].sort((a, b) => (drawn.get(a)! < drawn.get(b)! ? -1 : 1));
}

/** Returns those of equal options that were best (or worst) in the last earlier round in which they differed. */
function byEarlierRounds(
  tied: readonly number[],
  to: Tie['to'],
  earlier: readonly ReadonlyMap<number, number>[],
): readonly number[] {
  let left = tied;
  for (let i = earlier.length - 1; i >= 0 && left.length > 1; i--) {
    const totals = left.map(option => earlier[i]!.get(option) ?? 0);
    const wanted = to === 'win' ? Math.max(...totals) : Math.min(...totals);
    left = left.filter((_, at) => totals[at] === wanted);
  }
  return left;
}

/** A tie breaker by the rules of one poll. */
export function tieBreaker(breaking: TieBreaking): TieBreaker {
  const ties: Tie[] = [];
  return {
    ties,
    pick(tied, to, earlier = []) {
      if (tied.length === 1) return tied[0]!;
      const left = byEarlierRounds(tied, to, earlier);
      const keep = (chosen: number | null, by: Tie['by']): number | null => {
        ties.push({ tied, to, chosen, by });
        return chosen;
      };
      if (left.length === 1) return keep(left[0]!, 'earlier_round');
      if (breaking.rule === 'chair') {
        const said = breaking.picks.find(one => one.to === to && sameOptions(one.tied, left));
        ties.push({ tied: left, to, chosen: said?.chosen ?? null, by: said ? 'chair' : null });
        return said?.chosen ?? null;
      }
      const order = inOrder(left, breaking);
      if (!order || breaking.rule === 'none') {
        ties.push({ tied: left, to, chosen: null, by: null });
        return null;
      }
      return keep(to === 'win' ? order[0]! : order.at(-1)!, breaking.rule);
    },
  };
}
