import type { ReadContext } from '../src/bot/act-context.ts';
import { main, mutation, optional, query, requiredUnlessAny } from '../src/bot/command.ts';
import { paragraph, whole } from '../src/bot/kinds.ts';
import { entity } from '../src/bot/references.ts';
import { button } from '../src/contract/buttons.ts';
import { Refusal } from '../src/contract/refusal.ts';
import { note, text, view } from '../src/contract/view.ts';
import { activitySource } from '../src/domain/activities.ts';
import { announcementByNumber } from '../src/domain/announcements.ts';
import { instantsOf } from '../src/domain/calendar.ts';
import { involvedIn, issuesAround, wereAsked } from '../src/domain/issues/review.ts';
import { issueSource, mediatorsOf } from '../src/domain/issues/store.ts';
import { firstOf } from '../src/domain/warnings/life.ts';
import { issueMenu, issueReviewCard } from '../src/views/issue-review.ts';
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

/** Offers the review of an issue around a warning, a response or a drill. */
export const reviewEvent = query({
  id: 'ijw',
  name: 'review-event',
  hidden: true,
  words: m => m.issueReview.command.event,
  who: 'member',
  options: {
    announcement: requiredUnlessAny(whole({ min: 1 }), 'activity'),
    activity: optional(entity(activitySource)),
  },
  async run(ctx, { announcement, activity }) {
    const [from, until] = activity
      ? instantsOf({ from: activity.date, to: activity.endDate ?? activity.date }, ctx.forum.zone)
      : await sentAt(ctx, announcement!);
    const { issues, isMore } = await issuesAround(ctx, from, until);
    const { m } = ctx;
    const raise = button(m, 'raiseIssue', 'ir', { severity: 'critical' }, issues.length ? undefined : 'primary');
    // Also a single one is chosen: it may be open for another reason, and those involved are asked once.
    if (issues.length)
      return view(m.issueReview.which, {
        blocks: [isMore ? note(m.issueReview.newest({ n: issues.length })) : null],
        controls: [[issueMenu(m, issues)], [raise]],
      });
    return view(m.issueReview.noIssueTitle, { blocks: [text(m.issueReview.noIssue)], controls: [[raise]] });
  },
});

/** Returns when a warning began and when the message of it that is named went out. */
async function sentAt(ctx: ReadContext, number: number): Promise<readonly [Date, Date]> {
  const found = await announcementByNumber(ctx.db, ctx.forumId, number);
  const first = found && (await firstOf(ctx.db, found));
  if (found?.urgency === 'early_warning' && first?.sentAt && found.sentAt) return [first.sentAt, found.sentAt];
  throw new Refusal('not_found', m => m.announcement.none, { option: 'announcement' });
}

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
