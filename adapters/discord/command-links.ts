import type { Registry } from '../../src/bot/registry.ts';

/** A command that was registered with Discord. */
export interface Registered {
  readonly id: string;
  readonly name: string;
  readonly type?: number;
}

/** Discord's number of the commands that are typed with a slash. */
const SLASH = 1;

/** Turns a typed command into Discord's own link to it and the words behind; null where it cannot be one. */
export type LinkOf = (typed: string) => { readonly link: string; readonly rest: string } | null;

export const NO_LINKS: LinkOf = () => null;

/**
 * Links to our commands, which open them with a tap whatever the language of the reader's client. Discord follows a
 * link only where it holds the command's first name, not a localized one:
 * https://github.com/discord/discord-api-docs/issues/5518
 */
export class CommandLinks {
  readonly #registry: Registry;
  #ids: ReadonlyMap<string, string> = new Map();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  learn(registered: readonly Registered[]): void {
    this.#ids = new Map(registered.filter(one => (one.type ?? SLASH) === SLASH).map(({ name, id }) => [name, id]));
  }

  readonly of: LinkOf = typed => {
    if (!typed.startsWith('/')) return null;
    const words = typed.slice(1).split(' ');
    const found = this.#registry.find(words);
    if (found.kind !== 'action' || found.action.hidden) return null;
    const { command, action, used } = found;
    const id = this.#ids.get(command.name);
    const path = [command.name, action.name].filter(Boolean).join(' ');
    return id ? { link: `</${path}:${id}>`, rest: words.slice(used).join(' ') } : null;
  };
}
