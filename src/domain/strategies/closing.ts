import type { Tx } from '../../storage/store.ts';
import { addMonths } from '../calendar.ts';
import { decimalOf } from '../indicators/fraction.ts';
import { indicatorByNumber } from '../indicators/store.ts';
import { agreeAnew } from '../indicators/versions.ts';
import { groups, sealSecrets } from './ballots.ts';
import { mayBeEnded } from './rules.ts';
import { addVersion, changeStrategy, currentVersion, type Strategy, strategyByNumber } from './store.ts';
import { count, decide, type Outcome } from './tally.ts';

/** Number of months after which a carried change is looked at again. */
export const REVIEW_MONTHS = 12;

const clauseOf = (strategy: Strategy): string => `${strategy.title}: ${strategy.change}`;

/** The strategy's text with a carried change put at its end, as a clause of its own. */
const withClause = (before: string, strategy: Strategy): string =>
  [before, isMereEnd(strategy) ? '' : clauseOf(strategy)].filter(Boolean).join('\n');

/** A proposal that only ends another decision, and puts nothing in its place. */
const isMereEnd = ({ ends, change, title }: Strategy): boolean => ends !== null && change === title;

/** The strategy's text without the clause of a decision that was ended. */
const withoutClause = (text: string, strategy: Strategy): string =>
  `${text}\n`.replace(`${clauseOf(strategy)}\n`, '').trim();

/**
 * Decides a vote: counts, stores the outcome with its arithmetic, makes the strategy's next version when it is
 * carried, and cuts the ties of secret ballots. `today` is the forum's local date.
 */
export async function closeVote(
  tx: Tx,
  strategy: Strategy,
  how: { now: Date; today: string; reason: string | null; newKey: () => string },
): Promise<Strategy> {
  const overridden = strategy.overrideReason !== null;
  const arithmetic = count(strategy.rule, await groups(tx, strategy), overridden);
  const outcome: Outcome = decide(strategy.rule, arithmetic, overridden);
  await sealSecrets(tx, strategy, how.newKey);
  const decided = await changeStrategy(tx, strategy, {
    outcome,
    arithmetic,
    // The stored instant is the end of the vote, however late the bot gets to count it.
    closedAt: how.reason === null && strategy.closesAt < how.now ? strategy.closesAt : how.now,
    closeReason: how.reason,
    reviewOn: outcome === 'carried' ? addMonths(how.today, REVIEW_MONTHS) : null,
  });
  if (outcome === 'carried') {
    const before = (await currentVersion(tx, strategy.forumId))?.after ?? '';
    const ended = await endedBy(tx, decided);
    await addVersion(tx, decided, withClause(ended ? withoutClause(before, ended) : before, decided), how.now);
    await setTarget(tx, decided, how);
  }
  return decided;
}

/** Ends the decision that a carried proposal was to end; null where there is none, or it has ended meanwhile. */
async function endedBy(tx: Tx, decided: Strategy): Promise<Strategy | null> {
  const ended = decided.ends === null ? null : await strategyByNumber(tx, decided.forumId, decided.ends);
  if (!ended || mayBeEnded(ended)) return null;
  return changeStrategy(tx, ended, { review: 'end', reviewOn: null, endedBy: decided.number });
}

/** Stores the verdict of a review. A decision that is ended leaves the strategy's text. `today` is the forum's. */
export async function reviewDecision(
  tx: Tx,
  strategy: Strategy,
  how: { verdict: NonNullable<Strategy['review']>; reason: string | null; by: number; now: Date; today: string },
): Promise<Strategy> {
  const reviewed = await changeStrategy(tx, strategy, {
    review: how.verdict,
    reviewOn: how.verdict === 'keep' ? addMonths(how.today, REVIEW_MONTHS) : null,
    reviewReason: how.reason,
    reviewedBy: how.by,
    reviewedAt: how.now,
  });
  if (how.verdict === 'end') {
    const text = (await currentVersion(tx, strategy.forumId))?.after ?? '';
    await addVersion(tx, reviewed, withoutClause(text, strategy), how.now, 'ended');
  }
  return reviewed;
}

/** A carried change may set the target of the indicator it answers: the indicator's next version. */
async function setTarget(
  tx: Tx,
  { forumId, indicator: number, newTarget }: Strategy,
  { now, today }: { now: Date; today: string },
): Promise<void> {
  const indicator = number === null ? null : await indicatorByNumber(tx, forumId, number);
  if (!indicator || newTarget === null) return;
  await agreeAnew(tx, indicator, { since: today, terms: { target: decimalOf(newTarget, 6) } }, { now, today });
}

/** Ends a proposal without a decision; its ballots stay, sealed. */
export async function withdrawVote(
  tx: Tx,
  strategy: Strategy,
  reason: string,
  now: Date,
  newKey: () => string,
): Promise<Strategy> {
  await sealSecrets(tx, strategy, newKey);
  return changeStrategy(tx, strategy, { outcome: 'withdrawn', closedAt: now, closeReason: reason });
}
