import { deed, required } from '../../src/bot/command.ts';
import type { WriteContext } from '../../src/bot/context.ts';
import { choice, instant, paragraph } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/bot/refusal.ts';
import { text, type View, view } from '../../src/bot/view.ts';
import { addMonths } from '../../src/domain/calendar.ts';
import { newRound, positions } from '../../src/domain/strategies/ballots.ts';
import { closeVote, withdrawVote, withoutClause } from '../../src/domain/strategies/closing.ts';
import { planVote, reminderSubject, reviewOf } from '../../src/domain/strategies/opening.ts';
import { isProposerOr, mayBeSteered, mayBeVotedOn, REMINDER_STEPS } from '../../src/domain/strategies/rules.ts';
import { addVersion, changeStrategy, currentVersion, type Strategy } from '../../src/domain/strategies/store.ts';
import { localDate, when } from '../../src/language/dates.ts';
import { ballotCard, outcomeCard } from '../../src/views/ballot.ts';
import { changed, code, refuse, theStrategy } from './common.ts';

const why = () => required(paragraph({ max: 500 }));

/** Plans the reminders and the closing anew; what was planned for the old instants is taken back. */
async function replan(ctx: WriteContext, strategy: Strategy, reason: string): Promise<void> {
  await ctx.unplan('vote_closes', String(strategy.number), reason);
  for (const step of REMINDER_STEPS) await ctx.unplan('vote_reminder', reminderSubject(strategy, step), reason);
  if (!strategy.outcome) await ctx.plan(...planVote(strategy).filter(one => one.due > ctx.now));
}

export const amend = deed({
  id: 'sa',
  name: 'amend',
  words: m => m.strategy.command.amend,
  who: 'member',
  options: { ...theStrategy, change: required(paragraph()) },
  async run(ctx, { strategy, change }) {
    refuse(ctx, strategy, mayBeSteered(strategy, ctx.now));
    refuse(ctx, strategy, isProposerOr(ctx.actor, strategy));
    await newRound(ctx.tx, strategy);
    const round = strategy.openedAt ? strategy.round + 1 : strategy.round;
    const amended = await changeStrategy(ctx.tx, strategy, { change, round, overrideReason: null });
    await changed(ctx, amended, 'amended', { before: strategy.change, after: change, round });
    const w = ctx.m.strategy;
    const card = await ballotCard(ctx, amended, w.amended({ code: code(strategy) }));
    return { ...card, blocks: [...card.blocks, text(w.amendedHint({ round }))] };
  },
});

export const extend = deed({
  id: 'se',
  name: 'extend',
  words: m => m.strategy.command.extend,
  who: 'coordinator',
  options: { ...theStrategy, closes: required(instant()) },
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

/** What follows from a decision made by hand: audit, posts, and nothing planned any more. */
async function decided(ctx: WriteContext, strategy: Strategy, kind: string): Promise<View> {
  await changed(ctx, strategy, kind, { outcome: strategy.outcome, reason: strategy.closeReason });
  await replan(ctx, strategy, 'decided');
  await ctx.post({ kind: 'outcome', subject: String(strategy.number) }, { purpose: 'announce' });
  if (strategy.reviewOn) await ctx.plan(reviewOf(strategy, ctx.forum.zone));
  return outcomeCard(ctx, strategy);
}

export const close = deed({
  id: 'sc',
  name: 'close',
  words: m => m.strategy.command.close,
  who: 'coordinator',
  options: { ...theStrategy, reason: why() },
  async run(ctx, { strategy, reason }) {
    refuse(ctx, strategy, mayBeVotedOn(strategy, ctx.now));
    const today = localDate(ctx.now, ctx.forum.zone);
    const closed = await closeVote(ctx.tx, strategy, { now: ctx.now, today, reason, newKey: () => ctx.newId() });
    return decided(ctx, closed, 'closed');
  },
});

export const withdraw = deed({
  id: 'sw',
  name: 'withdraw',
  words: m => m.strategy.command.withdraw,
  who: 'member',
  options: { ...theStrategy, reason: why() },
  async run(ctx, { strategy, reason }) {
    refuse(ctx, strategy, mayBeSteered(strategy, ctx.now));
    refuse(ctx, strategy, isProposerOr(ctx.actor, strategy));
    return decided(ctx, await withdrawVote(ctx.tx, strategy, reason, ctx.now, () => ctx.newId()), 'withdrawn');
  },
});

export const override = deed({
  id: 'so',
  name: 'override',
  words: m => m.strategy.command.override,
  who: 'coordinator',
  options: { ...theStrategy, reason: why() },
  async run(ctx, { strategy, reason }) {
    refuse(ctx, strategy, mayBeVotedOn(strategy, ctx.now));
    const objects = (await positions(ctx.db, strategy)).some(one => one.choice === 'object');
    if (!objects || strategy.rule.method !== 'consent')
      throw new Refusal('conflict', m => m.strategy.no.nothingToOverride);
    const overridden = await changeStrategy(ctx.tx, strategy, { overrideReason: reason });
    await changed(ctx, overridden, 'overridden', { reason });
    return ballotCard(ctx, overridden, ctx.m.strategy.overridden({ code: code(strategy) }));
  },
});

export const review = deed({
  id: 'sk',
  name: 'review',
  words: m => m.strategy.command.review,
  who: 'member',
  options: { ...theStrategy, verdict: required(choice(['keep', 'change', 'end'], m => m.strategy.verdicts)) },
  async run(ctx, { strategy, verdict }) {
    refuse(ctx, strategy, isProposerOr(ctx.actor, strategy));
    if (strategy.outcome !== 'carried')
      throw new Refusal('conflict', m => m.strategy.notCarried({ code: code(strategy) }));
    const today = localDate(ctx.now, ctx.forum.zone);
    const again = verdict === 'keep' ? addMonths(today, 12) : null;
    const reviewed = await changeStrategy(ctx.tx, strategy, { review: verdict, reviewOn: again });
    if (verdict === 'end') {
      const text = (await currentVersion(ctx.tx, ctx.forumId))?.after ?? '';
      await addVersion(ctx.tx, strategy, withoutClause(text, strategy), ctx.now);
    }
    await changed(ctx, reviewed, 'reviewed', { verdict });
    if (again) await ctx.plan(reviewOf(reviewed, ctx.forum.zone));
    const w = ctx.m.strategy;
    return view(w.reviewed({ code: code(strategy), verdict: w.verdicts[verdict] }), { tone: 'good' });
  },
});
