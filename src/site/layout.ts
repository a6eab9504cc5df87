import { formatDate, formatInstant } from '../language/dates.ts';
import { INTL, LOCALES, type Locale } from '../language/locale.ts';
import { type Markup, markup, type Piece } from '../language/markup.ts';
import { catalogue } from '../language/messages.ts';
import { anchor } from './components.ts';
import { type PageContext, type Sheet, showsNames } from './page-context.ts';
import { PARTS } from './routes.ts';
import { STYLE } from './style.ts';

/** A whole document. It loads nothing but what it shows, and runs nothing. */
const documentOf = (locale: string, head: Piece, body: Piece): string =>
  `<!doctype html>\n${
    markup`<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><link rel="icon" href="/icon.svg" type="image/svg+xml">${head}`
      .source
  }<style>${STYLE}</style></head>${markup`<body>${body}</body></html>`.source}\n`;

/** Puts a sheet into the frame that all pages of a forum share. */
export function framed(pageContext: PageContext, sheet: Sheet): string {
  const { render: context, forum, links, today, previewUntil } = pageContext;
  const { locale } = context;
  const w = context.m.site;
  const title = sheet.path === '' ? forum.name : `${sheet.title} – ${forum.name}`;
  const robots = previewUntil ? markup`<meta name="robots" content="noindex,nofollow">` : null;
  // Sharing and indexing need the page's whole address, where the installation knows it.
  const whole = links.whole(sheet.path);
  const known = whole.startsWith('/')
    ? null
    : markup`<link rel="canonical" href="${whole}"><meta property="og:url" content="${whole}">`;
  const head = markup`<title>${title}</title><meta name="description" content="${sheet.about}">${robots}${pageContext.before === null && pageContext.area === null && known}${LOCALES.map(one => markup`<link rel="alternate" hreflang="${one}" href="${links.in(one)}">`)}<link rel="alternate" type="application/atom+xml" title="${w.feedTitle({ forum: forum.name })}" href="${links.to('/feed.atom')}"><meta property="og:type" content="website"><meta property="og:site_name" content="${forum.name}"><meta property="og:title" content="${title}"><meta property="og:description" content="${sheet.about}"><meta property="og:locale" content="${INTL[locale].replace('-', '_')}">`;
  const others = LOCALES.filter(one => one !== locale).map(
    one => markup`<a href="${links.in(one)}" lang="${one}" hreflang="${one}">${catalogue[one].site.thisLanguage}</a>`,
  );
  const current = (part: Sheet['part']): Piece => (sheet.part === part ? markup` aria-current="page"` : null);
  const menu = [
    markup`<li><a href="${links.to()}"${sheet.path === '' ? current(null) : null}>${w.parts.overview}</a></li>`,
    ...PARTS.map(part => markup`<li><a href="${links.to(`/${part}`)}"${current(part)}>${w.parts[part]}</a></li>`),
  ];
  const banner = previewUntil
    ? markup`<div class="note" role="note"><p><strong>${w.previewTitle}</strong></p><p>${w.previewText({ until: formatInstant(previewUntil, forum.zone, locale) })}</p></div>`
    : null;
  const body = markup`<a class="skip" href="#content">${w.skip}</a>
<header class="top"><div class="in"><a class="name" href="${links.to()}">${forum.name}</a>${others}</div></header>
<nav class="main" aria-label="${w.menu}"><div class="in"><ul>${menu}</ul></div></nav>
<main id="content" tabindex="-1"><div class="in">${banner}${sheet.body}</div></main>
<footer><div class="in"><p>${w.asOf({ date: formatDate(today, locale) })} ${w.madeFrom}</p><p>${showsNames(pageContext) ? w.leftOutNamed : w.leftOut}</p><p>${w.areaSource}</p><p class="files">${anchor(links.to('/feed.atom'), w.feed)}, ${anchor(links.to('/datapackage.json'), w.dataPackage)}, ${anchor(links.to('/dcat.jsonld'), w.catalogue)}</p></div></footer>`;
  return documentOf(locale, head, body);
}

/** A page that says, in both languages, that there is nothing here, or nothing any more. */
export function notice(of: 'missing' | 'gone' | 'busy'): string {
  const part = (locale: Locale): Markup => {
    const w = catalogue[locale].site.notices[of];
    return markup`<section lang="${locale}"><h1>${w.title}</h1><p>${w.text}</p></section>`;
  };
  const { title } = catalogue.id.site.notices[of];
  const head = markup`<title>${title}</title><meta name="robots" content="noindex">`;
  return documentOf('id', head, markup`<main><div class="in">${LOCALES.map(part)}</div></main>`);
}

/** The installation's first page: the forums that chose to have one, and nothing of the others. */
export function indexPage(forums: readonly { id: string; name: string }[]): string {
  const part = (locale: Locale): Markup => {
    const w = catalogue[locale].site;
    return markup`<section lang="${locale}"><h1>${w.indexTitle}</h1><p>${forums.length ? w.indexText : w.indexNone}</p></section>`;
  };
  const list = forums.map(one => markup`<li>${anchor(`/f/${one.id}`, one.name)}</li>`);
  const head = markup`<title>Rembug</title>`;
  const body = markup`<main><div class="in">${LOCALES.map(part)}${list.length ? markup`<ul>${list}</ul>` : null}</div></main>`;
  return documentOf('id', head, body);
}

/** Two speech bubbles that meet; drawn for the tab of a browser. */
export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5f5c"/><path d="M6 8h13v8h-7l-4 4v-4H6z" fill="#fff"/><path d="M13 18h8v-7h5v9h-2v4l-4-4h-7z" fill="#9fdcd6"/></svg>\n';
