import { formatDate } from '../language/dates.ts';
import { type Markup, markup, type Piece } from '../language/markup.ts';
import { formatNumber } from '../language/numbers.ts';
import { isFlow } from '../reports/public/flows.ts';
import type { FileKey, TableForm } from '../reports/public/tables.ts';
import { isPlaced } from '../reports/sheets.ts';
import type { PageContext } from './page-context.ts';

/** A heading with what stands below it; the heading names the section. */
export const section = (id: string, heading: string, ...content: Piece[]): Markup =>
  markup`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${content}</section>`;

export const paragraph = (content: Piece, kind = ''): Markup =>
  kind ? markup`<p class="${kind}">${content}</p>` : markup`<p>${content}</p>`;

export const anchor = (href: string, label: Piece): Markup => markup`<a href="${href}">${label}</a>`;

/** Facts, leaving out those without a value. */
export function facts(pairs: readonly (readonly [label: string, value: Piece])[]): Markup | null {
  const known = pairs.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (!known.length) return null;
  return markup`<dl class="facts">${known.map(([label, value]) => markup`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
}

/** Figures at a glance: what it is, the number, and what it consists of. */
export const figures = (all: readonly (readonly [label: string, number: Piece, detail?: Piece])[]): Markup =>
  markup`<dl class="figures">${all.map(
    ([label, number, detail]) =>
      markup`<div><dt>${label}</dt><dd class="big">${number}</dd>${detail ? markup`<dd class="small">${detail}</dd>` : null}</div>`,
  )}</dl>`;

export interface Column {
  readonly label: string;
  /** Numbers stand to the right, short words in one line; what is left out is text of any length. */
  readonly kind?: 'number' | 'short';
}

/**
 * A table; the first cell of a row names it. On a narrow screen each row stands as a card, its cells below each other
 * with their labels; the roles are written out, since a browser forgets them with another display.
 */
export function table(caption: Piece, columns: readonly Column[], rows: readonly (readonly Piece[])[]): Markup {
  const kind = (i: number): Piece => (columns[i]?.kind ? markup` class="${columns[i].kind[0]!}"` : null);
  const head = columns.map((one, i) => markup`<th scope="col" role="columnheader"${kind(i)}>${one.label}</th>`);
  const cell = (value: Piece, i: number): Markup =>
    i === 0
      ? markup`<th scope="row" role="rowheader">${value}</th>`
      : markup`<td role="cell"${kind(i)} data-label="${columns[i]?.label ?? ''}">${value}</td>`;
  const lines = rows.map(row => markup`<tr role="row">${row.map(cell)}</tr>`);
  return markup`<table class="rows" role="table"><caption>${caption}</caption><thead role="rowgroup"><tr role="row">${head}</tr></thead><tbody role="rowgroup">${lines}</tbody></table>`;
}

/** The same as files, for people who want to count for themselves. */
export function files({ render: context, links, area }: PageContext, name: FileKey): Markup {
  const w = context.m.site;
  const data = isFlow(name) ? w.flows[name] : context.m.report.sheets[name].name;
  const query = { area: isPlaced(name) ? (area?.code ?? null) : null };
  const link = (as: TableForm, label: string) => anchor(links.to(`/${name}.${as}`, query), label);
  return markup`<p class="files small">${w.download({ name: data })}: ${link('csv', 'CSV')}, ${link('json', 'JSON')}, ${link('hxl.csv', 'HXL (CSV)')}, ${link('hxl.xlsx', 'HXL (XLSX)')}</p>`;
}

/** Links to earlier rows and back to the newest; of what is listed from its first on, onward and back to the start. */
export function pages(
  { render: context, links, before, area }: PageContext,
  path: string,
  next: number | null,
  order: 'newest' | 'first' = 'newest',
): Markup | null {
  if (next === null && before === null) return null;
  const w = context.m.site;
  const [back, on] = order === 'newest' ? [w.newest, w.earlier] : [w.toStart, w.next];
  return markup`<nav class="pages" aria-label="${w.pages}">${before === null ? null : anchor(links.to(path, { area: area?.code ?? null }), back)}${next === null ? null : anchor(links.to(path, { before: next, area: area?.code ?? null }), on)}</nav>`;
}

/** A picture of the forum's, in the reader's colours, fetched once it comes into view. */
export function picture({ links }: PageContext, name: string, alt: string): Markup {
  const at = (theme: string) => links.to(`/charts/${name}.svg`, { theme });
  return markup`<picture class="chart"><source media="(prefers-color-scheme: dark)" srcset="${at('dark')}"><img src="${at('light')}" alt="${alt}" width="400" height="330" loading="lazy" decoding="async"></picture>`;
}

export const date = ({ render: context }: PageContext, day: string): Markup =>
  markup`<time datetime="${day}">${formatDate(day, context.locale)}</time>`;

export const shortDate = ({ render: context }: PageContext, day: string): Markup =>
  markup`<time datetime="${day}">${formatDate(day, context.locale, 'short')}</time>`;

export const number = ({ render: context }: Pick<PageContext, 'render'>, n: number): string =>
  formatNumber(n, context.locale);
