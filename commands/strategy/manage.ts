import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation, optional, required } from '../../src/bot/command.ts';
import { choice, instant, paragraph } from '../../src/bot/kinds.ts';
import { button } from '../../src/contract/buttons.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { text, type View, view } from '../../src/contract/view.ts';
import { newRound, positions } from '../../src/domain/strategies/ballots.ts';
import { closeVote, reviewDecision, withdrawVote } from '../../src/domain/strategies/closing.ts';
import { floorsOf, shortestRound } from '../../src/domain/strategies/floors.ts';
import { planVote, reminderSubject, reviewOf } from '../../src/domain/strategies/opening.ts';
import {
  isProposerOr,
  mayBeReviewed,
  mayBeSteered,
  mayBeVotedOn,
  REMINDER_STEPS,
} from '../../src/domain/strategies/rules.ts';
import { changeStrategy, type Strategy } from '../../src/domain/strategies/store.ts';
import { localDate, when } from '../../src/language/dates.ts';
import { ballotCard, outcomeCard } from '../../src/views/ballot.ts';
import { changed, code, openStrategy, refuse, theStrategy } from './common.ts';

const reasonOption = () => required(paragraph({ max: 500 }));

/** Plans the reminders and the closing anew; what was planned for the old instants is taken back. */
async function replan(ctx: WriteContext, strategy: Strategy, reason: string): Promise<void> {
  await ctx.unplan('vote_closes', String(strategy.number), reason);
  for (const step of REMINDER_STEPS) await ctx.unplan('vote_reminder', reminderSubject(strategy, step), reason);
  if (!strategy.outcome) await ctx.plan(...planVote(strategy).filter(one => one.due > ctx.now));
}

export const amend = mutation({
  id: 'sa',
  name: 'amend',
  words: m => m.strategy.command.amend,
  who: 'member',
  options: { ...openStrategy, change: required(paragraph()) },
  async run(ctx, { strategy, change }) {
    refuse(ctx, strategy, mayBeSteered(strategy, ctx.now));
    refuse(ctx, strategy, isProposerOr(ctx.actor, strategy));
    if (!strategy.openedAt) {
      const amended = await changeStrategy(ctx.tx, strategy, { change });
      await changed(ctx, amended, 'amended', { before: strategy.change, after: change, round: strategy.round });
      return ballotCard(ctx, amended, ctx.m.strategy.amended({ code: code(strategy) }));
    }
    const { settings } = ctx.forum;
    const openMs = strategy.closesAt.getTime() - strategy.opensAt.getTime();
    const least = ctx.now.getTime() + shortestRound(strategy.rule, floorsOf(settings), openMs);
    const closesAt = new Date(Math.max(strategy.closesAt.getTime(), least));
    const voted = await newRound(ctx.tx, strategy);
    const round = strategy.round + 1;
    const amended = await changeStrategy(ctx.tx, strategy, { change, round, closesAt, overrideReason: null });
    await changed(ctx, amended, 'amended', { before: strategy.change, after: change, round });
    if (closesAt > strategy.closesAt) await replan(ctx, amended, 'new round');
    for (const member of voted)
      if (member !== ctx.actor.member)
        await ctx.post({ kind: 'vote_again', subject: `${strategy.number}:${round}` }, { member });
    const w = ctx.m.strategy;
    const card = await ballotCard(ctx, amended, w.amended({ code: code(strategy) }));
    const at = when(closesAt, ctx.zone, ctx.locale);
    return { ...card, blocks: [...card.blocks, text(w.amendedHint({ round, at }))] };
  },
});

export const extend = mutation({
  id: 'se',
  name: 'extend',
  words: m => m.strategy.command.extend,
  who: 'coordinator',
  options: { ...openStrategy, closes: required(instant()) },
  async run(ctx, { strategy, closes }) {
    refuse(ctx, strategy, mayBeSteered(strategy, ctx.now));
    if (closes <= strategy.closesAt) refuse(ctx, strategy, { why: 'earlier' });
    const extended = await changeStrategy(ctx.tx, strategy, { closesAt: closes });
    await changed(ctx, extended, 'extended', { before: strategy.closesAt.toISOString(), after: closes.toISOString() });
    await replan(ctx, extended, 'extended');
    const at = when(closes, ctx.zone, ctx.locale);
    return ballotCard(ctx, extended, ctx.m.strategy.extended({ code: code(strategy), at }));
  },
});

