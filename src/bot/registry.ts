import { distance } from 'fastest-levenshtein';
import type { Messages } from '../language/messages.ts';
import { fold } from '../storage/words.ts';
import type { Action, Command } from './command.ts';

/** Describes where a typed path leads: an action, a command without a word behind it, or nowhere (with the nearest). */
export type Found =
  | { readonly kind: 'action'; readonly command: Command; readonly action: Action; readonly used: number }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'unknown'; readonly nearest: readonly string[] };

/** All commands, found by their names in any language, or by an action's stable id. */
export interface Registry {
  readonly commands: readonly Command[];
  readonly catalogues: readonly Messages[];
  byId(id: string): Action | undefined;
  commandOf(action: Action): Command;
  /** The one action of that name in any language, whatever its command; none where several are called so. */
  named(word: string): Action | undefined;
  /** Follows the words of a typed line; `used` says how many of them named the action. */
  find(words: readonly string[]): Found;
}

/** Maximum number of subcommands of a command, and of options of a subcommand: Discord registers no more. */
const MOST = 25;

/**
 * Builds the registry.
 * @throws Error when two actions share an id or a name in any language, two options of an action share a name, or there
 * are more of either than a platform registers: a mistake of ours, seen at start.
 */
export function createRegistry(commands: readonly Command[], catalogues: readonly Messages[]): Registry {
  const ids = new Map<string, Action>();
  const owners = new Map<Action, Command>();
  const roots = new Map<string, Command>();
  const subs = new Map<Command, Map<string, Action>>();
  const add = <T>(map: Map<string, T>, name: string, value: T) => {
    const old = map.get(name);
    if (old && old !== value) throw new Error(`two things are named ${name}`);
    map.set(name, value);
  };

  for (const command of commands) {
    for (const name of [command.name, ...catalogues.map(m => command.words(m).name)]) add(roots, fold(name), command);
    const names = new Map<string, Action>();
    subs.set(command, names);
    if (command.actions.length > MOST) throw new Error(`/${command.name} has more than ${MOST} subcommands`);
    for (const action of command.actions) {
      if (!/^[a-z0-9]{2,4}$/.test(action.id)) throw new Error(`bad action id ${action.id}`);
      const registered = Object.values(action.options).filter(option => !option.hidden);
      if (registered.length > MOST) throw new Error(`${action.id} has more than ${MOST} options`);
      const options = new Map<string, string>();
      for (const [key, { former }] of Object.entries(action.options))
        for (const name of [key, ...former, ...catalogues.map(m => action.words(m).options[key]!.name)])
          add(options, fold(name), key);
      add(ids, action.id, action);
      owners.set(action, command);
      const words = action.name ? catalogues.map(m => action.words(m).name) : [];
      for (const name of [action.name, ...(action.former ?? []), ...words]) add(names, fold(name), action);
    }
  }

  return {
    commands,
    catalogues,
    byId: id => ids.get(id),
    commandOf: action => owners.get(action)!,
    named(word) {
      const found = new Set([...subs.values()].flatMap(names => names.get(fold(word)) ?? []));
      const [only, ...others] = found;
      return others.length ? undefined : only;
    },
    find(words) {
      const [root = '', sub] = words.map(fold);
      const command = roots.get(root);
      if (!command) return { kind: 'unknown', nearest: nearest(root, [...roots.keys()]) };
      const names = subs.get(command)!;
      const whole = names.get('');
      const named = sub ? names.get(sub) : undefined;
      if (named) return { kind: 'action', command, action: named, used: 2 };
      if (whole) return { kind: 'action', command, action: whole, used: 1 };
      if (!sub) return { kind: 'command', command };
      return { kind: 'unknown', nearest: nearest(sub, [...names.keys()]).map(name => `${root} ${name}`) };
    },
  };
}

/** The names nearest to what was typed, the best first; none that is wholly different. */
export function nearest(typed: string, names: readonly string[]): string[] {
  return names
    .map(name => ({ name, far: name.startsWith(typed) && typed.length > 1 ? 0 : distance(typed, name) }))
    .filter(({ name, far }) => far <= Math.max(2, name.length / 3))
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name))
    .slice(0, 3)
    .map(({ name }) => name);
}
