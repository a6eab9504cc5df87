import type { WriteContext } from '../../src/bot/act-context.ts';
import { main, mutation, optional, required } from '../../src/bot/command.ts';
import { date, line, paragraph, whole } from '../../src/bot/kinds.ts';
import { entity, member } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import { actionOfItem } from '../../src/domain/actions/store.ts';
import { addMonths } from '../../src/domain/calendar.ts';
import { judging } from '../../src/domain/engagement/judging.ts';
import { engagementOf } from '../../src/domain/engagement/measures.ts';
import {
  addNote,
  beginReview,
  endReview,
  lastReview,
  mayJoin,
  openReview,
  type Review,
  reviewByNumber,
} from '../../src/domain/engagement/reviews.ts';
import { type Partner, partnerSource } from '../../src/domain/partners.ts';
import { speaksFor } from '../../src/domain/people.ts';
import { localDate } from '../../src/language/dates.ts';
import { actionCode } from '../../src/views/action.ts';
import { scoreCard } from '../../src/views/partnership.ts';
import { reviewCard, withLastReview } from '../../src/views/review.ts';
import { finish, takeOn, tellTalk } from '../action/common.ts';

const partnerOption = main(entity(partnerSource));

/** The review with a partner that the actor may join. What is private is not told apart from what is not there. */
async function joined(ctx: WriteContext, partner: Partner): Promise<Review> {
  const found = await openReview(ctx.db, ctx.forumId, partner.number);
  if (!found || !mayJoin(ctx.actor, found))
    throw new Refusal('not_found', m => m.partnership.noReview({ partner: partner.name }), { option: 'partner' });
  return found;
}

/** The card of a review with what the record shows of the partner. */
async function withRecord(ctx: WriteContext, partner: Partner, review: Review, head?: string): Promise<View> {
  const to = localDate(ctx.now, ctx.forum.zone);
  const span = { from: addMonths(to, -6), to };
  const how = await judging(ctx.db, ctx.forum, ctx.now, span.from);
  const record = await scoreCard(ctx, partner, span, await engagementOf(ctx.db, ctx.forum, partner.number, span, how));
  const last = await lastReview(ctx.db, ctx.forumId, partner.number);
  const alone = await reviewCard(ctx, review, head);
  const card = last && mayJoin(ctx.actor, last) ? await withLastReview(ctx, alone, last) : alone;
  return { ...card, blocks: [...card.blocks, ...record.blocks] };
}

export const review = mutation({
  id: 'yv',
  name: 'review',
  words: m => m.partnership.command.review,
  who: 'member',
  options: { partner: partnerOption, mediator: optional(member()) },
  async run(ctx, { partner, mediator }) {
    const open = await openReview(ctx.db, ctx.forumId, partner.number);
    const concerned = ctx.actor.coordinator || speaksFor(ctx.actor, partner.number);
    if (!concerned && !(open && mayJoin(ctx.actor, open)))
      throw new Refusal('forbidden', m => m.partnership.notYourReview);
    if (open) return withRecord(ctx, partner, open);
    const begun = await beginReview(
      ctx.tx,
      ctx.forumId,
      { partner: partner.number, mediator: mediator?.number ?? null, openedBy: ctx.actor.member },
      ctx.now,
    );
    await ctx.record({ kind: 'review.opened', thing: 'partner', number: partner.number });
    await tellTalk(ctx, begun);
    return withRecord(ctx, partner, begun, ctx.m.partnership.reviewOpened);
  },
});

export const statement = mutation({
  id: 'yn',
  name: 'statement',
  words: m => m.partnership.command.statement,
  who: 'member',
  options: { partner: partnerOption, text: required(paragraph()) },
  async run(ctx, { partner, text: content }) {
    const found = await joined(ctx, partner);
    await addNote(ctx.tx, found, { content, member: ctx.actor.member }, ctx.now);
    await tellTalk(ctx, found);
    return reviewCard(ctx, found, ctx.m.partnership.noted);
  },
});

export const agreeStep = mutation({
  id: 'ys',
  name: 'step',
  words: m => m.partnership.command.step,
  who: 'member',
  options: { partner: partnerOption, what: required(line({ max: 200 })), due: required(date()) },
  async run(ctx, { partner, what, due }) {
    const found = await joined(ctx, partner);
    await takeOn(ctx, {
      title: what,
      due,
      isPrivate: true,
      partner: partner.number,
      owner: null,
      amount: null,
      from: { origin: 'talk', originNumber: found.number },
    });
    await tellTalk(ctx, found);
    return reviewCard(ctx, found, ctx.m.partnership.stepAgreed);
  },
});

/** Option that buttons of earlier versions carry: a step is an action now, and is marked by its code. */
export const stepDone = mutation({
  id: 'yd',
  name: 'done',
  words: m => m.partnership.command.done,
  who: 'member',
  hidden: true,
  options: { partner: partnerOption, step: required(whole({ min: 1, max: 10_000 })) },
  async run(ctx, { partner, step }) {
    const action = await actionOfItem(ctx.db, ctx.forumId, { talkWith: partner.number }, step);
    const review = action && (await reviewByNumber(ctx.db, ctx.forumId, action.originNumber!));
    if (!review || !mayJoin(ctx.actor, review))
      throw new Refusal('not_found', m => m.partnership.noStep({ partner: partner.name, step }), { option: 'step' });
    const done = await finish(ctx, action, null);
    return reviewCard(ctx, review, ctx.m.action.isDone({ code: actionCode(done) }));
  },
});

export const conclude = mutation({
  id: 'yc',
  name: 'conclude',
  words: m => m.partnership.command.conclude,
  who: 'member',
  options: { partner: partnerOption, outcome: required(paragraph({ max: 1000 })) },
  async run(ctx, { partner, outcome }) {
    const found = await joined(ctx, partner);
    if (!ctx.actor.coordinator && ctx.actor.member !== found.mediator)
      throw new Refusal('forbidden', m => m.partnership.whoConcludes);
    const ended = await endReview(ctx.tx, found, outcome, ctx.now);
    await ctx.record({ kind: 'review.ended', thing: 'partner', number: partner.number });
    await tellTalk(ctx, ended);
    return reviewCard(ctx, ended, ctx.m.partnership.reviewEnded);
  },
});
