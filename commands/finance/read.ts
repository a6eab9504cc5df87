import { main, optional, paging, query } from '../../src/bot/command.ts';
import { entity } from '../../src/bot/references.ts';
import { spanOf, timeSpan } from '../../src/bot/time-kinds.ts';
import { entrySource, lateEntries, listEntries } from '../../src/domain/money/ledger.ts';
import { netOf, totalsOf, waitingTotal } from '../../src/domain/money/totals.ts';
import { entryCard, entryList } from '../../src/views/money.ts';
import { moneySummary } from '../../src/views/money-summary.ts';
import { PAGE } from '../../src/views/paging.ts';

export const list = query({
  id: 'ul',
  name: 'list',
  words: m => m.finance.command.list,
  who: 'member',
  options: { before: paging(entity(entrySource)) },
  run: async (ctx, { before }) => entryList(ctx, await listEntries(ctx.db, ctx.forumId, { before }, PAGE)),
});

export const show = query({
  id: 'uw',
  name: 'show',
  words: m => m.finance.command.show,
  who: 'member',
  options: { entry: main(entity(entrySource)) },
  run: (ctx, { entry }) => entryCard(ctx, entry),
});

export const summary = query({
  id: 'us',
  name: 'summary',
  words: m => m.finance.command.sum,
  who: 'member',
  options: { from: optional(timeSpan()), to: optional(timeSpan()) },
  async run(ctx, o) {
    const { from, to } = spanOf(o.from, o.to);
    const totals = await totalsOf(ctx.db, ctx.forumId, { from, to });
    const opening = from ? netOf(await totalsOf(ctx.db, ctx.forumId, { before: from })) : 0n;
    const waiting = await waitingTotal(ctx.db, ctx.forumId);
    const late = await lateEntries(ctx.db, ctx.forum, { from, to });
    return moneySummary(ctx, { from, to }, { totals, opening, waiting, late });
  },
});
