import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, type Control, facts, list, note, table, text, type View, view } from '../contract/view.ts';
import type { Framework } from '../domain/assessments/framework.ts';
import { liftOf, lowestSection, type Result, widest } from '../domain/assessments/results.ts';
import { type Assessment, type AssessmentState, stateOf } from '../domain/assessments/store.ts';
import { codeOf } from '../domain/codes.ts';
import { cutAt } from '../language/clean.ts';
import { when } from '../language/dates.ts';
import { inLocale } from '../language/locale.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { finishedBlock, spreadText } from './assessment-question.ts';
import { answerLabel, levelText, percentText, pointsText, questionLine } from './assessment-words.ts';
import { scalePicture } from './pictures.ts';

/** Maximum of differences and of next steps that a card names. */
const SHOWN = 10;
const NEXT = 5;
const LINE = 150;

const code = (assessment: Pick<Assessment, 'number'>): string => codeOf('assessment', assessment.number);

/** Describes what a person is told beside the result, or of whom. */
interface Shown {
  readonly head?: Text;
  readonly notes?: readonly Text[];
  /** True if the reader has answered everything. */
  readonly finished?: boolean;
}

/** Tells how an assessment stands: its points, its level, the sections, where people differ, and what would lift it. */
export async function resultCard(
  context: RenderContext,
  assessment: Assessment,
  shown: Shown = {},
  state?: AssessmentState,
): Promise<View> {
  const { m, locale, zone } = context;
  const w = m.assessment;
  const { framework, answers, result } = state ?? (await stateOf(context.db, assessment));
  const titled = t`${code(assessment)} ${assessment.title}`;
  const partners = new Set(answers.flatMap(one => (one.partner === null ? [] : [one.partner])));
  const people = new Set(answers.map(one => one.member));
  const proofs = answers.filter(one => one.evidence !== null).length;
  const n = (value: number): string => formatNumber(value, locale);
  return view(shown.head ?? titled, {
    tone: assessment.closedAt ? 'good' : 'plain',
    blocks: [
      shown.head ? text(titled) : null,
      shown.finished ? finishedBlock(context, framework) : null,
      facts([
        [w.framework, w.frameworkText({ name: inLocale(framework.name, locale), version: framework.version })],
        [w.state, assessment.closedAt ? w.isClosed({ at: [when(assessment.closedAt, zone, locale)] }) : w.open],
        [w.people, w.peopleText({ people: people.size, partners: partners.size })],
        [w.answered, w.ofText({ n: n(result.total.answered), of: n(result.total.of) })],
        [w.total, pointsText(context, result.total)],
        [w.level, levelText(context, framework, result)],
        [w.lift, liftText(context, framework, result)],
        [w.differing, result.differing ? n(result.differing) : null],
        [w.evidence, proofs ? w.evidenceCount({ n: n(proofs) }) : null],
      ]),
      result.total.answered ? sectionsTable(context, framework, result) : null,
      sectionsPicture(context, framework, result),
      ...differences(context, framework, result),
      ...nextSteps(context, framework, result),
      result.total.answered < result.total.of
        ? note(framework.missing === 'zero' ? w.missingZero : w.missingExclude)
        : null,
      ...(shown.notes ?? []).map(note),
    ],
    controls: controlsOf(context, assessment, framework, result),
  });
}

function liftText({ m, locale }: RenderContext, framework: Framework, result: Result): string | null {
  const lift = liftOf(framework, result);
  if (!lift) return null;
  const level = inLocale(framework.bands[lift.level]!.name, locale);
  return m.assessment.liftText({ points: formatNumber(lift.missing, locale), level });
}

function sectionsTable(context: RenderContext, framework: Framework, result: Result): Block | null {
  const { m, locale } = context;
  const w = m.assessment;
  const n = (value: number): string => formatNumber(value, locale);
  const rows = framework.sections.map((section, i) => {
    const points = result.sections[i]!;
    const sum = points.percent === null ? m.core.none : `${n(points.sum)}/${n(points.most)}`;
    return [`${section.key} ${inLocale(section.name, locale)}`, sum, percentText(context, points)];
  });
  return table([w.columns.section, w.columns.points, '%'], rows, [1, 2]);
}

function sectionsPicture(context: RenderContext, framework: Framework, result: Result): Block | null {
  const w = context.m.assessment;
  const rows = framework.sections.map((section, i) => ({
    name: `${section.key} ${inLocale(section.name, context.locale)}`,
    value: result.sections[i]!.percent,
    text: percentText(context, result.sections[i]!),
  }));
  return scalePicture(context, { title: w.chart, about: w.chartAbout, most: 100 }, rows);
}

