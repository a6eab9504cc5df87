import { area } from '../../src/bot/area-kind.ts';
import { mainOptional, optional, paging, query } from '../../src/bot/command.ts';
import { line, whole } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { worksIn } from '../../src/domain/areas/area.ts';
import { goalSource } from '../../src/domain/goals.ts';
import { listIndicators } from '../../src/domain/indicators/store.ts';
import { pageAfter } from '../../src/domain/page.ts';
import { againNow, dueCard, type Owed, openRecords, owedNow } from '../../src/views/due.ts';
import { indicatorCard, indicatorList } from '../../src/views/indicator.ts';
import { PAGE } from '../../src/views/paging.ts';
import { theIndicator } from './common.ts';

export const list = query({
  id: 'nl',
  name: 'list',
  words: m => m.indicator.command.list,
  who: 'member',
  options: { goal: mainOptional(entity(goalSource)), after: paging(whole({ min: 1 })), area: optional(area()) },
  async run(ctx, { goal, after = 0, area: within }) {
    const all = await listIndicators(ctx.db, ctx.forumId, goal?.number);
    const page = pageAfter(within ? all.filter(one => worksIn(one.area, within)) : all, after, PAGE);
    return indicatorList(ctx, page, {
      ...(goal && { goal: goalSource.code(goal) }),
      ...(within && { area: within.code }),
    });
  },
});

export const show = query({
  id: 'ns',
  name: 'show',
  words: m => m.indicator.command.show,
  who: 'member',
  options: theIndicator,
  run: (ctx, { indicator }) => indicatorCard(ctx, indicator),
});

export const due = query({
  id: 'nd',
  name: 'due',
  words: m => m.indicator.command.due,
  who: 'member',
  options: { after: paging(line({ max: 60 })) },
  async run(ctx, { after }) {
    const records = await openRecords(ctx);
    const isMine = (one: Pick<Owed, 'partner' | 'members'>): boolean =>
      ctx.actor.coordinator || one.partner === ctx.actor.seat?.partner || one.members.includes(ctx.actor.member);
    const mine = (await owedNow(ctx, records)).filter(isMine);
    const again = (await againNow(ctx, records)).filter(isMine);
    return dueCard(ctx, mine, ctx.m.indicator.dueTitle, { after, again });
  },
});
