import { ApiError } from '../errors.ts';
import { snowflake } from '../ids.ts';
import { type JsonObject, numberOf, objectsOf } from '../json.ts';
import { checkCommands } from '../limits/commands.ts';
import type { RegisteredCommand } from '../model.ts';
import { type Answer, type Call, param, type Route, route } from '../rest.ts';
import type { Stage } from '../stage.ts';

/** Application commands, global and per guild. */
export function commandRoutes(stage: Stage): Route[] {
  return ['/applications/:application/commands', '/applications/:application/guilds/:guild/commands'].flatMap(all => {
    const one = `${all}/:command`;
    return [
      route('GET', all, call => list(stage, call)),
      route('PUT', all, call => {
        replaceAll(stage, call, objectsOf(call.json));
        return list(stage, call);
      }),
      route('POST', all, call => {
        const rest = inScope(stage, call).filter(c => !sameCommand(c.json, call.body));
        const known = rest.length < inScope(stage, call).length;
        replaceAll(stage, call, [...rest.map(c => c.json), call.body]);
        return {
          ...show(
            stage,
            find(stage, call, c => sameCommand(c.json, call.body)),
          ),
          status: known ? 200 : 201,
        };
      }),
      route('GET', one, call =>
        show(
          stage,
          find(stage, call, c => c.id === param(call, 'command')),
        ),
      ),
      route('PATCH', one, call => {
        const old = find(stage, call, c => c.id === param(call, 'command'));
        const changed = { ...old.json, ...call.body };
        replaceAll(
          stage,
          call,
          inScope(stage, call).map(c => (c === old ? changed : c.json)),
        );
        return show(
          stage,
          find(stage, call, c => sameCommand(c.json, changed)),
        );
      }),
      route('DELETE', one, call => {
        const old = find(stage, call, c => c.id === param(call, 'command'));
        stage.world.commands.splice(stage.world.commands.indexOf(old), 1);
        return {};
      }),
    ];
  });
}

function scopeOf(stage: Stage, call: Call): string | null {
  if (param(call, 'application') !== stage.world.applicationId) throw new ApiError(20012);
  return call.params.guild === undefined ? null : stage.world.guild(param(call, 'guild')).id;
}

function inScope(stage: Stage, call: Call): RegisteredCommand[] {
  const scope = scopeOf(stage, call);
  return stage.world.commands.filter(c => c.guildId === scope);
}

function sameCommand(a: JsonObject, b: JsonObject): boolean {
  return a.name === b.name && numberOf(a.type, 1) === numberOf(b.type, 1);
}

function find(stage: Stage, call: Call, wanted: (c: RegisteredCommand) => boolean): RegisteredCommand {
  const found = inScope(stage, call).find(wanted);
  if (!found) throw new ApiError(10063);
  return found;
}

/** Puts the given commands in the place of all of the scope; a command of the same name and type keeps its id. */
function replaceAll(stage: Stage, call: Call, wanted: JsonObject[]): void {
  const scope = scopeOf(stage, call);
  const before = inScope(stage, call);
  checkCommands(wanted);
  const { commands } = stage.world;
  for (const command of before) commands.splice(commands.indexOf(command), 1);
  for (const json of wanted) {
    const old = before.find(c => sameCommand(c.json, json));
    commands.push({ id: old?.id ?? snowflake(), guildId: scope, version: snowflake(), json: structuredClone(json) });
  }
}

function list(stage: Stage, call: Call): Answer {
  const full = call.method !== 'GET' || call.query.get('with_localizations') === 'true';
  return { body: inScope(stage, call).map(c => render(stage, c, full)) };
}

function show(stage: Stage, command: RegisteredCommand): Answer {
  return { body: render(stage, command, true) };
}

function render(stage: Stage, command: RegisteredCommand, full: boolean): JsonObject {
  const { name_localizations, description_localizations, ...rest } = command.json;
  return {
    type: 1,
    description: '',
    default_member_permissions: null,
    nsfw: false,
    options: [],
    ...rest,
    ...(full
      ? { name_localizations: name_localizations ?? null, description_localizations: description_localizations ?? null }
      : {}),
    id: command.id,
    application_id: stage.world.applicationId,
    version: command.version,
    ...(command.guildId ? { guild_id: command.guildId } : { contexts: rest.contexts ?? null }),
  };
}
