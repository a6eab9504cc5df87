import { wholeEscaped } from '../language/escape.ts';
import type { Locale } from '../language/locale.ts';
import { archive, type Part } from './archive.ts';
import { type Cell, type Column, PIECE, rupiahOf, type Sheet } from './sheet.ts';

/** Excel's limits: characters (UTF-16) a cell, rows a sheet (the heading is one), characters a sheet's name. */
export const CELL_LIMIT = 32_767;
const ROW_LIMIT = 1_048_576;
const NAME_LIMIT = 31;

const DAY_MS = 86_400_000;
/** The day that spreadsheets count from; before March 1900 they count wrongly, so such dates stay text. */
const EPOCH = Date.UTC(1899, 11, 30);
const FIRST_DATE = '1900-03-01';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Describes what a workbook needs to know of a sheet. */
export type BookSheet = Pick<Sheet, 'name' | 'rows'> & { readonly columns: readonly Pick<Column, 'name'>[] };

/** The formats of cells, by their place in the workbook's list of styles. */
const STYLE = { heading: 1, date: 2, money: 3, percent: 4, text: 5 } as const;

/** Text that spreadsheets would take for a character in disguise (`_x0041_`) is said to be meant as it stands. */
const literal = (text: string): string => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

/** Text no longer than a cell may be; what was cut ends in an ellipsis. */
export function fitting(text: string): string {
  if (text.length <= CELL_LIMIT) return text;
  return `${text.slice(0, CELL_LIMIT - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The letters of a column, the first being 0. */
const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

const textCell = (at: string, style: number, text: string): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${wholeEscaped(literal(fitting(text)))}</t></is></c>`;

/** A cell is text, number, date, money or percentage and never a formula: whatever it begins with, it is not run. */
function cellXml(at: string, cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return textCell(at, STYLE.text, cell);
  if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
  if ('money' in cell) return `<c r="${at}" s="${STYLE.money}"><v>${rupiahOf(cell.money)}</v></c>`;
  if ('percent' in cell) return `<c r="${at}" s="${STYLE.percent}"><v>${cell.percent / 100}</v></c>`;
  if (cell.date < FIRST_DATE) return textCell(at, STYLE.text, cell.date);
  return `<c r="${at}" s="${STYLE.date}"><v>${(Date.parse(cell.date) - EPOCH) / DAY_MS}</v></c>`;
}

const rowXml = (row: number, cells: string): string => `<row r="${row}">${cells}</row>`;

/** Maximum width of a column, in characters; longer text is wrapped. */
const WIDEST = 60;
/** Width of a cell beside its signs: its margins, and capitals that are wider than digits. */
const MARGIN = 2;
/** Width of the filter's button beside a heading, characters. */
const FILTER_BUTTON = 3;

/** Counts the signs that a cell shows in its style's format; a number wider than its column shows as `###`. */
function shownLength(cell: Cell): number {
  if (cell === null) return 0;
  if (typeof cell === 'string') return cell.length;
  if (typeof cell === 'number') return String(cell).length;
  if ('date' in cell) return 'dd mmm yyyy'.length;
  if ('percent' in cell) return `${(cell.percent).toFixed(1)}%`.length;
  const whole = rupiahOf(cell.money).split('.')[0]!;
  return `Rp ${whole},00`.length + Math.floor((whole.replace('-', '').length - 1) / 3);
}

/** Tells how wide a column is, in characters: as the longest of what it shows. */
function widthOf({ name }: Pick<Column, 'name'>, rows: Sheet['rows'], at: number): number {
  let longest = name.length + FILTER_BUTTON;
  for (const row of rows) longest = Math.max(longest, shownLength(row[at] ?? null) + MARGIN);
  return Math.min(longest, WIDEST);
}

function* sheetXml({ columns, rows }: BookSheet): Generator<string> {
  const last = `${letters(columns.length - 1)}${rows.length + 1}`;
  const widths = columns.map(
    (column, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(column, rows, i)}" customWidth="1"/>`,
  );
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  const heading = columns.map(({ name }, i) => textCell(`${letters(i)}1`, STYLE.heading, name)).join('');
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>${rowXml(1, heading)}`;
  // A row may be wider than the headings.
  const widest = rows.reduce((most, row) => Math.max(most, row.length), columns.length);
  const names = Array.from({ length: widest }, (_, i) => letters(i));
  for (let i = 0; i < rows.length; i += PIECE)
    yield rows
      .slice(i, i + PIECE)
      .map((row, k) => rowXml(i + k + 2, row.map((cell, j) => cellXml(`${names[j]}${i + k + 2}`, cell)).join('')))
      .join('');
  const print = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';
  yield `</sheetData><autoFilter ref="A1:${last}"/>${print}</worksheet>`;
}

const LANGUAGE: Readonly<Record<Locale, string>> = { id: '421', en: '809' };

/** Month names in the workbook's language; separators are those of the person who opens it. */
function stylesXml(locale: Locale): string {
  const formats = [
    `[$-${LANGUAGE[locale]}]d\\ mmm\\ yyyy`,
    '&quot;Rp&quot;\\ #,##0.00;[Red]\\-&quot;Rp&quot;\\ #,##0.00',
    '0.0%',
  ];
  const format = (i: number): string =>
    `<xf numFmtId="${164 + i}" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>`;
  const font = (bold: string): string => `<font>${bold}<sz val="11"/><name val="Calibri"/></font>`;
  const wrapped = '<alignment vertical="top" wrapText="1"/>';
  return `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="3">${formats.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code}"/>`).join('')}</numFmts><fonts count="2">${font('')}${font('<b/>')}</fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf applyAlignment="1"><alignment vertical="top"/></xf><xf fontId="1" applyFont="1" applyAlignment="1">${wrapped}</xf>${formats.map((_, i) => format(i)).join('')}<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1">${wrapped}</xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

/** A name that a sheet may have, and that none of `taken` has; capitals do not tell names apart. */
export function sheetName(wanted: string, taken: ReadonlySet<string>): string {
  const plain = wanted
    .replace(/[[\]:*?/\\\p{C}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[' ]+|[' ]+$/g, '');
  const base = plain === '' || plain.toLowerCase() === 'history' ? `_${plain}` : plain;
  for (let n = 1; ; n++) {
    const ending = n === 1 ? '' : ` (${n})`;
    const name = `${[...base].reduce((kept, sign) => (kept.length + sign.length + ending.length > NAME_LIMIT ? kept : kept + sign), '').trimEnd()}${ending}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

/** Sheets with names of their own; one with more rows than a sheet may have goes on in the next. */
function laidOut(sheets: readonly BookSheet[], rowLimit: number): { name: string; sheet: BookSheet }[] {
  const taken = new Set<string>();
  return sheets.flatMap(sheet => {
    const pieces = Math.max(1, Math.ceil(sheet.rows.length / (rowLimit - 1)));
    return Array.from({ length: pieces }, (_, i) => {
      const name = sheetName(sheet.name, taken);
      taken.add(name.toLowerCase());
      return { name, sheet: { ...sheet, rows: sheet.rows.slice(i * (rowLimit - 1), (i + 1) * (rowLimit - 1)) } };
    });
  });
}

/** A workbook (ECMA-376) of these sheets. The same sheets give the same bytes. */
export function xlsxOf(sheets: readonly BookSheet[], locale: Locale, rowLimit = ROW_LIMIT): Promise<Uint8Array> {
  const all = laidOut(sheets, rowLimit).map((one, i) => ({ ...one, n: i + 1 }));
  const overrides = all
    .map(({ n }) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`)
    .join('');
  const listed = all.map(({ name, n }) => `<sheet name="${wholeEscaped(name)}" sheetId="${n}" r:id="r${n}"/>`).join('');
  const related = all
    .map(({ n }) => `<Relationship Id="r${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`)
    .join('');
  const parts: Part[] = [
    [
      '[Content_Types].xml',
      [
        `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${overrides}</Types>`,
      ],
    ],
    [
      '_rels/.rels',
      [
        `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ],
    ],
    [
      'xl/workbook.xml',
      [`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${listed}</sheets></workbook>`],
    ],
    [
      'xl/_rels/workbook.xml.rels',
      [
        `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${related}<Relationship Id="styles" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
      ],
    ],
    ['xl/styles.xml', [stylesXml(locale)]],
    ...all.map(({ sheet, n }): Part => [`xl/worksheets/sheet${n}.xml`, sheetXml(sheet)]),
  ];
  return archive(parts);
}
