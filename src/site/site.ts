import { type Painter, Unpainted } from '../bot/painter.ts';
import { versionOf } from '../domain/audit.ts';
import { dateIn, EVER } from '../domain/calendar.ts';
import { type Forum, forumById } from '../domain/forums.ts';
import { brokenAt } from '../domain/money/chain.ts';
import { previewUntil, publicForums } from '../domain/publishing.ts';
import type { Locale } from '../language/locale.ts';
import { catalogue } from '../language/messages.ts';
import { iatiText } from '../reports/iati.ts';
import type { Store } from '../storage/store.ts';
import { activitiesSheet, activitySheet } from './activities.ts';
import { linksOf, type Part, read, type Thing, type Wanted } from './address.ts';
import { type Answer, answer, type Content, contentOf, type Type } from './answers.ts';
import { chartNamed } from './charts.ts';
import { decisionSheet, decisionsSheet } from './decisions.ts';
import { feedOf } from './feed.ts';
import { fileOf, isFile, metadataOf } from './files.ts';
import { framed, ICON, indexPage, notice } from './frame.ts';
import { indicatorSheet, indicatorsSheet } from './indicators.ts';
import { issuesSheet } from './issues.ts';
import { moneySheet } from './money.ts';
import { overviewSheet } from './overview.ts';
import { partnersSheet } from './partners.ts';
import type { Scene, Sheet } from './scene.ts';
import { Shelf } from './shelf.ts';

/** What is asked for over HTTP. */
export interface Visit {
  readonly path: string;
  readonly query: URLSearchParams;
  /** What the reader has already (`If-None-Match`). */
  readonly has: string | null;
  /** Whether the reader takes compressed content. */
  readonly zip: boolean;
}

/** So many bytes of pages and pictures are kept ready. */
const ROOM = 64 * 1024 * 1024;
/** So many checks of a ledger are remembered: a long one takes a second. */
const CHECKS = 1_000;

const LISTS: Readonly<Record<Part, (scene: Scene) => Promise<Sheet>>> = {
  indicators: indicatorsSheet,
  activities: activitiesSheet,
  decisions: decisionsSheet,
  money: moneySheet,
  issues: issuesSheet,
  partners: partnersSheet,
};

const SINGLE: Readonly<Partial<Record<Part, (scene: Scene, number: number) => Promise<Sheet | null>>>> = {
  indicators: indicatorSheet,
  activities: activitySheet,
  decisions: decisionSheet,
};

/** What pages of others may use as well. */
const DATA: readonly Thing['kind'][] = ['file', 'feed', 'iati', 'metadata'];

/** A text and what it is; null: there is none of that name. */
type Made = { readonly type: Type; readonly text: string } | null;

/**
 * The public pages of forums that chose to have one, at `/f/ID`, and what belongs to them. What is made of one state of
 * a forum's record is kept: as long as nothing changes, a page costs two small queries.
 */
