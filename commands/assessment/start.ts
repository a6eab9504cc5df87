import type { WriteContext } from '../../src/bot/act-context.ts';
import { mainOptional, mutation, optional } from '../../src/bot/command.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { type Framework, questionsOf } from '../../src/domain/assessments/framework.ts';
import { shippedFrameworks } from '../../src/domain/assessments/shipped.ts';
import {
  type AssessedObject,
  addAssessment,
  frameworkKept,
  keepFramework,
  openAssessment,
  stateOf,
} from '../../src/domain/assessments/store.ts';
import { assessmentReminder } from '../../src/schedule/assessments.ts';
import { questionCard } from '../../src/views/assessment-question.ts';
import { ASSESSORS, assessmentTopic, code, recorded } from './common.ts';
import { assessed, framework } from './kinds.ts';

/** The partner of the person who starts, where no object is named. */
function ownObject(ctx: WriteContext): AssessedObject {
  const { seat } = ctx.actor;
  if (!seat) throw new Refusal('missing_option', m => m.assessment.noSeat, { option: 'object' });
  return { partner: seat.partner, area: null, title: seat.name };
}

/** Keeps the instrument as it is now: an assessment goes on by it whatever a later program brings. */
async function kept(ctx: WriteContext, wanted: Framework): Promise<number> {
  const is = await frameworkKept(ctx.db, ctx.forumId, wanted);
  return is ? is.number : keepFramework(ctx.tx, ctx.forumId, wanted, null, ctx.now);
}

export const start = mutation({
  id: 'bs',
  name: 'start',
  words: m => m.assessment.command.start,
  who: ASSESSORS,
  options: { framework: mainOptional(framework()), object: optional(assessed()) },
  async run(ctx, o) {
    const wanted = o.framework ?? shippedFrameworks()[0]!;
    const object = o.object ?? ownObject(ctx);
    const open = await openAssessment(ctx.db, ctx.forumId, wanted.key, object);
    if (open)
      throw new Refusal('conflict', m => m.assessment.isOpen({ code: code(open), object: open.title }), {
        option: 'object',
      });
    const number = await kept(ctx, wanted);
    const data = { ...object, framework: number, key: wanted.key, createdBy: ctx.actor.member };
    const made = await addAssessment(ctx.tx, ctx.forumId, data, ctx.now);
    await recorded(ctx, made, 'started', { framework: wanted.key, version: wanted.version });
    await ctx.plan(assessmentReminder(made, ctx.forum.zone, ctx.now));
    await ctx.post(assessmentTopic(made), { purpose: 'announce' });
    const key = questionsOf(wanted)[0]!.question.key;
    const head = ctx.m.assessment.started({ code: code(made) });
    return questionCard(ctx, made, await stateOf(ctx.db, made), { key, member: ctx.actor.member, head });
  },
});
