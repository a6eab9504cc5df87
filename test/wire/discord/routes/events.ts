import { ApiError } from '../errors.ts';
import { snowflake } from '../ids.ts';
import { type JsonObject, objectOf, objectsOf, textOf } from '../json.ts';
import type { ScheduledEvent } from '../model.ts';
import { PERMISSIONS, type Permission } from '../permissions.ts';
import { Problems } from '../problems.ts';
import { renderEvent } from '../render.ts';
import { type Call, param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';

const EXTERNAL = 3;
const [MONTHLY, WEEKLY, DAILY] = [1, 2, 3];

/** A server's scheduled events. */
export function eventRoutes(stage: Stage): Route[] {
  const { world } = stage;
  const all = '/guilds/:guild/scheduled-events';
  const one = `${all}/:event`;
  const standing = (call: Call) => {
    const guild = world.guild(param(call, 'guild'));
    return [...world.events.values()].filter(e => e.guildId === guild.id && !e.deleted);
  };
  const find = (call: Call) => {
    const event = standing(call).find(e => e.id === param(call, 'event'));
    if (!event) throw new ApiError(10070);
    return event;
  };
  const tell = (name: string, event: ScheduledEvent) =>
    world.dispatch(`GUILD_SCHEDULED_EVENT_${name}`, renderEvent(event), event.guildId);
  return [
    // Events that are over or cancelled are not listed.
    route('GET', all, call => ({ body: standing(call).filter(isUncompleted).map(renderEvent) })),
    route('GET', one, call => ({ body: renderEvent(find(call)) })),
    route('POST', all, call => {
      requireInGuild(stage, call, 'CreateEvents');
      if (standing(call).filter(isUncompleted).length >= 100) throw new ApiError(30038);
      checkEvent(call.body, stage.now());
      const fields = { ...defaults(stage), ...call.body };
      const event = { id: snowflake(), guildId: param(call, 'guild'), fields, deleted: false };
      world.events.set(event.id, event);
      tell('CREATE', event);
      return { body: renderEvent(event) };
    }),
    route('PATCH', one, call => {
      requireInGuild(stage, call, 'CreateEvents');
      const event = find(call);
      if (!isUncompleted(event)) throw new ApiError(180000);
      checkStatus(event.fields.status, call.body.status);
      const fields = { ...event.fields, ...call.body };
      // A start that has passed may stay; a new one must lie ahead.
      checkEvent(fields, call.body.scheduled_start_time === undefined ? 0 : stage.now());
      event.fields = fields;
      tell('UPDATE', event);
      return { body: renderEvent(event) };
    }),
    route('DELETE', one, call => {
      requireInGuild(stage, call, 'CreateEvents');
      const event = find(call);
      event.deleted = true;
      tell('DELETE', event);
      return {};
    }),
  ];
}

const isUncompleted = ({ fields }: ScheduledEvent): boolean => fields.status === 1 || fields.status === 2;

const [SCHEDULED, ACTIVE, COMPLETED, CANCELED] = [1, 2, 3, 4];
/** States that may follow each state: an event that runs is not cancelled, it ends. */
const FOLLOWING: Readonly<Record<number, readonly number[]>> = {
  [SCHEDULED!]: [ACTIVE!, CANCELED!],
  [ACTIVE!]: [COMPLETED!],
};

function checkStatus(is: unknown, becomes: unknown): void {
  if (becomes === undefined || becomes === is || FOLLOWING[Number(is)]?.includes(Number(becomes))) return;
  const p = new Problems();
  p.add(['status'], 'GUILD_SCHEDULED_EVENT_INVALID_STATUS', 'No such transition.');
  p.refuse();
}

function requireInGuild(stage: Stage, call: Call, permission: Permission): void {
  const guild = stage.world.guild(param(call, 'guild'));
  const held = stage.world.guildPermissions(guild, stage.world.bot.id);
  if ((held & (PERMISSIONS[permission] | PERMISSIONS.Administrator)) === 0n) throw new ApiError(50013);
}

function defaults(stage: Stage): JsonObject {
  return {
    creator_id: stage.world.bot.id,
    channel_id: null,
    entity_id: null,
    description: null,
    scheduled_end_time: null,
    entity_metadata: null,
    image: null,
    recurrence_rule: null,
    status: 1,
  };
}

/** https://discord.com/developers/docs/resources/guild-scheduled-event: the fields of an external event. */
function checkEvent(body: JsonObject, now: number): void {
  const p = new Problems();
  p.text(['name'], body.name, { min: 1, max: 100, required: true });
  p.text(['description'], body.description, { max: 1000 });
  p.choice(['privacy_level'], body.privacy_level, [2]);
  p.choice(['entity_type'], body.entity_type, [1, 2, 3]);
  const start = Date.parse(
    p.text(['scheduled_start_time'], body.scheduled_start_time, { min: 1, required: true }) ?? '',
  );
  if (Number.isNaN(start) || start <= now) {
    p.add(['scheduled_start_time'], 'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST', 'Cannot schedule event in the past.');
  }
  if (body.entity_type === EXTERNAL) {
    const place = objectOf(body.entity_metadata).location;
    p.text(['entity_metadata', 'location'], place, { min: 1, max: 100, required: true });
    const end = p.text(['scheduled_end_time'], body.scheduled_end_time, { min: 1, required: true });
    if (end && !(Date.parse(end) > Date.parse(textOf(body.scheduled_start_time)))) {
      p.add(['scheduled_end_time'], 'GUILD_SCHEDULED_EVENT_END_BEFORE_START', 'The end must lie after the start.');
    }
  } else p.text(['channel_id'], body.channel_id, { min: 1, required: true });
  if (body.recurrence_rule !== null && body.recurrence_rule !== undefined) checkRecurrence(p, body);
  p.refuse();
}

const WEEKDAY_SETS = ['0,1,2,3,4', '1,2,3,4,5', '0,1,2,3,6', '4,5', '5,6', '0,6'];

/** https://docs.discord.com/developers/resources/guild-scheduled-event: what a rule may say, all in UTC. */
function checkRecurrence(p: Problems, body: JsonObject): void {
  const rule = objectOf(body.recurrence_rule);
  const at = (field: string) => ['recurrence_rule', field];
  const wrong = (field: string) => p.add(at(field), 'GUILD_SCHEDULED_EVENT_RECURRENCE_RULE_INVALID', 'Invalid rule');
  const start = Date.parse(p.text(at('start'), rule.start, { min: 1, required: true }) ?? '');
  p.choice(at('frequency'), rule.frequency, [0, 1, 2, 3]);
  const interval = p.whole(at('interval'), rule.interval, { min: 1, required: true });
  for (const field of ['count', 'end', 'by_year_day']) if (rule[field] != null) wrong(field);
  if (interval !== 1 && !(interval === 2 && rule.frequency === WEEKLY)) wrong('interval');
  const given = ['by_weekday', 'by_n_weekday', 'by_month', 'by_month_day'].filter(field => rule[field] != null).join();
  const days = (field: string): number[] => (Array.isArray(rule[field]) ? (rule[field] as number[]) : []);
  const begins = new Date(start);
  const weekday = (begins.getUTCDay() + 6) % 7;
  const [byWeekday, byMonth, byMonthDay] = [days('by_weekday'), days('by_month'), days('by_month_day')];
  if (rule.frequency === DAILY || rule.frequency === WEEKLY) {
    const isSet = WEEKDAY_SETS.includes([...byWeekday].sort((a, b) => a - b).join());
    const fits = rule.frequency === WEEKLY ? byWeekday.length === 1 : isSet;
    if (given !== 'by_weekday' || !fits || !byWeekday.includes(weekday)) wrong('by_weekday');
  } else if (rule.frequency === MONTHLY) {
    const nth = objectsOf(rule.by_n_weekday);
    const n = Math.ceil(begins.getUTCDate() / 7);
    if (given !== 'by_n_weekday' || nth.length !== 1 || nth[0]?.n !== n || nth[0]?.day !== weekday)
      wrong('by_n_weekday');
  } else if (
    given !== 'by_month,by_month_day' ||
    byMonth.join() !== String(begins.getUTCMonth() + 1) ||
    byMonthDay.join() !== String(begins.getUTCDate())
  )
    wrong('by_month');
}
