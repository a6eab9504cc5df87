import type { Floors, ForumSettings } from '../../storage/schema/people.ts';
import type { Quorum, Rule, Share } from '../../storage/schema/rule.ts';
import { neededOf, QUORUM, THRESHOLD } from './threshold.ts';

export type { Floors };

const DAY_MS = 86_400_000;

/** Floors of every decision until the forum says otherwise in `/forum rules`. */
export const DEFAULT_FLOORS: Floors = { basis: 'partner', quorum: QUORUM, threshold: THRESHOLD, shortestMs: DAY_MS };

/** The floors of a forum's decisions. */
export const floorsOf = ({ rules }: ForumSettings): Floors => ({ ...DEFAULT_FLOORS, ...rules });

/** Tells whether one share asks for less than another; in integers. */
function isLess(share: Share, than: Share): boolean {
  const difference = share.numerator * than.denominator - than.numerator * share.denominator;
  if (difference !== 0) return difference < 0;
  return share.compare === 'at_least' && than.compare === 'more_than';
}

/** Lists the parts of a rule that stay below the forum's floors. */
export type Below = keyof Floors;

/**
 * The first part of a rule that is weaker than the floors allow; null: none is. `electorate` counts the units that
 * would vote now, `openMs` is the time between opening and closing.
 */
export function belowFloors(
  rule: Pick<Rule, 'basis' | 'quorum' | 'threshold'>,
  floors: Floors,
  { electorate, openMs }: { electorate: number; openMs: number },
): Below | null {
  // A vote of the partners is never weaker than one of the members: one organisation cannot outnumber the others.
  if (floors.basis === 'partner' && rule.basis === 'member') return 'basis';
  if (isQuorumLess(rule.quorum, floors.quorum, electorate)) return 'quorum';
  if (isLess(rule.threshold, floors.threshold)) return 'threshold';
  return openMs < floors.shortestMs ? 'shortestMs' : null;
}

/** The stronger of two shares. */
export const strongerShare = (share: Share, than: Share): Share => (isLess(share, than) ? than : share);

/** The quorum of a proposal that names none; a floor in another unit comes on top of it, by `quorumFloor`. */
export const usualQuorum = ({ quorum }: Floors): Share => ('count' in quorum ? QUORUM : strongerShare(QUORUM, quorum));

function isQuorumLess(quorum: Quorum, than: Quorum, electorate: number): boolean {
  if (!('count' in quorum) && !('count' in than)) return isLess(quorum, than);
  if ('count' in quorum && 'count' in than) return quorum.count < than.count;
  return neededOf(quorum, electorate) < neededOf(than, electorate);
}

/**
 * The floor that a rule has to carry along: a plain number and a share cannot be compared once and for all, since the
 * electorate of a vote that opens later may have grown by then.
 */
export const quorumFloor = (quorum: Quorum, floors: Floors): Pick<Rule, 'quorumFloor'> =>
  'count' in quorum === 'count' in floors.quorum ? {} : { quorumFloor: floors.quorum };

/** Minimum duration of a new round, ms: the forum's shortest; an urgent vote no longer than it was to last. */
export const shortestRound = (rule: Rule, floors: Floors, openMs: number): number =>
  rule.urgent === undefined ? floors.shortestMs : Math.min(floors.shortestMs, openMs);
