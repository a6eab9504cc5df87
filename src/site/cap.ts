import { type Announcement, announcementByNumber } from '../domain/announcements.ts';
import { earlierMessages, isStructured, publishedWarnings } from '../domain/warnings/life.ts';
import { element, type Markup, xmlDocument } from '../language/markup.ts';
import { capXml } from '../reports/cap/alert.ts';
import type { PageContext } from './page-context.ts';
import { idOf } from './stable-id.ts';

/** Maximum number of warnings in the feed, the newest. */
const ENTRIES = 50;

const isSent = (one: Announcement): one is Announcement & { sentAt: Date } => one.sentAt !== null;

/** One warning as a message of the Common Alerting Protocol; null where none of that number was sent with all it needs. */
export async function warningXml({ render, forum, links }: PageContext, number: number): Promise<string | null> {
  const one = await announcementByNumber(render.db, forum.id, number);
  if (!one || !isSent(one) || !isStructured(one)) return null;
  return capXml(forum, one, await earlierMessages(render.db, one), links.base);
}

/** The forum's warnings as an Atom feed, the newest first; each entry leads to its message. */
export async function warningFeed({ render: context, forum, links }: PageContext): Promise<string> {
  const w = context.m.announcement;
  const all = (await publishedWarnings(context.db, forum.id, ENTRIES)).filter(isSent);
  const address = (path: string): string => `${links.base ?? `/f/${forum.id}`}${path}`;
  const entry = (one: Announcement & { sentAt: Date }): Markup =>
    element(
      'entry',
      {},
      element('id', {}, idOf(`${forum.id}/cap/${one.number}`)),
      element(
        'title',
        {},
        w.headline({ life: one.life, level: one.level, event: one.event ?? w.warning, exercise: one.exercise }),
      ),
      element('link', { rel: 'alternate', type: 'application/cap+xml', href: address(`/cap/${one.number}.xml`) }),
      element('updated', {}, one.sentAt.toISOString()),
      element('summary', {}, one.content),
    );
  const feed = element(
    'feed',
    { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': context.locale },
    element('id', {}, idOf(`${forum.id}/cap`)),
    element('title', {}, w.feedTitle({ forum: forum.name })),
    element('link', { rel: 'self', type: 'application/atom+xml', href: address('/cap.atom') }),
    element('updated', {}, (all[0]?.sentAt ?? forum.createdAt).toISOString()),
    element('author', {}, element('name', {}, forum.name)),
    all.map(entry),
  );
  return xmlDocument(feed);
}
