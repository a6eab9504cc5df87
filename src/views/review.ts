import { button } from '../contract/buttons.ts';
import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, facts, list, note, quote, text, type View, view } from '../contract/view.ts';
import type { Action } from '../domain/actions/row.ts';
import { actionsFrom } from '../domain/actions/store.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { mayJoin, notesOf, type Review, reviewByNumber } from '../domain/engagement/reviews.ts';
import { partnerByNumber } from '../domain/partners.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { formatDate, when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import { actionControls, actionLines } from './action.ts';

/** Returns what was agreed in a talk, a line each, and how it stands. */
async function stepLines(context: RenderContext, steps: readonly Action[]): Promise<(Block | null)[]> {
  return [steps.length ? text(context.m.partnership.steps) : null, list(await actionLines(context, steps))];
}

const stepsIn = ({ db, forumId }: RenderContext, { number }: Review): Promise<Action[]> =>
  actionsFrom(db, forumId, { origin: 'talk', originNumber: number });

/** A review: private to the partner, the coordinators and the mediator. */
export async function reviewCard(context: RenderContext, review: Review, head?: Text): Promise<View> {
  const { m, db, forumId, locale } = context;
  const w = m.partnership;
  const partner = (await partnerByNumber(db, forumId, review.partner))!;
  const mediator = review.mediator === null ? null : await memberByNumber(db, forumId, review.mediator);
  const notes = await notesOf(db, review);
  const id = { partner: codeOf('partner', partner.number) };
  const steps = await stepsIn(context, review);
  return view(head ?? w.reviewOf({ partner: partner.name }), {
    tone: review.closedAt ? 'good' : 'plain',
    blocks: [
      head ? text(w.reviewOf({ partner: partner.name })) : null,
      facts([
        [w.mediator, mediator?.name ?? (review.closedAt ? null : w.noMediator)],
        [w.outcome, review.outcome],
      ]),
      review.closedAt ? null : text(w.questions),
      review.closedAt ? null : list(w.reviewQuestions),
      ...notes.map(one => quote(one.content, t`${one.name}, ${when(one.at, context.zone, locale)}`)),
      ...(await stepLines(context, steps)),
      note(w.privateNote),
    ],
    controls: [
      review.closedAt
        ? []
        : [
            button(m, 'answerReview', 'yn', id, 'primary'),
            button(m, 'agreeStep', 'ys', id),
            button(m, 'endReview', 'yc', id),
          ],
      ...actionControls(context, steps),
    ],
  });
}

/** A card with the review that was concluded last below it: its outcome, and how what was agreed stands. */
export async function withLastReview(context: RenderContext, card: View, last: Review): Promise<View> {
  const { m, locale, zone } = context;
  const w = m.partnership;
  const steps = await stepsIn(context, last);
  const closed = last.closedAt ?? context.now;
  const blocks = [
    text(w.lastReview({ date: formatDate(dateIn(closed, zone), locale) })),
    facts([[w.outcome, last.outcome]]),
    ...(await stepLines(context, steps)),
    note(w.privateNote),
  ].filter(block => block !== null);
  return {
    ...card,
    blocks: [...card.blocks, ...blocks],
    controls: [...card.controls, ...actionControls(context, steps)],
  };
}

/** Shows a review to those who may join the talk; to others nothing of it. */
export const review: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const member = context.to === null ? null : await memberByNumber(context.db, context.forumId, context.to);
    const found = await reviewByNumber(context.db, context.forumId, Number(subject));
    const joins = member && found && mayJoin(await actorOf(context.db, member), found);
    return joins ? reviewCard(context, found) : { suppressed: 'gone' };
  },
};
