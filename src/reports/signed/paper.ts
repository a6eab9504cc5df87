import { element, type Markup, markup } from '../../language/markup.ts';
import { type Chapter, chaptersOf, type Fact, type PaperDocument, type Picture } from './parts.ts';

/** Minimum number of letters of what is an address or a hash and no word: only this is broken where it has no room. */
const LONG_LETTERS = 24;

/** Content policy: a browser that opens the file runs nothing, and loads nothing but the pictures inside. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** Style for A4 upright. Words are never broken or hyphenated; numbers, codes and dates stay in a line. */
const styleOf = (page: string): string => `
@page { size: A4 portrait; margin: 18mm 16mm 18mm;
  @bottom-right { content: "${page} " counter(page) " / " counter(pages); font: 8pt sans-serif; color: #444 } }
* { box-sizing: border-box }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact }
body { font: 10pt/1.4 system-ui, "DejaVu Sans", sans-serif; color: #111; background: #fff; margin: 1rem auto; max-width: 178mm; padding: 0 1rem; hyphens: manual; word-break: normal; overflow-wrap: normal }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem }
h2 { font-size: 1.35rem; margin: 0 0 .5rem; break-after: avoid }
h3 { font-size: 1.05rem; margin: 1rem 0 .25rem; break-after: avoid }
p { margin: 0 0 .5rem; white-space: pre-line }
h2 + p { break-after: avoid }
.note { color: #444 }
blockquote { margin: .25rem 0 .5rem; padding: .1rem 0 .1rem .7rem; border-left: 3px solid #999; white-space: pre-line }
.l { overflow-wrap: anywhere }
.cover { padding-top: 30mm }
.cover dl { margin: 1.5rem 0 }
nav ol { list-style: none; padding: 0 }
nav a { color: inherit }
section { break-before: page }
table { border-collapse: collapse; width: 100%; margin: 0 0 .75rem; font-size: 8.5pt; line-height: 1.3 }
th, td { border: 1px solid #999; padding: .15rem .3rem; text-align: left; vertical-align: top }
th { background: #eee }
td { white-space: pre-line }
td.s, td.n { white-space: nowrap }
td.n { text-align: right }
thead { display: table-header-group }
tr, figure, .shown { break-inside: avoid }
tr.sum td { font-weight: 600 }
dl { display: grid; grid-template-columns: minmax(28%, max-content) 1fr; gap: .1rem .7rem; margin: 0 0 .75rem; font-size: 9pt }
dt { color: #444 }
dd { margin: 0; white-space: pre-line }
.shown { margin: 0 0 1rem; border-top: 1px solid #999 }
.shown > div { display: grid; grid-template-columns: 86mm 1fr; gap: 4mm; align-items: start }
.shown > div.bare { display: block }
.shown img { width: 86mm; height: auto }
.shown dl { display: block }
.shown dt { float: left; clear: left; margin-right: .4rem }
.shown dt::after { content: ":" }
.photos { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm; margin: 0 }
figure { margin: 0 }
figure img { width: 100%; max-height: 95mm; object-fit: contain; object-position: left top }
figcaption { font-size: 8.5pt }
.signs { display: grid; grid-template-columns: 1fr 1fr; gap: 8mm 10mm }
.signs div { break-inside: avoid }
.signs .line { border-bottom: 1px solid #111; height: 24mm; margin: 0 }
@media screen { .cover { padding-top: 1rem } section { border-top: 1px solid #ccc; margin-top: 2rem; padding-top: 1rem } }
@media print { body { margin: 0; padding: 0; max-width: none } .hint { display: none } }`;

/** A text whose words stay whole; what is longer than any word may be broken. */
const words = (text: string): Markup =>
  markup`${text
    .split(/(\s+)/)
    .map(one => (one.length >= LONG_LETTERS && /\S/.test(one) ? element('span', { class: 'l' }, one) : one))}`;

const image = ({ type, bytes, alt, width, height }: Picture): Markup =>
  markup`<img src="data:${type};base64,${Buffer.from(bytes).toString('base64')}" width="${Math.round(width)}" height="${Math.round(height)}" alt="${alt}">`;

const list = (rows: readonly Fact[]): Markup =>
  markup`<dl>${rows.map(([label, value]) => markup`<dt>${label}</dt><dd>${words(value)}</dd>`)}</dl>`;

const CLASSES = { short: 's', number: 'n', words: 'w' } as const;

function written(part: Chapter['parts'][number], labels: PaperDocument['words']): Markup {
  switch (part.kind) {
    case 'heading':
      return markup`<h3>${words(part.text)}</h3>`;
    case 'text':
      return part.style === 'quote'
        ? markup`<blockquote>${words(part.text)}</blockquote>`
        : markup`<p class="${part.style ?? 'body'}">${words(part.text)}</p>`;
    case 'facts':
      return list(part.rows);
    case 'table': {
      const heads = part.columns.map(({ name }) => markup`<th scope="col">${name}</th>`);
      const rows = part.rows.map((row, i) => {
        const isTotal = part.total && i === part.rows.length - 1;
        const cells = row.map((cell, k) => markup`<td class="${CLASSES[part.columns[k]!.kind]}">${words(cell)}</td>`);
        return element('tr', { class: isTotal ? 'sum' : null }, cells, '\n');
      });
      return markup`<table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table>`;
    }
    case 'shown':
      return markup`<div class="shown"><h3>${words(part.title)}</h3><div class="${part.picture ? 'with' : 'bare'}">${part.picture && image(part.picture)}${list(part.facts)}</div></div>`;
    case 'photos':
      return markup`<div class="photos">${part.pictures.map(one => markup`<figure>${image(one)}<figcaption>${words(one.caption)}</figcaption></figure>`)}</div>`;
    case 'signatures':
      return markup`<p>${labels.placeAndDate}: ……………………………………………………………</p><div class="signs">${part.roles.map(
        ({ role, name }) =>
          markup`<div><p>${role}</p><p class="line"></p><p>${labels.name}: ${name ?? '……………………………'}</p></div>`,
      )}</div>`;
  }
}

/** A document as HTML whose print is the document, on A4. It has no scripts, and everything that it shows inside. */
export function paperHtml(document: PaperDocument): string {
  const { locale, title, cover, words: labels } = document;
  const chapters = chaptersOf(document);
  const contents = chapters.map((one, i) => markup`<li><a href="#s${i + 1}">${one.title}</a></li>`);
  const body = chapters.map(
    (one, i) =>
      markup`<section id="s${i + 1}"><h2>${one.title}</h2>${one.parts.map(part => written(part, labels))}</section>\n`,
  );
  const head = markup`<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title>`;
  const first = markup`<p class="hint note">${labels.hint}</p><header class="cover"><p>${cover.about}</p><h1>${words(cover.name)}</h1>${list(cover.facts)}</header><nav><h2>${labels.contents}</h2><ol>${contents}</ol></nav>`;
  return `<!doctype html>\n<html lang="${locale}"><head>${head.source}<style>${styleOf(labels.page)}</style></head>\n<body>${first.source}<main>${body.map(one => one.source).join('')}</main></body></html>\n`;
}
