import { and, eq } from 'drizzle-orm';
import { PLATFORMS, type Target } from '../contract/act.ts';
import type { Store } from '../storage/store.ts';
import type { Circumstances } from './circumstances.ts';
import type { Delivery } from './delivery.ts';
import { accountToWriteTo, CALENDAR, MAX_REFUSALS } from './stops.ts';

/** Finds where a delivery goes; else why it goes nowhere. A direct message goes to the account on its platform. */
export async function targetOf(store: Store, delivery: Delivery): Promise<Target | string> {
  const { forumId, platform, workspace, channel, channelName, member } = delivery;
  if (channel === CALENDAR) return { kind: 'calendar', workspace };
  if (channel !== null) return { kind: 'channel', workspace, channel, name: channelName ?? channel };
  const others = PLATFORMS.filter(one => one !== platform);
  const found = member === null ? null : await accountToWriteTo(store.read, forumId, member, others);
  if (!found) return 'nowhere to send it';
  if (found.refusals >= MAX_REFUSALS) return 'refused direct messages three times';
  return { kind: 'direct', workspace: found.workspace, account: found.account, name: found.name };
}

/** A member's account on the platform of a message in a channel that is written to them: whom it may mention. */
export async function mentionOf(
  store: Store,
  { forumId, platform, channel, member }: Delivery,
): Promise<string | null> {
  if (channel === null || member === null) return null;
  const others = PLATFORMS.filter(one => one !== platform);
  return (await accountToWriteTo(store.read, forumId, member, others))?.account ?? null;
}

/** Tells whether a post of the same topic waits to be sent to the same channel. */
export async function isOnItsWay(store: Store, spot: Delivery): Promise<boolean> {
  const { deliveries: d } = store.tables;
  const about = and(eq(d.forumId, spot.forumId), eq(d.topic, spot.topic), eq(d.subject, spot.subject));
  const there = and(eq(d.platform, spot.platform), eq(d.workspace, spot.workspace), eq(d.channel, spot.channel ?? ''));
  const [row] = await store.read
    .select({ seq: d.seq })
    .from(d)
    .where(and(about, there, eq(d.state, 'pending')))
    .limit(1);
  return row !== undefined;
}

/**
 * Tells whether a channel is in a server or workspace that is not the forum's any more. With `isToldStill` only one
 * that belongs to another forum by now has left.
 */
export function hasLeft(
  { place }: Pick<Circumstances, 'place'>,
  { forumId, channel }: Delivery,
  { isToldStill = false } = {},
): boolean {
  if (channel === null || !place) return false;
  return (place.leftAt !== null && !isToldStill) || place.forumId !== forumId;
}
