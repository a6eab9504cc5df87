import { Readable } from 'node:stream';
import readXlsx from 'read-excel-file/node';
import { isSheet, trimmedSheet } from './extent.ts';
import { type Cell, type Grid, MAXIMUM_COLUMNS, UnreadableFile } from './grid.ts';
import { type Packed, packedIn, storedArchive } from './zip.ts';

/** Maximum of all parts of a workbook once unpacked, bytes; 20,000 rows of ten columns take a tenth of it. */
const MAXIMUM_UNPACKED = 150 * 1_048_576;

const asBuffer = ({ buffer, byteOffset, length }: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, length);

/** The sheets of a workbook (.xlsx). @throws UnreadableFile */
export async function readWorkbook(bytes: Uint8Array): Promise<Grid[]> {
  const packed = packedIn(bytes);
  if (!packed) throw new UnreadableFile('damaged');
  if (packed.some(one => one.encrypted)) throw new UnreadableFile('encrypted');
  if (packed.reduce((sum, one) => sum + one.size, 0) > MAXIMUM_UNPACKED) throw new UnreadableFile('bomb');
  if (packed.some(one => one.name === 'mimetype' || one.name === 'content.xml'))
    throw new UnreadableFile('open_document');
  if (!packed.some(one => one.name === 'xl/workbook.xml')) throw new UnreadableFile('no_table');
  try {
    const sheets = await readXlsx(Readable.from(storedArchive(partsOf(packed))));
    return sheets.map(({ sheet, data }) => ({
      sheet,
      rows: data.map(row => row.slice(0, MAXIMUM_COLUMNS) as unknown as Cell[]),
    }));
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('damaged');
  }
}

/**
 * Unpacks the parts that are read of a workbook, within limits: the reader would unpack whatever comes, and an archive
 * may hold more than its directory tells.
 */
function* partsOf(packed: readonly Packed[]): Generator<readonly [string, Uint8Array]> {
  let left = MAXIMUM_UNPACKED;
  for (const one of packed) {
    if (!/\.xml(?:\.rels)?$/.test(one.name)) continue;
    const part = asBuffer(one.unpack(left));
    left -= part.length;
    // In another encoding than UTF-8 nothing that is looked for would be found.
    if (part.subarray(0, 200).includes(0)) throw new UnreadableFile('damaged');
    yield [one.name, isSheet(part) ? trimmedSheet(part) : part];
  }
}
