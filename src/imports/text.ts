import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import { formatNumber } from '../language/numbers.ts';
import { plain, type Text } from '../language/text.ts';
import { csvOf } from '../views/csv.ts';
import { headingOf, type ImportNo, type ImportPlan, neededFields, reasonsOf } from './import.ts';
import { exampleOf } from './numbers.ts';
import type { ImportKind, PlannedRow } from './plan.ts';

/** Says in a sentence for which reason nothing of a file can be entered. */
export function refusalOf(m: Messages, kind: ImportKind, { why }: ImportNo): Text {
  const said = m.imports.no;
  if (why === 'no_heading') return said.no_heading({ kind: m.imports.kinds[kind], fields: neededFields(m, kind) });
  if (why === 'other_forum') return said.other_forum;
  return said[why];
}

/** Tells how the columns of numbers and dates were read, a sentence each. */
export function writingsText(m: Messages, { kind, writings }: ImportPlan): string[] {
  const w = m.imports;
  return [
    ...[...writings.numbers].map(([field, way]) =>
      w.numbersAre({ heading: headingOf(m, kind, field), example: exampleOf(way) }),
    ),
    ...[...writings.dates].map(([field, order]) => w.datesAre({ heading: headingOf(m, kind, field), order })),
  ];
}

/** One row of a plan, with all that is to be said about it. */
export const rowText = (m: Messages, row: PlannedRow<unknown>): Text =>
  m.imports.rowLine({
    where: row.reasons.find(one => one.cell)?.cell ?? m.imports.rowAt({ row: row.row }),
    label: row.label,
    verdict: m.imports.verdicts[row.verdict],
    why: reasonsOf(m, row),
  });

/** Rows that a person looks at: those that are left to people, and of partners those with seats, which are rights. */
export function rowsToSee({ kind, rows }: ImportPlan): PlannedRow<unknown>[] {
  const isLeft = ({ verdict }: PlannedRow<unknown>): boolean => verdict === 'doubtful' || verdict === 'wrong';
  const left = rows.filter(isLeft);
  if (kind !== 'partners') return left;
  return [...left, ...rows.filter(row => !isLeft(row) && row.reasons.length > 0)];
}

/** Number of rows by verdict. */
export const countsText = (m: Messages, locale: Locale, { counts }: ImportPlan): Text =>
  m.imports.countsText({
    new: formatNumber(counts.new, locale),
    changed: formatNumber(counts.changed, locale),
    same: formatNumber(counts.same, locale),
    doubtful: formatNumber(counts.doubtful, locale),
    wrong: formatNumber(counts.wrong, locale),
  });

/** Writes every row with its verdict and reasons, as a file to go through. */
export function checkedFile(m: Messages, { rows }: ImportPlan): string {
  const { columns: c, verdicts } = m.imports;
  return csvOf([
    [c.row, c.label, c.verdict, c.cell, c.why],
    ...rows.flatMap(row => {
      const lines = row.reasons.length ? row.reasons : [null];
      return lines.map(one => [
        row.row,
        row.label,
        verdicts[row.verdict],
        one?.cell ?? null,
        one ? plain(one.say(m)) : null,
      ]);
    }),
  ]);
}

/** An empty file with the headings of a kind. */
export const templateOf = (m: Messages, kind: ImportKind): string => {
  const hidden = new Set(['code', 'takesBack', 'counted', 'state', 'reason', 'in', 'out']);
  const fields = Object.keys(m.imports.headings[kind]).filter(field => !hidden.has(field));
  return csvOf([fields.map(field => headingOf(m, kind, field))], ';');
};