/** Records a decision made by hand: audit, posts, and nothing planned any more. */
async function decided(ctx: WriteContext, strategy: Strategy, kind: string): Promise<View> {
  await changed(ctx, strategy, kind, { outcome: strategy.outcome, reason: strategy.closeReason });
  await replan(ctx, strategy, 'decided');
  await ctx.post({ kind: 'outcome', subject: String(strategy.number) }, { purpose: 'announce' });
  if (strategy.reviewOn) await ctx.plan(reviewOf(strategy, ctx.forum.zone));
  return outcomeCard(ctx, strategy);
}

export const close = mutation({
  id: 'sc',
  name: 'close',
  words: m => m.strategy.command.close,
  who: 'coordinator',
  options: { ...openStrategy, reason: reasonOption() },
  async run(ctx, { strategy, reason }) {
    refuse(ctx, strategy, mayBeVotedOn(strategy, ctx.now));
    const today = localDate(ctx.now, ctx.forum.zone);
    const closed = await closeVote(ctx.tx, strategy, { now: ctx.now, today, reason, newKey: () => ctx.newId() });
    return decided(ctx, closed, 'closed');
  },
});

export const withdraw = mutation({
  id: 'sw',
  name: 'withdraw',
  words: m => m.strategy.command.withdraw,
  who: 'member',
  options: { ...openStrategy, reason: reasonOption() },
  async run(ctx, { strategy, reason }) {
    refuse(ctx, strategy, mayBeSteered(strategy, ctx.now));
    refuse(ctx, strategy, isProposerOr(ctx.actor, strategy));
    return decided(ctx, await withdrawVote(ctx.tx, strategy, reason, ctx.now, () => ctx.newId()), 'withdrawn');
  },
});

export const override = mutation({
  id: 'so',
  name: 'override',
  words: m => m.strategy.command.override,
  who: 'coordinator',
  options: { ...openStrategy, reason: reasonOption() },
  async run(ctx, { strategy, reason }) {
    refuse(ctx, strategy, mayBeVotedOn(strategy, ctx.now));
    // An objection is a choice: while a secret vote is open nobody may learn of one, by a refusal either.
    if (strategy.rule.secret) refuse(ctx, strategy, { why: 'secret_open' });
    const objects = (await positions(ctx.db, strategy)).some(one => one.choice === 'object');
    if (!objects || strategy.rule.method !== 'consent')
      throw new Refusal('conflict', m => m.strategy.no.nothingToOverride);
    const overridden = await changeStrategy(ctx.tx, strategy, { overrideReason: reason });
    await changed(ctx, overridden, 'overridden', { reason });
    return ballotCard(ctx, overridden, ctx.m.strategy.overridden({ code: code(strategy) }));
  },
});

export const review = mutation({
  id: 'sk',
  name: 'review',
  words: m => m.strategy.command.review,
  who: 'member',
  options: {
    ...theStrategy,
    verdict: required(choice(['keep', 'change', 'end'], m => m.strategy.verdicts)),
    reason: optional(paragraph({ max: 500 })),
  },
  async run(ctx, { strategy, verdict, reason = null }) {
    const today = localDate(ctx.now, ctx.forum.zone);
    refuse(ctx, strategy, mayBeReviewed(ctx.actor, strategy, verdict, today));
    if (verdict !== 'keep' && reason === null)
      throw new Refusal('missing_option', m => m.strategy.no.reviewNeedsReason, { option: 'reason' });
    const how = { verdict, reason, by: ctx.actor.member, now: ctx.now, today };
    const reviewed = await reviewDecision(ctx.tx, strategy, how);
    await changed(ctx, reviewed, 'reviewed', { verdict, reason, before: { reviewOn: strategy.reviewOn } });
    if (reviewed.reviewOn) await ctx.plan(reviewOf(reviewed, ctx.forum.zone));
    if (verdict !== 'keep')
      await ctx.post({ kind: 'decision_reviewed', subject: String(strategy.number) }, { purpose: 'announce' });
    const w = ctx.m.strategy;
    return view(w.reviewed({ code: code(strategy), verdict: w.verdicts[verdict] }), {
      tone: 'good',
      controls: [verdict === 'change' ? [button(ctx.m, 'proposeChange', 'sp', { ends: code(strategy) })] : []],
    });
  },
});
