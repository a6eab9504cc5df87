import { optional, query } from '../../src/bot/command.ts';
import { date } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { Refusal } from '../../src/bot/refusal.ts';
import { addMonths } from '../../src/domain/calendar.ts';
import { listPartners, partnerByNumber, partnerSource } from '../../src/domain/partners.ts';
import { localDate } from '../../src/language/dates.ts';
import { engagementNow, scoreCard, scoreTable } from '../../src/views/partnership.ts';

/** A partner sees its own figures; the coordinators see each partner's. */
export const score = query({
  id: 'ye',
  name: 'score',
  words: m => m.partnership.command.score,
  who: ['partner', 'coordinator'],
  options: { from: optional(date()), to: optional(date()), partner: optional(entity(partnerSource)) },
  async run(ctx, o) {
    const to = o.to ?? localDate(ctx.now, ctx.forum.zone);
    const span = { from: o.from ?? addMonths(to, -6), to };
    if (span.from > span.to) throw new Refusal('invalid_option', m => m.finance.backwards, { option: 'to' });
    const own = ctx.actor.seat?.partner;
    const wanted = o.partner?.number ?? (ctx.actor.coordinator ? undefined : own);
    if (wanted !== undefined && wanted !== own && !ctx.actor.coordinator)
      throw new Refusal('forbidden', m => m.partnership.othersScore);
    if (wanted !== undefined) {
      const partner = (await partnerByNumber(ctx.db, ctx.forumId, wanted))!;
      return scoreCard(ctx, partner, span, await engagementNow(ctx, ctx.forum, wanted, span));
    }
    const rows = [];
    for (const partner of await listPartners(ctx.db, ctx.forumId))
      rows.push({ partner, engagement: await engagementNow(ctx, ctx.forum, partner.number, span) });
    return scoreTable(ctx, span, rows);
  },
});
