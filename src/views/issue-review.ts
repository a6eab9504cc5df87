import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes } from '../contract/post-type.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, note, text, type View, view } from '../contract/view.ts';
import { actionsFrom } from '../domain/actions/store.ts';
import { codeOf } from '../domain/codes.ts';
import { answersOf, aroundIssue, involvedIn, QUESTIONS } from '../domain/issues/review.ts';
import { maySee } from '../domain/issues/rules.ts';
import { type Issue, issueByNumber, mediatorsOf } from '../domain/issues/store.ts';
import { actorOf, memberByNumber } from '../domain/people.ts';
import { cutAt } from '../language/clean.ts';
import { formatDate, when } from '../language/dates.ts';
import type { Messages } from '../language/messages.ts';
import { type Text, t } from '../language/text.ts';
import { actionLines } from './action.ts';
import { issueHistory } from './issue.ts';

/** An after-action review: what happened, from the record, what those involved say, and what follows from it. */
export async function issueReviewCard(context: RenderContext, issue: Issue, head?: Text): Promise<View> {
  const { m, db, forumId, zone, locale } = context;
  const w = m.issueReview;
  const code = codeOf('issue', issue.number);
  const { warnings, activities, people } = await aroundIssue(db, issue, zone, context.now);
  const answers = await answersOf(db, issue);
  const actions = await actionsFrom(db, forumId, { origin: 'issue', originNumber: issue.number });
  const lines = [
    ...warnings.map(one => {
      const said = w.warned({ at: [when(one.at, zone, locale)], text: one.text });
      return t`${said} (${w.seen({ n: one.seen, of: people, minutes: one.minutes })})`;
    }),
    ...activities.map(one =>
      w.activity({
        code: codeOf('activity', one.number),
        title: one.title,
        date: formatDate(one.date, locale, 'short'),
      }),
    ),
  ];
  const said = answers.flatMap((one): (Block | null)[] => [
    text(one.name ?? m.core.anonymous),
    facts(QUESTIONS.map(question => [w.questions[question], String(one.data[question] ?? '') || null])),
  ]);
  const titled = w.title({ code, title: issue.title });
  return view(head ?? titled, {
    blocks: [
      head ? text(titled) : null,
      text(w.timeline),
      list(lines),
      await issueHistory(context, issue),
      said.length ? text(w.answers) : null,
      ...said,
      actions.length ? text(w.lessons) : null,
      list(await actionLines(context, actions)),
      note(w.hint),
    ],
    controls: [
      [
        button(m, 'answerReview', 'iq', { issue: code }, 'primary'),
        button(m, 'lessonAction', 'ta', { from: code }),
        button(m, 'propose', 'sp', { issue: code }),
      ],
    ],
  });
}

/** A menu of issues to review one of. */
export const issueMenu = (m: Messages, issues: readonly Issue[]): Control => ({
  kind: 'select',
  name: 'chooseReview',
  label: m.button.chooseReview,
  does: { action: 'ij', values: {} },
  fills: 'issue',
  choices: issues.map(({ number, title }) => {
    const code = codeOf('issue', number);
    return { value: code, label: cutAt(`${code} ${title}`, 70) };
  }),
});

/** Asks one of those involved; who does not see the issue any more gets nothing of it. */
const asked: PostType = {
  keptCurrent: false,
  async view(context, subject) {
    const { db, forumId, m, to } = context;
    const issue = await issueByNumber(db, forumId, Number(subject));
    const member = to === null ? null : await memberByNumber(db, forumId, to);
    if (!issue || !member || !(await involvedIn(db, issue)).includes(member.number)) return { suppressed: 'gone' };
    const mediators = (await mediatorsOf(db, forumId, issue.number)).map(one => one.number);
    if (!maySee(await actorOf(db, member), issue, mediators)) return { suppressed: 'gone' };
    const code = codeOf('issue', issue.number);
    return view(m.issueReview.please({ code }), {
      blocks: [list(QUESTIONS.map(one => `${m.issueReview.command.answer.options[one].help}?`))],
      controls: [[button(m, 'answerReview', 'iq', { issue: code }, 'primary')]],
    });
  },
};

/** Post types about after-action reviews. */
export const issueReviewSubjects: PostTypes = { issue_review: asked };
