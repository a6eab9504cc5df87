import { type Actor, isSelf } from '../actor.ts';
import type { Strategy } from './store.ts';

export type StrategyNo =
  | { readonly why: 'decided' }
  | { readonly why: 'closed'; readonly at: Date }
  | { readonly why: 'not_open'; readonly at: Date }
  | { readonly why: 'not_elector' }
  | { readonly why: 'needs_reason' }
  | { readonly why: 'reason_stands' }
  | { readonly why: 'not_proposer' }
  | { readonly why: 'self_proxy' }
  | { readonly why: 'holder_not_elector' }
  | { readonly why: 'holder_taken' }
  | { readonly why: 'earlier' }
  | { readonly why: 'not_carried' }
  | { readonly why: 'ended' }
  | { readonly why: 'not_reviewed_yet'; readonly on: string }
  | { readonly why: 'secret_open' }
  | { readonly why: 'voted_as_other' }
  | { readonly why: 'nothing_cast' }
  | { readonly why: 'no_proxy' };

/** A vote is open from its opening up to, not including, its closing: judged by the stored instants alone. */
export function mayBeVotedOn(strategy: Strategy, now: Date): StrategyNo | null {
  if (now >= strategy.closesAt) return { why: 'closed', at: strategy.closedAt ?? strategy.closesAt };
  if (strategy.outcome) return { why: 'decided' };
  if (!strategy.openedAt || now < strategy.opensAt) return { why: 'not_open', at: strategy.opensAt };
  return null;
}

/** Text, dates and end of a proposal may be changed until it is decided. */
export function mayBeSteered(strategy: Strategy, now: Date): StrategyNo | null {
  if (strategy.outcome) return { why: 'decided' };
  return now >= strategy.closesAt ? { why: 'closed', at: strategy.closesAt } : null;
}

/** A proposal is its proposer's and the coordinators' to amend, explain, review and withdraw. */
export const isProposerOr = (actor: Actor, strategy: Strategy): StrategyNo | null =>
  isSelf(actor, strategy.proposedBy) || actor.coordinator ? null : { why: 'not_proposer' };

/** A decision that was carried may be ended once, by another vote or at its review. */
export function mayBeEnded(strategy: Strategy): StrategyNo | null {
  if (strategy.outcome !== 'carried') return { why: 'not_carried' };
  return strategy.review === 'end' ? { why: 'ended' } : null;
}

/**
 * A decision that stands may be kept by its proposer and the coordinators. To change or end it takes another vote, or
 * a coordinator from its review date on: nobody undoes alone what the partners have decided. `today` is the forum's.
 */
export function mayBeReviewed(
  actor: Actor,
  strategy: Strategy,
  verdict: 'keep' | 'change' | 'end',
  today: string,
): StrategyNo | null {
  const no = mayBeEnded(strategy);
  if (no || verdict === 'keep') return no ?? isProposerOr(actor, strategy);
  if (!actor.coordinator || strategy.reviewOn === null || today < strategy.reviewOn)
    return { why: 'not_reviewed_yet', on: strategy.reviewOn ?? today };
  return null;
}

/** A reason may be added where none was given, until somebody has voted: on what stood there. */
export const mayBeExplained = (strategy: Strategy, voted: boolean): StrategyNo | null =>
  strategy.rationale || voted ? { why: 'reason_stands' } : null;

/** A ballot that asks for a reason and has none. */
export const needsReason = (choice: string, reason: string | undefined): StrategyNo | null =>
  choice === 'object' && !reason ? { why: 'needs_reason' } : null;

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** The steps of reminding, in order: who is reminded when a unit has not voted yet. */
export const REMINDER_STEPS = ['representative', 'alternate', 'coordinators'] as const;
export type ReminderStep = (typeof REMINDER_STEPS)[number];

/** Returns how long before closing each step comes, of a vote that is open for `length`; all in milliseconds. */
const BEFORE_CLOSING: Readonly<Record<ReminderStep, (length: number) => number>> = {
  representative: length => length / 2,
  alternate: length => Math.min(DAY, length / 4),
  coordinators: length => Math.min(2 * HOUR, length / 12),
};

/** Half time, one day and two hours before closing; a short vote's later steps come at a quarter and a twelfth. */
export function reminderTimes(opensAt: Date, closesAt: Date): readonly { step: ReminderStep; at: Date }[] {
  const close = closesAt.getTime();
  const length = close - opensAt.getTime();
  return REMINDER_STEPS.map(step => ({ step, at: new Date(Math.round(close - BEFORE_CLOSING[step](length))) }));
}

/** A vote that may close early stays open at least this long: a day, or half its length. */
export const earliestClose = (opensAt: Date, closesAt: Date): Date =>
  new Date(opensAt.getTime() + Math.min(DAY, (closesAt.getTime() - opensAt.getTime()) / 2));
