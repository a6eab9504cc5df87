import type { Page, Visit } from '../contract/page.ts';
import { type Painter, Unpainted } from '../contract/painter.ts';
import { versionOf } from '../domain/audit.ts';
import { dateIn } from '../domain/calendar.ts';
import { lastNumber } from '../domain/codes.ts';
import { type Forum, forumById } from '../domain/forums.ts';
import { tokenOf } from '../domain/meetings/calendar-tokens.ts';
import { brokenAt } from '../domain/money/chain.ts';
import { memberByNumber } from '../domain/people.ts';
import { previewUntil, publicForums } from '../domain/publishing.ts';
import type { Thing as NumberedThing } from '../domain/thing.ts';
import { catalogue } from '../language/messages.ts';
import { CalledOff, type Maker } from '../reports/maker.ts';
import type { PublicFile } from '../reports/public/file.ts';
import { isFile } from '../reports/public/tables.ts';
import { LruCache } from '../runtime/lru-cache.ts';
import { Busy, Semaphore } from '../runtime/semaphore.ts';
import type { Store } from '../storage/store.ts';
import { activitiesSheet, activitySheet } from './activities.ts';
import { forumCalendar, personalCalendar } from './calendar.ts';
import { warningFeed, warningXml } from './cap.ts';
import { chartNamed } from './charts.ts';
import { decisionSheet, decisionsSheet } from './decisions.ts';
import { feedOf } from './feed.ts';
import { answer, type Content, contentOf, movedTo, piecesOf, type Type } from './http-response.ts';
import { indicatorSheet, indicatorsSheet } from './indicators.ts';
import { issuesSheet } from './issues.ts';
import { keptPage } from './kept.ts';
import { framed, ICON, indexPage, notice } from './layout.ts';
import { metadataOf } from './metadata.ts';
import { moneySheet } from './money.ts';
import { dataCatalogue } from './open-data.ts';
import { overviewSheet } from './overview.ts';
import type { PageContext, Sheet } from './page-context.ts';
import { partnersSheet } from './partners.ts';
import { type Asked, asked, linksOf, type Part, read, type Thing, type Wanted } from './routes.ts';

/** Maximum size of the cache of pages and pictures, bytes. */
const ROOM = 64 * 1024 * 1024;
/**
 * Maximum number of pages and pictures made at the same time, and of requests that wait for one; further ones get 503:
 * most of the processor stays free for the forum itself.
 */
const AT_ONCE = 2;
const MAY_WAIT = 40;
/** Maximum number of remembered checks of a ledger: a long one takes a second. */
const CHECKS = 1_000;

/** Things that a part lists a page at a time. */
const PAGED: Readonly<Record<Part, NumberedThing>> = {
  indicators: 'indicator',
  activities: 'activity',
  decisions: 'strategy',
  money: 'entry',
  issues: 'issue',
  partners: 'agreement',
};

const LISTS: Readonly<Record<Part, (pageContext: PageContext) => Promise<Sheet>>> = {
  indicators: indicatorsSheet,
  activities: activitiesSheet,
  decisions: decisionsSheet,
  money: moneySheet,
  issues: issuesSheet,
  partners: partnersSheet,
};

const SINGLE: Readonly<Partial<Record<Part, (pageContext: PageContext, number: number) => Promise<Sheet | null>>>> = {
  indicators: indicatorSheet,
  activities: activitySheet,
  decisions: decisionSheet,
};

/** Kinds that pages of others may use as well. */
const DATA: readonly Thing['kind'][] = [
  ...(['file', 'feed', 'calendar', 'warnings', 'warning'] as const),
  ...(['iati', 'metadata', 'package', 'catalogue', 'votes', 'satuData', 'hxl'] as const),
];

/** Content types in which the forms of a table are sent. */
const FORM_TYPES = { csv: 'csv', json: 'json', 'hxl.csv': 'csv', 'hxl.xlsx': 'xlsx' } as const;

/** A text and what it is, a long one in pieces; null: there is none of that name. */
type Made = { readonly type: Type; readonly text: string | Iterable<string | Uint8Array> } | null;

/**
 * The public pages of forums that chose to have one, at `/f/ID`, and what belongs to them. What is made of one state of
 * a forum's record is kept: as long as nothing changes, a page costs two small queries.
 */
