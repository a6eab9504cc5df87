import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { type Grid, UnreadableFile } from '../../src/imports/grid.ts';
import { openTables } from '../../src/imports/open.ts';
import { readTables } from '../../src/imports/read-tables.ts';

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

const workbook = (parts: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** A workbook of one sheet, which lies where it likes to. */
const sheetOf = (rows: string, path = 'worksheets/sheet1.xml', opening = 'worksheet'): Uint8Array =>
  workbook({
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="${path}"/></Relationships>`,
    [`xl/${path}`]: `<${opening} xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`,
  });

const text = (at: string, what: string): string => `<c r="${at}" t="inlineStr"><is><t>${what}</t></is></c>`;

describe('a workbook', () => {
  const ROWS = `<row r="1">${text('A1', 'Nama')}${text('B1', 'Sektor')}</row><row r="2">${text('A2', 'Café')}${text('B2', 'media')}</row>`;
  const READ = [
    ['Nama', 'Sektor'],
    ['Café', 'media'],
  ];

  it('with colours down to the last row and to the last column is as large as what stands in it', async () => {
    const blank =
      '<row r="3" s="1" customFormat="1"/><row r="1048575"><c r="A1048575" s="2"/><c r="XFD1048575" s="2"></c></row>';
    expect(await rowsOf(sheetOf(`${ROWS}${blank}<row r="1048576"></row>`))).toEqual(READ);
  });

  it('of a million empty cells is read', async () => {
    const letter = (n: number): string => String.fromCharCode(65 + (n % 26));
    const cells = Array.from({ length: 26 }, (_, n) => letter(n));
    const row = (n: number): string => `<row r="${n}">${cells.map(one => `<c r="${one}${n}" s="1"/>`).join('')}</row>`;
    const many = Array.from({ length: 40_000 }, (_, n) => row(n + 3)).join('');
    expect(await rowsOf(sheetOf(`${ROWS}${many}`))).toEqual(READ);
  });

  it('has the values that its formulas had, and nothing where they went wrong', async () => {
    const formulas = [
      '<c r="A3"><f>1+1</f><v>2</v></c>',
      '<c r="B3" t="str"><f>HYPERLINK("http://contoh.id","x")</f><v>x</v></c>',
      '<c r="C3" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c r="D3"><f>NOW()</f></c>',
    ];
    expect((await rowsOf(sheetOf(`${ROWS}<row r="3">${formulas.join('')}</row>`)))[2]).toEqual([2, 'x']);
  });

  it('that is large is read in a thread, with the same cells as in the main one', async () => {
    const many = Array.from(
      { length: 4_000 },
      (_, n) =>
        `<row r="${n + 3}">${text(`A${n + 3}`, `${n} ${(n * 7_919_993) % 104_729}`)}<c r="B${n + 3}"><v>${n / 8}</v></c></row>`,
    );
    const file = sheetOf(ROWS + many.join(''));
    expect(file.length).toBeGreaterThan(65_536);
    const rows = await rowsOf(file);
    expect(rows).toHaveLength(4_002);
    expect(rows.at(-1)).toEqual([`3999 ${(3_999 * 7_919_993) % 104_729}`, 3_999 / 8]);
    expect(rows).toEqual((await readTables(file))[0]!.rows);
  });
});

describe('a file that is no table', () => {
  const compound = (text: string): Uint8Array =>
    Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.from(text, 'utf16le')]);
  const far = `<row r="1">${text('A1', 'x')}</row><row r="2000">${text('XFD2000', 'x')}</row>`;

  /** An archive that says of each of its files that it is as small as `size` once unpacked. */
  const lying = (archive: Uint8Array, size: number): Uint8Array => {
    const bytes = Buffer.from(archive);
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1))
      bytes.writeUInt32LE(size, at + 24);
    return bytes;
  };

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
      '200 MB of blanks of which the archive says that they are few',
      'bomb',
      lying(workbook({ 'xl/workbook.xml': '<x/>', 'xl/sharedStrings.xml': ' '.repeat(2e8) }), 1_000),
    ],
    ['a cell that stands far out', 'bomb', sheetOf(far)],
    ['a cell that stands far out, in a sheet of another folder', 'bomb', sheetOf(far, 'other/a.xml')],
    ['a cell that stands far out, in words of another prefix', 'bomb', sheetOf(far.replaceAll('<c ', '<a-b:c '))],
    [
      'a cell whose address is hidden behind another one',
      'bomb',
      sheetOf(`<row r="1"><c x=" r='A1'" r="XFD20050"><v>1</v></c></row>`),
    ],
    [
      'a cell that is not closed where it seems to be',
      'damaged',
      sheetOf('<row r="1"><c x=">" y="<" r="XFD1"/></row>'),
    ],
    ['a cell whose address is a word', 'damaged', sheetOf('<row r="1"><c r="UNDEFINED1"><v>1</v></c></row>')],
    ['a row whose number is no number', 'damaged', sheetOf("<row r='99999999999'><c><v>1</v></c></row>")],
    [
      'rows down to the last one of a sheet',
      'too_many_rows',
      sheetOf(`<row r="1">${text('H1', 'x')}</row><row r="1048576">${text('A1048576', 'x')}</row>`),
    ],
    ['20,100 rows', 'too_many_rows', csv('a,b\n'.repeat(20_100))],
  ])('%s is refused: %s', async (_, why, bytes) => {
    expect(await whyOf(bytes)).toBe(why);
  });
});
