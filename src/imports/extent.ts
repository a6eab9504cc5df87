import { MAXIMUM_COLUMNS, MAXIMUM_ROWS, UnreadableFile } from './grid.ts';

const PREFIX = `(?:[^<>\\s/:"'=]+:)?`;
const ATTRIBUTES = `(?:[^<>"']|"[^"<>]*"|'[^'<>]*')*`;
/** The beginning of a cell or a row, and what stands in it up to its end, which is missing where it is not well formed. */
const OPENED = new RegExp(`<${PREFIX}(c|row)(?=[\\s/>])(${ATTRIBUTES})(>?)`, 'g');
const ATTRIBUTE = /\s([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const CELL = /^([A-Z]{1,3})([1-9]\d{0,6})$/;
/** Cells and rows that have an address and hold nothing, such as those of a column that was given a colour. */
const EMPTY = (name: string): RegExp =>
  new RegExp(`<(${PREFIX}${name})(?=\\s)(?=[^<>]*\\sr\\s*=)${ATTRIBUTES}(?:(?<=/)>|>\\s*</\\1>)`, 'g');
const EMPTY_CELL = EMPTY('c');
const EMPTY_ROW = EMPTY('row');

/** Size of the piece of a sheet that is looked at together, bytes. */
const PIECE_BYTES = 1_048_576;

const columnIn = (name: string): number => [...name].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0);

/** Tells whether a part of a workbook is a sheet, whatever it is called and wherever it lies. */
export const isSheet = (part: Buffer): boolean => part.includes('sheetData');

/**
 * A sheet without the cells and rows that hold nothing. Holds the addresses that the others name against what is read of
 * a table: the reader fills up every row to the last column and down to the last row, so one cell far out would take all
 * memory there is.
 * @throws UnreadableFile `bomb`, `too_many_rows`; `damaged` where an address is none.
 */
export function trimmedSheet(part: Buffer): Buffer {
  const extent = { rows: 0, columns: 0 };
  const kept: Buffer[] = [];
  for (let at = 0; at < part.length; ) {
    const next = at + PIECE_BYTES < part.length ? part.lastIndexOf('<', at + PIECE_BYTES) : part.length;
    const piece = part.subarray(at, next > at ? next : part.length);
    // Each byte is a sign: what the cells hold stays as it is, in whatever language.
    const text = piece.toString('latin1');
    const trimmed = text.replace(EMPTY_CELL, '').replace(EMPTY_ROW, '');
    checkExtent(trimmed, extent);
    kept.push(trimmed === text ? piece : Buffer.from(trimmed, 'latin1'));
    at += piece.length;
  }
  const length = kept.reduce((sum, piece) => sum + piece.length, 0);
  return length === part.length ? part : Buffer.concat(kept, length);
}

/** Extends `extent` by the addresses in a piece of a sheet. */
function checkExtent(sheet: string, extent: { rows: number; columns: number }): void {
  for (const [, kind, attributes = '', end] of sheet.matchAll(OPENED)) {
    // A cell that the reader would take for something else is not guessed at.
    if (!end) throw new UnreadableFile('damaged');
    for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
      if (name !== 'r' && !name.endsWith(':r')) continue;
      const address = double ?? single ?? '';
      const [, column = 'A', row = ''] = kind === 'c' ? (CELL.exec(address) ?? []) : [address, 'A', address];
      if (!/^\d{1,7}$/.test(row)) throw new UnreadableFile('damaged');
      extent.rows = Math.max(extent.rows, Number(row));
      extent.columns = Math.max(extent.columns, columnIn(column));
    }
  }
  const { rows, columns } = extent;
  if (rows * columns > MAXIMUM_ROWS * MAXIMUM_COLUMNS)
    throw new UnreadableFile(columns > MAXIMUM_COLUMNS ? 'bomb' : 'too_many_rows');
}
