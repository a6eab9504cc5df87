import type { Messages } from '../language/messages.ts';
import { CSV_MARK, csvLines } from '../views/csv.ts';
import { archive, type Part } from './archive.ts';
import { type Cell, PIECE, plainOf, rupiahOf, type Sheet } from './sheet.ts';

/** Numbers as text with the decimal sign of the readers; money keeps its two places only where it has any. */
const written = (cell: Cell, decimal: ',' | '.'): string | null => {
  if (cell !== null && typeof cell === 'object' && 'money' in cell) return rupiahOf(cell.money).replace('.', decimal);
  const plain = plainOf(cell);
  return typeof plain === 'number' ? String(plain).replace('.', decimal) : plain;
};

/** A file name of letters, digits and hyphens. */
export const fileName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/**
 * A sheet a file, twice: with semicolons and decimal commas, as spreadsheets set to Indonesian open them, and with
 * commas and decimal points, each in a folder named after its separator; `beside` are further files. The same sheets
 * give the same bytes.
 */
export function csvArchive(
  { semicolon, comma }: Messages['report']['folders'],
  sheets: readonly Sheet[],
  beside: readonly Part[] = [],
): Promise<Uint8Array> {
  const parts: Part[] = [...beside];
  for (const [folder, separator, decimal] of [
    [semicolon, ';', ','],
    [comma, ',', '.'],
  ] as const)
    for (const sheet of sheets)
      parts.push([`${folder}/${fileName(sheet.name)}.csv`, linesOf(sheet, separator, decimal)]);
  return archive(parts);
}

function* linesOf({ head, rows }: Sheet, separator: ',' | ';', decimal: ',' | '.'): Generator<string> {
  yield CSV_MARK + csvLines([head], separator);
  for (let i = 0; i < rows.length; i += PIECE)
    yield csvLines(
      rows.slice(i, i + PIECE).map(row => row.map(cell => written(cell, decimal))),
      separator,
    );
}
