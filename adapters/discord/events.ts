import {
  type Client,
  DiscordAPIError,
  GuildScheduledEventEntityType,
  type GuildScheduledEventManager,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventRecurrenceRuleFrequency,
  type GuildScheduledEventRecurrenceRuleOptions,
  GuildScheduledEventStatus,
} from 'discord.js';
import type { Outgoing, SendResult } from '../../src/contract/act.ts';
import type { CalendarEvent } from '../../src/contract/view.ts';
import { cutAt } from '../../src/language/clean.ts';

/** Maximum lengths of a scheduled event's texts on Discord, characters. */
const NAME = 100;
const LOCATION = 100;
const ABOUT = 1000;

/** Code of Discord for a change of an event that is over or cancelled. */
const FINISHED = 180000;
const DAY_MS = 86_400_000;

/**
 * Makes, changes or cancels a scheduled event of a server. What has begun keeps the start that it had, and is not made
 * any more: Discord takes no start that has passed.
 */
export async function keepEvent(client: Client, guildId: string, { view, previous }: Outgoing): Promise<SendResult> {
  const { event } = view;
  if (!event) return { kind: 'forbidden', detail: 'nothing for a calendar' };
  const events = (await client.guilds.fetch(guildId)).scheduledEvents;
  const name = cutAt(event.name, NAME);
  // A try that was not answered may have made it: one of ours that is called so is taken over.
  const standing = async (): Promise<string[]> =>
    [...(await events.fetch()).values()]
      .filter(one => one.creatorId === client.user?.id && one.name === name && (one.isScheduled() || one.isActive()))
      .map(one => one.id)
      .sort();
  const before = previous ? [previous] : await standing();
  const [ref] = before;
  if (event.cancelled) return ref === undefined ? NEVER_STOOD : cancel(events, ref);
  if (ref === undefined && event.begun) return { kind: 'forbidden', detail: 'it has begun' };
  const data = {
    name,
    description: cutAt(event.about, ABOUT),
    scheduledEndTime: event.end,
    entityMetadata: { location: cutAt(event.location, LOCATION) },
    entityType: GuildScheduledEventEntityType.External,
    privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
  } as const;
  const recurrenceRule = event.repeats ? ruleOf(event.repeats, event.start) : null;
  const start = { scheduledStartTime: event.start };
  if (ref === undefined) await events.create({ ...data, ...start, ...(recurrenceRule && { recurrenceRule }) });
  else await events.edit(ref, event.begun ? data : { ...data, ...start, recurrenceRule });
  if (previous) return { kind: 'sent', ref: previous };
  // The SDK tries again what was not answered, and Discord takes no key that would tell the tries from each other.
  const [kept, ...twins] = ref === undefined ? await standing() : before;
  for (const twin of twins) await events.delete(twin);
  return kept === undefined ? { kind: 'unknown', detail: 'Discord lists no event' } : { kind: 'sent', ref: kept };
}

const NEVER_STOOD: SendResult = { kind: 'forbidden', detail: 'it never stood there' };

/** Cancels an event; one that runs by now ends. One that is over or cancelled already is left as it is. */
async function cancel(events: GuildScheduledEventManager, ref: string): Promise<SendResult> {
  try {
    const { status } = await events.fetch({ guildScheduledEvent: ref, force: true });
    // From running Discord lets an event only end: https://docs.discord.com/developers/resources/guild-scheduled-event
    const { Active, Canceled, Completed } = GuildScheduledEventStatus;
    await events.edit(ref, { status: status === Active ? Completed : Canceled });
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== FINISHED) throw error;
  }
  return { kind: 'sent', ref };
}

/**
 * A repetition as Discord takes it: every week or second week on one day, on the nth weekday of each month, on a day of
 * each year, or on all working days; null: any other. Discord counts the days of a rule in UTC, where an early meeting
 * falls on the day before: what cannot be said so is null, too.
 * https://docs.discord.com/developers/resources/guild-scheduled-event
 */
export function ruleOf(
  { rule, date }: NonNullable<CalendarEvent['repeats']>,
  start: number,
): GuildScheduledEventRecurrenceRuleOptions | null {
  const startAt = new Date(start);
  const { interval } = rule;
  const utcDay = Math.floor(start / DAY_MS);
  const shift = utcDay - Date.parse(`${date}T00:00:00Z`) / DAY_MS;
  const weekday = (day: number): number => (((day - 1 + shift) % 7) + 7) % 7;
  if (rule.every === 'week') {
    const byWeekday = rule.days.map(weekday);
    if (byWeekday.length === 1 && interval <= 2)
      return { startAt, frequency: GuildScheduledEventRecurrenceRuleFrequency.Weekly, interval, byWeekday };
    const isWorkingDays = rule.days.join() === '1,2,3,4,5' && interval === 1;
    return isWorkingDays
      ? { startAt, frequency: GuildScheduledEventRecurrenceRuleFrequency.Daily, interval, byWeekday }
      : null;
  }
  if (interval !== 1) return null;
  if (rule.every === 'month' && 'nth' in rule && rule.nth > 0 && shift === 0) {
    const byNWeekday = [{ n: rule.nth, day: rule.weekday - 1 }];
    return { startAt, frequency: GuildScheduledEventRecurrenceRuleFrequency.Monthly, interval, byNWeekday };
  }
  if (rule.every !== 'year') return null;
  // Beside a leap day another day lies before it in each fourth year.
  const isAtLeapDay = (rule.month === 2 && rule.day >= 28) || (rule.month === 3 && rule.day === 1);
  if (shift !== 0 && isAtLeapDay) return null;
  const frequency = GuildScheduledEventRecurrenceRuleFrequency.Yearly;
  return {
    startAt,
    frequency,
    interval,
    byMonth: [startAt.getUTCMonth() + 1],
    byMonthDay: [startAt.getUTCDate()],
  };
}
