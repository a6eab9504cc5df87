import { and, eq, ne, sql } from 'drizzle-orm';
import { channelsOf } from '../domain/forums.ts';
import { coordinators } from '../domain/people.ts';
import { prepared } from '../storage/prepared.ts';
import type { Tables } from '../storage/schema/index.ts';
import type { Tx } from '../storage/store.ts';
import type { Delivery, Outcome } from './delivery.ts';
import { accountToWriteTo, stops } from './stops.ts';

type NewDelivery = Tables['deliveries']['$inferInsert'];

/** Keeps count of a person's refused direct messages on a platform; one that arrives ends the count. */
export async function countRefusals(tx: Tx, delivery: Delivery, outcome: Outcome): Promise<void> {
  const { forumId, platform, member, channel } = delivery;
  const refused = outcome.kind === 'failed' && outcome.refused;
  if (member === null || channel !== null || !(refused || outcome.kind === 'sent')) return;
  if (!refused) return endCount(tx, { forumId, member, platform });
  const { accounts: a } = tx.tables;
  await tx
    .update(a)
    .set({ refusals: sql`${a.refusals} + 1` })
    .where(and(eq(a.forumId, forumId), eq(a.member, member), eq(a.platform, platform)));
}

type Person = Pick<Delivery, 'forumId' | 'platform'> & { readonly member: number };

const endCount = prepared((tx: Tx, { forumId, member, platform }: Person) => {
  const { accounts: a } = tx.tables;
  const theirs = and(eq(a.forumId, forumId), eq(a.member, member), eq(a.platform, platform));
  return tx
    .update(a)
    .set({ refusals: 0 })
    .where(and(theirs, ne(a.refusals, 0)));
});

/**
 * Sends a direct message that a platform would not take by another way, once each: to the person's account elsewhere,
 * else, if anybody may read it, to the announcements of the place where they were seen, with their name. False: there
 * is no other way.
 */
export async function reroute(tx: Tx, delivery: Delivery, anybodyMayRead: boolean, now: Date): Promise<boolean> {
  const { forumId, topic, subject, member, channel, urgent } = delivery;
  if (member === null || channel !== null) return false;
  const { deliveries: d } = tx.tables;
  const letter = delivery.occurrence.slice(0, delivery.occurrence.lastIndexOf('@'));
  const about = await tx
    .select({ occurrence: d.occurrence, platform: d.platform })
    .from(d)
    .where(and(eq(d.forumId, forumId), eq(d.topic, topic), eq(d.subject, subject), eq(d.member, member)));
  const tried = about.filter(one => one.occurrence.startsWith(`${letter}@`)).map(one => one.platform);
  const elsewhere = await accountToWriteTo(tx, forumId, member, tried);
  const again: Omit<NewDelivery, 'occurrence' | 'platform' | 'workspace'> = {
    forumId,
    topic,
    subject,
    member,
    due: delivery.due,
    state: 'pending',
    claim: 0,
    nextAt: now,
    urgent,
  };
  if (elsewhere) {
    const { platform, workspace } = elsewhere;
    const occurrence = `${letter}@${platform}:${workspace}:~${member}`;
    await tx
      .insert(d)
      .values({ ...again, platform, workspace, occurrence })
      .onConflictDoNothing();
    return true;
  }
  if (!anybodyMayRead) return false;
  const channels = await channelsOf(tx, forumId, 'announce');
  const { platform, workspace } = delivery;
  const near = channels.find(one => one.platform === platform && one.workspace === workspace);
  if (!near) return false;
  const occurrence = `${letter}@${platform}:${workspace}:${near.channel}~${member}`;
  const place = { platform, workspace, channel: near.channel, channelName: near.name };
  await tx
    .insert(d)
    .values({ ...again, ...place, occurrence })
    .onConflictDoNothing();
  return true;
}

/**
 * Sends what the coordinators' channel would not take to each of them directly, once each. False: it was for another
 * channel, or there is nobody to write to.
 */
export async function toEachCoordinator(tx: Tx, delivery: Delivery, now: Date): Promise<boolean> {
  const { forumId, topic, subject, platform, workspace, channel, member, occurrence, due, urgent } = delivery;
  if (channel === null || member !== null) return false;
  const own = await channelsOf(tx, forumId, 'coordinators');
  const isTheirs = own.some(one => one.platform === platform && one.workspace === workspace && one.channel === channel);
  if (!isTheirs) return false;
  const letter = occurrence.slice(0, occurrence.lastIndexOf('@'));
  let told = 0;
  // One after the other: a unit of work has one connection.
  for (const { number } of await coordinators(tx, forumId))
    for (const stop of await stops(tx, forumId, { member: number })) {
      const again = { forumId, topic, subject, due, urgent, state: 'pending' as const, claim: 0, nextAt: now };
      await tx
        .insert(tx.tables.deliveries)
        .values({ ...again, ...stop, occurrence: `${letter}@${stop.platform}:${stop.workspace}:~${number}` })
        .onConflictDoNothing();
      told++;
    }
  return told > 0;
}
