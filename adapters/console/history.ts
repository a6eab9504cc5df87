import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Action } from '../../src/bot/command.ts';
import { leadingWords } from '../../src/bot/parse.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { labelIn, readLine } from './lines.ts';

/** Maximum number of lines that are remembered over sessions. */
export const REMEMBERED = 500;

/** The lines typed in earlier sessions, the newest first; none where there is no file or it cannot be read. */
export function readHistory(file: string | null): string[] {
  try {
    return file !== null && existsSync(file)
      ? readFileSync(file, 'utf8').split('\n').filter(Boolean).reverse().slice(0, REMEMBERED)
      : [];
  } catch {
    return [];
  }
}

/** Keeps the lines, the newest first, for their owner alone. What cannot be kept is only not remembered. */
export function keepHistory(file: string, lines: readonly string[]): void {
  try {
    writeFileSync(file, `${[...lines].reverse().join('\n')}\n`, { mode: 0o600 });
  } catch {
    // A history is a convenience: nobody waits for it.
  }
}

/**
 * Tells whether a line may be remembered. What was written without a name, or chosen in a secret vote or survey, is
 * stored nowhere beside its author, and so not here: neither typed, nor pressed, nor filled into a form. `pressed` finds
 * the action behind a label; what cannot be found may be a choice mistyped.
 */
export function mayRemember(registry: Registry, line: string, pressed: (label: string) => Action | null): boolean {
  const act = line.replace(/^\s*@(?:"[^"]*"|\S+)\s+/, '').trim();
  const own = readLine(act);
  if (own?.name === 'fill') return false;
  if (own?.name === 'click') {
    const action = pressed(labelIn(own.argument));
    return action !== null && !action.hidden && !isBallot(action) && !('anonymous' in action.options);
  }
  const found = registry.find(leadingWords(act));
  if (found.kind !== 'action') return true;
  if (isBallot(found.action)) return false;
  const { options, words } = found.action;
  const names = ['anonymous', ...registry.catalogues.map(m => words(m).options.anonymous?.name ?? 'anonymous')];
  return !('anonymous' in options && names.some(name => line.includes(`${name}:`)));
}

const isBallot = ({ options, countedAs }: Action): boolean => countedAs !== undefined || 'choice' in options;
