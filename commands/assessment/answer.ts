import type { WriteContext } from '../../src/bot/act-context.ts';
import { mutation, optional, required } from '../../src/bot/command.ts';
import { line, paragraph } from '../../src/bot/kinds.ts';
import { evidence, type Proof } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import type { View } from '../../src/contract/view.ts';
import {
  type Assessment,
  type AssessmentState,
  giveAnswer,
  settle as settleQuestion,
  stateOf,
} from '../../src/domain/assessments/store.ts';
import type { Text } from '../../src/language/text.ts';
import { resultCard } from '../../src/views/assessment.ts';
import { nextQuestion, questionCard } from '../../src/views/assessment-question.ts';
import { answerLabel } from '../../src/views/assessment-words.ts';
import { attachProof } from '../evidence.ts';
import {
  ASSESSORS,
  answerTyped,
  assessmentTopic,
  code,
  needFacilitator,
  questionNamed,
  recorded,
  refuseClosed,
  theAssessment,
} from './common.ts';

/** Maximum length of the name of evidence that stands at an answer, characters. */
const EVIDENCE_LENGTH = 500;

/** Keeps what was given as evidence with the assessment, and gives its name, as it stands at the answer. */
async function proved(ctx: WriteContext, { number }: Assessment, proof: Proof | undefined): Promise<string | null> {
  if (proof === undefined) return null;
  await attachProof(ctx, { thing: 'assessment', number }, proof);
  const name = typeof proof === 'string' ? proof : proof.map(one => one.name).join(', ');
  return name.slice(0, EVIDENCE_LENGTH);
}

/** The question that comes next for this person, or the result where they have answered all. */
async function goOn(ctx: WriteContext, assessment: Assessment, after?: string, head?: Text): Promise<View> {
  const state = await stateOf(ctx.db, assessment);
  const { member } = ctx.actor;
  const key = nextQuestion(state, member, after);
  if (key !== null) return questionCard(ctx, assessment, state, { key, member, ...(head && { head }) });
  return resultCard(ctx, assessment, { finished: true, ...(head && { head }) }, state);
}

/** Finds what a member's person answered to a question, from whichever account. */
const ownAnswer = ({ answers, personOf }: AssessmentState, question: string, member: number) =>
  answers.find(one => one.question === question && one.member === personOf(member));

/** Writes one answer of the person who acts. */
async function keep(
  ctx: WriteContext,
  assessment: Assessment,
  given: { readonly question: string; readonly value: number | null; readonly evidence: string | null },
): Promise<void> {
  const { member, seat } = ctx.actor;
  await giveAnswer(ctx.tx, assessment, { ...given, member, partner: seat?.partner ?? null }, ctx.now);
  await recorded(ctx, assessment, 'answered', { question: given.question, value: given.value });
}

export const answer = mutation({
  id: 'ba',
  name: 'answer',
  words: m => m.assessment.command.answer,
  who: ASSESSORS,
  options: {
    ...theAssessment,
    question: optional(line({ max: 60 })),
    answer: optional(line({ max: 100 })),
    evidence: optional(evidence({ files: 3 })),
  },
  async run(ctx, o) {
    const { assessment } = o;
    refuseClosed(ctx, assessment);
    const { member } = ctx.actor;
    const state = await stateOf(ctx.db, assessment);
    const { framework } = state;
    const named = o.question === undefined ? null : questionNamed(assessment, framework, o.question);
    if (o.answer === undefined && o.evidence === undefined) {
      if (named === null) return goOn(ctx, assessment);
      return questionCard(ctx, assessment, state, { key: named, member });
    }
    const question = named ?? nextQuestion(state, member);
    if (question === null)
      throw new Refusal('conflict', m => m.assessment.allAnswered({ code: code(assessment) }), { option: 'question' });
    const before = ownAnswer(state, question, member);
    if (o.answer === undefined && !before)
      throw new Refusal('missing_option', m => m.assessment.needsValue, { option: 'answer' });
    const value = o.answer === undefined ? before!.value : answerTyped(ctx, framework, o.answer);
    await keep(ctx, assessment, { question, value, evidence: await proved(ctx, assessment, o.evidence) });
    const said = { key: question, value: answerLabel(ctx.m, framework, value) };
    return goOn(ctx, assessment, question, ctx.m.assessment.saved(said));
  },
});

export const prove = mutation({
  id: 'bp',
  name: 'evidence',
  words: m => m.assessment.command.prove,
  who: ASSESSORS,
  options: { ...theAssessment, question: required(line({ max: 60 })), evidence: required(evidence({ files: 3 })) },
  async run(ctx, o) {
    const { assessment } = o;
    refuseClosed(ctx, assessment);
    const state = await stateOf(ctx.db, assessment);
    const question = questionNamed(assessment, state.framework, o.question);
    const { member } = ctx.actor;
    const before = ownAnswer(state, question, member);
    if (!before) throw new Refusal('conflict', m => m.assessment.needsValue);
    const proof = await proved(ctx, assessment, o.evidence);
    await keep(ctx, assessment, { question, value: before.value, evidence: proof });
    const head = ctx.m.assessment.proved({ key: question });
    return questionCard(ctx, assessment, await stateOf(ctx.db, assessment), { key: question, member, head });
  },
});

/** Refuses a value that nobody can be held to. */
function settledValue(ctx: WriteContext, { framework }: AssessmentState, typed: string): number {
  const value = answerTyped(ctx, framework, typed);
  if (value === null) throw new Refusal('invalid_option', m => m.assessment.onlyKnown, { option: 'answer' });
  return value;
}

export const settle = mutation({
  id: 'bt',
  name: 'settle',
  words: m => m.assessment.command.settle,
  who: ASSESSORS,
  whoWords: m => m.assessment.facilitator,
  options: {
    ...theAssessment,
    question: required(line({ max: 60 })),
    answer: required(line({ max: 100 })),
    reason: required(paragraph({ max: 500 })),
  },
  async run(ctx, o) {
    const { assessment, reason } = o;
    refuseClosed(ctx, assessment);
    needFacilitator(ctx, assessment);
    const state = await stateOf(ctx.db, assessment);
    const question = questionNamed(assessment, state.framework, o.question);
    const value = settledValue(ctx, state, o.answer);
    const { member } = ctx.actor;
    await settleQuestion(ctx.tx, assessment, { question, value, reason, settledBy: member }, ctx.now);
    await recorded(ctx, assessment, 'settled', { question, value, reason });
    await ctx.stale(assessmentTopic(assessment));
    const head = ctx.m.assessment.settled({ key: question, value: answerLabel(ctx.m, state.framework, value) });
    return questionCard(ctx, assessment, await stateOf(ctx.db, assessment), { key: question, member, head });
  },
});
