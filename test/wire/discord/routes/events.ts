import { ApiError } from '../errors.ts';
import { snowflake } from '../ids.ts';
import { type JsonObject, objectOf, textOf } from '../json.ts';
import type { ScheduledEvent } from '../model.ts';
import { PERMISSIONS, type Permission } from '../permissions.ts';
import { Problems } from '../problems.ts';
import { renderEvent } from '../render.ts';
import { type Call, param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';

const EXTERNAL = 3;

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
    route('GET', all, call => ({ body: standing(call).map(renderEvent) })),
    route('GET', one, call => ({ body: renderEvent(find(call)) })),
    route('POST', all, call => {
      requireInGuild(stage, call, 'CreateEvents');
      if (standing(call).length >= 100) throw new ApiError(30038);
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
  p.refuse();
}
