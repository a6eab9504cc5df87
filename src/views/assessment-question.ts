import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, note, text, type View, view } from '../contract/view.ts';
import { type Framework, isYesNo, type Question, questionsOf, type Section } from '../domain/assessments/framework.ts';
import type { QuestionResult, Result } from '../domain/assessments/results.ts';
import {
  type Assessment,
  type AssessmentState,
  previousOf,
  type Settlement,
  type StoredAnswer,
} from '../domain/assessments/store.ts';
import { codeOf } from '../domain/codes.ts';
import { namesOf } from '../domain/partners.ts';
import { memberByNumber } from '../domain/people.ts';
import { inLocale } from '../language/locale.ts';
import { formatNumber } from '../language/numbers.ts';
import { strong, type Text, t } from '../language/text.ts';
import { answerLabel, middleLabel } from './assessment-words.ts';

/** Maximum number of buttons side by side: Discord takes five in a row. */
const IN_ROW = 5;
/** Maximum number of pieces of evidence that a card names. */
const PROOFS = 8;

/**
 * The question that a person has to answer next: the first without an answer of theirs behind `after`, else the first of
 * all. Null: they have answered every one.
 */
export function nextQuestion(
  { framework, answers, personOf }: Pick<AssessmentState, 'framework' | 'answers' | 'personOf'>,
  member: number,
  after?: string,
): string | null {
  const person = personOf(member);
  const done = new Set(answers.filter(one => one.member === person).map(one => one.question));
  const keys = questionsOf(framework).map(({ question }) => question.key);
  const from = after === undefined ? 0 : keys.indexOf(after) + 1;
  const open = [...keys.slice(from), ...keys.slice(0, from)].filter(key => !done.has(key));
  return open[0] ?? null;
}

/** One question, as one person answers it: its words, what each answer means, how it stands, and a button an answer. */
export async function questionCard(
  context: RenderContext,
  assessment: Assessment,
  { framework, answers, settlements, result, personOf }: AssessmentState,
  { key, member, head }: { readonly key: string; readonly member: number; readonly head?: Text },
): Promise<View> {
  const { m, locale } = context;
  const w = m.assessment;
  const all = questionsOf(framework);
  const at = all.findIndex(({ question }) => question.key === key);
  const { question, section } = all[at]!;
  const n = (value: number): string => formatNumber(value, locale);
  const person = personOf(member);
  const mine = answers.find(one => one.question === key && one.member === person);
  const done = answers.filter(one => one.member === person).length;
  const stands = result.questions[at]!;
  const settlement = settlements.find(one => one.question === key);
  const code = codeOf('assessment', assessment.number);
  return view(t`${code} ${assessment.title}`, {
    tone: stands.differs ? 'warning' : 'plain',
    blocks: [
      head ? text(head) : null,
      { kind: 'progress', label: w.questionOf({ n: n(at + 1), of: n(all.length) }), done, of: all.length },
      text([strong(key), ` ${inLocale(question.text, locale)}`]),
      list(meanings(context, framework, question)),
      facts([
        [w.section, inLocale(section.name, locale)],
        [w.myAnswer, mine ? answerLabel(m, framework, mine.value) : null],
        [w.lastTime, await lastTime(context, assessment, framework, key)],
        // Nobody is led by what others say before they have answered themselves.
        [w.others, mine || stands.differs || settlement ? spreadText(context, framework, stands) : null],
        [w.settledAs, settlement ? await settledText(context, framework, settlement) : null],
        [w.evidence, await proofs(context, answers, key)],
      ]),
      stands.differs ? note(w.differs) : null,
    ],
    controls: assessment.closedAt ? [] : controlsOf(context, { code, framework, section, key, mine, stands, at }),
  });
}

