import { type Json, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import { type Path, Problems } from '../problems.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES =
  'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  );
const SUB = 1;
const GROUP = 2;

/** Refuses (50035) a list of commands for one scope when any of them, or their number, breaks a limit. */
export function checkCommands(commands: readonly JsonObject[]): void {
  const p = new Problems();
  const kinds: [type: number, max: number][] = [
    [1, 100],
    [2, 15],
    [3, 15],
  ];
  for (const [type, max] of kinds) {
    const names = commands.filter(c => numberOf(c.type, 1) === type).map(c => textOf(c.name));
    if (names.length > max) p.add([], 'BASE_TYPE_MAX_LENGTH', `At most ${max} commands of type ${type}`);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) {
      p.add([], 'APPLICATION_COMMANDS_DUPLICATE_NAME', `Application command names must be unique: ${twice}`);
    }
  }
  commands.forEach((command, i) => {
    checkCommand(p, [i], command);
  });
  p.refuse();
}

function checkCommand(p: Problems, at: Path, command: JsonObject): void {
  const type = numberOf(command.type, 1);
  p.choice([...at, 'type'], type, [1, 2, 3]);
  checkPermissionSet(p, [...at, 'default_member_permissions'], command.default_member_permissions);
  for (const [key, allowed] of [
    ['contexts', [0, 1, 2]],
    ['integration_types', [0, 1]],
  ] as const) {
    p.list([...at, key], command[key], { min: 1, max: 3 }).forEach((v, i) => {
      p.choice([...at, key, i], v, allowed);
    });
  }
  if (type !== 1) {
    p.text([...at, 'name'], command.name, { min: 1, max: 32, required: true });
    checkLocales(p, [...at, 'name_localizations'], command.name_localizations, 32, false);
    if (textOf(command.description))
      p.add([...at, 'description'], 'BASE_TYPE_NOT_ALLOWED', 'Context menu commands cannot have description');
    if (objectsOf(command.options).length)
      p.add([...at, 'options'], 'BASE_TYPE_NOT_ALLOWED', 'Context menu commands cannot have options');
    return;
  }
  checkNamed(p, at, command);
  checkOptions(p, at, command.options, [SUB, GROUP, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  if (size(command) > 8000) p.add(at, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)');
}

function checkPermissionSet(p: Problems, at: Path, value: Json | undefined): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'string' || !/^\d+$/.test(value)) p.add(at, 'STRING_TYPE_CONVERT', 'Not a permission bit set.');
}

