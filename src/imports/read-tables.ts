import { type Grid, MAXIMUM_BYTES, MAXIMUM_ROWS, UnreadableFile } from './grid.ts';

/** The beginnings of files. */
const SIGNS = {
  zip: [0x50, 0x4b, 0x03, 0x04],
  emptyZip: [0x50, 0x4b, 0x05, 0x06],
  /** Excel before 2007, and any workbook with a password: both are in this container. */
  compound: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
  pdf: [0x25, 0x50, 0x44, 0x46],
} as const;

const begins = (bytes: Uint8Array, sign: readonly number[]): boolean => sign.every((one, i) => bytes[i] === one);

/** The name of the stream that holds an encrypted workbook, as the container writes it (UTF-16). */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** Reads the tables of a CSV file or a workbook. The readers are loaded when the first file comes. @throws UnreadableFile */
export async function readTables(bytes: Uint8Array): Promise<Grid[]> {
  if (!bytes.length) throw new UnreadableFile('empty');
  if (bytes.length > MAXIMUM_BYTES) throw new UnreadableFile('too_large');
  if (begins(bytes, SIGNS.compound))
    throw new UnreadableFile(Buffer.from(bytes).includes(ENCRYPTED) ? 'encrypted' : 'old_excel');
  if (begins(bytes, SIGNS.pdf)) throw new UnreadableFile('no_table');
  const isWorkbook = begins(bytes, SIGNS.zip) || begins(bytes, SIGNS.emptyZip);
  const grids = isWorkbook
    ? await (await import('./workbook.ts')).readWorkbook(bytes)
    : (await import('./delimited.ts')).readDelimited(bytes);
  for (const { rows } of grids) if (rows.length > MAXIMUM_ROWS) throw new UnreadableFile('too_many_rows');
  return grids;
}
