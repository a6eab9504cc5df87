import { query } from '../../src/bot/command.ts';
import { facts, text, textFile, view } from '../../src/contract/view.ts';
import type { IndicatorField } from '../../src/reports/satu-data.ts';
import { code, theIndicator } from './common.ts';

export const metadata = query({
  id: 'nm',
  name: 'metadata',
  words: m => m.indicator.command.metadata,
  who: 'member',
  options: theIndicator,
  async run(ctx, { indicator }) {
    const { satuDataOf, satuDataText } = await import('../../src/reports/satu-data.ts');
    const { forumContext: lookOfForum } = await import('../../src/reports/report.ts');
    const { m, forum } = ctx;
    const w = m.report.satuData;
    const { indikator } = await satuDataOf(ctx, forum, indicator);
    const labels = Object.entries(w.fields) as [IndicatorField, string][];
    const missing = labels.filter(([field]) => indikator[field] === null).map(([, label]) => label);
    const content = await satuDataText(lookOfForum(ctx, forum), forum, indicator);
    const title = w.title({ code: code(indicator), name: indicator.name });
    return view(title, {
      blocks: [
        facts(labels.map(([field, label]) => [label, indikator[field]])),
        missing.length ? text(w.missing({ fields: missing.join(', ') })) : null,
        textFile(`${code(indicator)}-metadata.json`, 'application/json', content, w.file),
      ],
    });
  },
});
