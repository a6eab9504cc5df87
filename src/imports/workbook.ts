import readXlsx from 'read-excel-file/node';
import { checkExtent } from './extent.ts';
import { type Cell, type Grid, MAXIMUM_COLUMNS, UnreadableFile } from './grid.ts';
import { packedIn } from './zip.ts';

/** Maximum of all parts of a workbook once unpacked, bytes; 20,000 rows of ten columns take a tenth of it. */
const MAXIMUM_UNPACKED = 150 * 1_048_576;

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
    checkExtent(bytes);
    const sheets = await readXlsx(Buffer.from(bytes));
    return sheets.map(({ sheet, data }) => ({
      sheet,
      rows: data.map(row => row.slice(0, MAXIMUM_COLUMNS) as unknown as Cell[]),
    }));
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile('damaged');
  }
}
