import { strToU8 } from 'fflate';
import { csvOf } from '../views/csv.ts';
import type { Cell, Sheet } from './sheets.ts';
import { archive } from './xlsx.ts';

const plain = (value: Cell, decimal: ',' | '.'): string | number | null => {
  if (value === null || typeof value === 'string') return value;
  return typeof value === 'number' ? String(value).replace('.', decimal) : value.date;
};

/**
 * A sheet a file, twice: with semicolons and decimal commas, as spreadsheets set to Indonesian open them, and with
 * commas and decimal points. The same sheets give the same bytes.
 */
export function csvArchive(sheets: readonly Sheet[]): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  for (const [folder, separator, decimal] of [
    ['titik-koma', ';', ','],
    ['koma', ',', '.'],
  ] as const)
    for (const { name, head, rows } of sheets)
      files[`${folder}/${name.toLowerCase().replaceAll(' ', '-')}.csv`] = strToU8(
        csvOf([head, ...rows.map(row => row.map(value => plain(value, decimal)))], separator),
      );
  return archive(files);
}
