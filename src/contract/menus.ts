import type { Given } from './act.ts';

/** Parts the names of the options that a menu fills; no option is named with it. */
const AND = '+';
/** Parts the values of one choice; percent-escaping leaves none of it in a value. */
const NEXT = '.';

/** Returns what a menu is called on the wire when its choices fill several options at once. */
export const fillsAll = (...options: readonly string[]): string => options.join(AND);

/** The value of a choice that fills several options, in the order of `fillsAll`; empty ones at the end are dropped. */
export function choiceOf(...values: readonly string[]): string {
  const parts = values.map(value => encodeURIComponent(value.toWellFormed()).replaceAll(NEXT, '%2E'));
  while (parts.at(-1) === '') parts.pop();
  return parts.join(NEXT);
}

/** Matches the name by which a menu tells which options it fills. */
export const FILLS = '[a-z_]+(?:\\+[a-z_]+)*';

/**
 * Reads what a chosen value fills, by option. A value of a menu of earlier versions, which filled one, is read by the
 * name that this menu carries. It proves nothing: what was chosen is read like what was typed.
 */
export function chosenIn(fills: string, value: string): Given {
  const options = fills.split(AND);
  if (options.length === 1) return { [fills]: { typed: value } };
  const parts = value.split(NEXT).map(decoded);
  return Object.fromEntries(options.flatMap((option, i) => (parts[i] ? [[option, { typed: parts[i] }] as const] : [])));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