function differences(context: RenderContext, framework: Framework, result: Result): (Block | null)[] {
  const some = result.questions.filter(one => one.differs);
  if (!some.length) return [];
  const lines = some.slice(0, SHOWN).map(one => {
    const named = cutAt(questionLine(framework, one.key, context.locale), LINE);
    return `${named}: ${spreadText(context, framework, one) ?? ''}`;
  });
  return [text(context.m.assessment.differTitle), list(lines)];
}

function nextSteps({ m, locale }: RenderContext, framework: Framework, result: Result): (Block | null)[] {
  if (!result.total.answered) return [];
  const keys = liftOf(framework, result)?.questions ?? widest(framework, result, NEXT);
  const value = new Map(result.questions.map(one => [one.key, one.value]));
  const lines = keys.map(key => {
    const now = value.get(key) ?? null;
    const said = now === null ? m.core.none : answerLabel(m, framework, now);
    return `${cutAt(questionLine(framework, key, locale), LINE)} (${said})`;
  });
  return lines.length ? [text(m.assessment.nextTitle), list(lines)] : [];
}

function controlsOf(
  { m, locale }: RenderContext,
  assessment: Assessment,
  framework: Framework,
  result: Result,
): Control[][] {
  const id = { assessment: code(assessment) };
  const sections: Control = {
    kind: 'select',
    name: 'chooseSection',
    label: m.button.chooseSection,
    does: { action: 'bv', values: id },
    fills: 'section',
    choices: framework.sections
      .slice(0, 25)
      // With its sign no section is taken for an answer of the same number where choices are typed.
      .map(({ key, name }) => ({ value: `§${key}`, label: cutAt(`${key} ${inLocale(name, locale)}`, 75) })),
  };
  if (assessment.closedAt) {
    const low = lowestSection(result);
    return [
      [
        button(m, 'compareBefore', 'bc', id),
        ...(low === null ? [] : planButtons(m, id.assessment, low)),
        button(m, 'startAgain', 'bs', { framework: assessment.key, object: id.assessment }),
      ],
      [sections],
    ];
  }
  const differing: Control = {
    kind: 'select',
    name: 'chooseDiffering',
    label: m.button.chooseDiffering,
    does: { action: 'ba', values: id },
    fills: 'question',
    choices: result.questions
      .filter(one => one.differs)
      .slice(0, 25)
      .map(one => ({ value: one.key, label: cutAt(questionLine(framework, one.key, locale), 75) })),
  };
  return [
    [button(m, 'answerNext', 'ba', id, 'primary'), button(m, 'closeAssessment', 'bx', id)],
    [sections],
    ...(differing.choices.length ? [[differing]] : []),
  ];
}

/** Buttons that lead from a section to the plan. */
const planButtons = (m: RenderContext['m'], assessment: string, section: string): Control[] => [
  button(m, 'raiseIssue', 'bj', { assessment, section }),
  button(m, 'proposeGoal', 'bg', { assessment, section }),
  button(m, 'addMeasure', 'bn', { assessment, section }),
];

/** One section with each of its questions, and the ways from it to the plan. */
export async function sectionCard(context: RenderContext, assessment: Assessment, key: string): Promise<View> {
  const { m, locale } = context;
  const w = m.assessment;
  const { framework, result } = await stateOf(context.db, assessment);
  const at = framework.sections.findIndex(one => one.key === key);
  const section = framework.sections[at]!;
  const values = new Map(result.questions.map(one => [one.key, one]));
  const lines = section.questions.map(question => {
    const stands = values.get(question.key)!;
    const value = stands.value === null ? m.core.none : answerLabel(m, framework, stands.value);
    const spread = stands.differs ? ` (${spreadText(context, framework, stands)})` : '';
    return `${cutAt(`${question.key} ${inLocale(question.text, locale)}`, LINE)}: ${value}${spread}`;
  });
  const id = { assessment: code(assessment) };
  return view(t`${code(assessment)} ${assessment.title}`, {
    blocks: [
      facts([
        [w.section, `${section.key} ${inLocale(section.name, locale)}`],
        [w.total, pointsText(context, result.sections[at]!)],
      ]),
      text(w.answersTitle),
      list(lines),
    ],
    controls: [[...planButtons(m, id.assessment, key), button(m, 'showResult', 'bv', id)]],
  });
}
