import { fold } from '../storage/words.ts';
import { type Cell, type Grid, isBlank, textOf } from './grid.ts';

/** Describes what is looked for above a column, by the name of the field. */
export type Headings = Readonly<Record<string, readonly string[]>>;

/** Describes where the table of a sheet begins, and in which column each field stands. */
export interface Table {
  readonly grid: Grid;
  /** The row of the headings, the first being 0. */
  readonly head: number;
  readonly columns: ReadonlyMap<string, number>;
  /** Headings that mean nothing here; their columns are not read. */
  readonly unknown: readonly string[];
}

/** Maximum number of rows in which a heading is looked for: above it stand titles, and rows that are blank. */
const MAXIMUM_HEAD = 30;

/** A heading as headings are compared: its words alone; what stands in brackets is a unit or a remark. */
export const headingKey = (text: string): string =>
  fold(text.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/\([^)]*\)|\[[^\]]*\]|\*/g, ' '))
    .replace(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();

function columnsOf(row: readonly Cell[], fieldBy: ReadonlyMap<string, string>): Pick<Table, 'columns' | 'unknown'> {
  const columns = new Map<string, number>();
  const unknown: string[] = [];
  for (const [at, cell] of row.entries()) {
    if (isBlank(cell)) continue;
    const field = fieldBy.get(headingKey(textOf(cell)));
    if (field && !columns.has(field)) columns.set(field, at);
    else unknown.push(textOf(cell).trim());
  }
  return { columns, unknown };
}

/**
 * The table among the sheets of a file: the row that has the most headings known here, of the sheet that has the most.
 * `needed` are the fields of which a table must have one each; null: no sheet has them.
 */
export function findTable(
  grids: readonly Grid[],
  headings: Headings,
  needed: readonly (readonly string[])[],
): Table | null {
  const fieldBy = new Map(
    Object.entries(headings).flatMap(([field, words]) => words.map(word => [headingKey(word), field] as const)),
  );
  let best: Table | null = null;
  for (const grid of grids)
    for (const [head, row] of grid.rows.slice(0, MAXIMUM_HEAD).entries()) {
      const { columns, unknown } = columnsOf(row, fieldBy);
      const has = needed.every(oneOf => oneOf.some(field => columns.has(field)));
      if (has && columns.size > (best?.columns.size ?? 0)) best = { grid, head, columns, unknown };
    }
  return best;
}

/** Columns that only an export of the whole record has. */
const OF_EXPORTS = ['createdBy', 'recordedBy', 'reportedBy', 'candidateSince'];

/** Tells whether a table is one of the export's: what stands in it are numbers of another record. */
export const isExport = ({ rows }: Grid): boolean => rows[0]?.some(cell => OF_EXPORTS.includes(textOf(cell))) ?? false;
