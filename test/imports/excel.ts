import { strToU8, zipSync } from 'fflate';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const EPOCH = Date.UTC(1899, 11, 30);

/** A cell as it is typed into a spreadsheet: text, a number, a date, a formula with its stored value, or nothing. */
export type Typed = string | number | Date | { readonly formula: string; readonly value: number } | null;

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/**
 * A workbook as Excel itself writes one: texts shared, dates as numbers with a style, titles merged over all columns,
 * and cells that were given a colour down to row 2,000.
 */
export function excelBook(sheets: Readonly<Record<string, readonly (readonly Typed[])[]>>): Uint8Array {
  const shared: string[] = [];
  const indexOf = (text: string): number => {
    if (!shared.includes(text)) shared.push(text);
    return shared.indexOf(text);
  };
  const cellOf = (typed: Typed, at: string): string => {
    if (typed === null) return `<c r="${at}" s="2"/>`;
    if (typed instanceof Date) return `<c r="${at}" s="1"><v>${(typed.getTime() - EPOCH) / 86_400_000}</v></c>`;
    if (typeof typed === 'number') return `<c r="${at}"><v>${typed}</v></c>`;
    if (typeof typed === 'string') return `<c r="${at}" t="s"><v>${indexOf(typed)}</v></c>`;
    return `<c r="${at}"><f>${escaped(typed.formula)}</f><v>${typed.value}</v></c>`;
  };
  const letter = (column: number): string => String.fromCharCode(65 + column);
  const sheetOf = (rows: readonly (readonly Typed[])[]): string => {
    const width = Math.max(...rows.map(row => row.length));
    const lines = rows.flatMap((row, y) =>
      row.length
        ? `<row r="${y + 1}" spans="1:${width}">${row.map((one, x) => cellOf(one, `${letter(x)}${y + 1}`)).join('')}</row>`
        : [],
    );
    const titles = rows.flatMap((row, y) => (row.length === 1 ? `A${y + 1}:${letter(width - 1)}${y + 1}` : []));
    const merged = titles.map(ref => `<mergeCell ref="${ref}"/>`).join('');
    const colour = `<row r="2000" s="2" customFormat="1"><c r="A2000" s="2"/><c r="${letter(width)}2000" s="2"/></row>`;
    return `<worksheet xmlns="${MAIN}"><dimension ref="A1:${letter(width)}2000"/><sheetData>${lines.join('')}${colour}</sheetData>${merged ? `<mergeCells>${merged}</mergeCells>` : ''}</worksheet>`;
  };
  const names = Object.keys(sheets);
  const parts = names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheetOf(sheets[name]!)] as const);
  const listed = names
    .map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join('');
  const related = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const files = {
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${listed}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
      .map((_, i) => related(`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join(
        '',
      )}${related('rIdS', 'sharedStrings', 'sharedStrings.xml')}${related('rIdT', 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="0"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(parts),
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${shared.map(one => `<si><t xml:space="preserve">${escaped(one)}</t></si>`).join('')}</sst>`,
  };
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${text}`)]),
    ),
  );
}
