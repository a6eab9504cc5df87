import { and, eq, isNull } from 'drizzle-orm';
import type { Page, Visit } from '../contract/page.ts';
import { activityByNumber } from '../domain/activities.ts';
import { type Evidence, evidenceOf, isPublicKind } from '../domain/evidence.ts';
import { fileByHash, partsOf } from '../domain/files/store.ts';
import { type Markup, markup } from '../language/markup.ts';
import type { Reader } from '../storage/store.ts';
import { fileText } from '../views/evidence.ts';
import { anchor } from './components.ts';
import type { PageContext } from './page-context.ts';

/** A file opens nothing, runs nothing and loads nothing, should a browser show it all the same. */
const POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Tells whether a file of evidence is shown publicly: that of an activity which stands, or of an indicator. */
const isShown = async (db: Reader, { forumId, thing, number, kind, file }: Evidence): Promise<boolean> => {
  if (file === null || !isPublicKind(kind)) return false;
  if (thing === 'indicator') return true;
  if (thing !== 'activity') return false;
  const activity = await activityByNumber(db, forumId, number);
  return activity !== null && activity.state !== 'undone';
};

/** Links to the files of a thing that the public page shows, and how many pieces of evidence it keeps to itself. */
export async function evidencePiece(
  { render: context, links }: PageContext,
  thing: 'activity' | 'indicator',
  number: number,
) {
  const { db, forumId, m } = context;
  const all = await evidenceOf(db, forumId, thing, number);
  const items: Markup[] = [];
  for (const one of all) {
    const stored = one.file !== null && (await isShown(db, one)) ? await fileByHash(db, forumId, one.file) : null;
    if (!stored) continue;
    const href = links.to(`/files/${stored.hash}`);
    items.push(markup`<li>${anchor(href, one.content)} (${fileText(context, stored)})</li>`);
  }
  const left = all.length - items.length;
  if (!all.length) return null;
  return markup`${items.length ? markup`<ul>${items}</ul>` : null}${left ? m.site.evidenceText({ n: left }) : null}`;
}

/** A file name for a header: plain, and in full (RFC 6266, RFC 8187). */
const disposition = (name: string): string => {
  const plain = name.normalize('NFKD').replace(/[^\w. -]/g, '_');
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    sign => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
};

/** A file of the record, to be saved; null where the page shows none of that hash. */
export async function keptPage(
  db: Reader,
  forumId: string,
  hash: string,
  visit: Pick<Visit, 'has'> & { readonly secret: boolean },
): Promise<Page | null> {
  const { evidence: e } = db.tables;
  const rows = await db
    .select()
    .from(e)
    .where(and(eq(e.forumId, forumId), eq(e.file, hash), isNull(e.withdrawnAt)));
  const stored = await fileByHash(db, forumId, hash);
  for (const row of stored ? rows : []) {
    if (!(await isShown(db, row))) continue;
    const { type, size } = stored!;
    const etag = `"${hash}"`;
    const headers = {
      'content-type': type,
      'content-disposition': disposition(row.content),
      'x-content-type-options': 'nosniff',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': visit.secret ? 'no-store' : 'public, no-cache',
      ...(visit.secret ? { 'x-robots-tag': 'noindex, nofollow' } : { etag }),
    };
    if (!visit.secret && visit.has?.split(',').some(one => one.trim().replace(/^W\//, '') === etag))
      return { status: 304, headers, body: new Uint8Array() };
    return { status: 200, headers: { ...headers, 'content-length': String(size) }, body: partsOf(db, forumId, hash) };
  }
  return null;
}
