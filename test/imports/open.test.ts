import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Grid, UnreadableFile } from '../../src/imports/grid.ts';
import { openTables } from '../../src/imports/open.ts';

const csv = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const rowsOf = async (bytes: Uint8Array): Promise<Grid['rows']> => (await openTables(bytes))[0]!.rows;
const whyOf = (bytes: Uint8Array): Promise<string> =>
  openTables(bytes).then(
    () => 'read',
    error => (error instanceof UnreadableFile ? error.why : String(error)),
  );

describe('a CSV file', () => {
  it.each([
    ['commas', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['semicolons', 'a;b\n1;2\n3;4\n'],
    ['tabs', 'a\tb\n1\t2\n3\t4'],
    ['bars', 'a|b\n1|2\n3|4'],
    ['a line that names the sign', 'sep=;\r\na;b\r\n1;2\r\n3;4'],
  ])('with %s has two columns', async (_, text) => {
    const rows = (await rowsOf(csv(text))).filter(row => row.some(cell => cell !== null));
    expect(rows).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('keeps blank rows, so that row numbers are those of the file', async () => {
    const rows = await rowsOf(csv('JUDUL;;\n;;\nNama;Sektor;Kontak\n\nA;B;C\n'));
    expect(rows[2]).toEqual(['Nama', 'Sektor', 'Kontak']);
    expect(rows[4]).toEqual(['A', 'B', 'C']);
  });

  it('may hold separators and line ends within quotes, and numbers with leading zeros stay text', async () => {
    const rows = await rowsOf(csv('Nama;Kontak\n"Dinas A; B";0812\n"Baris\nganti";7\n'));
    expect(rows.slice(1)).toEqual([
      ['Dinas A; B', '0812'],
      ['Baris\nganti', '7'],
    ]);
  });

  it('is read in UTF-8 with its mark, UTF-16 and windows-1252', async () => {
    const text = 'Nama,Sektor\nCafé,x\n';
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const bytes of [csv(`\ufeff${text}`), utf16, Buffer.from(text, 'latin1')])
      expect((await rowsOf(bytes))[1]).toEqual(['Café', 'x']);
  });

  it('gives back what was disarmed when it was written', async () => {
    expect((await rowsOf(csv("Nama,Nilai\n'=1+1,-5\n")))[1]).toEqual(['=1+1', '-5']);
  });
});

describe('a file that is no table', () => {
  const workbook = (parts: Record<string, string>): Uint8Array =>
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
  const sheetOf = (rows: string): Uint8Array =>
    workbook({
      'xl/workbook.xml': '<workbook/>',
      'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    });
  const compound = (text: string): Uint8Array =>
    Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.from(text, 'utf16le')]);
  it.each([
    ['nothing', 'empty', new Uint8Array()],
    ['a PDF', 'no_table', csv('%PDF-1.4 …')],
    ['bytes', 'no_table', Buffer.from([1, 2, 0, 3])],
    ['ten megabytes and one', 'too_large', new Uint8Array(10 * 1_048_576 + 1)],
    ['a workbook with a password', 'encrypted', compound('EncryptedPackage')],
    ['a workbook of an old Excel', 'old_excel', compound('Workbook')],
    ['OpenDocument', 'open_document', workbook({ mimetype: 'x', 'content.xml': '<x/>' })],
    ['another archive', 'no_table', workbook({ 'a.txt': 'x' })],
    ['half an archive', 'damaged', workbook({ 'xl/workbook.xml': 'x'.repeat(500) }).subarray(0, 60)],
    ['a workbook without sheets', 'damaged', workbook({ 'xl/workbook.xml': '<workbook/>' })],
    ['200 MB of blanks in a workbook', 'bomb', workbook({ 'xl/workbook.xml': '<x/>', 'xl/a.xml': ' '.repeat(2e8) })],
    [
      'a cell that stands far out',
      'bomb',
      sheetOf('<row r="1"><c r="A1"><v>1</v></c></row><row r="2000"><c r="XFD2000"/></row>'),
    ],
    ['a cell whose address is a word', 'damaged', sheetOf('<row r="1"><c r="UNDEFINED1"><v>1</v></c></row>')],
    ['a row whose number is no number', 'damaged', sheetOf("<row r='99999999999'><c><v>1</v></c></row>")],
    [
      'rows down to the last one of a sheet',
      'too_many_rows',
      sheetOf('<row r="1"><c r="H1"><v>1</v></c></row><row r="1048576"/>'),
    ],
    ['20,100 rows', 'too_many_rows', csv('a,b\n'.repeat(20_100))],
  ])('%s is refused: %s', async (_, why, bytes) => {
    expect(await whyOf(bytes)).toBe(why);
  });
});
