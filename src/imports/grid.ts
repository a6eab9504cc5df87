/** Writing of numbers: with a decimal comma (`1.234,5`) or a decimal point (`1,234.5`). */
export type NumberWriting = 'comma' | 'point';

/** A cell as a file holds it: of a CSV file all are text; a workbook knows numbers, dates (at midnight UTC) and yes or no. */
export type Cell = string | number | boolean | Date | null;

/** One sheet of a workbook, or the table of a CSV file (without a name). Blank rows are there, so row numbers are the file's. */
export interface Grid {
  readonly sheet: string | null;
  readonly rows: readonly (readonly Cell[])[];
  /** Notation of its numbers, if that is known before they are looked at. */
  readonly writing?: NumberWriting;
}

/** Reasons for which a file is no table that can be read. */
export type FileNo =
  | 'empty'
  | 'too_large'
  | 'encrypted'
  | 'old_excel'
  | 'open_document'
  | 'bomb'
  | 'damaged'
  | 'no_table'
  | 'too_many_rows';

/** The file cannot be read as a table at all. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly why: FileNo;

  constructor(why: FileNo) {
    super(why);
    this.why = why;
  }
}

/** Maximum size of a file, bytes. */
export const MAXIMUM_BYTES = 10 * 1_048_576;
/** Maximum number of rows of a table, its heading among them. */
export const MAXIMUM_ROWS = 20_050;
/** Maximum number of columns; what stands to the right of them is not looked at. */
export const MAXIMUM_COLUMNS = 200;

export const isBlank = (cell: Cell | undefined): boolean =>
  cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');

/** A cell as text, as people would read it in the file. */
export const textOf = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' ? cell : String(cell);
};

/** The letters of a column, the first being 0. */
export const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
