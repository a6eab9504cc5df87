import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, facts, list, note, picture, table, text, type View, view } from '../contract/view.ts';
import { questionsOf, type Section, weightOf } from '../domain/assessments/framework.ts';
import type { Points } from '../domain/assessments/results.ts';
import { type Assessment, type AssessmentState, stateOf } from '../domain/assessments/store.ts';
import { codeOf } from '../domain/codes.ts';
import { cutAt } from '../language/clean.ts';
import { inLocale } from '../language/locale.ts';
import { formatNumber } from '../language/numbers.ts';
import { type Text, t } from '../language/text.ts';
import { answerLabel, levelText, percentText, pointsText } from './assessment-words.ts';

/** Maximum of changed questions that a card names. */
const SHOWN = 12;
const LINE = 120;

const code = (assessment: Assessment): string => codeOf('assessment', assessment.number);

/** Questions of a section and the weight of each: only sections that ask the same can be compared. */
const asked = ({ questions }: Section): string => JSON.stringify(questions.map(one => [one.key, weightOf(one)]));

/** Two assessments of the same instrument beside each other: the whole, each section, and the questions that changed. */
export async function comparisonCard(context: RenderContext, before: Assessment, now: Assessment): Promise<View> {
  const { m, db, locale } = context;
  const w = m.assessment;
  const [old, is] = [await stateOf(db, before), await stateOf(db, now)];
  const { framework } = is;
  const was = new Map(old.result.sections.map(one => [one.key, one]));
  const askedBefore = new Map(old.framework.sections.map(one => [one.key, asked(one)]));
  const same = new Set(framework.sections.filter(one => askedBefore.get(one.key) === asked(one)).map(one => one.key));
  const shared = is.result.sections.filter(one => same.has(one.key));
  const name = new Map(framework.sections.map(one => [one.key, `${one.key} ${inLocale(one.name, locale)}`]));
  const row = (label: string, from: Points, to: Points): Text[] => [
    label,
    percentText(context, from),
    percentText(context, to),
    change(locale, from.percent, to.percent),
  ];
  return view(w.compareTitle({ code: code(now), other: code(before) }), {
    blocks: [
      text(t`${now.title} · ${inLocale(framework.name, locale)}`),
      facts([
        [w.total, `${pointsText(context, old.result.total)} → ${pointsText(context, is.result.total)}`],
        [
          w.level,
          framework.bands.length
            ? `${levelText(context, old.framework, old.result)} → ${levelText(context, framework, is.result)}`
            : null,
        ],
      ]),
      table(
        [w.columns.section, w.columns.before, w.columns.now, w.columns.change],
        shared.map(one => row(name.get(one.key)!, was.get(one.key)!, one)),
        [1, 2, 3],
      ),
      barsOf(context, before, now, shared, was),
      ...changes(context, old, is),
      old.framework.version === framework.version ? null : note(w.versionsDiffer),
    ],
    controls: [[button(m, 'showResult', 'bv', { assessment: code(now) })]],
  });
}

function change(locale: RenderContext['locale'], from: number | null, to: number | null): string {
  if (from === null || to === null) return '–';
  const by = to - from;
  return by > 0 ? `+${formatNumber(by, locale)}` : formatNumber(by, locale);
}

function barsOf(
  context: RenderContext,
  before: Assessment,
  now: Assessment,
  shared: readonly (Points & { readonly key: string })[],
  was: ReadonlyMap<string, Points>,
): Block | null {
  const { m, locale } = context;
  const w = m.assessment;
  if (shared.every(one => one.percent === null && was.get(one.key)!.percent === null)) return null;
  const told = shared.map(
    one => `${one.key} ${percentText(context, was.get(one.key)!)} → ${percentText(context, one)}`,
  );
  return picture(
    {
      kind: 'bars',
      locale,
      title: w.chart,
      about: w.chartAbout,
      labels: shared.map(one => one.key),
      series: [
        { name: code(before), values: shared.map(one => was.get(one.key)!.percent) },
        { name: code(now), values: shared.map(one => one.percent) },
      ],
      most: 100,
    },
    `${w.chart}: ${told.join('; ')}`,
  );
}

/** The questions that changed, those that moved most first. */
function changes({ m, locale }: RenderContext, old: AssessmentState, is: AssessmentState): (Block | null)[] {
  const was = new Map(old.result.questions.map(one => [one.key, one.value]));
  const moved = is.result.questions
    .map((one, i) => ({ key: one.key, from: was.get(one.key) ?? null, to: one.value, at: i }))
    .filter(one => was.has(one.key) && one.from !== one.to)
    .sort((a, b) => Math.abs((b.to ?? 0) - (b.from ?? 0)) - Math.abs((a.to ?? 0) - (a.from ?? 0)) || a.at - b.at);
  if (!moved.length) return [];
  const texts = new Map(questionsOf(is.framework).map(({ question }) => [question.key, question.text]));
  const said = (value: number | null): string => (value === null ? m.core.none : answerLabel(m, is.framework, value));
  return [
    text(m.assessment.changedTitle),
    list(
      moved.slice(0, SHOWN).map(one =>
        m.assessment.changedLine({
          key: one.key,
          text: cutAt(inLocale(texts.get(one.key)!, locale), LINE),
          from: said(one.from),
          to: said(one.to),
        }),
      ),
    ),
  ];
}
