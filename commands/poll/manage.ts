import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation, optional, required } from '../../src/bot/command.ts';
import { instant, paragraph, whole } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import {
  breakTie,
  choicesOf,
  closePoll,
  openTie,
  planPoll,
  pollReminder,
  withdrawPoll,
} from '../../src/domain/polls/closing.ts';
import { changePoll, optionsOf, type Poll } from '../../src/domain/polls/store.ts';
import { castersSoFar } from '../../src/domain/strategies/ballots.ts';
import { REMINDER_STEPS } from '../../src/domain/strategies/rules.ts';
import { when } from '../../src/language/dates.ts';
import { pollCard, pollOutcome } from '../../src/views/poll.ts';
import { changed, code, isCreatorOr, mayBeChanged, refuse, thePoll, WEEK_MS } from './common.ts';

const reason = () => paragraph({ max: 500 });

/** Plans the reminders and the closing anew; what was planned for the old instants is taken back. */
async function replan(ctx: WriteContext, poll: Poll, why: string): Promise<void> {
  await ctx.unplan('poll_closes', String(poll.number), why);
  for (const step of REMINDER_STEPS) await ctx.unplan('poll_reminder', pollReminder(poll, step), why);
  if (!poll.outcome) await ctx.plan(...planPoll(poll).filter(one => one.due > ctx.now));
}

/** Records an end made by hand: audit, posts, and nothing planned any more. */
async function ended(ctx: WriteContext, poll: Poll, kind: string): Promise<View> {
  await changed(ctx, poll, kind, { outcome: poll.outcome, reason: poll.closeReason });
  await replan(ctx, poll, 'decided');
  await ctx.post({ kind: 'poll_outcome', subject: String(poll.number) }, { purpose: 'announce' });
  return pollOutcome(ctx, poll);
}

export const close = mutation({
  id: 'jx',
  name: 'close',
  words: m => m.poll.command.close,
  who: 'coordinator',
  options: { ...thePoll, reason: optional(reason()) },
  async run(ctx, { poll, reason: why = null }) {
    refuse(ctx, poll, mayBeChanged(poll, ctx.now));
    // Ending a binding vote before its time weakens it: it is done in the open, as with decisions.
    if (poll.rule.binding && why === null)
      throw new Refusal('missing_option', m => m.poll.no.closeReason, { option: 'reason' });
    return ended(
      ctx,
      await closePoll(ctx.tx, poll, { now: ctx.now, reason: why, newKey: () => ctx.newId() }),
      'closed',
    );
  },
});

export const withdraw = mutation({
  id: 'jw',
  name: 'withdraw',
  words: m => m.poll.command.withdraw,
  who: 'member',
  options: { ...thePoll, reason: required(reason()) },
  async run(ctx, { poll, reason: why }) {
    refuse(ctx, poll, mayBeChanged(poll, ctx.now));
    refuse(ctx, poll, isCreatorOr(ctx, poll));
    const voted = await castersSoFar(ctx.db, poll);
    const view = await ended(ctx, await withdrawPoll(ctx.tx, poll, why, ctx.now, () => ctx.newId()), 'withdrawn');
    for (const member of voted)
      if (member !== ctx.actor.member)
        await ctx.post({ kind: 'poll_withdrawn', subject: String(poll.number) }, { member });
    return view;
  },
});

export const extend = mutation({
  id: 'je',
  name: 'extend',
  words: m => m.poll.command.extend,
  who: 'coordinator',
  options: { ...thePoll, closes: required(instant()) },
  async run(ctx, { poll, closes }) {
    refuse(ctx, poll, mayBeChanged(poll, ctx.now));
    if (closes <= poll.closesAt) refuse(ctx, poll, { why: 'earlier' });
    if (poll.rule.kind === 'check' && closes.getTime() - poll.opensAt.getTime() > WEEK_MS)
      throw new Refusal('invalid_option', m => m.poll.no.checkTime, { option: 'closes' });
    const extended = await changePoll(ctx.tx, poll, { closesAt: closes });
    await changed(ctx, extended, 'extended', { before: poll.closesAt.toISOString(), after: closes.toISOString() });
    await replan(ctx, extended, 'extended');
    const at = when(closes, ctx.zone, ctx.locale);
    return pollCard(ctx, extended, ctx.m.poll.extended({ code: code(poll), at: [at] }));
  },
});

export const decide = mutation({
  id: 'jd',
  hidden: true,
  name: 'decide',
  words: m => m.poll.command.decide,
  who: 'coordinator',
  options: { ...thePoll, option: required(whole({ min: 1, max: 50 })) },
  async run(ctx, { poll, option }) {
    const tie = openTie(poll);
    if (!tie) throw new Refusal('conflict', m => m.poll.no.noTie({ code: code(poll) }));
    if (!(await choicesOf(ctx.db, poll, tie, await optionsOf(ctx.db, poll))).includes(option))
      throw new Refusal('invalid_option', m => m.poll.no.unknownOption({ typed: String(option) }), {
        option: 'option',
      });
    const said = await breakTie(ctx.tx, poll, option);
    await changed(ctx, said, 'tie_broken', { tied: tie.tied, to: tie.to, option });
    if (said.outcome !== 'tied')
      await ctx.post({ kind: 'poll_outcome', subject: String(poll.number) }, { purpose: 'announce' });
    return pollOutcome(ctx, said);
  },
});
