import { type Json, type JsonObject, objectOf, objectsOf, textOf } from './json.ts';
import type { Given, Resolved } from './values.ts';

const TYPE = { string: 3, integer: 4, boolean: 5, user: 6, channel: 7, role: 8, mentionable: 9, number: 10, file: 11 };

/** Words that a person types behind a command. */
export interface Typed {
  /** 'sub', or 'group sub'. */
  readonly subcommand?: string | undefined;
  readonly options?: Readonly<Record<string, Given>> | undefined;
  /** The option being completed (autocomplete only). */
  readonly focused?: string | undefined;
}

/** Tells whether a registered thing bears the name, in its default or any localised form. */
export function bears(thing: JsonObject, name: string): boolean {
  return thing.name === name || Object.values(objectOf(thing.name_localizations)).includes(name);
}

/**
 * The `options` of an interaction, built from the registered command as a Discord client would: it throws on what the
 * client does not let a person send (an unknown or missing option, a value outside its choices or bounds).
 */
export function buildOptions(
  command: JsonObject,
  typed: Typed,
  resolved: Resolved,
): { options: JsonObject[]; focusedType: number } {
  const path = (typed.subcommand ?? '').split(' ').filter(part => part !== '');
  let level = command;
  const opened: JsonObject[] = [];
  for (const part of path) {
    const next = objectsOf(level.options).find(o => [1, 2].includes(Number(o.type)) && bears(o, part));
    if (!next) throw new Error(`/${textOf(command.name)} has no subcommand "${part}"`);
    opened.push(next);
    level = next;
  }
  const defined = objectsOf(level.options);
  const where = `/${[textOf(command.name), ...path].join(' ')}`;
  if (defined.some(o => [1, 2].includes(Number(o.type)))) throw new Error(`${where} needs a subcommand`);
  const { values, focusedType } = buildValues(where, defined, typed, resolved);
  const options = opened.reduceRight<JsonObject[]>(
    (inner, sub) => [{ name: sub.name, type: sub.type, options: inner }],
    values,
  );
  return { options, focusedType };
}

function buildValues(where: string, defined: JsonObject[], typed: Typed, resolved: Resolved) {
  // An option being completed may still be empty.
  const empty = typed.focused === undefined ? {} : { [typed.focused]: '' };
  const given = Object.entries({ ...empty, ...typed.options });
  let focusedType = TYPE.string;
  const values = given.map(([name, value]): JsonObject => {
    const option = defined.find(o => bears(o, name));
    const known = defined.map(o => textOf(o.name)).join(', ');
    if (!option) throw new Error(`${where} has no option "${name}" (it has: ${known})`);
    const base = { name: option.name, type: option.type };
    if (typed.focused === undefined || !bears(option, typed.focused)) {
      // The other options may be half typed while one is completed.
      return { ...base, value: typed.focused ? resolved.travel(value) : accept(where, option, value, resolved) };
    }
    if (option.autocomplete !== true) throw new Error(`${where}: "${name}" does not autocomplete`);
    focusedType = Number(option.type);
    return { ...base, value: resolved.travel(value), focused: true };
  });
  const missing = defined.find(o => o.required === true && !given.some(([name]) => bears(o, name)));
  if (missing && !typed.focused) throw new Error(`${where} needs the option "${textOf(missing.name)}"`);
  return { values, focusedType };
}

function accept(where: string, option: JsonObject, value: Given, resolved: Resolved): Json {
  const name = `${where}: "${textOf(option.name)}"`;
  const choices = objectsOf(option.choices);
  if (choices.length > 0) {
    const chosen = choices.find(c => c.value === value || c.name === value || bears(c, String(value)));
    if (!chosen) throw new Error(`${name} offers no choice "${String(value)}"`);
    return chosen.value ?? null;
  }
  const type = Number(option.type);
  refuseWrongKind(name, type, value);
  refuseOutside(
    name,
    option,
    typeof value === 'string' ? value.length : value,
    typeof value === 'string' ? 'length' : 'value',
  );
  const types = option.channel_types;
  if (typeof value === 'object' && 'overwrites' in value && Array.isArray(types) && !types.includes(value.type)) {
    throw new Error(`${name} takes no channel of type ${value.type}`);
  }
  return resolved.travel(value);
}

function refuseWrongKind(name: string, type: number, value: Given): void {
  const is = (key: string) => typeof value === 'object' && key in value;
  const fits: Record<number, boolean> = {
    [TYPE.string]: typeof value === 'string',
    [TYPE.integer]: Number.isInteger(value),
    [TYPE.boolean]: typeof value === 'boolean',
    [TYPE.user]: is('username'),
    [TYPE.channel]: is('overwrites'),
    [TYPE.role]: is('permissions'),
    [TYPE.mentionable]: is('username') || is('permissions'),
    [TYPE.number]: typeof value === 'number',
    [TYPE.file]: is('bytes'),
  };
  if (!fits[type]) throw new Error(`${name} (type ${type}) does not take ${JSON.stringify(value)}`);
}

function refuseOutside(name: string, option: JsonObject, size: unknown, what: 'length' | 'value'): void {
  if (typeof size !== 'number') return;
  const low = option[`min_${what}`];
  const high = option[`max_${what}`];
  if (typeof low === 'number' && size < low) throw new Error(`${name}: ${what} ${size} is below ${low}`);
  if (typeof high === 'number' && size > high) throw new Error(`${name}: ${what} ${size} is above ${high}`);
}