export function createSite({
  store,
  painter,
  publicUrl,
}: {
  readonly store: Store;
  readonly painter: Painter;
  readonly publicUrl: string | undefined;
}) {
  const shelf = new Shelf<Content>(ROOM);
  const checks = new Shelf<{ readonly bytes: number; readonly broken: number | null }>(CHECKS);

  async function answerTo(visit: Visit, now: Date): Promise<Answer> {
    const wanted = read(visit.path);
    if (wanted?.kind === 'icon') return answer(await contentOf('svg', ICON), visit);
    if (wanted?.kind === 'index')
      return answer(await contentOf('html', indexPage(await publicForums(store.read))), visit);
    const forum = wanted && (await forumById(store.read, wanted.id));
    if (!wanted || !forum) return said('missing', 404, visit);
    const until = wanted.preview === null ? null : previewUntil(forum, wanted.preview, now);
    if (wanted.preview !== null && !until) return said('missing', 404, visit);
    // A page that was there and was taken down is said to be gone; of one that never was, nothing is said.
    if (!until && !forum.settings.public) {
      const gone = forum.settings.public === false;
      return said(gone ? 'gone' : 'missing', gone ? 410 : 404, visit);
    }
    const scene = sceneOf(wanted, forum, visit, until, now);
    const content = until ? await made(scene, wanted.thing, visit) : await kept(scene, wanted.thing, visit);
    if (!content) return said('missing', 404, visit);
    const shared = DATA.includes(wanted.thing.kind);
    return answer(content, { ...visit, locale: scene.look.locale, secret: until !== null, shared });
  }

  function sceneOf(
    wanted: Extract<Wanted, { kind: 'forum' }>,
    forum: Forum,
    visit: Visit,
    until: Date | null,
    now: Date,
  ): Scene {
    const asked = visit.query.get('lang');
    const locale: Locale = asked === 'id' || asked === 'en' ? asked : forum.locale;
    const cursor = /^[1-9]\d{0,8}$/.exec(visit.query.get('before') ?? '')?.[0];
    const before = cursor === undefined ? null : Number(cursor);
    const today = dateIn(now, forum.zone);
    const check = async () => ({ bytes: 1, broken: await brokenAt(store.read, forum.id) });
    const here = { path: visit.path, query: before === null ? {} : { before: String(before) }, locale, publicUrl };
    return {
      look: { db: store.read, forumId: forum.id, m: catalogue[locale], locale, zone: forum.zone, now },
      forum,
      links: linksOf(wanted, here),
      today,
      ledgerBroken: async ({ position, hash }) =>
        (await checks.get(JSON.stringify([forum.id, position, hash, today]), check)).broken,
      before,
      previewUntil: until,
    };
  }

  /** Content from the shelf, by all that it depends on: the record, the forum's settings, the day, and what is asked. */
  async function kept(scene: Scene, thing: Thing, visit: Visit): Promise<Content | null> {
    const { forum, today, before } = scene;
    const version = await versionOf(store.read, forum.id);
    const asked = [visit.path, scene.look.locale, before, visit.query.get('theme') === 'dark'];
    const key = JSON.stringify([version, today, forum.name, forum.zone, forum.settings, asked]);
    try {
      return await shelf.get(key, async () => {
        const content = await made(scene, thing, visit);
        if (!content) throw new Nothing();
        return content;
      });
    } catch (error) {
      if (error instanceof Nothing) return null;
      throw error;
    }
  }

  async function made(scene: Scene, thing: Thing, visit: Visit): Promise<Content | null> {
    const text = await textOf(scene, thing, visit);
    return text && contentOf(text.type, text.text);
  }

  async function textOf(scene: Scene, thing: Thing, visit: Visit): Promise<Made> {
    switch (thing.kind) {
      case 'overview':
        return { type: 'html', text: framed(scene, await overviewSheet(scene)) };
      case 'part':
        return { type: 'html', text: framed(scene, await LISTS[thing.part](scene)) };
      case 'one': {
        const sheet = await SINGLE[thing.part]?.(scene, thing.number);
        return sheet ? { type: 'html', text: framed(scene, sheet) } : null;
      }
      case 'feed':
        return { type: 'atom', text: await feedOf(scene) };
      case 'iati':
        return { type: 'json', text: await iatiText(scene.look, scene.forum, EVER) };
      case 'metadata': {
        const text = await metadataOf(scene, thing.number);
        return text === null ? null : { type: 'json', text };
      }
      case 'file':
        return isFile(thing.name) ? { type: thing.as, text: await fileOf(scene, thing.name, thing.as) } : null;
      case 'chart': {
        const chart = await chartNamed(scene.look, thing.name, scene.today);
        return (
          chart && {
            type: 'svg',
            text: await painter.svg(chart, visit.query.get('theme') === 'dark' ? 'dark' : 'light'),
          }
        );
      }
    }
  }

  const said = async (what: 'missing' | 'gone' | 'busy', status: number, { zip }: Visit): Promise<Answer> =>
    answer(await contentOf('html', notice(what)), { status, zip });

  return async (visit: Visit, now: Date): Promise<Answer> => {
    try {
      return await answerTo(visit, now);
    } catch (error) {
      // The picture is said in words beside it; it can be asked for again.
      if (error instanceof Unpainted) return said('busy', 503, visit);
      throw error;
    }
  };
}

/** What is not there is not kept. */
class Nothing extends Error {}
