import { optional, paging, query } from '../../src/bot/command.ts';
import { line } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { textFile, view } from '../../src/contract/view.ts';
import { assessmentSource, frameworkOf, listAssessments, previousOf } from '../../src/domain/assessments/store.ts';
import { resultCard, sectionCard } from '../../src/views/assessment.ts';
import { comparisonCard } from '../../src/views/assessment-compare.ts';
import { assessmentFile } from '../../src/views/assessment-file.ts';
import { assessmentList, frameworkList } from '../../src/views/assessment-list.ts';
import { PAGE } from '../../src/views/paging.ts';
import { code, sectionNamed, theAssessment } from './common.ts';
import { frameworksFor } from './kinds.ts';

export const show = query({
  id: 'bv',
  name: 'show',
  words: m => m.assessment.command.show,
  who: 'member',
  options: { ...theAssessment, section: optional(line({ max: 200 })) },
  async run(ctx, { assessment, section }) {
    if (section === undefined) return resultCard(ctx, assessment);
    const framework = await frameworkOf(ctx.db, assessment);
    return sectionCard(ctx, assessment, sectionNamed(assessment, framework, section));
  },
});

export const compare = query({
  id: 'bc',
  name: 'compare',
  words: m => m.assessment.command.compare,
  who: 'member',
  options: { ...theAssessment, with: optional(entity(assessmentSource)) },
  async run(ctx, { assessment, with: other }) {
    if (other?.number === assessment.number)
      throw new Refusal('invalid_option', m => m.assessment.withItself({ code: code(assessment) }), { option: 'with' });
    const before = other ?? (await previousOf(ctx.db, assessment));
    if (!before) throw new Refusal('not_found', m => m.assessment.nothingBefore({ object: assessment.title }));
    if (before.key !== assessment.key)
      throw new Refusal(
        'invalid_option',
        m => m.assessment.otherFramework({ code: code(assessment), other: code(before) }),
        { option: 'with' },
      );
    const [first, second] = before.number < assessment.number ? [before, assessment] : [assessment, before];
    return comparisonCard(ctx, first, second);
  },
});

export const list = query({
  id: 'bl',
  name: 'list',
  words: m => m.assessment.command.list,
  who: 'member',
  options: { before: paging(entity(assessmentSource)) },
  run: async (ctx, { before }) => assessmentList(ctx, await listAssessments(ctx.db, ctx.forumId, before?.number, PAGE)),
});

export const exported = query({
  id: 'be',
  cost: 5,
  name: 'export',
  words: m => m.assessment.command.export,
  who: 'member',
  options: theAssessment,
  async run(ctx, { assessment }) {
    const title = ctx.m.assessment.exported({ code: code(assessment) });
    const content = await assessmentFile(ctx, assessment);
    return view(title, { blocks: [textFile(`${code(assessment)}.csv`, 'text/csv', content, title)] });
  },
});

export const frameworks = query({
  id: 'bf',
  name: 'frameworks',
  words: m => m.assessment.command.frameworks,
  who: 'member',
  options: {},
  run: async ctx => frameworkList(ctx, await frameworksFor(ctx)),
});
