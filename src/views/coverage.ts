import type { RenderContext } from '../contract/render-context.ts';
import { note, picture, table, text, type View, view } from '../contract/view.ts';
import type { CoverageMap } from '../domain/coverage.ts';
import { formatDate } from '../language/dates.ts';
import { ACTIVITY_KINDS } from '../storage/schema/activities.ts';

/** Maximum number of rows of the table and the picture, and of names in a cell and of gaps. */
const ROWS = 24;
const NAMED = 8;
const GAPS = 40;

const some = (names: readonly string[], most: number): string =>
  names.slice(0, most).join(', ') + (names.length > most ? ` +${names.length - most}` : '');

/**
 * Shows who does what where, or for which goal: as a table with names, as a picture with numbers, and what nobody does.
 */
export function coverageView(context: RenderContext, by: 'area' | 'goal', map: CoverageMap): View {
  const { m, locale } = context;
  const w = m.partner.coverage;
  const { rows, gaps, elsewhere, span } = map;
  const shown = rows.slice(0, ROWS);
  const kinds = ACTIVITY_KINDS.filter(kind => rows.some(row => row.kinds.has(kind)));
  const day = (date: string): string => formatDate(date, locale, 'short');
  const values = shown.map(row => [row.partners.length, ...kinds.map(kind => row.kinds.get(kind) ?? 0)]);
  const columns = [w.partners, ...kinds.map(kind => m.activity.kinds[kind])];
  const alt = shown.map((row, i) => `${row.name}: ${columns.map((name, k) => `${name} ${values[i]![k]}`).join(', ')}`);
  return view(w.titles[by], {
    blocks: [
      rows.length ? null : text(w.nothing[by]),
      rows.length
        ? picture(
            {
              kind: 'matrix',
              locale,
              title: w.titles[by],
              about: w.about({ from: day(span.from), to: day(span.to) }),
              labels: shown.map(row => row.name),
              columns,
              values,
            },
            alt.join('; '),
          )
        : null,
      table(
        [w.heads[by], w.partners, w.activities],
        shown.map(row => [
          row.name,
          some(
            row.partners.map(one => one.name),
            NAMED,
          ) || m.core.none,
          kinds
            .filter(kind => row.kinds.has(kind))
            .map(kind => `${m.activity.kinds[kind]} ${row.kinds.get(kind)}`)
            .join(', ') || m.core.none,
        ]),
      ),
      rows.length > ROWS ? note(m.core.page({ shown: ROWS, total: rows.length })) : null,
      gaps.length ? text(w.gaps[by]({ names: some(gaps, GAPS) })) : rows.length ? text(w.complete[by]) : null,
      elsewhere ? note(w.elsewhere[by]({ n: elsewhere })) : null,
    ],
  });
}
