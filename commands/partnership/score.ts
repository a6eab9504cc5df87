import { main, mutation, optional, paging, query } from '../../src/bot/command.ts';
import { paragraph, whole } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { refuseBackwards, spanOf, timeSpan } from '../../src/bot/time-kinds.ts';
import { Refusal } from '../../src/contract/refusal.ts';
import { view } from '../../src/contract/view.ts';
import { addMonths } from '../../src/domain/calendar.ts';
import { judging, judgingBy } from '../../src/domain/engagement/judging.ts';
import { engagementOf, engagementsOf } from '../../src/domain/engagement/measures.ts';
import { progressOf, trustOf } from '../../src/domain/engagement/progress.ts';
import { recordsOf } from '../../src/domain/indicators/record.ts';
import { listIndicators } from '../../src/domain/indicators/store.ts';
import { pageAfter } from '../../src/domain/page.ts';
import { listPartners, partnerByNumber, partnerSource } from '../../src/domain/partners.ts';
import { localDate } from '../../src/language/dates.ts';
import { PAGE } from '../../src/views/paging.ts';
import { healthBlocks, scoreCard, scoreTable } from '../../src/views/partnership.ts';

/** Shows engagement: a partner's figures to those who speak for it, each partner's to coordinators. */
export const score = query({
  id: 'ye',
  cost: 5,
  name: 'score',
  words: m => m.partnership.command.score,
  who: ['representative', 'coordinator'],
  options: {
    from: optional(timeSpan()),
    to: optional(timeSpan()),
    partner: optional(entity(partnerSource)),
    after: paging(whole({ min: 1 })),
  },
  async run(ctx, o) {
    const { from, to = localDate(ctx.now, ctx.forum.zone) } = spanOf(o.from, o.to);
    const span = { from: from ?? addMonths(to, -6), to };
    refuseBackwards(span);
    const own = ctx.actor.seat?.partner;
    const wanted = o.partner?.number ?? (ctx.actor.coordinator ? undefined : own);
    if (wanted !== undefined && wanted !== own && !ctx.actor.coordinator)
      throw new Refusal('forbidden', m => m.partnership.othersScore);
    if (wanted !== undefined) {
      const how = await judging(ctx.db, ctx.forum, ctx.now, span.from);
      const partner = (await partnerByNumber(ctx.db, ctx.forumId, wanted))!;
      const card = await scoreCard(ctx, partner, span, await engagementOf(ctx.db, ctx.forum, wanted, span, how));
      const health = await healthBlocks(ctx, wanted, await trustOf(ctx.db, ctx.forumId));
      return { ...card, blocks: [...card.blocks, ...health] };
    }
    const page = pageAfter(await listPartners(ctx.db, ctx.forumId), o.after ?? 0, PAGE);
    const numbers = page.rows.map(partner => partner.number);
    // One reading for how partners took part and for how the indicators stand.
    const records = await recordsOf(ctx.db, await listIndicators(ctx.db, ctx.forumId));
    const how = judgingBy(records, ctx.forum, ctx.now);
    const engagements = await engagementsOf(ctx.db, ctx.forum, numbers, span, how);
    const rows = page.rows.map(partner => ({ partner, engagement: engagements.get(partner.number)! }));
    const progress = await progressOf(ctx.db, ctx.forumId, ctx.now, records);
    const card = await scoreTable(ctx, span, { ...page, rows }, progress);
    return { ...card, blocks: [...card.blocks, ...(await healthBlocks(ctx, null, progress.trust))] };
  },
});

/** A partner says what its figures do not show; it stands beside them. */
export const comment = mutation({
  id: 'yk',
  name: 'comment',
  words: m => m.partnership.command.comment,
  who: 'representative',
  options: { text: main(paragraph({ max: 500 })), partner: optional(entity(partnerSource)) },
  async run(ctx, { text, partner }) {
    const own = ctx.actor.seat!.partner;
    if (partner && partner.number !== own) throw new Refusal('forbidden', m => m.partnership.othersScore);
    await ctx.record({ kind: 'partner.commented', thing: 'partner', number: own, data: { text } });
    return view(ctx.m.partnership.commented, { tone: 'good' });
  },
});