/** Returns what each answer means here; of yes and no nothing has to be said. */
function meanings({ m, locale }: RenderContext, framework: Framework, question: Question): string[] {
  if (isYesNo(framework) && !question.levels) return [];
  return framework.levels.map(({ value, text: own }) => {
    const words = question.levels?.[value] ?? own;
    return `${answerLabel(m, framework, value)} = ${inLocale(words, locale)}`;
  });
}

/** The answer that counted in the assessment before. */
async function lastTime(context: RenderContext, assessment: Assessment, framework: Framework, key: string) {
  const before = await previousOf(context.db, assessment);
  const result = before?.result as Result | null | undefined;
  const value = result?.questions.find(one => one.key === key)?.value;
  return before && value !== undefined && value !== null
    ? `${answerLabel(context.m, framework, value)} (${codeOf('assessment', before.number)})`
    : null;
}

/** Counts how many answered and how far apart they are. */
export function spreadText(context: RenderContext, framework: Framework, of: QuestionResult): string | null {
  const { m } = context;
  if (of.low === null || of.high === null || of.median === null) return null;
  if (of.low === of.high) return m.assessment.alike({ n: of.n, value: answerLabel(m, framework, of.low) });
  return m.assessment.spread({
    n: of.n,
    low: answerLabel(m, framework, of.low),
    high: answerLabel(m, framework, of.high),
    median: middleLabel(context, framework, of.median),
  });
}

async function settledText(context: RenderContext, framework: Framework, one: Settlement): Promise<string> {
  const { m, db, forumId } = context;
  const by = await memberByNumber(db, forumId, one.settledBy);
  const value = answerLabel(m, framework, one.value);
  return m.assessment.settledText({ value, by: by?.name ?? m.core.somebody, reason: one.reason });
}

/** The evidence that was given, under the name of the partner that gave it. */
async function proofs(context: RenderContext, answers: readonly StoredAnswer[], key: string): Promise<string | null> {
  const { m, db, forumId } = context;
  const given = answers.filter(one => one.question === key && one.evidence !== null).slice(0, PROOFS);
  if (!given.length) return null;
  const names = await namesOf(db, forumId);
  return given
    .map(one =>
      m.assessment.evidenceOf({ name: names.get(one.partner ?? 0) ?? m.roles.coordinator, evidence: one.evidence! }),
    )
    .join('; ');
}

function controlsOf(
  { m }: RenderContext,
  about: {
    readonly code: string;
    readonly framework: Framework;
    readonly section: Section;
    readonly key: string;
    readonly mine: StoredAnswer | undefined;
    readonly stands: QuestionResult;
    readonly at: number;
  },
): Control[][] {
  const { code, framework, key, mine, stands, at } = about;
  const id = { assessment: code, question: key };
  const answer = (value: number | null): Control => ({
    kind: 'button',
    name: value === null ? 'dontKnow' : 'answer',
    label: value === null ? m.button.dontKnow : answerLabel(m, framework, value),
    does: { action: 'ba', values: { ...id, answer: value === null ? '-' : String(value) } },
    style: mine && mine.value === value ? 'primary' : 'plain',
  });
  const levels = framework.levels.map(({ value }) => answer(value));
  const rows: Control[][] = [];
  for (let i = 0; i < levels.length; i += IN_ROW) rows.push(levels.slice(i, i + IN_ROW));
  const keys = questionsOf(framework).map(({ question }) => question.key);
  const following = keys[(at + 1) % keys.length]!;
  const more: Control[] = [
    answer(null),
    button(m, 'skipQuestion', 'ba', { assessment: code, question: following }),
    ...(mine ? [button(m, 'addEvidence', 'bp', id)] : []),
    ...(stands.differs ? [button(m, 'settleAnswer', 'bt', id)] : []),
    button(m, 'showResult', 'bv', { assessment: code }),
  ];
  return [...rows, more];
}

/** Returns what a card says where nothing is left to answer. */
export const finishedBlock = ({ m, locale }: RenderContext, framework: Framework): Block =>
  text(m.assessment.finished({ n: formatNumber(questionsOf(framework).length, locale) }));
