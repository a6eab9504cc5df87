import { strFromU8, unzipSync } from 'fflate';
import { MAXIMUM_COLUMNS, MAXIMUM_ROWS, UnreadableFile } from './grid.ts';

/** A worksheet's file in a workbook. */
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/i;
/** The address of a cell, or the number of a row. */
const ADDRESSES = /<(?:\w+:)?(c|row)\b[^>]*?\sr\s*=\s*(["'])(.*?)\2/g;
const CELL = /^([A-Z]{1,3})([1-9]\d{0,6})$/;

const columnIn = (name: string): number => [...name].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0);

/**
 * Holds the addresses that the cells of a workbook name against what is read of a table: the reader fills up every row
 * to the last column and down to the last row, so one cell far out would take all memory there is.
 * @throws UnreadableFile `bomb`, `too_many_rows`; `damaged` where an address is none.
 */
export function checkExtent(workbook: Uint8Array): void {
  const sheets = unzipSync(workbook, { filter: ({ name }) => SHEET.test(name) });
  for (const bytes of Object.values(sheets)) {
    // In another encoding than UTF-8 the addresses would not be found.
    if (bytes.subarray(0, 200).includes(0)) throw new UnreadableFile('damaged');
    let [rows, columns] = [0, 0];
    for (const [, kind, , address = ''] of strFromU8(bytes).matchAll(ADDRESSES)) {
      const [, column = 'A', row = ''] = kind === 'c' ? (CELL.exec(address) ?? []) : [address, 'A', address];
      if (!/^\d{1,7}$/.test(row)) throw new UnreadableFile('damaged');
      rows = Math.max(rows, Number(row));
      columns = Math.max(columns, columnIn(column));
    }
    if (rows * columns > MAXIMUM_ROWS * MAXIMUM_COLUMNS)
      throw new UnreadableFile(columns > MAXIMUM_COLUMNS ? 'bomb' : 'too_many_rows');
  }
}
