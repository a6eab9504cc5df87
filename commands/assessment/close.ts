import { mutation, optional } from '../../src/bot/command.ts';
import { flag } from '../../src/bot/kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { feedIndicators } from '../../src/domain/assessments/feeding.ts';
import type { Result } from '../../src/domain/assessments/results.ts';
import { closeAssessment, stateOf } from '../../src/domain/assessments/store.ts';
import { codeOf } from '../../src/domain/codes.ts';
import { when } from '../../src/language/dates.ts';
import type { Locale } from '../../src/language/locale.ts';
import { formatNumber } from '../../src/language/numbers.ts';
import { assessAgain } from '../../src/schedule/assessments.ts';
import { resultCard } from '../../src/views/assessment.ts';
import { ASSESSORS, assessmentTopic, code, needFacilitator, recorded, refuseClosed, theAssessment } from './common.ts';

/** Asks once where little is answered: a result does not change any more. */
function askOnce({ total }: Result, locale: Locale, confirmed: boolean | undefined): void {
  if (confirmed || total.answered * 2 >= total.of) return;
  const [n, of] = [formatNumber(total.answered, locale), formatNumber(total.of, locale)];
  throw new Refusal(
    'conflict',
    m => (total.answered === 0 ? m.assessment.nothingThere : m.assessment.manyMissing({ n, of })),
    { option: 'confirm', answers: {}, yes: 'closeAnyway' },
  );
}

export const close = mutation({
  id: 'bx',
  name: 'close',
  words: m => m.assessment.command.close,
  who: ASSESSORS,
  whoWords: m => m.assessment.facilitator,
  options: { ...theAssessment, confirm: optional(flag()) },
  async run(ctx, { assessment, confirm }) {
    refuseClosed(ctx, assessment);
    needFacilitator(ctx, assessment);
    const state = await stateOf(ctx.db, assessment);
    const { result } = state;
    askOnce(result, ctx.locale, confirm);
    const closed = await closeAssessment(ctx.tx, assessment, result, ctx.actor.member, ctx.now);
    const w = ctx.m.assessment;
    const note = w.feedNote({ code: code(closed) });
    const how = { by: ctx.actor.member, now: ctx.now, zone: ctx.forum.zone, note };
    const fed = await feedIndicators(ctx.tx, closed, result, how);
    for (const { indicator, period, partner, value } of fed) {
      const data = { period, partner, value, assessment: closed.number };
      await ctx.record({ kind: 'indicator.reported', thing: 'indicator', number: indicator, data });
    }
    const { score, level } = result;
    await recorded(ctx, closed, 'closed', { score, level, differing: result.differing });
    const again = assessAgain(closed, ctx.now, ctx.forum.zone);
    await ctx.plan(again);
    await ctx.stale(assessmentTopic(closed));
    const codes = fed.map(one => codeOf('indicator', one.indicator)).join(', ');
    return resultCard(
      ctx,
      closed,
      {
        head: w.closedNow({ code: code(closed) }),
        notes: [...(fed.length ? [w.feeds({ codes })] : []), w.again({ at: [when(again.due, ctx.zone, ctx.locale)] })],
      },
      state,
    );
  },
});
