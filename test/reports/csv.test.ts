import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/language/messages.ts';
import { csvArchive } from '../../src/reports/csv.ts';
import { sheetWith } from '../../src/reports/sheet.ts';
import { csvOf } from '../../src/views/csv.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

const textOf = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

/** Rows as a library reads them, strictly: a quote out of place is an error. */
const read = (text: string, delimiter = ','): string[][] =>
  parse(text, { bom: true, delimiter, record_delimiter: '\r\n', relax_column_count: true });

const FORMULAS = [
  '=1+1',
  '+SUM(A1)',
  '-2+3',
  '@sum(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =1',
  '\u00a0=1',
  '\u0000=1',
  '＝1',
  '＋1',
  '－1+1',
  '＠A1',
  '\tteks',
];

it.each(FORMULAS)('a formula is disarmed: %j', cell => {
  const [[found, one] = []] = read(csvOf([[cell, 1]]));
  expect([found![0], found!.replaceAll("'", ''), one]).toEqual(["'", cell, '1']);
});

it.each(['-5', '-2,5', '1e-7', 'a=b', 'teks', '', '5 - 3', '_'])('what is no formula stays as it is: %j', cell => {
  expect(read(csvOf([[cell, 1]]))).toEqual([[cell, '1']]);
});

it('has a byte order mark, the line ends of RFC 4180, and quotes where they are needed', () => {
  expect(csvOf([['a', 'b "c"', 'd,e', 'f;g', 'h\ni', ' j', null, 0]])).toBe(
    '\ufeffa,"b ""c""","d,e","f;g","h\ni"," j",,0\r\n',
  );
});

const cell = fc.oneof(
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', '=', "'", ' ', 'a'), maxLength: 8 }),
);

/** Takes out the apostrophes that disarm formulas. */
const armed = (text: string): string =>
  text
    .replace(/([;,\t\r\n][\s\p{Cc}\ufeff"]*)'(?=[=+\-@＝＋－＠])/gu, '$1')
    .replace(/^'(?=[\s\p{Cc}\ufeff]*[=+\-@＝＋－＠]|[\t\r\n])/u, '');

it.each([',', ';'] as const)('whatever is written with %j is read back, and starts no formula', separator => {
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 8 }), rows => {
      const found = read(csvOf(rows, separator), separator);
      expect(found.map(row => row.map(armed))).toEqual(rows.map(row => row.map(one => armed(String(one ?? '')))));
      for (const one of found.flat()) expect(/^\s*[=+@]/.test(one), one).toBe(false);
    }),
    { numRuns: sized(60, 300), seed: 7 },
  );
});

/** Cells as a spreadsheet finds them that separates by another sign than the file: a quote counts at a cell's start. */
const misread = (text: string, separator: ',' | ';'): string[] =>
  text
    .replace('\ufeff', '')
    .split(/\r\n|[\r\n]/)
    .flatMap(line => line.split(new RegExp(`[${separator}\t]`)));

it.each([
  [',', ';'],
  [';', ','],
] as const)('R26: a file with %j that is opened where %j separates starts no formula either', (written, opened) => {
  const hostile = ['Halo;=1+1', 'Halo,=1+1', 'satu"; "=1+1', 'dua\n=1+1', 'tiga\t@sum(A1)', 'empat; -2+3', 'lima;＝1'];
  for (const found of misread(csvOf([['x', ...hostile, 'y']], written), opened))
    expect(found).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/u);
  expect(read(csvOf([['-7,79;110,37', '-7.79, -110.37']], written), written)).toEqual([
    ["'-7,79;110,37", "'-7.79, -110.37"],
  ]);
});

const SHEET = {
  ...sheetWith(
    catalogue.id,
    'money',
    ['date', 'amount', 'progress', 'purpose'],
    [
      [{ date: '2026-11-24' }, { money: -75_000_050 }, { percent: 58.6 }, 'Sewa; "tenda"'],
      [null, { money: 100 }, null, '=cmd'],
    ],
  ),
  name: 'Uang & Isu/1',
};

it('each sheet is a file twice: semicolons with decimal commas, commas with decimal points', async () => {
  const files = unzipSync(await csvArchive(catalogue.id.report.folders, [SHEET]));
  expect(Object.keys(files)).toEqual(['titik-koma/uang-isu-1.csv', 'koma/uang-isu-1.csv']);
  const head = ['Tanggal', 'Jumlah (Rp)', 'Kemajuan (%)', 'Keperluan'];
  expect(read(textOf(files['titik-koma/uang-isu-1.csv']!), ';')).toEqual([
    head,
    ['2026-11-24', '-750000,5', '58,6', 'Sewa; "tenda"'],
    ['', '1', '', "'=cmd"],
  ]);
  expect(read(textOf(files['koma/uang-isu-1.csv']!))).toEqual([
    head,
    ['2026-11-24', '-750000.5', '58.6', 'Sewa; "tenda"'],
    ['', '1', '', "'=cmd"],
  ]);
  for (const bytes of Object.values(files)) expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
});

it('the same sheets give the same bytes', async () => {
  const { folders } = catalogue.id.report;
  const [once, twice] = [await csvArchive(folders, [SHEET]), await csvArchive(folders, [SHEET])];
  expect(Buffer.from(once).equals(Buffer.from(twice))).toBe(true);
});
