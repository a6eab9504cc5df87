import { main, mutation, optional, requiredUnlessAny } from '../src/bot/command.ts';
import { paragraph } from '../src/bot/kinds.ts';
import { entity } from '../src/bot/references.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { involvedIn, wereAsked } from '../src/domain/issues/review.ts';
import { issueSource, mediatorsOf } from '../src/domain/issues/store.ts';
import { issueReviewCard } from '../src/views/issue-review.ts';
import { given } from './given.ts';

/** Drafts an after-action review and asks those involved. */
export const review = mutation({
  id: 'ij',
  name: 'review',
  words: m => m.issueReview.command.review,
  who: 'member',
  options: { issue: main(entity(issueSource)) },
  async run(ctx, { issue }) {
    const { member, coordinator } = ctx.actor;
    const mediators = (await mediatorsOf(ctx.db, ctx.forumId, issue.number)).map(one => one.number);
    const involved = await involvedIn(ctx.db, issue);
    const may = coordinator || issue.owner === member || mediators.includes(member);
    if (!may && !involved.includes(member)) throw new Refusal('forbidden', m => m.issueReview.whoAsks);
    if (!may || (await wereAsked(ctx.db, issue))) return issueReviewCard(ctx, issue);
    const topic = { kind: 'issue_review', subject: String(issue.number) };
    const asked = involved.filter(one => one !== member);
    for (const one of asked)
      await ctx.post(topic, { member: one }, { occurrence: `issue_review:${issue.number}~${one}` });
    await ctx.record({ kind: 'issue.review_asked', thing: 'issue', number: issue.number });
    return issueReviewCard(ctx, issue, ctx.m.issueReview.asked({ n: asked.length }));
  },
});

/** The four answers of somebody involved; a later answer stands in the place of the one before. */
export const answerReview = mutation({
  id: 'iq',
  name: 'answer-review',
  hidden: true,
  words: m => m.issueReview.command.answer,
  who: 'member',
  options: {
    issue: main(entity(issueSource)),
    expected: optional(paragraph({ max: 1000 })),
    happened: requiredUnlessAny(paragraph({ max: 1000 }), 'expected', 'why', 'next'),
    why: optional(paragraph({ max: 1000 })),
    next: optional(paragraph({ max: 1000 })),
  },
  async run(ctx, { issue, ...answers }) {
    const involved = await involvedIn(ctx.db, issue);
    if (!ctx.actor.coordinator && !involved.includes(ctx.actor.member))
      throw new Refusal('forbidden', m => m.issueReview.notInvolved);
    await ctx.record({ kind: 'issue.reviewed', thing: 'issue', number: issue.number, data: given(answers) });
    return issueReviewCard(ctx, issue, ctx.m.issueReview.noted);
  },
});
