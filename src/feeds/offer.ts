import { enqueue } from '../delivery/outbox.ts';
import { markStale } from '../delivery/posts.ts';
import { announcementByNumber, endsWarning } from '../domain/announcements.ts';
import type { Area } from '../domain/areas/area.ts';
import { type Forum, forumById } from '../domain/forums.ts';
import { latestOf, mayFollow } from '../domain/warnings/life.ts';
import {
  type AlertOffer,
  addOffer,
  decideOffer,
  keyText,
  offersSince,
  placesOfForum,
} from '../domain/warnings/offers.ts';
import { plan } from '../schedule/occurrences.ts';
import { alertOfferOver } from '../schedule/warnings.ts';
import { ALERT_LEVELS, type AlertKey, type OfferedAlert } from '../storage/schema/announcements.ts';
import type { Reader, Store, Tx } from '../storage/store.ts';
import { endOf, isDrill, isForPeople, lifeOf, offeredOf } from './offered.ts';
import { concerns, type Placed } from './place.ts';
import type { CapAlert } from './read-cap.ts';

/** An alert of a feed, with where it holds. */
export interface LiveAlert {
  readonly alert: CapAlert;
  readonly placed: Placed;
}

/**
 * An alert that a forum does not know yet, with the offers that it refers to; `isHere`: it concerns the forum's places.
 */
interface Wanted {
  readonly one: LiveAlert;
  readonly earlier: readonly AlertOffer[];
  readonly isHere: boolean;
}

/** Maximum age of an alert that may be followed by a new one, ms. */
const LOOK_BACK_MS = 30 * 86_400_000;

const topicOf = ({ number }: Pick<AlertOffer, 'number'>) => ({ kind: 'alert_offer', subject: String(number) });

const known = (offers: readonly AlertOffer[]): Map<string, AlertOffer> =>
  new Map(offers.map(one => [keyText({ ...one, sent: one.sent.toISOString() }), one]));

const gravity = (level: OfferedAlert['level']): number => (level === null ? 0 : ALERT_LEVELS.indexOf(level) + 1);

/** The messages that one follows: its sender's own, since nobody else takes them back. */
const ownReferences = ({ references, sender }: CapAlert): readonly AlertKey[] =>
  references.filter(one => one.sender === sender);

/** The alerts that hold now, without those that a newer one of their kind replaces, in the order of sending. */
function standing(live: readonly LiveAlert[], now: Date): LiveAlert[] {
  const forPeople = live.filter(({ alert }) => isForPeople(alert) && lifeOf(alert) !== null && endOf(alert) > now);
  // A drill replaces drills alone.
  const named = (status: string, key: AlertKey): string => `${status} ${keyText(key)}`;
  const replaced = new Set(forPeople.flatMap(({ alert }) => ownReferences(alert).map(key => named(alert.status, key))));
  return forPeople
    .filter(({ alert }) => !replaced.has(named(alert.status, alert)))
    .sort((a, b) => (a.alert.sent < b.alert.sent ? -1 : 1));
}

/**
 * Offers the alerts of its feeds to a forum's coordinators, each once: those that concern its places, and those that
 * follow one that was sent. Returns how many are new.
 */
export async function offerAlerts(store: Store, forum: Forum, live: readonly LiveAlert[], now: Date): Promise<number> {
  const alerts = standing(live, now);
  if (!alerts.length) return 0;
  const places = await placesOfForum(store.read, forum);
  const wanted = await wantedOf(store.read, forum, alerts, places);
  if (!wanted.length) return 0;
  return store.write(forum.id, async tx => {
    const current = await forumById(tx, forum.id);
    if (!current) return 0;
    let offered = 0;
    for (const one of await wantedOf(tx, current, alerts, places)) if (await offer(tx, current, one, now)) offered++;
    return offered;
  });
}

/** The alerts that the forum does not know yet, and that concern it by their areas or by what they follow. */
async function wantedOf(
  db: Reader,
  { id }: Forum,
  alerts: readonly LiveAlert[],
  places: readonly Area[],
): Promise<Wanted[]> {
  const since = new Date(new Date(alerts[0]!.alert.sent).getTime() - LOOK_BACK_MS);
  const offers = known(await offersSince(db, id, [...new Set(alerts.map(one => one.alert.sender))], since));
  return alerts
    .filter(({ alert }) => !offers.has(keyText(alert)))
    .map(one => ({
      one,
      earlier: ownReferences(one.alert)
        .flatMap(key => offers.get(keyText(key)) ?? [])
        .filter(before => before.alert.exercise === isDrill(one.alert)),
      isHere: concerns(one.placed, places),
    }))
    .filter(({ earlier, isHere }) => earlier.length > 0 || isHere);
}

/** Offers one alert, or only marks what it replaces. */
async function offer(tx: Tx, forum: Forum, { one, earlier, isHere }: Wanted, now: Date): Promise<boolean> {
  for (const before of earlier.filter(past => past.state === 'open')) {
    await decideOffer(tx, before, { state: 'replaced', decidedAt: now });
    await markStale(tx, forum.id, [topicOf(before)], now);
  }
  const life = lifeOf(one.alert)!;
  const alert = offeredOf(one.alert, one.placed, forum);
  const follows = await followed(tx, forum.id, earlier);
  if (follows === null && (!isHere || endsWarning({ life }))) return false;
  const declined = earlier.filter(past => past.state === 'declined').map(past => gravity(past.alert.level));
  // A refused alert is asked about again only when it has become graver.
  if (follows === null && declined.length && gravity(alert.level) <= Math.max(...declined)) return false;
  const added = await addOffer(
    tx,
    forum.id,
    one.alert,
    { alert, life: follows === null ? 'alert' : life, follows },
    now,
  );
  if (!added) return false;
  await enqueue(tx, forum.id, {
    topic: topicOf(added),
    to: { purpose: 'coordinators' },
    due: now,
    urgent: true,
    occurrence: `alert_offer:${added.number}`,
  });
  await plan(tx, forum.id, alertOfferOver(added.number, new Date(alert.expires)));
  return true;
}

/** The number of the announcement that a new alert follows: the last message about one that was sent and holds. */
async function followed(tx: Tx, forumId: string, earlier: readonly AlertOffer[]): Promise<number | null> {
  for (const { announcement } of earlier.toReversed()) {
    const sent = announcement === null ? null : await announcementByNumber(tx, forumId, announcement);
    const last = sent && (await latestOf(tx, sent));
    if (last && mayFollow(last) === null) return last.number;
  }
  return null;
}
