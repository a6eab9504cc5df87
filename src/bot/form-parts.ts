import type { Given } from '../contract/act.ts';
import type { Action } from './command.ts';
import { typedOf } from './kind.ts';

/** Sign between an option and one of the fields in which a form asks for it; no option's name has one. */
const SIGN = '.';

/** The field of a form that asks for a part of an option. */
export const partField = (option: string, key: string): string => `${option}${SIGN}${key}`;

/** Returns what was given, with what was filled in for parts of an option as one text: `women=27; men=41`. */
export function joinParts(action: Action, given: Given): Given {
  const joined: Record<string, Given[string]> = {};
  const parts = new Map<string, string[]>();
  for (const [field, raw] of Object.entries(given)) {
    const at = field.indexOf(SIGN);
    const option = field.slice(0, at);
    if (at < 0 || !action.options[option]?.kind.formParts) joined[field] = raw;
    else if (typedOf(raw).trim())
      parts.set(option, [...(parts.get(option) ?? []), `${field.slice(at + 1)}=${typedOf(raw).trim()}`]);
  }
  for (const [option, texts] of parts) {
    const whole = joined[option];
    joined[option] = { typed: [...(whole ? [typedOf(whole)] : []), ...texts].join('; ') };
  }
  return joined;
}
