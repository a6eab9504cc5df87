import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { leadingWords } from '../../src/bot/parse.ts';
import type { Registry } from '../../src/bot/registry.ts';

/** Lines that are remembered over sessions. */
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
 * Whether a line may be remembered. What was written without a name, or chosen in a vote that may be secret, is stored
 * nowhere beside its author, and so not here.
 */
export function mayRemember(registry: Registry, line: string): boolean {
  const found = registry.find(leadingWords(line.replace(/^@(?:"[^"]*"|\S+)\s+/, '')));
  if (found.kind !== 'action') return true;
  const { options, words } = found.action;
  if ('choice' in options) return false;
  const names = ['anonymous', ...registry.catalogues.map(m => words(m).options.anonymous?.name ?? 'anonymous')];
  return !('anonymous' in options && names.some(name => line.includes(`${name}:`)));
}
