import type { Given } from '../contract/act.ts';
import type { Action, CurrentValues } from './command.ts';

/** Tells whether an act names a thing to be changed and nothing that is to change: it asks for the form of it. */
export const asksForChanges = (action: Action, given: Given): boolean =>
  action.stands !== undefined &&
  Object.entries(action.options).every(([key, option]) => key in given === option.required);

/** Returns what is given, with what stands for the options that are not: a form shows it. */
export const withCurrentValues = (given: Given, standing: CurrentValues): Given => ({
  ...Object.fromEntries(
    Object.entries(standing).flatMap(([key, value]) =>
      value === null || value === undefined || value === ''
        ? []
        : [[key, { typed: String(value), standing: 'new' as const }]],
    ),
  ),
  ...given,
});

/** Returns the same with what stands as if it had been shown: a form asks for all else. */
export const asShown = (given: Given): Given =>
  Object.fromEntries(
    Object.entries(given).map(([key, raw]): [string, Given[string]] => [
      key,
      'typed' in raw && raw.standing ? { ...raw, standing: 'shown' } : raw,
    ]),
  );

/** The options whose form has to show what stands. */
export const toBeShown = (given: Given): string[] =>
  Object.entries(given).flatMap(([key, raw]) => ('typed' in raw && raw.standing === 'new' ? [key] : []));

/**
 * Merges what a form said with what was known: fields left as they stood are no change. While more of the form is to
 * come it is kept, and not shown again.
 */
export function afterForm(before: Given, filled: Given, unfinished: boolean): Given {
  const known: Record<string, Given[string]> = { ...before };
  for (const [key, raw] of Object.entries(filled)) {
    const old = before[key];
    const isLeft = old && 'typed' in old && old.standing && 'typed' in raw && raw.typed.trim() === old.typed.trim();
    known[key] = isLeft ? { ...old, standing: 'shown' } : raw;
  }
  return unfinished
    ? known
    : Object.fromEntries(Object.entries(known).filter(([, raw]) => !('typed' in raw && raw.standing)));
}
