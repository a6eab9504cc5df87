import { createHash } from 'node:crypto';
import { REST, Routes } from 'discord.js';
import type { Action, AnyOption, Command } from '../../src/bot/command.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Log } from '../../src/contract/log.ts';
import type { Sharing } from '../../src/contract/sharing.ts';
import { catalogue, type Messages } from '../../src/language/messages.ts';
import type { Registered } from './command-links.ts';
import { POSTABLE } from './render.ts';

/** Discord's numbers of the option types that we use. */
const TYPE = { subcommand: 1, text: 3, whole: 4, flag: 5, user: 6, channel: 7, role: 8, number: 10, file: 11 } as const;
/** Maximum lengths on Discord: characters of a description; choices of an option, and options of an action. */
const MAX_TEXT = 100;
const MAX_OPTIONS = 25;
/** Maximum time that registering takes, ms. */
const TURN_MS = 10_000;

/** A piece of a command as Discord registers it; English is the default, Indonesian a localization. */
interface Json {
  [key: string]: unknown;
}

const named = (name: string, words: (m: Messages) => { name: string; summary: string }): Json => ({
  name,
  name_localizations: { id: words(catalogue.id).name || name },
  description: words(catalogue.en).summary.slice(0, MAX_TEXT),
  description_localizations: { id: words(catalogue.id).summary.slice(0, MAX_TEXT) },
});

/** Maximum length of what is typed where no rule sets one. */
const UNBOUNDED = 500;

/** The native type of an option; what Discord has no type for is typed, and read as on every platform. */
function typeOf({ kind }: AnyOption): Json {
  const choices = kind.choices?.values.map(value => ({
    name: kind.choices!.label(catalogue.en, value),
    name_localizations: { id: kind.choices!.label(catalogue.id, value) },
    value,
  }));
  switch (kind.input) {
    case 'member':
      return { type: TYPE.user };
    case 'channel':
      return { type: TYPE.channel, channel_types: POSTABLE };
    case 'role':
      return { type: TYPE.role };
    case 'file':
      return { type: TYPE.file };
    case 'choice':
    case 'flag':
      return { type: TYPE.text, choices };
    case 'entity':
      return { type: TYPE.text, autocomplete: true };
    case 'list':
      return { type: TYPE.text, autocomplete: kind.suggest !== undefined };
    default:
      return { type: TYPE.text, max_length: kind.longest ?? UNBOUNDED, ...(kind.suggest && { autocomplete: true }) };
  }
}

/** The options of an action. All are optional here: what is missing is asked for in a form. */
function optionsOf(action: Action): Json[] {
  return Object.entries(action.options)
    .filter(([, option]) => !option.hidden)
    .slice(0, MAX_OPTIONS)
    .map(([key, option]) => ({
      ...named(key, m => ({ name: action.words(m).options[key]!.name, summary: action.words(m).options[key]!.help })),
      ...typeOf(option),
      required: false,
    }));
}

/** Contexts of a command: servers, and direct messages with the bot. */
const EVERYWHERE = [0, 1] as const;

function commandOf(command: Command): Json {
  const whole = command.actions.find(action => action.name === '');
  const subs = command.actions.filter(action => action.name !== '' && !action.hidden);
  return {
    ...named(command.name, command.words),
    type: 1,
    contexts: EVERYWHERE,
    integration_types: [0],
    options: whole
      ? optionsOf(whole)
      : subs.map(action => ({
          ...named(action.name, m => action.words(m)),
          type: TYPE.subcommand,
          options: optionsOf(action),
        })),
  };
}

/** Name of the entry in a message's menu (Apps) that makes an issue of its words. */
export const MAKE_ISSUE = 'Make this an issue';
const makeIssue: Json = {
  name: MAKE_ISSUE,
  name_localizations: { id: 'Jadikan isu' },
  type: 3,
  contexts: [0],
  integration_types: [0],
};

/** Everything that is registered with Discord, as JSON. */
export const commandsJson = (registry: Registry): Json[] => [...registry.commands.map(commandOf), makeIssue];

/** Tells one registration from another: an equal one need not be sent. */
const hashOf = (json: readonly Json[]): string =>
  createHash('sha256').update(JSON.stringify(json)).digest('base64url').slice(0, 22);

async function applicationOf({ token, apiUrl }: { token: string; apiUrl: string }): Promise<string> {
  const rest = new REST({ api: apiUrl }).setToken(token);
  return ((await rest.get(Routes.currentApplication())) as { id: string }).id;
}

interface Settings {
  readonly token: string;
  readonly guildId: string | undefined;
  readonly apiUrl: string;
}

const restTo = ({ token, apiUrl }: Settings): REST => new REST({ api: apiUrl }).setToken(token);

/** Returns where the commands of an application are registered: for one server, or for all. */
const routeOf = (application: string, guildId: string | undefined): `/${string}` =>
  guildId ? Routes.applicationGuildCommands(application, guildId) : Routes.applicationCommands(application);

/** Registers the commands over REST alone, for one server or for all; returns them as Discord knows them. */
export async function deployCommands(settings: Settings, json: readonly Json[]): Promise<readonly Registered[]> {
  const route = routeOf(await applicationOf(settings), settings.guildId);
  return (await restTo(settings).put(route, { body: json })) as Registered[];
}

const GLOBAL = 'global';

/** The place of the last registration, which the hash kept of it names. */
const scopeIn = (kept: string | null, application: string): string | null => {
  const [ofApplication, scope] = (kept ?? '').split(':');
  return scope && ofApplication === application ? scope : null;
};

/**
 * Registers the commands unless just these were registered last, by whichever process; gives them as Discord knows them.
 * Where they were registered for one server and now are for all, or the other way round, they are taken out there:
 * Discord would show both.
 */
export async function registerOnce(deps: {
  readonly token: string;
  readonly guildId: string | undefined;
  readonly apiUrl: string;
  readonly registry: Registry;
  readonly log: Log;
  readonly registered: { load(): Promise<string | null>; save(hash: string): Promise<void> };
  readonly sharing: Sharing;
}): Promise<readonly Registered[]> {
  const json = commandsJson(deps.registry);
  const application = await applicationOf(deps);
  const scope = deps.guildId ?? GLOBAL;
  const hash = `${application}:${scope}:${hashOf(json)}`;
  const known = async () => (await restTo(deps).get(routeOf(application, deps.guildId))) as Registered[];
  if ((await deps.registered.load()) === hash) return known();
  // One of the processes that start together registers; the others then find it done.
  await deps.sharing.turn('discord-commands', TURN_MS);
  const before = await deps.registered.load();
  if (before === hash) return known();
  const made = await deployCommands(deps, json);
  const old = scopeIn(before, application);
  if (old && old !== scope)
    await restTo(deps).put(routeOf(application, old === GLOBAL ? undefined : old), { body: [] });
  await deps.registered.save(hash);
  deps.log.info('discord commands registered', { commands: json.length });
  return made;
}
