import type { Invocation } from '../contract/view.ts';
import type { Action } from './command.ts';

/** Maximum length of a button's id, characters: both platforms take this much. */
export const MAX_INVOCATION = 100;
const VERSION = '1';

/** Half a character, which only a broken client sends, cannot be written: it becomes the sign of replacement. */
const escaped = (value: string): string => encodeURIComponent(value.toWellFormed()).replaceAll('.', '%2E');

/**
 * Writes an invocation as `1.<action>.<value>.<value>`: the values stand in the order in which the action declares
 * its options, percent-escaped, gaps at the end dropped. Options may be appended to an action, never moved.
 * @throws RangeError when it is longer than both platforms take, or names an option the action lacks: a bug.
 */
export function encodeInvocation(action: Action, values: Invocation['values']): string {
  const names = Object.keys(action.options);
  const unknown = Object.keys(values).find(name => !names.includes(name));
  if (unknown) throw new RangeError(`${action.id} has no option ${unknown}`);
  const parts = names.map(name => escaped(values[name] ?? ''));
  while (parts.at(-1) === '') parts.pop();
  const wire = [VERSION, action.id, ...parts].join('.');
  if (wire.length > MAX_INVOCATION) throw new RangeError(`invocation longer than ${MAX_INVOCATION}: ${action.id}`);
  return wire;
}

/** Reads an invocation strictly; null for anything that was not written by `encodeInvocation`. It proves nothing. */
export function decodeInvocation(wire: string, actionById: (id: string) => Action | undefined): Invocation | null {
  if (wire.length > MAX_INVOCATION) return null;
  const [version, id = '', ...parts] = wire.split('.');
  const action = version === VERSION ? actionById(id) : undefined;
  if (!action) return null;
  const names = Object.keys(action.options);
  if (parts.length > names.length || parts.at(-1) === '') return null;
  const values: Record<string, string> = {};
  for (const [i, part] of parts.entries()) {
    if (part === '') continue;
    const value = decoded(part);
    if (value === null || escaped(value) !== part) return null;
    values[names[i]!] = value;
  }
  return { action: id, values };
}

function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
