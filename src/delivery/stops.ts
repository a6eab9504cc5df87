import { and, desc, eq } from 'drizzle-orm';
import { channelsOf, type Purpose, placesOf } from '../domain/forums.ts';
import { coordinators } from '../domain/people.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Reader, Tx } from '../storage/store.ts';

type Delivery = Tables['deliveries']['$inferSelect'];

/**
 * Maximum number of refused direct messages in a row: then a person is not tried on that platform until seen there
 * again.
 */
export const MAX_REFUSALS = 3;

/** Name of a server's calendar where a delivery names its channel; no platform's channel is called so. */
export const CALENDAR = '@calendar';

/** Recipients of a message. */
export type Audience =
  | { readonly purpose: Purpose }
  | { readonly member: number }
  | { readonly calendars: true }
  | { readonly channel: { platform: Delivery['platform']; workspace: string; id: string; name: string } };

/** One place where a message is put down: a channel, or a person's direct messages on a platform. */
export type Stop = Pick<Delivery, 'platform' | 'workspace' | 'channel' | 'channelName' | 'member'>;

/** Finds where a person is written to: the account seen last on a platform that has not refused thrice in a row. */
async function directTo(tx: Tx, forumId: string, member: number): Promise<Stop[]> {
  const account = await accountToWriteTo(tx, forumId, member, []);
  return account ? [{ ...placeOf(account), channel: null, channelName: null, member }] : [];
}

const placeOf = ({ platform, workspace }: { platform: Delivery['platform']; workspace: string }) => ({
  platform,
  workspace,
});

const accountsOf = prepared((db, { forumId, member }: { forumId: string; member: number }) => {
  const { accounts } = db.tables;
  return db
    .select()
    .from(accounts)
    .where(and(eq(accounts.forumId, forumId), eq(accounts.member, member)))
    .orderBy(desc(accounts.lastSeenAt));
});

/** A person's account to write to, the one seen last first; what has refused too often comes after all others. */
export async function accountToWriteTo(
  db: Reader,
  forumId: string,
  member: number,
  notOn: readonly Delivery['platform'][],
): Promise<Tables['accounts']['$inferSelect'] | null> {
  const all = await accountsOf(db, { forumId, member });
  const left = all.filter(one => !notOn.includes(one.platform));
  return left.find(one => one.refusals < MAX_REFUSALS) ?? left[0] ?? null;
}

/**
 * The stops of an audience. A purpose is one channel a place; issues go to the announcements where they have no
 * channel of their own, and what is for the coordinators goes to each of them where they have none.
 */
export async function stops(tx: Tx, forumId: string, to: Audience): Promise<Stop[]> {
  if ('member' in to) return directTo(tx, forumId, to.member);
  if ('calendars' in to) {
    const places = (await placesOf(tx, forumId)).filter(place => place.platform === 'discord');
    return places.map(({ platform, workspace }) => ({
      platform,
      workspace,
      channel: CALENDAR,
      channelName: null,
      member: null,
    }));
  }
  if ('channel' in to) {
    const { id, name, ...place } = to.channel;
    return [{ ...place, channel: id, channelName: name, member: null }];
  }
  const own = await channelsOf(tx, forumId, to.purpose);
  const found = own.length || to.purpose !== 'issues' ? own : await channelsOf(tx, forumId, 'announce');
  if (!found.length && to.purpose === 'coordinators') {
    const direct: Stop[] = [];
    // One after the other: a unit of work has one connection.
    for (const { number } of await coordinators(tx, forumId)) direct.push(...(await directTo(tx, forumId, number)));
    return direct;
  }
  return found.map(({ platform, workspace, channel, name }) => ({
    platform,
    workspace,
    channel,
    channelName: name,
    member: null,
  }));
}
