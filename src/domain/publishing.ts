import { createHash, timingSafeEqual } from 'node:crypto';
import { and, count, eq, isNull, ne } from 'drizzle-orm';
import type { Reader, Tx } from '../storage/store.ts';
import { changeForum, type Forum } from './forums.ts';

/** Time for which a preview can be seen, ms: a day. */
const PREVIEW_MS = 24 * 3_600_000;

const hashOf = (secret: string): string => createHash('sha256').update(`preview:${secret}`).digest('hex');

/** Tells whether the forum agreed that names of people are shown; the names of organisations always are. */
export const showsNames = ({ settings }: Pick<Forum, 'settings'>): boolean => settings.publicNames === true;

/** Opens a preview under a secret; one opened before is closed. Gives the instant until which it can be seen. */
export async function openPreview(tx: Tx, forum: Forum, secret: string, now: Date): Promise<Date> {
  const until = now.getTime() + PREVIEW_MS;
  const preview = { hash: hashOf(secret), until, names: showsNames(forum) };
  await changeForum(tx, forum.id, { settings: { ...forum.settings, preview } });
  return new Date(until);
}

/** Returns the end of the preview of this secret; null: it is another one, or over. */
export function previewUntil({ settings }: Pick<Forum, 'settings'>, secret: string, now: Date): Date | null {
  const { preview } = settings;
  if (!preview || preview.until <= now.getTime()) return null;
  const same = timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(preview.hash, 'hex'));
  return same ? new Date(preview.until) : null;
}

/** Tells whether a preview is open, under any secret, that was made with names as they would be shown now. */
export const isPreviewed = (forum: Pick<Forum, 'settings'>, now: Date): boolean => {
  const { preview } = forum.settings;
  return preview !== undefined && preview.until > now.getTime() && preview.names === showsNames(forum);
};

/** Puts a forum's page online; its preview is over. */
export async function publishPage(tx: Tx, forum: Forum): Promise<void> {
  const { preview: _, ...settings } = forum.settings;
  await changeForum(tx, forum.id, { settings: { ...settings, public: true } });
}

/** The settings with which neither page nor preview is seen any more; that there was a page is remembered. */
export function takenDown({ preview: _, public: was, ...settings }: Forum['settings']): Forum['settings'] {
  return was === undefined ? settings : { ...settings, public: false };
}

/** Returns how much of each the page would show, and what it keeps to itself. */
export async function publicCounts(db: Reader, forumId: string) {
  const { goals, indicators, activities, strategies, entries, issues, partners, agreements } = db.tables;
  const one = async (rows: PromiseLike<{ n: number }[]>): Promise<number> => (await rows)[0]?.n ?? 0;
  const n = { n: count() };
  return {
    goals: await one(db.select(n).from(goals).where(eq(goals.forumId, forumId))),
    indicators: await one(
      db
        .select(n)
        .from(indicators)
        .where(and(eq(indicators.forumId, forumId), isNull(indicators.retiredAt))),
    ),
    activities: await one(
      db
        .select(n)
        .from(activities)
        .where(and(eq(activities.forumId, forumId), ne(activities.state, 'undone'))),
    ),
    decisions: await one(db.select(n).from(strategies).where(eq(strategies.forumId, forumId))),
    entries: await one(db.select(n).from(entries).where(eq(entries.forumId, forumId))),
    issues: await one(
      db
        .select(n)
        .from(issues)
        .where(and(eq(issues.forumId, forumId), eq(issues.isPrivate, false))),
    ),
    privateIssues: await one(
      db
        .select(n)
        .from(issues)
        .where(and(eq(issues.forumId, forumId), eq(issues.isPrivate, true))),
    ),
    partners: await one(
      db
        .select(n)
        .from(partners)
        .where(and(eq(partners.forumId, forumId), isNull(partners.archivedAt), isNull(partners.candidateSince))),
    ),
    agreements: await one(db.select(n).from(agreements).where(eq(agreements.forumId, forumId))),
  };
}

/** The forums that have a page, by name. */
export async function publicForums(db: Reader): Promise<Pick<Forum, 'id' | 'name'>[]> {
  const { forums } = db.tables;
  const rows = await db.select({ id: forums.id, name: forums.name, settings: forums.settings }).from(forums);
  return rows
    .filter(row => row.settings.public)
    .map(({ id, name }) => ({ id, name }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
