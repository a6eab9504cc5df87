import { areasOf, codesAbove } from '../../domain/areas/area.ts';
import { isKnownGroup } from '../../domain/groups/dimensions.ts';
import type { Messages } from '../../language/messages.ts';
import { CSV_MARK, csvLines } from '../../views/csv.ts';
import { type Cell, type Column, type ColumnKey, PIECE, plainOf, type Sheet } from '../sheet.ts';
import { AREA_TAGS, COLUMN_TAGS, GROUP_TAGS } from './tags.ts';

/** A table of the Humanitarian Exchange Language: headings, below them a row of hashtags, then the data. */
export interface HxlTable {
  readonly name: string;
  readonly head: readonly string[];
  readonly tags: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Parts the several values that one cell may have. */
export const LIST = ' | ';

/** The codes of one level of all areas of a stored text; an area that reaches no such level says nothing of it. */
function codesAt(stored: string | null, level: number): string | null {
  const codes = areasOf(stored).flatMap(({ code }) => codesAbove(code)[level] ?? []);
  return [...new Set(codes)].join(LIST) || null;
}

/** The codes of a stored text of areas, a cell a level. */
export const areaCodes = (stored: string | null): (string | null)[] =>
  AREA_TAGS.map((_, level) => codesAt(stored, level));

const isArea = ({ key }: Pick<Column, 'key'>): boolean => key === 'area';

function tagOf({ key }: Pick<Column, 'key'>): string {
  const group = key.startsWith('group_') ? key.slice('group_'.length) : null;
  if (group !== null) return isKnownGroup(group) ? GROUP_TAGS[group] : COLUMN_TAGS.groups;
  return COLUMN_TAGS[key as Exclude<ColumnKey, 'area'>];
}

/** A sheet as such a table: the areas of a row stand as codes, a column a level. */
export function hxlOf(m: Messages, { name, columns, rows }: Pick<Sheet, 'name' | 'columns' | 'rows'>): HxlTable {
  return {
    name,
    head: columns.flatMap(one => (isArea(one) ? m.report.hxl.areas : [one.name])),
    tags: columns.flatMap(one => (isArea(one) ? AREA_TAGS : [tagOf(one)])),
    rows: rows.map(row =>
      columns.flatMap((one, i): Cell[] => (isArea(one) ? areaCodes(row[i] as string | null) : [row[i] ?? null])),
    ),
  };
}

/** Writes such a table as CSV, in pieces. */
export function* hxlCsv({ head, tags, rows }: HxlTable): Generator<string> {
  yield CSV_MARK + csvLines([head, tags]);
  for (let i = 0; i < rows.length; i += PIECE) yield csvLines(rows.slice(i, i + PIECE).map(row => row.map(plainOf)));
}

/** Makes such a table a sheet of a workbook, whose hashtags stand in the row below its headings. */
export const hxlSheet = ({ name, head, tags, rows }: HxlTable) => ({
  name,
  columns: head.map(heading => ({ name: heading })),
  rows: [tags, ...rows],
});
