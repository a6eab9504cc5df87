import { button } from '../contract/buttons.ts';
import type { PostType, PostTypes, SendContext, Suppressed } from '../contract/post-type.ts';
import { text, type View, view } from '../contract/view.ts';
import { questionsOf } from '../domain/assessments/framework.ts';
import type { Result } from '../domain/assessments/results.ts';
import { type Assessment, answersByPerson, assessmentByNumber, frameworkOf } from '../domain/assessments/store.ts';
import { codeOf } from '../domain/codes.ts';
import { inLocale } from '../language/locale.ts';
import { formatNumber } from '../language/numbers.ts';
import { resultCard } from './assessment.ts';
import { levelText, pointsText } from './assessment-words.ts';

const about = (
  keptCurrent: boolean,
  show: (context: SendContext, assessment: Assessment) => Promise<View | Suppressed>,
): PostType => ({
  keptCurrent,
  async view(context, subject) {
    const found = await assessmentByNumber(context.db, context.forumId, Number(subject));
    return found ? show(context, found) : { suppressed: 'gone' };
  },
});

const idOf = (assessment: Assessment) => ({ assessment: codeOf('assessment', assessment.number) });

/** Tells a person who began to answer and stopped that they can go on where they stopped. */
async function waits(context: SendContext, assessment: Assessment): Promise<View | Suppressed> {
  const { m, db, locale } = context;
  if (assessment.closedAt || context.to === null) return { suppressed: 'closed' };
  const of = questionsOf(await frameworkOf(db, assessment)).length;
  const { answers, personOf } = await answersByPerson(db, assessment);
  const person = personOf(context.to);
  const mine = answers.filter(one => one.member === person).length;
  if (mine >= of) return { suppressed: 'has answered' };
  const n = (value: number): string => formatNumber(value, locale);
  return view(m.assessment.waitsTitle({ code: idOf(assessment).assessment }), {
    blocks: [text(m.assessment.waitsText({ object: assessment.title, left: n(of - mine), of: n(of) }))],
    controls: [[button(m, 'answerNext', 'ba', idOf(assessment), 'primary')]],
  });
}

async function stillOpen(context: SendContext, assessment: Assessment): Promise<View | Suppressed> {
  if (assessment.closedAt) return { suppressed: 'closed' };
  return resultCard(context, assessment, {
    head: context.m.assessment.staleTitle({ code: idOf(assessment).assessment }),
  });
}

/** A year has passed since it was closed. */
async function again(context: SendContext, assessment: Assessment): Promise<View> {
  const { m, db, locale } = context;
  const framework = await frameworkOf(db, assessment);
  const result = assessment.result as Result | null;
  const level = !result
    ? m.core.none
    : framework.bands.length
      ? levelText(context, framework, result)
      : pointsText(context, result.total);
  const said = { code: idOf(assessment).assessment, framework: inLocale(framework.name, locale), level };
  const values = { framework: assessment.key, object: idOf(assessment).assessment };
  return view(m.assessment.againTitle({ object: assessment.title }), {
    blocks: [text(m.assessment.againText(said))],
    controls: [[button(m, 'startAgain', 'bs', values, 'primary'), button(m, 'showResult', 'bv', idOf(assessment))]],
  });
}

/** Post types about assessments. */
export const assessmentSubjects: PostTypes = {
  assessment: about(true, (context, assessment) => resultCard(context, assessment)),
  assessment_waits: about(false, waits),
  assessment_open: about(false, stillOpen),
  assessment_again: about(false, again),
};
