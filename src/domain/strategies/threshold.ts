import type { Quorum, Rule, Share } from '../../storage/schema/rule.ts';

export type { Quorum, Rule, Share };

/** Quorum of a vote unless the forum rules otherwise: more than half of the electorate. */
export const QUORUM: Share = { numerator: 1, denominator: 2, compare: 'more_than' };
/** Threshold of a vote unless the forum rules otherwise: at least two thirds of agree and disagree. */
export const THRESHOLD: Share = { numerator: 2, denominator: 3, compare: 'at_least' };

/** Tells whether `part` of `whole` reaches the share; in integers, so that exactly two thirds are two thirds. */
export function reaches({ numerator, denominator, compare }: Share, part: number, whole: number): boolean {
  const difference = BigInt(part) * BigInt(denominator) - BigInt(numerator) * BigInt(whole);
  return compare === 'more_than' ? difference > 0n : difference >= 0n;
}

/** The least number out of `whole` that reaches the share. */
export function least(share: Share, whole: number): number {
  const exact = BigInt(share.numerator) * BigInt(whole);
  const floor = exact / BigInt(share.denominator);
  if (share.compare === 'more_than') return Number(floor) + 1;
  return Number(floor * BigInt(share.denominator) === exact ? floor : floor + 1n);
}

/** Counts how many of an electorate a quorum asks for. A plain number never asks for more than there are. */
export const neededOf = (quorum: Quorum, electorate: number): number =>
  'count' in quorum ? Math.min(quorum.count, electorate) : least(quorum, electorate);

/** Counts how many have to take part under a rule. */
export const neededBy = ({ quorum, quorumFloor: floor }: Rule, electorate: number): number =>
  Math.max(neededOf(quorum, electorate), floor ? neededOf(floor, electorate) : 0);

const WORDS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['half', [1, 2]],
  ['setengah', [1, 2]],
  ['separuh', [1, 2]],
  ['two thirds', [2, 3]],
  ['dua pertiga', [2, 3]],
  ['three quarters', [3, 4]],
  ['tiga perempat', [3, 4]],
  ['½', [1, 2]],
  ['⅔', [2, 3]],
  ['¾', [3, 4]],
  ['⅗', [3, 5]],
]);

/**
 * Reads a share: `2/3`, `⅔`, `66%`, `>1/2`, `50%+`, `≥ 2/3`, `more than half`, `lebih dari separuh`. A share is
 * reached by reaching it unless "more than" is said. Null when it is none, or not between zero and one.
 */
export function readShare(typed: string): Share | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  const more = /^(>(?!=)|more than|lebih dari)|\+$/.test(text);
  const bare = text
    .replace(/^(>=|≥|>|at least|more than|minimal|sedikitnya|paling sedikit|lebih dari)/, '')
    .replace(/\+$/, '')
    .trim();
  const fraction = /^(\d{1,4}) ?\/ ?(\d{1,4})$/.exec(bare);
  const percent = /^(\d{1,3}) ?(%|persen|percent)$/.exec(bare);
  const [numerator, denominator] = fraction
    ? [Number(fraction[1]), Number(fraction[2])]
    : percent
      ? [Number(percent[1]), 100]
      : (WORDS.get(bare) ?? [0, 0]);
  if (numerator < 1 || numerator > denominator || (more && numerator === denominator)) return null;
  return { numerator, denominator, compare: more ? 'more_than' : 'at_least' };
}

/** Writes a share so that `readShare` reads it back: `>1/2`, `2/3`. */
export const printShare = ({ numerator, denominator, compare }: Share): string =>
  `${compare === 'more_than' ? '>' : ''}${numerator}/${denominator}`;