export function createSite({
  store,
  painter,
  maker,
  publicUrl,
}: {
  readonly store: Store;
  readonly painter: Painter;
  readonly maker: Maker;
  readonly publicUrl: string | undefined;
}) {
  const cache = new LruCache<Content>(ROOM);
  const turns = new Semaphore(AT_ONCE, MAY_WAIT);
  const checks = new LruCache<{ readonly bytes: number; readonly broken: number | null }>(CHECKS);

  async function answerTo(visit: Visit, now: Date): Promise<Page> {
    const wanted = read(visit.path);
    if (wanted?.kind === 'icon') return answer(await contentOf('svg', ICON), visit);
    if (wanted?.kind === 'index')
      return answer(await contentOf('html', indexPage(await publicForums(store.read))), visit);
    if (wanted?.kind === 'calendar') return calendarPage(wanted.token, visit, now);
    const forum = wanted && (await forumById(store.read, wanted.id));
    if (!wanted || !forum) return said('missing', 404, visit);
    const until = wanted.preview === null ? null : previewUntil(forum, wanted.preview, now);
    if (wanted.preview !== null && !until) return said('missing', 404, visit);
    // A page that was there and was taken down is said to be gone; of one that never was, nothing is said.
    if (!until && !forum.settings.public) {
      const gone = forum.settings.public === false;
      return said(gone ? 'gone' : 'missing', gone ? 410 : 404, visit);
    }
    if (wanted.thing.kind === 'kept') {
      const secret = until !== null;
      const page = await keptPage(store.read, forum.id, wanted.thing.hash, { has: visit.has, secret });
      return page ?? said('missing', 404, visit);
    }
    if (wanted.thing.kind === 'moved') return movedTo(`${wanted.base}${wanted.thing.to}`);
    const ask = asked(wanted.thing, visit.query);
    const before = await cursorOf(forum, wanted.thing, ask);
    const pageContext = pageContextOf(wanted, forum, { ...ask, before }, visit, until, now);
    const content = await kept(pageContext, wanted.thing, visit.path, ask.dark);
    if (!content) return said('missing', 404, visit);
    const shared = DATA.includes(wanted.thing.kind);
    return answer(content, { ...visit, locale: pageContext.render.locale, secret: until !== null, shared });
  }

  /** A person's own calendar: one that was revoked is gone, of one that never was nothing is said. */
  async function calendarPage(secret: string, visit: Visit, now: Date): Promise<Page> {
    const token = await tokenOf(store.read, secret);
    if (!token) return said('missing', 404, visit);
    if (token.revokedAt) return said('gone', 410, visit);
    const forum = (await forumById(store.read, token.forumId))!;
    const member = await memberByNumber(store.read, forum.id, token.member);
    const locale = member?.locale ?? forum.locale;
    const zone = member?.zone ?? forum.zone;
    const context = { db: store.read, forumId: forum.id, m: catalogue[locale], locale, zone, now };
    // Due work and open votes depend on the day and on what others do, and not on who asks.
    const about = [await versionOf(store.read, forum.id), dateIn(now, zone), forum.name, token.seq, locale, zone];
    try {
      const content = await cache.get(JSON.stringify(about), async () => {
        const text = await turns.run(() => personalCalendar(context, forum, token));
        if (text === null) throw new Nothing();
        return contentOf('ics', text);
      });
      return answer(content, { ...visit, own: true });
    } catch (error) {
      if (error instanceof Nothing) return said('gone', 410, visit);
      throw error;
    }
  }

  /** Returns the number after which a part goes on; null if none of its things has it. */
  async function cursorOf(forum: Forum, thing: Thing, { before }: Asked): Promise<number | null> {
    if (before === null || thing.kind !== 'part') return null;
    return before <= (await lastNumber(store.read, forum.id, PAGED[thing.part])) ? before : null;
  }

  function pageContextOf(
    wanted: Extract<Wanted, { kind: 'forum' }>,
    forum: Forum,
    { locale: said, before, area }: Asked,
    visit: Visit,
    until: Date | null,
    now: Date,
  ): PageContext {
    const locale = said ?? forum.locale;
    const today = dateIn(now, forum.zone);
    const check = async () => ({ bytes: 1, broken: await brokenAt(store.read, forum.id) });
    const query = { ...(before !== null && { before: String(before) }), ...(area !== null && { area }) };
    const here = { path: visit.path, query, locale, publicUrl };
    return {
      render: { db: store.read, forumId: forum.id, m: catalogue[locale], locale, zone: forum.zone, now },
      forum,
      links: linksOf(wanted, here),
      today,
      ledgerBroken: async ({ position, hash }) =>
        (await checks.get(JSON.stringify([forum.id, position, hash, today]), check)).broken,
      before,
      area: area === null ? null : { code: area, name: area },
      previewUntil: until,
    };
  }

  /**
   * Content from the cache, by all that it depends on: the record, the forum's settings, the day, and what is asked.
   * What a query adds to an address without meaning is no part of that.
   */
  async function kept(pageContext: PageContext, thing: Thing, path: string, dark: boolean): Promise<Content | null> {
    const { forum, today, before, area } = pageContext;
    const version = await versionOf(store.read, forum.id);
    const ask = [path, pageContext.render.locale, before, area?.code ?? null, dark];
    const key = JSON.stringify([version, today, forum.name, forum.zone, forum.settings, ask]);
    try {
      return await cache.get(key, async () => {
        const content = await turns.run(() => made(pageContext, thing, dark));
        if (!content) throw new Nothing();
        return content;
      });
    } catch (error) {
      if (error instanceof Nothing) return null;
      throw error;
    }
  }

  async function made(pageContext: PageContext, thing: Thing, dark: boolean): Promise<Content | null> {
    const text = await textOf(pageContext, thing, dark);
    return text && contentOf(text.type, text.text);
  }

  async function textOf(pageContext: PageContext, thing: Thing, dark: boolean): Promise<Made> {
    switch (thing.kind) {
      case 'overview':
        return { type: 'html', text: framed(pageContext, await overviewSheet(pageContext)) };
      case 'part':
        return { type: 'html', text: framed(pageContext, await LISTS[thing.part](pageContext)) };
      case 'one': {
        const sheet = await SINGLE[thing.part]?.(pageContext, thing.number);
        return sheet ? { type: 'html', text: framed(pageContext, sheet) } : null;
      }
      case 'feed':
        return { type: 'atom', text: await feedOf(pageContext) };
      case 'calendar':
        return { type: 'ics', text: await forumCalendar(pageContext) };
      case 'warnings':
        return { type: 'atom', text: await warningFeed(pageContext) };
      case 'warning': {
        const text = await warningXml(pageContext, thing.number);
        return text === null ? null : { type: 'cap', text };
      }
      case 'iati':
        return largeFile(pageContext, { kind: thing.kind }, 'xml');
      case 'hxl':
        return largeFile(pageContext, { kind: 'hxl', as: thing.as, area: pageContext.area }, FORM_TYPES[thing.as]);
      case 'satuData':
        return largeFile(pageContext, { kind: thing.kind }, 'csv');
      case 'package':
      case 'votes':
        return largeFile(pageContext, { kind: thing.kind }, 'json');
      case 'catalogue':
        return { type: 'jsonld', text: dataCatalogue(pageContext) };
      case 'metadata': {
        const text = await metadataOf(pageContext, thing.number);
        return text === null ? null : { type: 'json', text };
      }
      case 'file':
        return isFile(thing.name)
          ? largeFile(
              pageContext,
              { kind: 'table', name: thing.name, as: thing.as, area: pageContext.area },
              FORM_TYPES[thing.as],
            )
          : null;
      case 'kept':
      case 'moved':
        return null;
      case 'chart': {
        const chart = await chartNamed(pageContext.render, thing.name);
        return chart && { type: 'svg', text: await painter.svg(chart, dark ? 'dark' : 'light') };
      }
    }
  }

  /** Makes a file of much of a large record, beside the event loop. */
  async function largeFile({ render, forum, links }: PageContext, file: PublicFile, type: Type): Promise<Made> {
    const { locale, now } = render;
    return { type, text: piecesOf(await maker.make({ kind: 'public', forum, file, locale, page: links.base, now })) };
  }

  const said = async (what: 'missing' | 'gone' | 'busy', status: number, { zip }: Visit): Promise<Page> =>
    answer(await contentOf('html', notice(what)), { status, zip });

  return async (visit: Visit, now: Date): Promise<Page> => {
    try {
      return await answerTo(visit, now);
    } catch (error) {
      // It can be asked for again; a picture is said in words beside it.
      if (error instanceof Unpainted || error instanceof Busy || error instanceof CalledOff)
        return said('busy', 503, visit);
      throw error;
    }
  };
}

/** Signals that something is not there, so that it is not kept. */
class Nothing extends Error {}
