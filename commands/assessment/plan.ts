import type { ReadContext } from '../../src/bot/act-context.ts';
import { BeginForm } from '../../src/bot/begin-form.ts';
import { mutation, optional, query, required } from '../../src/bot/command.ts';
import { line } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { feedIndicators, fillFrom, indicatorFilled } from '../../src/domain/assessments/feeding.ts';
import type { Framework } from '../../src/domain/assessments/framework.ts';
import { type Points, type Result, widest } from '../../src/domain/assessments/results.ts';
import { type Assessment, stateOf } from '../../src/domain/assessments/store.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { addIndicator } from '../../src/domain/indicators/store.ts';
import { partnerByNumber } from '../../src/domain/partners.ts';
import { cutAt } from '../../src/language/clean.ts';
import { localDate } from '../../src/language/dates.ts';
import { inLocale } from '../../src/language/locale.ts';
import { planReports } from '../../src/schedule/reports.ts';
import { objectTyped, percentText, questionLine, sectionName } from '../../src/views/assessment-words.ts';
import { indicatorCard } from '../../src/views/indicator.ts';
import { code, recorded, sectionNamed, theAssessment } from './common.ts';

/** Maximum lengths that the forms of issues, goals and indicators take. */
const TITLE = 200;
const DETAIL = 2000;
const DEFINITION = 1000;
/** Maximum number of questions that are named as what is weak. */
const WEAK = 5;

/** Returns what a form begins with: the section, how far it came, and its weakest questions. */
async function weakness(ctx: ReadContext, assessment: Assessment, typed: string) {
  const { framework, result } = await stateOf(ctx.db, assessment);
  const key = sectionNamed(assessment, framework, typed);
  const section = framework.sections.find(one => one.key === key)!;
  const points = result.sections.find(one => one.key === key)!;
  const said = {
    code: code(assessment),
    framework: inLocale(framework.name, ctx.locale),
    percent: percentText(ctx, points),
    questions: weakest(framework, result, section.key, ctx.locale).join('\n'),
  };
  return { said, head: { section: inLocale(section.name, ctx.locale), object: assessment.title } };
}

function weakest(framework: Framework, result: Result, section: string, locale: ReadContext['locale']): string[] {
  const own = { ...framework, sections: framework.sections.filter(one => one.key === section) };
  return widest(own, result, WEAK).map(key => `– ${questionLine(framework, key, locale)}`);
}

const theSection = { section: required(line({ max: 200 })) };

export const raise = query({
  id: 'bj',
  name: 'issue',
  words: m => m.assessment.command.raise,
  who: 'member',
  hidden: true,
  opensForm: true,
  options: { ...theAssessment, ...theSection },
  async run(ctx, { assessment, section }) {
    const w = ctx.m.assessment;
    const { said, head } = await weakness(ctx, assessment, section);
    const of = assessment.partner && (await partnerByNumber(ctx.db, ctx.forumId, assessment.partner));
    throw new BeginForm('ir', {
      title: cutAt(w.issueTitle(head), TITLE),
      detail: cutAt(w.issueDetail(said), DETAIL),
      // An issue takes no partner that was archived since.
      partner: of && !of.archivedAt ? objectTyped(assessment) : null,
    });
  },
});

export const propose = query({
  id: 'bg',
  name: 'goal',
  words: m => m.assessment.command.propose,
  who: 'coordinator',
  hidden: true,
  opensForm: true,
  options: { ...theAssessment, ...theSection },
  async run(ctx, { assessment, section }) {
    const w = ctx.m.assessment;
    const { said, head } = await weakness(ctx, assessment, section);
    throw new BeginForm('ga', {
      title: cutAt(w.goalTitle(head), TITLE),
      description: cutAt(w.goalDescription(said), DETAIL),
    });
  },
});

/** The points of a section; empty: of the whole. */
const pointsOf = (result: Result, section: string): Points =>
  result.sections.find(one => one.key === section) ?? result.total;

export const measure = mutation({
  id: 'bn',
  name: 'indicator',
  words: m => m.assessment.command.measure,
  who: 'coordinator',
  hidden: true,
  options: { ...theAssessment, section: optional(line({ max: 200 })) },
  async run(ctx, o) {
    const { assessment } = o;
    if (!assessment.closedAt) throw new Refusal('conflict', m => m.assessment.notClosed({ code: code(assessment) }));
    const { framework, result } = await stateOf(ctx.db, assessment);
    const section = o.section === undefined ? '' : sectionNamed(assessment, framework, o.section);
    const there = await indicatorFilled(ctx.db, assessment, section);
    if (there !== null)
      throw new Refusal('conflict', m => m.assessment.measuredAlready({ code: codeOf('indicator', there) }));
    const w = ctx.m.assessment;
    const about = { framework: inLocale(framework.name, ctx.locale), object: assessment.title };
    const named = { ...about, section: sectionName(ctx, framework, section) };
    const today = localDate(ctx.now, ctx.forum.zone);
    const { percent } = pointsOf(result, section);
    const indicator = await addIndicator(
      ctx.tx,
      ctx.forumId,
      {
        name: cutAt(section === '' ? w.indicatorTotal(about) : w.indicatorName(named), TITLE),
        goal: null,
        unit: '%',
        direction: 'up',
        baseline: percent === null ? null : String(percent),
        baselineDate: percent === null ? null : localDate(assessment.closedAt, ctx.forum.zone),
        baselineSource: percent === null ? null : w.feedNote({ code: code(assessment) }),
        target: null,
        due: null,
        frequency: 'annual',
        valueKind: 'stock',
        aggregate: 'latest',
        span: 'course',
        partnersAggregate: 'latest',
        green: 90,
        amber: 70,
        definition: cutAt(w.indicatorDefinition(named), DEFINITION),
        scale: null,
        dueDays: 60,
        lockDays: 365,
        needsProof: false,
        createdBy: ctx.actor.member,
      },
      [],
      { now: ctx.now, today },
    );
    await fillFrom(ctx.tx, assessment, section, indicator.number);
    const note = w.feedNote({ code: code(assessment) });
    const how = { by: ctx.actor.member, now: ctx.now, zone: ctx.forum.zone, note, only: indicator.number };
    await feedIndicators(ctx.tx, assessment, result, how);
    const { name, number } = indicator;
    await ctx.record({ kind: 'indicator.added', thing: 'indicator', number, data: { name } });
    await recorded(ctx, assessment, 'measured', { indicator: number, section });
    await ctx.plan(...(await planReports(ctx.db, indicator, ctx.now)));
    return indicatorCard(ctx, indicator, ctx.m.indicator.added({ code: codeOf('indicator', number) }));
  },
});
