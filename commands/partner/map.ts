import { mainOptional, query } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { coverageByArea, coverageByGoal } from '../../src/domain/coverage.ts';
import { listCandidates, listPartners } from '../../src/domain/partners.ts';
import { localDate } from '../../src/language/dates.ts';
import { coverageView } from '../../src/views/coverage.ts';
import { partnerMap } from '../../src/views/partner.ts';

export const map = query({
  id: 'pm',
  name: 'map',
  words: m => m.partner.command.map,
  who: 'member',
  options: { by: mainOptional(choice(['sector', 'area', 'goal'], m => m.partner.coverage.by)) },
  async run(ctx, { by = 'sector' }) {
    const { db, forumId, forum } = ctx;
    const today = localDate(ctx.now, forum.zone);
    if (by === 'area')
      return coverageView(ctx, by, await coverageByArea(db, forumId, forum.settings.area ?? null, today));
    if (by === 'goal') return coverageView(ctx, by, await coverageByGoal(db, forumId, today));
    return partnerMap(ctx, await listPartners(db, forumId), await listCandidates(db, forumId));
  },
});
