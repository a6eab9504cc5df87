import { and, asc, eq, gte, inArray, isNull } from 'drizzle-orm';
import type { AlertKey } from '../../storage/schema/announcements.ts';
import type { Tables } from '../../storage/schema/index.ts';
import type { Reader, Tx } from '../../storage/store.ts';
import type { Announcement } from '../announcements.ts';
import { type Area, areasOf } from '../areas/area.ts';
import { nextNumber } from '../codes.ts';
import type { Forum } from '../forums.ts';
import { rowByNumber } from '../numbered.ts';
import { everyPartner } from '../partners.ts';

export type AlertOffer = Tables['alertOffers']['$inferSelect'];

/** One text for the three parts by which an alert is named. */
export const keyText = ({ sender, identifier, sent }: AlertKey): string => `${sender},${identifier},${sent}`;

/** The forum's areas, else those of its partners: an alert that meets one of them concerns it. */
export async function placesOfForum(db: Reader, { id, settings }: Pick<Forum, 'id' | 'settings'>): Promise<Area[]> {
  const own = areasOf(settings.area ?? null);
  if (own.length) return own;
  const partners = (await everyPartner(db, id)).filter(one => !one.archivedAt && !one.candidateSince);
  return partners.flatMap(one => areasOf(one.area));
}

export const offerByNumber = (db: Reader, forumId: string, number: number): Promise<AlertOffer | null> =>
  rowByNumber(db, db.tables.alertOffers, forumId, number);

/** Finds the state in a forum of the alerts of these senders that were sent since an instant. */
export function offersSince(
  db: Reader,
  forumId: string,
  senders: readonly string[],
  since: Date,
): Promise<AlertOffer[]> {
  const { alertOffers: o } = db.tables;
  return db
    .select()
    .from(o)
    .where(and(eq(o.forumId, forumId), inArray(o.sender, [...senders]), gte(o.sent, since)))
    .orderBy(asc(o.number));
}

/** Keeps that an alert is offered to the forum; null: it was already. */
export async function addOffer(
  tx: Tx,
  forumId: string,
  key: AlertKey,
  offer: Pick<AlertOffer, 'alert' | 'life' | 'follows'>,
  now: Date,
): Promise<AlertOffer | null> {
  const number = await nextNumber(tx, forumId, 'alert_offer');
  const named = { sender: key.sender, identifier: key.identifier, sent: new Date(key.sent) };
  const [row] = await tx
    .insert(tx.tables.alertOffers)
    .values({ ...offer, ...named, forumId, number, state: 'open', offeredAt: now })
    .onConflictDoNothing()
    .returning();
  return row ?? null;
}

/** Keeps what became of an offer. */
export async function decideOffer(
  tx: Tx,
  { forumId, number }: Pick<AlertOffer, 'forumId' | 'number'>,
  set: Pick<AlertOffer, 'state'> & Partial<Pick<AlertOffer, 'decidedBy' | 'decidedAt' | 'announcement'>>,
): Promise<void> {
  const { alertOffers: o } = tx.tables;
  await tx
    .update(o)
    .set(set)
    .where(and(eq(o.forumId, forumId), eq(o.number, number)));
}

/** Reasons for which an offered alert cannot be answered any more. */
export type OfferNo = { readonly why: 'answered'; readonly state: AlertOffer['state'] } | { readonly why: 'expired' };

export function mayAnswer({ state, alert }: AlertOffer, now: Date): OfferNo | null {
  if (state !== 'open') return { why: 'answered', state };
  return new Date(alert.expires) <= now ? { why: 'expired' } : null;
}

/** An offered alert as an announcement of the forum. */
export const asWarning = ({ alert, life }: AlertOffer): Partial<Announcement> => ({
  life,
  event: alert.event,
  onset: alert.onset,
  level: alert.level,
  certainty: alert.certainty,
  area: alert.area,
  shapes: alert.shapes,
  effective: alert.effective === null ? null : new Date(alert.effective),
  expires: new Date(alert.expires),
  instruction: alert.instruction,
  exercise: alert.exercise,
  source: alert.web === null ? alert.source : `${alert.source} (${alert.web})`,
});

/** The forums that are alive and watch one of these feeds. */
export async function watching(db: Reader, feeds: readonly string[]): Promise<Forum[]> {
  const { forums: f, places: p } = db.tables;
  const rows = await db
    .selectDistinct({ forum: f })
    .from(f)
    .innerJoin(p, and(eq(p.forumId, f.id), isNull(p.leftAt)))
    .orderBy(asc(f.id));
  return rows.map(row => row.forum).filter(one => one.settings.alertFeeds?.some(feed => feeds.includes(feed)));
}
