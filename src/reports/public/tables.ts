import { eq } from 'drizzle-orm';
import type { RenderContext } from '../../contract/render-context.ts';
import type { Area } from '../../domain/areas/area.ts';
import { EVER } from '../../domain/calendar.ts';
import { codeOf } from '../../domain/codes.ts';
import type { Forum } from '../../domain/forums.ts';
import { CSV_MARK, csvLines } from '../../views/csv.ts';
import { type HxlTable, hxlCsv, hxlOf, hxlSheet } from '../hxl/table.ts';
import { type Cell, type ColumnKey, PIECE, plainOf } from '../sheet.ts';
import { isPlaced, narrowed, SHEETS, type Sheet, type SheetKey, sheetOf } from '../sheets.ts';
import { xlsxOf } from '../xlsx.ts';
import { type FlowKey, flowTable, hxlFlow, isFlow } from './flows.ts';

/** Sheets that a report has for the forum alone: things agreed in a meeting stay among those who met. */
const INNER = ['actions', 'assessments'] as const satisfies readonly SheetKey[];
type Inner = (typeof INNER)[number];

/** The tables that are files as well: those of a report, and sums of the ledger. */
export type FileKey = Exclude<SheetKey, Inner> | FlowKey;

export const isFile = (name: string): name is FileKey =>
  isFlow(name) || ((SHEETS as readonly string[]).includes(name) && !(INNER as readonly string[]).includes(name));

type Table = Pick<Sheet, 'head' | 'rows'>;

/** Forms of a table with hashtags of the Humanitarian Exchange Language. */
export type HxlForm = 'hxl.csv' | 'hxl.xlsx';
/** Forms in which a table of the page can be had. */
export type TableForm = 'csv' | 'json' | HxlForm;

/**
 * A table of the page with all its rows, or those of an area, as a file for spreadsheets, for programs, or with the
 * hashtags of humanitarian data, in pieces.
 */
export async function tableFile(
  context: RenderContext,
  forum: Forum,
  name: FileKey,
  as: TableForm,
  area: Area | null = null,
): Promise<Iterable<string | Uint8Array>> {
  if (as === 'hxl.csv' || as === 'hxl.xlsx') {
    const sheet = isFlow(name) ? null : await publicSheet(context, forum, name, area);
    return hxlFile(context, sheet ? hxlOf(context.m, sheet) : await hxlFlow(context, name as FlowKey), as);
  }
  const table = isFlow(name) ? await flowTable(context, name) : await publicSheet(context, forum, name, area);
  return as === 'csv' ? csvPieces(table) : jsonPieces(table);
}

/** A table with hashtags as a file. */
export const hxlFile = async (
  { locale }: RenderContext,
  table: HxlTable,
  as: HxlForm,
): Promise<Iterable<string | Uint8Array>> =>
  as === 'hxl.csv' ? hxlCsv(table) : [await xlsxOf([hxlSheet(table)], locale)];

/** The subjects of the page, in their order. */
export const FILES = SHEETS.filter((key): key is Exclude<SheetKey, Inner> => isFile(key));

/** A subject with all its rows, as far as everybody may read it. */
export async function publicSheet(
  context: RenderContext,
  forum: Forum,
  name: SheetKey,
  area: Area | null = null,
): Promise<Sheet> {
  const whole = await sheetOf(name, context, forum, EVER);
  const sheet = area && isPlaced(name) ? await narrowed(context, name, whole, area) : whole;
  return name === 'positions' ? publicPositions(context, sheet) : sheet;
}

function* csvPieces({ head, rows }: Table): Generator<string> {
  yield CSV_MARK + csvLines([head]);
  for (let i = 0; i < rows.length; i += PIECE) yield csvLines(rows.slice(i, i + PIECE).map(row => row.map(plainOf)));
}

function* jsonPieces({ head, rows }: Table): Generator<string> {
  const line = (row: readonly Cell[]): string =>
    JSON.stringify(Object.fromEntries(head.map((column, i) => [column, plainOf(row[i] ?? null)])));
  yield '[';
  for (let i = 0; i < rows.length; i += PIECE)
    yield (i ? ',' : '') +
      rows
        .slice(i, i + PIECE)
        .map(line)
        .join(',');
  yield ']\n';
}

/**
 * A report tells the forum more than everybody: here a secret vote is its tally alone, and reasons stay in the forum.
 */
async function publicPositions({ db, forumId }: RenderContext, sheet: Sheet): Promise<Sheet> {
  const { strategies: s } = db.tables;
  const all = await db.select({ number: s.number, rule: s.rule }).from(s).where(eq(s.forumId, forumId));
  const secret = new Set(all.filter(one => one.rule.secret).map(one => codeOf('strategy', one.number)));
  const at = (key: ColumnKey): number => sheet.columns.findIndex(column => column.key === key);
  const [decision, reason] = [at('decision'), at('reason')];
  const shown = <T>(row: readonly T[]): T[] => row.filter((_, i) => i !== reason);
  return {
    ...sheet,
    columns: shown(sheet.columns),
    head: shown(sheet.head),
    rows: sheet.rows.filter(row => !secret.has(String(row[decision]))).map(shown),
  };
}
