import { strFromU8, unzipSync } from 'fflate';
import readXlsx, { type Sheet as Read } from 'read-excel-file/node';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/language/messages.ts';
import { type Cell, type Sheet, sheetWith } from '../../src/reports/sheet.ts';
import { CELL_LIMIT, fitting, sheetName, xlsxOf } from '../../src/reports/xlsx.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';

/** A sheet of this name with two columns; their headings do not matter here. */
const aSheet = (rows: readonly (readonly Cell[])[], name = 'Uji'): Sheet => ({
  ...sheetWith(catalogue.id, 'summary', ['figure', 'content'], rows),
  name,
});

const read = async (bytes: Uint8Array): Promise<Read[]> => readXlsx(Buffer.from(bytes), { trim: false });

/** Returns what a reader of workbooks finds below the heading. */
const rowsIn = async (...rows: Cell[][]): Promise<unknown[][]> =>
  (await read(await xlsxOf([aSheet(rows)], 'id')))[0]!.data.slice(1);

it('cells keep their types: text, number, date, money, percentage, nothing', async () => {
  const rows = await rowsIn(
    ['teks', 1234.5],
    [{ date: '2026-11-24' }, { money: 75_000_050 }],
    [{ percent: 58.6 }, null],
    [{ date: '2024-02-29' }, -0.25],
  );
  expect(rows).toEqual([
    ['teks', 1234.5],
    [new Date('2026-11-24'), 750_000.5],
    [0.586, null],
    [new Date('2024-02-29'), -0.25],
  ]);
});

it('a row that is wider than the headings has cells of its own in every column', async () => {
  expect(await rowsIn(['a', 1], ['b', 2, 'c', 4])).toContainEqual(['b', 2, 'c', 4]);
  const sheet = strFromU8(unzipSync(await xlsxOf([aSheet([['b', 2, 'c']])], 'id'))['xl/worksheets/sheet1.xml']!);
  expect(sheet).toContain('r="C2"');
});

it('amounts and dates have the formats of the language, and nobody’s text is a formula', async () => {
  const bytes = await xlsxOf([aSheet([['=1+1', { money: 1 }]])], 'id');
  const files = unzipSync(bytes);
  const styles = strFromU8(files['xl/styles.xml']!);
  expect(styles).toContain('[$-421]d\\ mmm\\ yyyy');
  expect(styles).toContain('&quot;Rp&quot;\\ #,##0.00');
  expect(strFromU8(unzipSync(await xlsxOf([aSheet([])], 'en'))['xl/styles.xml']!)).toContain('[$-809]d');
  const sheet = strFromU8(files['xl/worksheets/sheet1.xml']!);
  expect(sheet).not.toMatch(/<f[ >]/);
  expect(sheet).toContain('state="frozen"');
  expect(sheet).toContain('<autoFilter ref="A1:B2"/>');
  expect(sheet).toMatch(/<col min="1" max="1" width="\d+"/);
});

const HOSTILE = [
  '=HYPERLINK("http://x","y")',
  '+62 812',
  '-2+3',
  '@sum(A1)',
  '\t=1',
  '＝1+1',
  '<b>&amp;"\'</b>',
  ']]><f>1</f>',
  '&#61;1',
  '_x0041_',
  '_x005F_',
  'baris satu\nbaris dua',
  ' di tepi ',
  'שלום مرحبا',
  '👩‍👩‍👧 🇮🇩',
  'e\u0301',
  '0012',
  'TRUE',
  '2026-11-24',
];

it.each(HOSTILE)('hostile text comes back as it was: %j', async text => {
  expect(await rowsIn([text, 1])).toEqual([[text, 1]]);
});

it('what XML cannot hold is left out, and halves of characters too', async () => {
  expect(await rowsIn(['a\u0000b\u0008c\ufffed', 'x\ud800y\udc00z'])).toEqual([['abcd', 'xyz']]);
});

it('text longer than a cell is cut between characters and says so', async () => {
  const [[cell]] = (await rowsIn(['😀'.repeat(20_000), 1])) as [[string, number]];
  expect(cell.length).toBeLessThanOrEqual(CELL_LIMIT);
  expect(cell.endsWith('😀…')).toBe(true);
  expect(fitting('x'.repeat(CELL_LIMIT))).toHaveLength(CELL_LIMIT);
});

it('dates from before spreadsheets count rightly stay text', async () => {
  expect(await rowsIn([{ date: '1899-12-31' }, { date: '1900-03-01' }])).toEqual([
    ['1899-12-31', new Date('1900-03-01')],
  ]);
});

it('sheets have names that spreadsheets take, each its own', async () => {
  const names = [
    'a/b:c*d?[e]\\',
    "'kutip'",
    'HISTORY',
    '',
    'Isu',
    'isu',
    'x'.repeat(40),
    `${'x'.repeat(35)}y`,
    '😀'.repeat(20),
  ];
  const book = await read(
    await xlsxOf(
      names.map(name => aSheet([['x', 1]], name)),
      'id',
    ),
  );
  const found = book.map(one => one.sheet);
  expect(found).toHaveLength(names.length);
  expect(new Set(found.map(name => name.toLowerCase())).size).toBe(names.length);
  for (const name of found) {
    expect(name.length).toBeLessThanOrEqual(31);
    expect(name).not.toMatch(/[[\]:*?/\\]|^'|'$|^history$|^$/i);
  }
  expect(found.slice(4, 6)).toEqual(['Isu', 'isu (2)']);
});

