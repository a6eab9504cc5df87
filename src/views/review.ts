import { button } from '../contract/buttons.ts';
import type { PostType } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, note, quote, text, type View, view } from '../contract/view.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { mayJoin, notesOf, type Review, reviewByNumber, type Step, stepsOf } from '../domain/engagement/reviews.ts';
import { partnerByNumber } from '../domain/partners.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { cutAt } from '../language/clean.ts';
import { formatDate, when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';

/** A menu holds no more on either platform. */
const CHOICES = 25;

/** What was agreed, step by step, and how each stands. */
function stepLines(context: RenderContext, steps: readonly Step[]): (Block | null)[] {
  const { m, locale, zone } = context;
  const w = m.partnership;
  const today = dateIn(context.now, zone);
  const state = ({ done, due }: Step): string => {
    if (done) return w.stepDone({ date: formatDate(dateIn(done.at, zone), locale), by: done.name });
    return due !== null && due < today ? w.stepLate : w.stepOpen;
  };
  return [
    steps.length ? text(w.steps) : null,
    list(
      steps.map(one =>
        w.stepLine({
          item: one.item,
          what: one.content,
          due: one.due ? formatDate(one.due, locale) : m.core.none,
          by: one.name,
          state: state(one),
        }),
      ),
    ),
  ];
}

/** A menu of the steps that are still to be done; whoever may not is told so kindly. */
function stepControl({ m }: RenderContext, partner: number, steps: readonly Step[]): Control[] {
  const open = steps.filter(one => !one.done).slice(0, CHOICES);
  if (!open.length) return [];
  return [
    {
      kind: 'select',
      name: 'stepDone',
      label: m.button.stepDone,
      does: { action: 'yd', values: { partner: codeOf('partner', partner) } },
      fills: 'step',
      choices: open.map(one => ({ value: String(one.item), label: cutAt(`${one.item}. ${one.content}`, 70) })),
    },
  ];
}

const ofReview = async (context: RenderContext, { partner, number }: Review): Promise<Step[]> =>
  (await stepsOf(context.db, context.forumId, partner)).filter(one => one.review === number);

/** A review: private to the partner, the coordinators and the mediator. */
export async function reviewCard(context: RenderContext, review: Review, head?: Text): Promise<View> {
  const { m, db, forumId, locale } = context;
  const w = m.partnership;
  const partner = (await partnerByNumber(db, forumId, review.partner))!;
  const mediator = review.mediator === null ? null : await memberByNumber(db, forumId, review.mediator);
  const notes = await notesOf(db, review);
  const id = { partner: codeOf('partner', partner.number) };
  const steps = await ofReview(context, review);
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
      ...notes
        .filter(one => one.kind === 'statement')
        .map(one => quote(one.content, t`${one.name}, ${when(one.at, context.zone, locale)}`)),
      ...stepLines(context, steps),
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
      stepControl(context, partner.number, steps),
    ],
  });
}

/** A card with the review that was concluded last below it: its outcome, and how what was agreed stands. */
export async function withLastReview(context: RenderContext, card: View, last: Review): Promise<View> {
  const { m, locale, zone } = context;
  const w = m.partnership;
  const steps = await ofReview(context, last);
  const closed = last.closedAt ?? context.now;
  const blocks = [
    text(w.lastReview({ date: formatDate(dateIn(closed, zone), locale) })),
    facts([[w.outcome, last.outcome]]),
    ...stepLines(context, steps),
    note(w.privateNote),
  ].filter(block => block !== null);
  const menu = stepControl(context, last.partner, steps);
  return {
    ...card,
    blocks: [...card.blocks, ...blocks],
    controls: [...card.controls, ...(menu.length ? [menu] : [])],
  };
}

/** Whoever may not join the talk any more gets nothing of it. */
export const review: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const member = context.to === null ? null : await memberByNumber(context.db, context.forumId, context.to);
    const found = await reviewByNumber(context.db, context.forumId, Number(subject));
    const joins = member && found && mayJoin(await actorOf(context.db, member), found);
    return joins ? reviewCard(context, found) : { suppressed: 'gone' };
  },
};
