import { button } from '../bot/buttons.ts';
import { type Block, type Control, facts, list, note, quote, text, type View, view } from '../bot/view.ts';
import type { Subject } from '../delivery/subjects.ts';
import { dateIn } from '../domain/calendar.ts';
import { codeOf } from '../domain/codes.ts';
import { mayJoin, notesOf, type Review, reviewByNumber, type Step, stepsOf } from '../domain/engagement/reviews.ts';
import { partnerByNumber } from '../domain/partners.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { cutAt } from '../language/clean.ts';
import { formatDate, when } from '../language/dates.ts';
import { type Text, t } from '../language/text.ts';
import type { Look } from './look.ts';

/** A menu holds no more on either platform. */
const CHOICES = 25;

/** What was agreed, step by step, and how each stands. */
function stepLines(look: Look, steps: readonly Step[]): (Block | null)[] {
  const { m, locale, zone } = look;
  const w = m.partnership;
  const today = dateIn(look.now, zone);
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
function stepControl({ m }: Look, partner: number, steps: readonly Step[]): Control[] {
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

const ofReview = async (look: Look, { partner, number }: Review): Promise<Step[]> =>
  (await stepsOf(look.db, look.forumId, partner)).filter(one => one.review === number);

/** A review: private to the partner, the coordinators and the mediator. */
export async function reviewCard(look: Look, review: Review, head?: Text): Promise<View> {
  const { m, db, forumId, locale } = look;
  const w = m.partnership;
  const partner = (await partnerByNumber(db, forumId, review.partner))!;
  const mediator = review.mediator === null ? null : await memberByNumber(db, forumId, review.mediator);
  const notes = await notesOf(db, review);
  const id = { partner: codeOf('partner', partner.number) };
  const steps = await ofReview(look, review);
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
        .map(one => quote(one.content, t`${one.name}, ${when(one.at, look.zone, locale)}`)),
      ...stepLines(look, steps),
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
      stepControl(look, partner.number, steps),
    ],
  });
}

/** A card with the review that was concluded last below it: its outcome, and how what was agreed stands. */
export async function withLastReview(look: Look, card: View, last: Review): Promise<View> {
  const { m, locale, zone } = look;
  const w = m.partnership;
  const steps = await ofReview(look, last);
  const closed = last.closedAt ?? look.now;
  const blocks = [
    text(w.lastReview({ date: formatDate(dateIn(closed, zone), locale) })),
    facts([[w.outcome, last.outcome]]),
    ...stepLines(look, steps),
    note(w.privateNote),
  ].filter(block => block !== null);
  const menu = stepControl(look, last.partner, steps);
  return {
    ...card,
    blocks: [...card.blocks, ...blocks],
    controls: [...card.controls, ...(menu.length ? [menu] : [])],
  };
}

/** Whoever may not join the talk any more gets nothing of it. */
export const review: Subject = {
  lasting: false,
  async view(look, subject) {
    const member = look.to === null ? null : await memberByNumber(look.db, look.forumId, look.to);
    const found = await reviewByNumber(look.db, look.forumId, Number(subject));
    const joins = member && found && mayJoin(await actorOf(look.db, member), found);
    return joins ? reviewCard(look, found) : { suppressed: 'gone' };
  },
};
