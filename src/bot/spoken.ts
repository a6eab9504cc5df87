import { numberIn } from '../domain/codes.ts';
import type { Action } from './command.ts';
import type { Registry } from './registry.ts';

/**
 * Reads what a person writes to the bot as to somebody: a command without its slash, an action by its own name where only
 * one is called so (`tugas`, `lapor N-1 45`), or a code, which shows the thing. Anything else is a call for help.
 */
export function spokenLine(registry: Registry, said: string): string {
  const line = said.trim().replace(/^\//, '');
  const words = line.split(/\s+/);
  const [first = ''] = words;
  if (first === '') return HELP;
  if (registry.find(words).kind !== 'unknown' || registry.find([first]).kind !== 'unknown') return line;
  const named = registry.named(first);
  if (named) return `${registry.commandOf(named).name} ${line}`;
  const shown = showOf(registry, first);
  return shown ? `${registry.commandOf(shown).name} ${shown.name} ${first}` : HELP;
}

const HELP = 'help';

/** The action that shows the thing of a code. */
function showOf(registry: Registry, code: string): Action | undefined {
  return registry.commands
    .flatMap(command => command.actions)
    .find(action => {
      const letter = Object.values(action.options).find(option => option.main)?.kind.letter;
      return action.name === 'show' && letter !== undefined && numberIn(letter, code) !== null;
    });
}
