import {
  type Client,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventRecurrenceRuleFrequency,
  type GuildScheduledEventRecurrenceRuleOptions,
  GuildScheduledEventStatus,
} from 'discord.js';
import type { Outgoing, SendResult } from '../../src/contract/act.ts';
import { cutAt } from '../../src/language/clean.ts';
import type { Recurrence } from '../../src/language/recurrence.ts';

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
  const recurrenceRule = event.repeats ? ruleOf(event.repeats, event.start) : null;
  if (previous) {
    const kept = await events.edit(previous, { ...data, recurrenceRule });
    return { kind: 'sent', ref: kept.id };
  }
  // A try that was not answered may have made it: one of ours that is called so is taken over.
  const mine = (await events.fetch()).find(one => one.creatorId === client.user?.id && one.name === data.name);
  const made = mine
    ? await events.edit(mine.id, { ...data, recurrenceRule })
    : await events.create({ ...data, ...(recurrenceRule && { recurrenceRule }) });
  return { kind: 'sent', ref: made.id };
}

/**
 * A repetition as Discord takes it: every week or second week on one day, on the nth weekday of each month, on a day of
 * each year, or on all working days; null: any other. https://docs.discord.com/developers/resources/guild-scheduled-event
 */
function ruleOf(rule: Recurrence, start: number): GuildScheduledEventRecurrenceRuleOptions | null {
  const startAt = new Date(start);
  const { interval } = rule;
  if (rule.every === 'week') {
    const byWeekday = rule.days.map(day => day - 1);
    if (byWeekday.length === 1 && interval <= 2)
      return { startAt, frequency: GuildScheduledEventRecurrenceRuleFrequency.Weekly, interval, byWeekday };
    const isWorkingDays = byWeekday.join() === '0,1,2,3,4' && interval === 1;
    return isWorkingDays
      ? { startAt, frequency: GuildScheduledEventRecurrenceRuleFrequency.Daily, interval, byWeekday }
      : null;
  }
  if (interval !== 1) return null;
  if (rule.every === 'month' && 'nth' in rule && rule.nth > 0) {
    const byNWeekday = [{ n: rule.nth, day: rule.weekday - 1 }];
    return { startAt, frequency: GuildScheduledEventRecurrenceRuleFrequency.Monthly, interval, byNWeekday };
  }
  if (rule.every !== 'year') return null;
  const { month, day } = rule;
  const frequency = GuildScheduledEventRecurrenceRuleFrequency.Yearly;
  return { startAt, frequency, interval, byMonth: [month], byMonthDay: [day] };
}
