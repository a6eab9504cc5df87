import { createHash } from 'node:crypto';
import type { Locale } from '../language/locale.ts';
import { type Cell, isAmount, type Sheet, shownOf } from './sheet.ts';

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, sign => SIGNS[sign]!);

/** The page's only style: readable on a phone, in the dark and on paper. */
const STYLE =
  ':root{color-scheme:light dark}@page{size:A4 landscape;margin:15mm}body{font:11pt/1.4 system-ui,sans-serif;margin:1rem auto;max-width:75rem;padding:0 1rem;color:#111;background:#fff}a{color:#0645ad}.t{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}th,td{border:1px solid #999;padding:.25rem .4rem;text-align:left;vertical-align:top}th{background:#eee;color:#111}@media(prefers-color-scheme:dark){body{color:#eee;background:#121212}a{color:#9ecbff}th{background:#333;color:#fff}}td.n{text-align:right;white-space:nowrap}h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}@media print{body{color:#111;background:#fff}body{margin:0;font-size:9pt}}';

const cell = (value: Cell, locale: Locale): string =>
  `<td${isAmount(value) ? ' class="n"' : ''}>${escaped(shownOf(value, locale))}</td>`;

/** What a page's policy allows in place of inline style: this one, by its hash. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

export interface Link {
  readonly label: string;
  readonly href: string;
}

const linkTo = ({ label, href }: Link): string => `<a href="${escaped(href)}">${escaped(label)}</a>`;

/**
 * A page that prints on A4, in the reader's language; it loads nothing and runs nothing. With `around` it is the public
 * page: an introduction, the other language, and links beside each table.
 */
export function pageOf(
  title: string,
  sheets: readonly Pick<Sheet, 'name' | 'about' | 'head' | 'rows'>[],
  locale: Locale,
  nothing: string,
  around?: { readonly intro: string; readonly top: Link; readonly links: readonly (readonly Link[])[] },
): string {
  const sections = sheets.map(({ name, about, head, rows }, i) => {
    const columns = head.map(one => `<th scope="col">${escaped(one)}</th>`).join('');
    const lines = rows.map(row => `<tr>${row.map(value => cell(value, locale)).join('')}</tr>`).join('');
    const table = `<div class="t" tabindex="0" role="region" aria-label="${escaped(name)}"><table><thead><tr>${columns}</tr></thead><tbody>${lines}</tbody></table></div>`;
    const links = around?.links[i]?.map(linkTo).join(' · ');
    return `<section><h2>${escaped(name)}</h2><p>${escaped(about)}${links ? ` ${links}` : ''}</p>${rows.length ? table : `<p>${escaped(nothing)}</p>`}</section>`;
  });
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style>`;
  const top = around ? `<p>${escaped(around.intro)} ${linkTo(around.top)}</p>` : '';
  return `<!doctype html>\n<html lang="${locale}"><head>${head}</head><body><main><h1>${escaped(title)}</h1>${top}\n${sections.join('\n')}\n</main></body></html>\n`;
}
