import { formatDate } from '../language/dates.ts';
import type { Locale } from '../language/locale.ts';
import { formatNumber } from '../language/numbers.ts';
import type { Cell, Sheet } from './sheets.ts';

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => SIGNS[sign]!);

const STYLE =
  '@page{size:A4 landscape;margin:15mm}body{font:11pt/1.4 system-ui,sans-serif;margin:2rem;color:#111;background:#fff}table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}th,td{border:1px solid #999;padding:.25rem .4rem;text-align:left;vertical-align:top}th{background:#eee}td.n{text-align:right;white-space:nowrap}h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}@media print{body{margin:0;font-size:9pt}}';

function cell(value: Cell, locale: Locale): string {
  if (value === null) return '<td></td>';
  if (typeof value === 'number') return `<td class="n">${formatNumber(value, locale)}</td>`;
  return `<td>${escaped(typeof value === 'string' ? value : formatDate(value.date, locale, 'short'))}</td>`;
}

/** A page that prints on A4, in the reader's language; it loads nothing and runs nothing. */
export function pageOf(title: string, sheets: readonly Sheet[], locale: Locale, nothing: string): string {
  const sections = sheets.map(({ name, about, head, rows }) => {
    const table = `<table><thead><tr>${head.map(one => `<th scope="col">${escaped(one)}</th>`).join('')}</tr></thead><tbody>${rows.map(row => `<tr>${row.map(value => cell(value, locale)).join('')}</tr>`).join('')}</tbody></table>`;
    return `<section><h2>${escaped(name)}</h2><p>${escaped(about)}</p>${rows.length ? table : `<p>${escaped(nothing)}</p>`}</section>`;
  });
  return `<!doctype html>\n<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>\n${sections.join('\n')}\n</body></html>\n`;
}
