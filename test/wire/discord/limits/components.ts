import { type Json, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import type { Path, Problems } from '../problems.ts';

/** Component types by name. https://discord.com/developers/docs/components/reference */
export const COMPONENT = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  upload: 19,
  radio: 21,
  checkboxes: 22,
  checkbox: 23,
} as const;

const SELECTS: readonly number[] = [3, 5, 6, 7, 8];
const TOP_V2: readonly number[] = [1, 9, 10, 12, 13, 14, 17];
const IN_CONTAINER: readonly number[] = [1, 9, 10, 12, 13, 14];

/** Every component of a tree, parents first, with rows, containers, sections, accessories and labels opened. */
export function flatten(components: Json | undefined): JsonObject[] {
  return objectsOf(components).flatMap(component => [
    component,
    ...flatten(component.components),
    ...flatten([component.component ?? null, component.accessory ?? null]),
  ]);
}

/** Checks the components of a message; `files` are the names of its attachments. */
export function checkComponents(p: Problems, value: Json | undefined, v2: boolean, files: readonly string[]): void {
  const at: Path = ['components'];
  const top = p.list(at, value, v2 ? { max: 40 } : { max: 5 });
  const all = flatten(value);
  if (v2 && all.length > 40) {
    p.add(at, 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', 'The total number of components cannot exceed 40');
  }
  const text = all.filter(c => c.type === COMPONENT.text).reduce((sum, c) => sum + textOf(c.content).length, 0);
  if (text > 4000) {
    p.add(
      at,
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      'The total displayable text across all components exceeds 4000',
    );
  }
  checkUniqueIds(p, at, all);
  top.forEach((item, i) => {
    checkComponent(p, [...at, i], objectOf(item), v2 ? TOP_V2 : [COMPONENT.row], files);
  });
}

/** Notes every custom_id that stands twice. */
export function checkUniqueIds(p: Problems, at: Path, all: readonly JsonObject[]): void {
  const seen = new Set<string>();
  for (const id of all.map(c => c.custom_id).filter(id => typeof id === 'string')) {
    if (seen.has(id)) p.add(at, 'COMPONENT_CUSTOM_ID_DUPLICATED', `Component custom id cannot be duplicated: ${id}`);
    seen.add(id);
  }
}

function checkComponent(p: Problems, at: Path, c: JsonObject, allowed: readonly number[], files: readonly string[]) {
  const type = numberOf(c.type);
  if (!allowed.includes(type)) {
    p.add([...at, 'type'], 'UNION_TYPE_CHOICES', `Value of field "type" must be one of (${allowed.join(', ')}).`);
    return;
  }
  const children = (types: readonly number[], min: number, max: number) =>
    p.list([...at, 'components'], c.components, { min, max, required: true }).forEach((child, i) => {
      checkComponent(p, [...at, 'components', i], objectOf(child), types, files);
    });
  if (type === COMPONENT.row) checkRow(p, at, c, files, children);
  else if (type === COMPONENT.button) checkButton(p, at, c);
  else if (SELECTS.includes(type)) checkSelect(p, at, c);
  else if (type === COMPONENT.text) p.text([...at, 'content'], c.content, { min: 1, max: 4000, required: true });
  else if (type === COMPONENT.section) {
    children([COMPONENT.text], 1, 3);
    const accessory = [COMPONENT.button, COMPONENT.thumbnail];
    checkComponent(p, [...at, 'accessory'], objectOf(c.accessory), accessory, files);
  } else if (type === COMPONENT.thumbnail) checkMedia(p, at, c, files, 'media', true);
  else if (type === COMPONENT.file) checkMedia(p, at, c, files, 'file', false);
  else if (type === COMPONENT.gallery) {
    p.list([...at, 'items'], c.items, { min: 1, max: 10, required: true }).forEach((item, i) => {
      checkMedia(p, [...at, 'items', i], objectOf(item), files, 'media', true);
    });
  } else if (type === COMPONENT.separator) {
    if (c.spacing !== undefined) p.choice([...at, 'spacing'], c.spacing, [1, 2]);
  } else if (type === COMPONENT.container) {
    p.whole([...at, 'accent_color'], c.accent_color, { min: 0, max: 0xffffff });
    children(IN_CONTAINER, 1, 40);
  }
}

function checkRow(
  p: Problems,
  at: Path,
  c: JsonObject,
  files: readonly string[],
  children: (types: readonly number[], min: number, max: number) => void,
): void {
  const first = numberOf(objectsOf(c.components)[0]?.type);
  if (!SELECTS.includes(first)) {
    children([COMPONENT.button], 1, 5);
    return;
  }
  const list = p.list([...at, 'components'], c.components, { min: 1, max: 1 });
  checkComponent(p, [...at, 'components', 0], objectOf(list[0]), SELECTS, files);
}

function checkButton(p: Problems, at: Path, c: JsonObject): void {
  p.choice([...at, 'style'], c.style, [1, 2, 3, 4, 5, 6]);
  p.text([...at, 'label'], c.label, { max: 80 });
  if (textOf(c.label).trim() === '' && !c.emoji && c.style !== 6) {
    p.add([...at, 'label'], 'BUTTON_COMPONENT_INVALID_LABEL', 'A button must have a label or emoji');
  }
  if (c.style === 5) {
    checkUrl(p, [...at, 'url'], c.url, 512, /^(https?|discord):\/\/\S+$/);
    if (c.custom_id !== undefined) {
      p.add(at, 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', 'A custom id and url cannot both be specified');
    }
  } else p.text([...at, 'custom_id'], c.custom_id, { min: 1, max: 100, required: true });
}

/** Checks a select of any kind, in a message or in a modal. */
export function checkSelect(p: Problems, at: Path, c: JsonObject): void {
  p.text([...at, 'custom_id'], c.custom_id, { min: 1, max: 100, required: true });
  p.text([...at, 'placeholder'], c.placeholder, { max: 150 });
  const min = p.whole([...at, 'min_values'], c.min_values, { min: 0, max: 25 }) ?? 1;
  const max = p.whole([...at, 'max_values'], c.max_values, { min: 1, max: 25 }) ?? 1;
  if (min > max) p.add([...at, 'max_values'], 'NUMBER_TYPE_MIN', 'max_values must be at least min_values');
  if (c.type !== COMPONENT.stringSelect) {
    p.list([...at, 'default_values'], c.default_values, { max });
    return;
  }
  checkOptions(p, at, c.options, 1, 25);
  const count = objectsOf(c.options).length;
  if (max > count) p.add([...at, 'max_values'], 'NUMBER_TYPE_MAX', 'max_values exceeds the number of options');
  const preset = objectsOf(c.options).filter(o => o.default === true).length;
  if (preset > max) p.add([...at, 'options'], 'SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', 'Too many default values');
}

/** Checks the options of a select, radio group or checkbox group: texts of at most 100, values once each. */
export function checkOptions(p: Problems, at: Path, value: Json | undefined, min: number, max: number): void {
  const seen = new Set<string>();
  p.list([...at, 'options'], value, { min, max, required: true }).forEach((item, i) => {
    const option = objectOf(item);
    const here = [...at, 'options', i];
    p.text([...here, 'label'], option.label, { min: 1, max: 100, required: true });
    const text = p.text([...here, 'value'], option.value, { min: 1, max: 100, required: true }) ?? '';
    p.text([...here, 'description'], option.description, { max: 100 });
    if (seen.has(text)) {
      p.add(
        [...here, 'value'],
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
        'The specified option value is already used',
      );
    }
    seen.add(text);
  });
}

function checkMedia(p: Problems, at: Path, c: JsonObject, files: readonly string[], key: string, urls: boolean) {
  p.text([...at, 'description'], c.description, { max: 1024 });
  const where = [...at, key, 'url'];
  const url = textOf(objectOf(c[key]).url);
  const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
  if (name === undefined) {
    if (urls) checkUrl(p, where, url, 2048, /^https?:\/\/\S+$/);
    else p.add(where, 'URL_TYPE_INVALID_SCHEME', 'Only attachment:// references are allowed');
  } else if (!files.includes(name)) {
    p.add(where, 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', `There is no attachment ${name}`);
  }
}

/** Checks a URL by length and scheme. */
export function checkUrl(p: Problems, at: Path, value: Json | undefined, max: number, shape: RegExp): void {
  const url = p.text(at, value, { min: 1, max, required: true });
  if (url && !shape.test(url)) p.add(at, 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
}
