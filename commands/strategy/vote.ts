import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, required } from '../../src/bot/command.ts';
import { choice, paragraph } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { facts, note, text, type View, view } from '../../src/contract/view.ts';
import { isSelf } from '../../src/domain/actor.ts';
import { partnerSource } from '../../src/domain/partners.ts';
import { castBallot, hasVoted, takeBallot, votedElsewhere } from '../../src/domain/strategies/ballots.ts';
import {
  electorName,
  electorsOf,
  giveProxy,
  readToVoteOn,
  takeProxy,
  voterOf,
} from '../../src/domain/strategies/electorate.ts';
import { earliestClose, mayBeVotedOn, needsReason } from '../../src/domain/strategies/rules.ts';
import { changeStrategy, type Strategy, strategySource } from '../../src/domain/strategies/store.ts';
import type { Choice } from '../../src/domain/strategies/tally.ts';
import { when } from '../../src/language/dates.ts';
import { VOTE_WORDS } from '../../src/language/synonyms.ts';
import { t } from '../../src/language/text.ts';
import { takesPart } from '../partner/names.ts';
import { ballotTopic, changed, code, isUndecided, openStrategy, refuse } from './common.ts';

const reason = () => paragraph({ max: 500 });

/** Reads it together with the unit for which the actor may vote. */
const theVote = {
  strategy: main(
    entity(
      {
        ...strategySource,
        async byNumber(reach, number) {
          await readToVoteOn(reach.db, reach.forumId, number, reach.actor.member);
          return strategySource.byNumber(reach, number);
        },
      },
      { offers: isUndecided },
    ),
  ),
};

/** Name of every way to cast a ballot in figures and logs: the choice is nobody's business. */
const BALLOT = 'ballot';

/** The unit for which this person may vote now; refuses otherwise, by the stored instants inside the unit of work. */
async function votingFor(ctx: WriteContext, strategy: Strategy) {
  refuse(ctx, strategy, mayBeVotedOn(strategy, ctx.now));
  const voter = await voterOf(ctx.db, strategy, ctx.actor.member);
  if (!voter) refuse(ctx, strategy, { why: 'not_elector' });
  if (voter!.isLinked && (await votedElsewhere(ctx.db, strategy, voter!.unit, ctx.actor.member)))
    refuse(ctx, strategy, { why: 'voted_as_other' });
  return voter!;
}

/** Casts a ballot and answers with its receipt; nothing is counted here. */
async function cast(ctx: WriteContext, strategy: Strategy, chosen: Choice, why: string | undefined): Promise<View> {
  const voter = await votingFor(ctx, strategy);
  refuse(ctx, strategy, needsReason(chosen, why));
  // An override is for the objections that stood then; a new one is to be heard again.
  if (chosen === 'object' && strategy.overrideReason !== null && !strategy.rule.secret)
    await changeStrategy(ctx.tx, strategy, { overrideReason: null });
  const vote = { unit: voter.unit, choice: chosen, reason: why ?? null, castBy: ctx.actor.member };
  const hasOpen = voter.castBy !== null;
  const { seq, replacedBy } = await castBallot(ctx.tx, strategy, { ...vote, hasOpen }, ctx.now);
  // The instant of a secret ballot is kept nowhere: neither in the row, nor in the audit.
  if (seq === null) {
    ctx.leaveNoTrace();
    await ctx.stale(ballotTopic(strategy));
  } else await changed(ctx, strategy, 'voted', { unit: voter.unit, ballot: seq });
  const before = replacedBy === null || isSelf(ctx.actor, replacedBy) ? null : replacedBy;
  // The voter learns it from the receipt.
  if (before !== null) {
    const topic = { kind: 'ballot_replaced', subject: `${strategy.number}:${seq ?? `u${voter.unit}`}` };
    await ctx.post(topic, { member: before });
  }
  if (chosen === 'object' && seq !== null) await tellObjection(ctx, strategy, seq);
  if (strategy.rule.early) await planEarly(ctx, strategy);
  const w = ctx.m.strategy;
  return view(w.receipt, {
    tone: 'good',
    blocks: [
      facts([
        [w.title, t`${code(strategy)} ${strategy.title}`],
        [w.receiptFor, voter.name],
        [w.receiptChoice, seq === null ? w.receiptSecret : w.choices[chosen]],
        [w.receiptId, seq === null ? null : String(seq)],
        [w.receiptAt, seq === null ? null : [when(ctx.now, ctx.zone, ctx.locale)]],
        [w.rule, w.receiptRule({ version: strategy.rule.version, round: strategy.round })],
      ]),
      before === null ? null : note(w.receiptReplaces),
      note(w.receiptHint),
    ],
  });
}

/** Tells the proposer and the coordinators of an objection, so that they may talk before the vote is over. */
async function tellObjection(ctx: WriteContext, { number, proposedBy }: Strategy, ballot: number): Promise<void> {
  const topic = { kind: 'objection', subject: `${number}:${ballot}` };
  if (proposedBy !== ctx.actor.member) await ctx.post(topic, { member: proposedBy });
  await ctx.post(topic, { purpose: 'coordinators' });
}

