import { type Json, type JsonObject, objectOf, textOf } from '../discord/json.ts';
import { effectsOf } from './effects.ts';
import { SlackError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { nextSequence, slackId, timestamp } from './ids.ts';
import { elementsOf, flatBlocks, stateOfView, withIds } from './input-state.ts';
import { checkView } from './limits/surfaces.ts';
import type { Team, User, View } from './model.ts';
import { checkSlackFiles } from './slack-files.ts';
import type { World } from './world.ts';

/** Modals that may lie on top of each other. */
const DEEPEST = 3;

/** Opens a modal, or with `on` puts it on top of another. */
export function openModal(world: World, exchange: Exchange, value: Json | undefined, on: View | null): View {
  const { team, user } = exchange.parts;
  const json = viewJson(value);
  checkView(json, 'modal');
  checkSlackFiles(world, team, json.blocks);
  checkExternalId(world, team, json, null);
  const stack = world.stack(user);
  if (on && stack.length >= DEEPEST) throw new SlackError('push_limit_reached');
  if (!on) for (const view of stack) view.open = false;
  const view = newView(world, team, user, json, on);
  exchange.opened.push(view);
  world.changed.fire();
  return view;
}

/** Changes an open modal. */
export function updateModal(world: World, view: View, value: Json | undefined, hash: string): void {
  if (!view.open) throw new SlackError('not_found');
  if (hash !== '' && hash !== view.hash) throw new SlackError('hash_conflict');
  const json = viewJson(value);
  checkView(json, view.type);
  checkSlackFiles(world, world.team(view.teamId), json.blocks);
  checkExternalId(world, world.team(view.teamId), json, view);
  replace(world, view, json);
}

/** Shows a person's Home tab. */
export function publishHome(world: World, team: Team, user: User, value: Json | undefined, hash: string): View {
  const json = viewJson(value);
  checkView(json, 'home');
  checkSlackFiles(world, team, json.blocks);
  const before = world.home(team.id, user);
  if (hash !== '' && hash !== before?.hash) throw new SlackError('hash_conflict');
  checkExternalId(world, team, json, before ?? null);
  const view = before ?? newView(world, team, user, json, null);
  if (before) replace(world, view, json);
  for (const exchange of world.exchanges) {
    const { name, sourceView } = exchange.parts;
    if (exchange.parts.user === user && (name === 'app_home_opened' || sourceView?.type === 'home')) {
      exchange.touched = true;
    }
  }
  world.changed.fire();
  return view;
}

/** Closes a modal, and with `all` those beneath it. */
export function closeModal(world: World, view: View, all: boolean): void {
  for (const other of world.stack(view.user)) if (all || other === view) other.open = false;
  world.changed.fire();
}

/** The input blocks of a view with their elements. */
export function inputsOf(view: View): { block: JsonObject; element: JsonObject }[] {
  const inputs = flatBlocks(view.json.blocks).filter(block => block.type === 'input');
  return inputs.flatMap(block => elementsOf(block).map(element => ({ block, element })));
}

/** A view among a method's arguments: an object, or JSON. */
function viewJson(value: Json | undefined): JsonObject | null {
  if (typeof value !== 'string') return value === undefined || value === null ? null : objectOf(value);
  try {
    return objectOf(JSON.parse(value) as Json);
  } catch {
    return null;
  }
}

function newView(world: World, team: Team, user: User, json: JsonObject, on: View | null): View {
  const id = slackId('V');
  const view: View = {
    id,
    teamId: team.id,
    type: textOf(json.type) === 'home' ? 'home' : 'modal',
    user,
    json,
    state: {},
    hash: '',
    rootId: on?.rootId ?? id,
    previousId: on?.id ?? null,
    history: [],
    open: true,
    effects: effectsOf([], world.names(team.id)),
  };
  world.views.set(id, view);
  say(world, view, json);
  return view;
}

function replace(world: World, view: View, json: JsonObject): void {
  view.history.push(view.json);
  say(world, view, json);
  for (const exchange of world.exchanges) if (exchange.parts.sourceView === view) exchange.touched = true;
  world.changed.fire();
}

function say(world: World, view: View, json: JsonObject): void {
  view.json = { ...json, blocks: withIds(json.blocks) };
  view.state = stateOfView(view.json.blocks, view.state);
  view.hash = `${timestamp()}.${nextSequence().toString(36)}`;
  view.effects = effectsOf(view.json.blocks, world.names(view.teamId));
  world.said.push(view.effects);
}

function checkExternalId(world: World, team: Team, json: JsonObject, own: View | null): void {
  const id = textOf(json.external_id);
  if (id === '') return;
  const taken = [...world.views.values()].some(
    v => v !== own && v.open && v.teamId === team.id && v.json.external_id === id,
  );
  if (taken) throw new SlackError('duplicate_external_id');
}
