import { escaped } from '../language/escape.ts';
import type { Locale } from '../language/locale.ts';
import { formatNumber } from '../language/numbers.ts';
import type { WholeReport } from './report.ts';
import { type Cell, type ColumnType, isAmount, type Sheet, shownOf } from './sheet.ts';
import { figureNames } from './summary.ts';

/** Maximum number of printed rows of a sheet, the latest ones: a hundred thousand would be thousands of pages. */
export const PRINTED = 1_000;

/** Text within a style sheet: whatever is not a letter, digit or blank is written by its number. */
const quoted = (text: string): string =>
  `"${[...text.replace(/\p{C}/gu, ' ')].map(sign => (/[\p{L}\p{N} ]/u.test(sign) ? sign : `\\${sign.codePointAt(0)!.toString(16)} `)).join('')}"`;

/** Style for A4 on its side; the margins bear the title and the page's number where the printer knows how. */
const styleOf = (title: string, page: string): string => `
@page { size: A4 landscape; margin: 16mm 12mm 14mm;
  @top-left { content: ${quoted(title)}; font: 8pt sans-serif; color: #444 }
  @bottom-right { content: ${quoted(`${page} `)} counter(page) " / " counter(pages); font: 8pt sans-serif; color: #444 } }
@page :first { @top-left { content: "" } }
* { box-sizing: border-box }
body { font: 10pt/1.4 system-ui, sans-serif; color: #111; background: #fff; margin: 1rem auto; max-width: 75rem; padding: 0 1rem }
h1 { font-size: 1.6rem; margin: 0 0 .5rem }
h2 { font-size: 1.15rem; margin: 1.5rem 0 .25rem; break-after: avoid }
p { margin: 0 0 .5rem }
h2 + p { break-after: avoid }
table { border-collapse: collapse; width: 100%; margin: 0 0 1rem }
th, td { border: 1px solid #999; padding: .2rem .35rem; text-align: left; vertical-align: top }
td { white-space: nowrap }
td.t { white-space: pre-line; overflow-wrap: anywhere; min-width: 5.5em }
thead { display: table-header-group }
th { background: #eee }
.sign { display: flex; gap: 4rem; margin-top: 2rem; break-inside: avoid }
.sign p { flex: 1; border-bottom: 1px solid #999; padding-bottom: 4rem }
td.n { text-align: right }
tr { break-inside: avoid }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .5rem; margin: .75rem 0 1rem; padding: 0 }
.figures div { border: 1px solid #999; border-radius: .3rem; padding: .4rem .6rem; break-inside: avoid }
.figures dt { font-size: .8rem }
.figures dd { margin: 0; font-size: 1.15rem; font-weight: 600 }
.wide { overflow-x: auto }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 8pt } .wide { overflow: visible } .about { break-before: page } }`;

/** Content policy: a browser that opens the file loads and runs nothing. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * A report as a page whose print gives the document: the forum, the time and the key figures first, the tables after,
 * and what is not included at the end. It has no scripts.
 */
export function printOf({ context, title, figures, sheets, about }: WholeReport): string {
  const { m, locale } = context;
  const w = m.report;
  const shown = (cell: Cell): string => escaped(shownOf(cell, locale));
  const facts = about.rows
    .slice(0, COVER)
    .map(([label, value]) => `<p><strong>${shown(label ?? null)}:</strong> ${shown(value ?? null)}</p>`);
  const boxes = figureNames(figures).map(
    name => `<div><dt>${escaped(w.figures[name])}</dt><dd>${shown(figures[name])}</dd></div>`,
  );
  const section = (sheet: Sheet, kind = ''): string => {
    const { name, about: what, rows } = sheet;
    const last = rows.slice(-PRINTED);
    const [some, all] = [last, rows].map(one => formatNumber(one.length, locale));
    const note = last.length < rows.length ? ` ${w.shownOf({ shown: some!, total: all! })}` : '';
    const table = rows.length ? tableOf({ ...sheet, rows: last }, locale) : `<p>${escaped(w.nothing)}</p>`;
    return `<section${kind}><h2>${escaped(name)}</h2><p>${escaped(what + note)}</p>${table}</section>`;
  };
  const signs = [w.compiledBy, w.approvedBy].map(one => `<p>${escaped(one)}</p>`).join('');
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${styleOf(title, w.pageOf)}</style></head>
<body><main><header><h1>${escaped(title)}</h1>${facts.join('')}</header>
<section><h2>${escaped(w.sheets.summary.name)}</h2><dl class="figures">${boxes.join('')}</dl></section>
${[...sheets.values()].map(sheet => section(sheet)).join('\n')}
${section(about, ' class="about"')}
<div class="sign">${signs}</div>
</main></body></html>
`;
}

/** A table without the columns in which nothing stands; only text is wrapped. */
function tableOf({ columns, rows }: Sheet, locale: Locale): string {
  const kept = columns.map((_, i) => i).filter(i => rows.some(row => row[i] !== null && row[i] !== ''));
  const cell = (value: Cell, type: ColumnType): string => {
    const kind = isAmount(value) ? ' class="n"' : type === 'text' || type === 'any' ? ' class="t"' : '';
    return `<td${kind}>${escaped(shownOf(value, locale))}</td>`;
  };
  const head = kept.map(i => `<th scope="col">${escaped(columns[i]!.name)}</th>`).join('');
  const lines = rows.map(row => `<tr>${kept.map(i => cell(row[i]!, columns[i]!.type)).join('')}</tr>`);
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${lines.join('\n')}\n</tbody></table></div>`;
}

/** Number of facts on the cover: forum, time, zone and the last change. */
const COVER = 5;