/** Plans a look at whether everybody has voted: once a minute at most, and not before the minimum time. */
async function planEarly(ctx: WriteContext, strategy: Strategy): Promise<void> {
  const earliest = Math.max(earliestClose(strategy.opensAt, strategy.closesAt).getTime(), ctx.now.getTime());
  const due = new Date(Math.ceil(earliest / 60_000) * 60_000);
  const subject = String(strategy.number);
  await ctx.plan({ key: `vote_early:${subject}:${due.toISOString()}`, kind: 'vote_early', subject, due });
}

export const vote = mutation({
  id: 'sv',
  countedAs: BALLOT,
  name: 'vote',
  words: m => m.strategy.command.vote,
  who: 'member',
  options: {
    ...theVote,
    choice: required(choice(['agree', 'disagree', 'abstain', 'object'], m => m.strategy.choices, VOTE_WORDS)),
    reason: optional(reason()),
  },
  run: (ctx, o) => cast(ctx, o.strategy, o.choice, o.reason),
});

export const object = mutation({
  id: 'sb',
  countedAs: BALLOT,
  name: 'object',
  words: m => m.strategy.command.object,
  who: 'member',
  options: { ...theVote, reason: required(reason()) },
  run: (ctx, o) => cast(ctx, o.strategy, 'object', o.reason),
});

export const recuse = mutation({
  id: 'sr',
  countedAs: BALLOT,
  name: 'recuse',
  former: ['menepi'],
  words: m => m.strategy.command.recuse,
  who: 'member',
  options: { ...openStrategy, reason: required(reason()) },
  run: (ctx, o) => cast(ctx, o.strategy, 'recuse', o.reason),
});

export const proxy = mutation({
  id: 'sx',
  name: 'proxy',
  words: m => m.strategy.command.proxy,
  who: 'member',
  options: { ...openStrategy, partner: required(entity(partnerSource)) },
  async run(ctx, { strategy, partner }) {
    if (strategy.rule.basis !== 'partner') throw new Refusal('conflict', m => m.strategy.no.partnersOnly);
    const { unit } = await votingFor(ctx, strategy);
    if (unit === partner.number) refuse(ctx, strategy, { why: 'self_proxy' });
    takesPart(partner);
    const electors = await electorsOf(ctx.db, strategy);
    if (!electors.some(one => one.unit === partner.number)) refuse(ctx, strategy, { why: 'holder_not_elector' });
    const given = await giveProxy(
      ctx.tx,
      strategy,
      { unit, holder: partner.number, givenBy: ctx.actor.member },
      ctx.now,
    );
    if (!given) refuse(ctx, strategy, { why: 'holder_taken' });
    await changed(ctx, strategy, 'proxied', { unit, holder: partner.number });
    if (strategy.rule.early) await planEarly(ctx, strategy);
    const w = ctx.m.strategy;
    const from = electors.find(one => one.unit === unit)!.name;
    return view(w.proxied({ from, to: partner.name, code: code(strategy) }), {
      tone: 'good',
      blocks: [text(w.proxiedHint)],
    });
  },
});

export const unvote = mutation({
  id: 'su',
  name: 'unvote',
  words: m => m.strategy.command.unvote,
  who: 'member',
  options: openStrategy,
  async run(ctx, { strategy }) {
    const { unit } = await votingFor(ctx, strategy);
    if (!(await hasVoted(ctx.db, strategy, unit))) refuse(ctx, strategy, { why: 'nothing_cast' });
    const castBy = await takeBallot(ctx.tx, strategy, unit);
    if (strategy.rule.secret) {
      ctx.leaveNoTrace();
      await ctx.stale(ballotTopic(strategy));
    } else await changed(ctx, strategy, 'unvoted', { unit });
    const topic = { kind: 'ballot_taken_back', subject: `${strategy.number}:u${unit}` };
    if (castBy !== null && castBy !== ctx.actor.member) await ctx.post(topic, { member: castBy });
    return view(ctx.m.strategy.unvoted({ code: code(strategy) }), {
      tone: 'good',
      blocks: [text(ctx.m.strategy.unvotedHint)],
    });
  },
});

export const unproxy = mutation({
  id: 'sj',
  name: 'unproxy',
  words: m => m.strategy.command.unproxy,
  who: 'member',
  options: openStrategy,
  async run(ctx, { strategy }) {
    const { unit } = await votingFor(ctx, strategy);
    const holder = await takeProxy(ctx.tx, strategy, unit);
    if (holder === null) refuse(ctx, strategy, { why: 'no_proxy' });
    await changed(ctx, strategy, 'unproxied', { unit, holder });
    const from = await electorName(ctx.db, strategy, unit);
    const to = await electorName(ctx.db, strategy, holder!);
    return view(ctx.m.strategy.unproxied({ from, to, code: code(strategy) }), { tone: 'good' });
  },
});