function checkNamed(p: Problems, at: Path, thing: JsonObject): void {
  const name = p.text([...at, 'name'], thing.name, { min: 1, max: 32, required: true });
  if (name && (!NAME.test(name) || name !== name.toLowerCase())) {
    p.add([...at, 'name'], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
  p.text([...at, 'description'], thing.description, { min: 1, max: 100, required: true });
  checkLocales(p, [...at, 'name_localizations'], thing.name_localizations, 32, true);
  checkLocales(p, [...at, 'description_localizations'], thing.description_localizations, 100, false);
}

function checkLocales(p: Problems, at: Path, value: Json | undefined, max: number, isName: boolean): void {
  for (const [locale, text] of Object.entries(objectOf(value))) {
    if (!LOCALES.includes(locale)) p.choice([...at, locale], locale, LOCALES);
    p.text([...at, locale], text, { min: 1, max });
    if (isName && typeof text === 'string' && (!NAME.test(text) || text !== text.toLowerCase())) {
      p.add([...at, locale], 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
    }
  }
}

function checkOptions(p: Problems, at: Path, value: Json | undefined, allowed: readonly number[]): void {
  const here = [...at, 'options'];
  p.list(here, value, { max: 25 });
  const options = objectsOf(value);
  const mixed = options.some(o => isSub(o)) && options.some(o => !isSub(o));
  if (mixed) p.add(here, 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID', 'Subcommands cannot stand beside other options');
  let optionalSeen = false;
  options.forEach((option, i) => {
    checkOption(p, [...here, i], option, allowed);
    if (option.required === true && optionalSeen) {
      const code = 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID';
      p.add([...here, i], code, 'Required options must be placed before non-required options');
    }
    if (option.required !== true && !isSub(option)) optionalSeen = true;
  });
  checkUnique(p, here, options);
}

/** A localised name must differ from every other option's default name and from its localised names in that locale. */
function checkUnique(p: Problems, at: Path, options: readonly JsonObject[]): void {
  const localised = (o: JsonObject, locale: string) => textOf(objectOf(o.name_localizations)[locale]) || textOf(o.name);
  for (const locale of ['', ...LOCALES]) {
    options.forEach((a, i) => {
      const name = localised(a, locale);
      const clash = options.some((b, j) => j !== i && (b.name === name || (j < i && localised(b, locale) === name)));
      if (clash)
        p.add(
          [...at, i, 'name'],
          'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
          `Option name ${name} already exists`,
        );
    });
  }
}

function isSub(option: JsonObject): boolean {
  return option.type === SUB || option.type === GROUP;
}

function checkOption(p: Problems, at: Path, option: JsonObject, allowed: readonly number[]): void {
  const type = numberOf(option.type);
  p.choice([...at, 'type'], type, allowed);
  checkNamed(p, at, option);
  if (type === GROUP) checkOptions(p, at, option.options, [SUB]);
  else if (type === SUB) checkOptions(p, at, option.options, [3, 4, 5, 6, 7, 8, 9, 10, 11]);
  else checkPlainOption(p, at, option, type);
}

function checkPlainOption(p: Problems, at: Path, option: JsonObject, type: number): void {
  const hasChoices = objectsOf(option.choices).length > 0;
  if (hasChoices && option.autocomplete === true) {
    p.add(
      [...at, 'autocomplete'],
      'APPLICATION_COMMAND_OPTIONS_CHOICES_AUTOCOMPLETE',
      'Cannot have both choices and autocomplete',
    );
  }
  if ((hasChoices || option.autocomplete === true) && ![3, 4, 10].includes(type)) {
    p.add(
      [...at, 'type'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Only strings and numbers take choices or autocomplete',
    );
  }
  checkChoices(p, at, option.choices, type);
  p.list([...at, 'file_types'], option.file_types, { max: 10 });
  p.whole([...at, 'min_length'], option.min_length, { min: 0, max: 6000 });
  p.whole([...at, 'max_length'], option.max_length, { min: 1, max: 6000 });
  const low = option.min_value;
  const high = option.max_value;
  if (typeof low === 'number' && typeof high === 'number' && low > high) p.choice([...at, 'min_value'], low, []);
}

function checkChoices(p: Problems, at: Path, value: Json | undefined, type: number): void {
  p.list([...at, 'choices'], value, { max: 25 });
  objectsOf(value).forEach((choice, i) => {
    const here = [...at, 'choices', i];
    p.text([...here, 'name'], choice.name, { min: 1, max: 100, required: true });
    checkLocales(p, [...here, 'name_localizations'], choice.name_localizations, 100, false);
    if (type === 3) p.text([...here, 'value'], choice.value, { max: 100, required: true });
    else if (typeof choice.value !== 'number')
      p.add([...here, 'value'], 'NUMBER_TYPE_COERCE', 'Value is not a number.');
  });
}

/** Refuses (50035) the answer to an autocomplete: at most 25 choices with names of 1–100 and values of at most 100. */
export function checkAutocomplete(data: JsonObject, type: number): void {
  const p = new Problems();
  checkChoices(p, ['data'], data.choices, type);
  p.refuse();
}

/** Characters of a command: names, descriptions and choices, each counted by its longest localisation. */
function size(thing: JsonObject): number {
  const longest = (key: string) =>
    Math.max(
      textOf(thing[key]).length,
      ...Object.values(objectOf(thing[`${key}_localizations`])).map(text => textOf(text).length),
    );
  const value = typeof thing.value === 'string' ? thing.value.length : 0;
  return (
    longest('name') +
    longest('description') +
    value +
    [...objectsOf(thing.options), ...objectsOf(thing.choices)].reduce((sum, inner) => sum + size(inner), 0)
  );
}
