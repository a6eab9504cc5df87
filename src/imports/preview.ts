import { button } from '../contract/buttons.ts';
import type { RenderContext } from '../contract/render-context.ts';
import { type Block, facts, list, note, text, textFile, type View, view } from '../contract/view.ts';
import { formatNumber } from '../language/numbers.ts';
import { type ImportPlan, writable } from './import.ts';
import { checkedFile, countsText, rowsToSee, rowText, writingsText } from './text.ts';

/** Maximum number of rows that an answer shows; the file has all of them. */
const SHOWN = 10;

/** Shows a check's findings, with every row's reason as a file, and the button that enters it. `file` names it. */
export function previewOf(
  { m, locale }: Pick<RenderContext, 'm' | 'locale'>,
  planned: ImportPlan,
  file: { readonly name: string; readonly hash: string },
): View {
  const w = m.imports;
  const { kind, table, counts } = planned;
  const listed = rowsToSee(planned);
  const some = writable(planned);
  const hidden = listed.length - SHOWN;
  const blocks: (Block | null)[] = [
    facts([
      [w.counts, countsText(m, locale, planned)],
      [w.table, w.tableText({ sheet: table.sheet ?? '', row: table.head })],
      [w.writings, writingsText(m, planned).join('; ') || null],
      [w.notRead, table.unknown.join(', ') || null],
    ]),
    list(listed.slice(0, SHOWN).map(row => rowText(m, row))),
    hidden > 0 ? text(w.moreInFile({ n: formatNumber(hidden, locale) })) : null,
    textFile(`rembug-${kind}.csv`, 'text/csv', checkedFile(m, planned), w.checked),
    some.length ? note(w.onlyNew) : text(w.nothing),
  ];
  const apply = button(m, 'applyImport', 'xa', { kind, file: file.hash }, 'primary');
  return view(w.title({ kind: w.kinds[kind], file: file.name }), {
    tone: counts.doubtful + counts.wrong ? 'warning' : 'plain',
    blocks,
    controls: some.length ? [[apply]] : [],
  });
}
