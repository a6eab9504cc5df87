import { and, asc, eq, getTableColumns, inArray, isNotNull, isNull, notExists } from 'drizzle-orm';
import type { Locale } from '../language/locale.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { ForumSettings, PURPOSES } from '../storage/schema/people.ts';
import type { Platform } from '../storage/schema/platforms.ts';
import type { Reader, Tx } from '../storage/store.ts';
import { type Account, addMember, type Member } from './people.ts';

export type Forum = Tables['forums']['$inferSelect'];
export type { ForumSettings };
export type Purpose = (typeof PURPOSES)[number];
export type ForumChannel = Tables['channels']['$inferSelect'];

/** A server, workspace or console, before it belongs to anybody. */
export interface PlaceKey {
  readonly platform: Platform;
  readonly workspace: string;
}

/** A place with what people call it. */
export interface NamedPlace extends PlaceKey {
  readonly name: string;
}

const placeKey = ({ platform, workspace }: PlaceKey): string => `${platform}:${workspace}`;

/** The role that early warnings mention in a place; null: nobody is mentioned there. */
export const alertRoleAt = ({ alertRoles }: ForumSettings, place: PlaceKey) => alertRoles?.[placeKey(place)] ?? null;

/** The settings with another role for early warnings in a place, or with none. */
export function withAlertRole(
  settings: ForumSettings,
  place: PlaceKey,
  role: { readonly id: string; readonly name: string } | null,
): ForumSettings {
  const { [placeKey(place)]: _, ...others } = settings.alertRoles ?? {};
  const here = role && { [placeKey(place)]: { id: role.id, name: role.name } };
  return { ...settings, alertRoles: { ...others, ...here } };
}

/** The forum that lives in a place, if one does. */
export async function forumAt(db: Reader, place: PlaceKey): Promise<Forum | null> {
  const { forums, places } = db.tables;
  const [row] = await db
    .select({ forum: forums })
    .from(places)
    .innerJoin(forums, eq(forums.id, places.forumId))
    .where(and(eq(places.platform, place.platform), eq(places.workspace, place.workspace), isNull(places.leftAt)));
  return row?.forum ?? null;
}

export async function forumById(db: Reader, id: string): Promise<Forum | null> {
  const { forums } = db.tables;
  const [row] = await db.select().from(forums).where(eq(forums.id, id));
  return row ?? null;
}

/** Makes a place the forum's; the caller has looked that it is nobody else's. */
export async function takePlace(
  tx: Tx,
  { platform, workspace, name }: NamedPlace,
  forumId: string,
  now: Date,
): Promise<void> {
  const { places } = tx.tables;
  const taken = { forumId, name, joinedAt: now, leftAt: null, putOut: false };
  await tx
    .insert(places)
    .values({ platform, workspace, ...taken })
    .onConflictDoUpdate({ target: [places.platform, places.workspace], set: taken });
}

/** Keeps what people call a place now. */
export async function renamePlace(tx: Tx, { platform, workspace, name }: NamedPlace): Promise<void> {
  const { places: p } = tx.tables;
  await tx
    .update(p)
    .set({ name })
    .where(and(eq(p.platform, platform), eq(p.workspace, workspace)));
}

/**
 * A place leaves its forum: nothing goes there any more, and the record stays. What waits there to be mended goes with
 * it: it may hold a secret choice, and the end of that vote would look for it in the forum's places alone.
 */
export async function leavePlace(
  tx: Tx,
  { platform, workspace }: PlaceKey,
  now: Date,
  { putOut = false } = {},
): Promise<void> {
  const { places, channels, drafts } = tx.tables;
  const here = (table: typeof places | typeof channels | typeof drafts) =>
    and(eq(table.platform, platform), eq(table.workspace, workspace));
  await tx.update(places).set({ leftAt: now, putOut }).where(here(places));
  // A place that is put out may be let in again, and then writes where it did before.
  for (const table of putOut ? [drafts] : [channels, drafts]) await tx.delete(table).where(here(table));
}

/** The places among some of a platform from which the bot was put out and not let in again. */
export async function placesPutOut(
  db: Reader,
  platform: PlaceKey['platform'],
  workspaces: readonly string[],
): Promise<PlaceKey[]> {
  const { places: p } = db.tables;
  if (!workspaces.length) return [];
  const out = and(eq(p.platform, platform), eq(p.putOut, true), isNotNull(p.leftAt));
  const rows = await db.select({ platform: p.platform, workspace: p.workspace }).from(p).where(out);
  return rows.filter(one => workspaces.includes(one.workspace));
}

