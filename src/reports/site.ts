import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Forum } from '../domain/forums.ts';
import { formatDate, localDate } from '../language/dates.ts';
import type { Locale } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import type { Store } from '../storage/store.ts';
import { csvOf } from '../views/csv.ts';
import { type Link, pageOf, STYLE_HASH } from './page.ts';
import { plainOf } from './sheet.ts';
import { SHEETS, type Sheet, sheetOf, sheetsOf } from './sheets.ts';

/** What is asked for: a path, the language wanted, and what the reader has already. */
export interface Visit {
  readonly path: string;
  readonly lang: string | null;
  readonly etag: string | null;
}

export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The page shows the newest rows; the files beside each table hold all. */
const SHOWN = 100;
const ALWAYS = { from: '2000-01-01', to: '2999-12-31' };

const HEADERS = {
  'cache-control': 'public, max-age=60',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': `default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/**
 * The public page of a forum that has chosen to have one, at `/f/ID`, and each of its tables as CSV and JSON. It shows
 * what a report shows and no names of persons. Null: there is no such page, or the forum does not publish.
 */
export async function visit(store: Store, { path, lang, etag }: Visit, now: Date): Promise<Page | null> {
  const [, id, key, kind] = /^\/f\/([\w-]{1,64})(?:\/(\w+)\.(csv|json))?$/.exec(path) ?? [];
  if (!id) return null;
  const { forums } = store.tables;
  const [forum] = await store.read.select().from(forums).where(eq(forums.id, id));
  if (!forum?.settings.public) return null;
  const locale: Locale = lang === 'id' || lang === 'en' ? lang : forum.locale;
  const m = catalogue[locale];
  const look = { db: store.read, forumId: id, m, locale, zone: forum.zone, now };
  if (!key || !kind) {
    const sheets = await sheetsOf(look, forum, ALWAYS);
    return reply('text/html; charset=utf-8', home(forum, sheets, locale, now), etag);
  }
  const known = SHEETS.find(one => one === key);
  if (!known) return null;
  const sheet = await sheetOf(known, look, forum, ALWAYS);
  return kind === 'csv'
    ? reply('text/csv; charset=utf-8', csvText(sheet), etag)
    : reply('application/json; charset=utf-8', `${JSON.stringify(records(sheet))}\n`, etag);
}

function home(forum: Forum, sheets: readonly Sheet[], locale: Locale, now: Date): string {
  const w = catalogue[locale].report;
  const other = locale === 'id' ? 'en' : 'id';
  const base = `/f/${forum.id}`;
  const shown = sheets.map(sheet => ({ ...sheet, rows: sheet.rows.slice(-SHOWN).reverse() }));
  const links = SHEETS.map((key, i): Link[] => [
    { label: `CSV (${sheets[i]?.rows.length ?? 0})`, href: `${base}/${key}.csv?lang=${locale}` },
    { label: 'JSON', href: `${base}/${key}.json?lang=${locale}` },
  ]);
  return pageOf(w.publicTitle({ forum: forum.name }), shown, locale, w.nothing, {
    intro: w.publicIntro({ date: formatDate(localDate(now, forum.zone), locale) }),
    top: { label: w.otherLanguage, href: `${base}?lang=${other}` },
    links,
  });
}

const csvText = ({ head, rows }: Sheet): string => csvOf([head, ...rows.map(row => row.map(plainOf))]);

const records = ({ head, rows }: Sheet) =>
  rows.map(row => Object.fromEntries(head.map((name, i) => [name, plainOf(row[i] ?? null)])));

/** An answer with its tag; a reader who has it already is sent nothing. */
function reply(type: string, body: string, etag: string | null): Page {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { ...HEADERS, 'content-type': type, etag: tag };
  return etag === tag ? { status: 304, headers, body: '' } : { status: 200, headers, body };
}
