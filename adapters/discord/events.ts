import {
  type Client,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
} from 'discord.js';
import type { Outgoing, SendResult } from '../../src/contract/act.ts';
import { cutAt } from '../../src/language/clean.ts';

/** Discord's limits of a scheduled event. */
const NAME = 100;
const LOCATION = 100;
const ABOUT = 1000;

/** Makes, changes or cancels a scheduled event of a server. */
export async function keepEvent(client: Client, guildId: string, { view, previous }: Outgoing): Promise<SendResult> {
  const { event } = view;
  if (!event) return { kind: 'forbidden', detail: 'nothing for a calendar' };
  const events = (await client.guilds.fetch(guildId)).scheduledEvents;
  if (previous && event.cancelled) {
    await events.edit(previous, { status: GuildScheduledEventStatus.Canceled });
    return { kind: 'sent', ref: previous };
  }
  const data = {
    name: cutAt(event.name, NAME),
    description: cutAt(event.about, ABOUT),
    scheduledStartTime: event.start,
    scheduledEndTime: event.end,
    entityMetadata: { location: cutAt(event.location, LOCATION) },
    entityType: GuildScheduledEventEntityType.External,
    privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
  };
  const kept = previous ? await events.edit(previous, data) : await events.create(data);
  return { kind: 'sent', ref: kept.id };
}