/** Lets a place from which the bot was put out go on as its forum's; null where it is none. */
export async function returnPlace(tx: Tx, { platform, workspace }: PlaceKey): Promise<Forum | null> {
  const { places: p } = tx.tables;
  const [row] = await tx
    .update(p)
    .set({ leftAt: null, putOut: false })
    .where(and(eq(p.platform, platform), eq(p.workspace, workspace), eq(p.putOut, true), isNotNull(p.leftAt)))
    .returning({ forumId: p.forumId });
  return row ? forumById(tx, row.forumId) : null;
}

/** Forums that live nowhere any more but in the terminal, with the places they were in. */
export async function homeless(db: Reader): Promise<Forum[]> {
  const { forums: f, places: p } = db.tables;
  const lives = db
    .select({ forumId: p.forumId })
    .from(p)
    .where(and(eq(p.forumId, f.id), isNull(p.leftAt)));
  return db.select().from(f).where(notExists(lives)).orderBy(asc(f.name), asc(f.id));
}

/** Sets a forum up in a place; the person who does it is its first coordinator. Null: the place has a forum. */
export async function createForum(
  tx: Tx,
  forum: { id: string; name: string; locale: Locale; zone: string },
  { place, founder }: { place: NamedPlace; founder: Account },
  now: Date,
): Promise<{ forum: Forum; founder: Member } | null> {
  const { forums } = tx.tables;
  if (await forumAt(tx, place)) return null;
  const [row] = await tx
    .insert(forums)
    .values({ ...forum, settings: {}, createdAt: now })
    .returning();
  await takePlace(tx, place, forum.id, now);
  return { forum: row!, founder: await addMember(tx, forum.id, founder, now, { coordinator: true }) };
}

/** Changes a forum's name, language, zone or settings. */
export async function changeForum(
  tx: Tx,
  forumId: string,
  set: Partial<Pick<Forum, 'name' | 'locale' | 'zone' | 'settings'>>,
): Promise<void> {
  if (Object.keys(set).length) await tx.update(tx.tables.forums).set(set).where(eq(tx.tables.forums.id, forumId));
}

/** Says where posts of one purpose go in one place. */
export async function setChannel(tx: Tx, channel: ForumChannel): Promise<void> {
  const { channels } = tx.tables;
  await tx
    .insert(channels)
    .values(channel)
    .onConflictDoUpdate({
      target: [channels.forumId, channels.platform, channels.workspace, channels.purpose],
      set: { channel: channel.channel, name: channel.name },
    });
}

/** A forum's channels in the places it lives in now, of one purpose or all. */
export const channelsOf = (db: Reader, forumId: string, purpose?: Purpose): Promise<ForumChannel[]> =>
  channelsIn(db, { forumId, ...(purpose && { purpose }) });

const channelsIn = prepared((db, { forumId, purpose }: { forumId: string; purpose?: Purpose }) => {
  const { channels, places: p } = db.tables;
  const isThere = and(
    eq(p.platform, channels.platform),
    eq(p.workspace, channels.workspace),
    eq(p.forumId, forumId),
    isNull(p.leftAt),
  );
  return db
    .select(getTableColumns(channels))
    .from(channels)
    .innerJoin(p, isThere)
    .where(and(eq(channels.forumId, forumId), purpose && eq(channels.purpose, purpose)))
    .orderBy(asc(channels.platform), asc(channels.workspace), asc(channels.purpose));
});

/** The places a forum lives in now. */
export async function placesOf(db: Reader, forumId: string): Promise<Tables['places']['$inferSelect'][]> {
  const { places } = db.tables;
  return db
    .select()
    .from(places)
    .where(and(eq(places.forumId, forumId), isNull(places.leftAt)))
    .orderBy(asc(places.platform), asc(places.workspace));
}

/** Tells whether any forum is or was on a chat platform: then its time is that of the people there. */
export async function isOnPlatforms(db: Reader): Promise<boolean> {
  const { places } = db.tables;
  const found = await db
    .select({ id: places.forumId })
    .from(places)
    .where(inArray(places.platform, ['discord', 'slack']))
    .limit(1);
  return found.length > 0;
}

/** A place that is or was this forum's. */
export async function placeByKey(
  db: Reader,
  forumId: string,
  { platform, workspace }: { readonly platform: string; readonly workspace: string },
): Promise<NamedPlace | null> {
  const { places: p } = db.tables;
  const rows = await db
    .select()
    .from(p)
    .where(and(eq(p.forumId, forumId), eq(p.workspace, workspace)));
  return rows.find(one => one.platform === platform) ?? null;
}

/** Marks a date as a day off, or as a working day after all, for one forum. */
export async function setHoliday(tx: Tx, holiday: Tables['holidays']['$inferInsert']): Promise<void> {
  const { holidays } = tx.tables;
  await tx
    .insert(holidays)
    .values(holiday)
    .onConflictDoUpdate({ target: [holidays.forumId, holidays.date], set: { name: holiday.name, off: holiday.off } });
}
