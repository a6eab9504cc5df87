import { mainOptional, optional, query } from '../../src/bot/command.ts';
import { choice } from '../../src/bot/kinds.ts';
import { entity } from '../../src/bot/references.ts';
import { quote, text, textFile, view } from '../../src/bot/view.ts';
import { listStrategies, strategySource, versionsOf } from '../../src/domain/strategies/store.ts';
import { formatDate, localDate } from '../../src/language/dates.ts';
import { ballotCard, positionBlocks, reasonText, strategyList } from '../../src/views/ballot.ts';
import { decisionCsv, decisionMarkdown } from '../../src/views/decision-record.ts';
import { code, theStrategy } from './common.ts';
import { offerReason } from './explain.ts';

const PAGE = 10;

export const list = query({
  id: 'sl',
  name: 'list',
  words: m => m.strategy.command.list,
  who: 'member',
  options: { before: mainOptional(entity(strategySource)) },
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

export const history = query({
  id: 'sh',
  name: 'history',
  words: m => m.strategy.command.history,
  who: 'member',
  options: {},
  async run(ctx) {
    const w = ctx.m.strategy;
    const versions = await versionsOf(ctx.db, ctx.forumId);
    const last = versions.at(-1);
    return view(w.historyTitle, {
      blocks: [
        versions.length ? null : text(w.historyEmpty),
        ...versions.map(({ version, at, decision }) =>
          text(
            w.versionLine({
              version,
              at: formatDate(localDate(at, ctx.zone), ctx.locale),
              code: code(decision),
              title: decision.title,
              because: reasonText(ctx.m, decision),
            }),
          ),
        ),
        last?.before ? text(w.before) : null,
        last?.before ? quote(last.before) : null,
        last ? text(w.after) : null,
        last ? quote(last.after) : null,
      ],
    });
  },
});

export const exported = query({
  id: 'sz',
  effort: 5,
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