it('a sheet of too many rows goes on in the next, and loses none', async () => {
  const rows = Array.from({ length: 7 }, (_, i): Cell[] => [`r${i}`, i]);
  const book = await read(await xlsxOf([aSheet(rows), aSheet([], 'Lain')], 'id', 4));
  expect(book.map(one => one.sheet)).toEqual(['Uji', 'Uji (2)', 'Uji (3)', 'Lain']);
  expect(book.slice(0, 3).flatMap(one => one.data.slice(1))).toEqual(rows);
});

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom('_', 'x', '0', '4', '1', '=', '&', '<', '\r', '\n', '\ud83d', '\ude00'),
    maxLength: 12,
  }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer().map(money => ({ money })),
  fc.double({ min: -1000, max: 1000, noNaN: true }).map(percent => ({ percent })),
  fc
    .date({ min: new Date('1900-03-01'), max: new Date('2999-12-31'), noInvalidDate: true })
    .map(date => ({ date: date.toISOString().slice(0, 10) })),
);

/** Returns what a reader should find in place of a cell. */
function expected(value: Cell): unknown {
  if (value === null) return null;
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (typeof value === 'object')
    return 'date' in value
      ? new Date(value.date)
      : 'money' in value
        ? Number(value.money) / 100
        : value.percent / 100 || 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids.
  const kept = value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '');
  return kept === '' ? null : kept;
}

it('whatever is written is read back, cell by cell, and twice the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 12 }), async rows => {
      const sheets = [aSheet([...rows, ['ujung', 1]])];
      const bytes = await xlsxOf(sheets, 'id');
      const found = (await read(bytes))[0]!.data.slice(1).map(row => row.map(one => (one === '' ? null : one)));
      expect(found.slice(0, -1)).toEqual(rows.map(row => row.map(expected)));
      expect(Buffer.from(await xlsxOf(sheets, 'id')).equals(Buffer.from(bytes))).toBe(true);
    }),
    { numRuns: sized(30, 150), seed: 7 },
  );
});

it('any name becomes one that spreadsheets take', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 31 }), (name, other) => {
      const made = sheetName(name, new Set([other.toLowerCase()]));
      expect(made.length).toBeGreaterThan(0);
      expect(made.length).toBeLessThanOrEqual(31);
      expect(made).not.toMatch(/[[\]:*?/\\\p{C}]|^'|'$|^history$/iu);
      expect(made.toLowerCase()).not.toBe(other.toLowerCase());
    }),
    { seed: 7 },
  );
});

/** Returns what Excel shows of a cell, by the format of its style in the workbook (ECMA-376, 18.8.30). */
function shownIn(style: string, value: string): string {
  const two = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  if (style.includes('Rp')) {
    const shown = `Rp ${new Intl.NumberFormat('en', two).format(value.replace('-', '') as Intl.StringNumericLiteral)}`;
    return value.startsWith('-') ? `-${shown}` : shown;
  }
  if (style.includes('yyyy')) return '30 Sept 2026';
  if (style.includes('%')) return `${(Number(value) * 100).toFixed(1)}%`;
  return String(Number(value));
}

it('G30: no column is narrower than the numbers in it, on any row', async () => {
  const many: Cell[][] = Array.from({ length: 300 }, (_, i) => [`U-${i}`, { money: 100 }]);
  const rows: Cell[][] = [
    ...many,
    ['akhir', { money: -99_079_191_802_150_901_01n }],
    [{ date: '2026-09-30' }, { money: 5 }],
    [123456789.123456, { percent: 12345.6 }],
  ];
  const files = unzipSync(await xlsxOf([aSheet(rows)], 'id'));
  const [sheet, styles] = ['xl/worksheets/sheet1.xml', 'xl/styles.xml'].map(name => strFromU8(files[name]!)) as [
    string,
    string,
  ];
  const formats = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code!]),
  );
  const styleOf = [...styles.split('<cellXfs')[1]!.matchAll(/<xf ([^>]*)>/g)].map(
    ([, xf]) => formats.get(/numFmtId="(\d+)"/.exec(xf!)?.[1] ?? '') ?? '',
  );
  const widths = [...sheet.matchAll(/<col min="\d+" max="\d+" width="(\d+)"/g)].map(([, width]) => Number(width));
  const cells = [...sheet.matchAll(/<c r="([A-Z])\d+"(?: s="(\d+)")?><v>([^<]*)</g)];
  expect(cells.length).toBe(305);
  for (const [, column, style, value] of cells) {
    const shown = shownIn(styleOf[Number(style ?? 0)]!, value!);
    expect([shown, widths[column!.charCodeAt(0) - 65]! >= shown.length + 1]).toEqual([shown, true]);
  }
  expect(sheet).toContain('<v>-99079191802150901.01</v>');
});
