import type { ReadContext } from '../../src/bot/act-context.ts';
import { optional, paging, query } from '../../src/bot/command.ts';
import { choice, whole } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { button } from '../../src/contract/buttons.ts';
import { quote, text, textFile, view } from '../../src/contract/view.ts';
import { listStrategies, strategySource, versionsOf } from '../../src/domain/strategies/store.ts';
import { formatDate, localDate } from '../../src/language/dates.ts';
import type { Text } from '../../src/language/text.ts';
import { ballotCard, positionBlocks, reasonText, strategyList } from '../../src/views/ballot.ts';
import { decisionCsv, decisionMarkdown } from '../../src/views/decision-record.ts';
import { PAGE } from '../../src/views/paging.ts';
import { code, theStrategy } from './common.ts';
import { offerReason } from './explain.ts';

export const list = query({
  id: 'sl',
  name: 'list',
  words: m => m.strategy.command.list,
  who: 'member',
  options: { before: paging(entity(strategySource)) },
  run: async (ctx, { before }) =>
    strategyList(ctx, await listStrategies(ctx.db, ctx.forumId, { before: before?.number }, PAGE)),
});

export const show = query({
  id: 'ss',
  name: 'show',
  words: m => m.strategy.command.show,
  who: 'member',
  options: theStrategy,
  async run(ctx, { strategy }) {
    const card = await offerReason(ctx, strategy, await ballotCard(ctx, strategy));
    const more = await positionBlocks(ctx, strategy);
    return { ...card, blocks: [...card.blocks, ...more.filter(block => block !== null)] };
  },
});

/** Says what one version of the strategy came from: a decision carried, or one ended at its review. */
async function versionText(
  ctx: ReadContext,
  { version, at, decision, made }: Awaited<ReturnType<typeof versionsOf>>[number],
): Promise<Text> {
  const w = ctx.m.strategy;
  const line = {
    version,
    at: formatDate(localDate(at, ctx.zone), ctx.locale),
    code: code(decision),
    title: decision.title,
  };
  if (made === 'carried') return w.versionLine({ ...line, because: reasonText(ctx.m, decision) });
  const by = decision.reviewedBy === null ? null : await ctx.memberByNumber(decision.reviewedBy);
  return w.endedLine({ ...line, by: by?.name ?? ctx.m.core.somebody, because: decision.reviewReason ?? '' });
}

export const history = query({
  id: 'sh',
  name: 'history',
  words: m => m.strategy.command.history,
  who: 'member',
  options: { before: paging(whole({ min: 1 })) },
  async run(ctx, { before }) {
    const w = ctx.m.strategy;
    const all = await versionsOf(ctx.db, ctx.forumId);
    const earlier = all.filter(one => before === undefined || one.version < before);
    const versions = earlier.slice(-PAGE);
    const last = versions.at(-1);
    const [first] = versions;
    const lines: Text[] = [];
    for (const one of versions) lines.push(await versionText(ctx, one));
    return view(w.historyTitle, {
      blocks: [
        versions.length ? null : text(w.historyEmpty),
        ...lines.map(line => text(line)),
        last?.before ? text(w.before) : null,
        last?.before ? quote(last.before) : null,
        last ? text(w.after) : null,
        last ? quote(last.after) : null,
      ],
      controls: [
        first && earlier.length > PAGE ? [button(ctx.m, 'more', 'sh', { before: String(first.version) })] : [],
      ],
    });
  },
});

export const exported = query({
  id: 'sz',
  cost: 5,
  name: 'export',
  words: m => m.strategy.command.export,
  who: 'member',
  options: { ...theStrategy, format: optional(choice(['csv', 'markdown'], m => m.strategy.formats)) },
  async run(ctx, { strategy, format = 'csv' }) {
    const title = ctx.m.strategy.exported({ code: code(strategy) });
    const content = format === 'csv' ? await decisionCsv(ctx, strategy) : await decisionMarkdown(ctx, strategy);
    const [ending, type] = format === 'csv' ? ['csv', 'text/csv'] : ['md', 'text/markdown'];
    return view(title, { blocks: [textFile(`${code(strategy)}.${ending}`, type, content, title)] });
  },
});
