import type { ShownModal } from './exchange.ts';
import { type Json, type JsonObject, numberOf, objectOf, objectsOf, textOf, textsOf } from './json.ts';
import { COMPONENT } from './limits/components.ts';
import type { Given, Resolved } from './values.ts';

/**
 * Values that a person fills in, by the field's label or custom_id; a field that is left out keeps its prefilled value.
 */
export type ModalValues = Readonly<Record<string, Given | readonly Given[]>>;

/** The `components` of a modal submit; throws on what a Discord client does not let a person send. */
export function fillModal(modal: ShownModal, values: ModalValues, resolved: Resolved): JsonObject[] {
  const used = new Set<string>();
  const filled = objectsOf(modal.json.components).map((top): JsonObject => {
    if (top.type === COMPONENT.text) return { type: COMPONENT.text, id: numberOf(top.id) };
    const inRow = top.type === COMPONENT.row;
    const field = inRow ? objectOf(objectsOf(top.components)[0]) : objectOf(top.component);
    const label = textOf(inRow ? field.label : top.label);
    const id = textOf(field.custom_id);
    const key = id in values ? id : label;
    if (key in values) used.add(key);
    const answer = {
      type: field.type,
      custom_id: id,
      id: numberOf(field.id),
      ...fill(label, field, values[key], resolved),
    };
    return inRow ? { type: COMPONENT.row, components: [answer] } : { type: COMPONENT.label, component: answer };
  });
  const unknown = Object.keys(values).find(key => !used.has(key));
  const labels = modal.fields.map(f => `"${f.label}"`).join(', ');
  if (unknown !== undefined)
    throw new Error(`the modal "${modal.title}" has no field "${unknown}" (it has: ${labels})`);
  return filled;
}

/** Returns what a field holds when the modal opens. */
function prefilled(field: JsonObject): Json {
  if (field.type === COMPONENT.textInput) return textOf(field.value);
  if (field.type === COMPONENT.checkbox) return field.default === true;
  const preset = objectsOf(field.options).filter(o => o.default === true);
  if (preset.length > 0) return preset.map(o => textOf(o.value));
  return objectsOf(field.default_values).map(v => textOf(v.id));
}

function fill(
  label: string,
  field: JsonObject,
  given: Given | readonly Given[] | undefined,
  resolved: Resolved,
): JsonObject {
  const type = numberOf(field.type);
  if (type === COMPONENT.textInput) return { value: fillText(label, field, given) };
  if (type === COMPONENT.checkbox) return { value: given === undefined ? prefilled(field) : given === true };
  const list: readonly Given[] = given === undefined ? textsOf(prefilled(field)) : isList(given) ? given : [given];
  const options = objectsOf(field.options);
  const chosen = list.map(value => (options.length > 0 ? optionValue(label, options, value) : resolved.travel(value)));
  const required = field.required !== false;
  const least = type === COMPONENT.radio ? 1 : numberOf(field.min_values, 1);
  const most =
    type === COMPONENT.checkboxes ? numberOf(field.max_values, options.length) : numberOf(field.max_values, 1);
  if (chosen.length === 0 && required && least > 0) throw new Error(`"${label}" must be filled in`);
  if (chosen.length > most || (chosen.length > 0 && chosen.length < least)) {
    throw new Error(`"${label}" takes ${least} to ${most} values, not ${chosen.length}`);
  }
  return type === COMPONENT.radio ? { value: chosen[0] ?? null } : { values: chosen };
}

function isList(given: Given | readonly Given[]): given is readonly Given[] {
  return Array.isArray(given);
}

function fillText(label: string, field: JsonObject, given: Given | readonly Given[] | undefined): string {
  const text = given === undefined ? textOf(field.value) : String(given);
  if (text === '' && field.required !== false) throw new Error(`"${label}" must be filled in`);
  const least = numberOf(field.min_length, 0);
  const most = numberOf(field.max_length, 4000);
  if (text !== '' && (text.length < least || text.length > most)) {
    throw new Error(`"${label}" takes ${least} to ${most} characters, not ${text.length}`);
  }
  return text;
}

/** The value behind an option which the person names by label or value. */
export function optionValue(where: string, options: readonly JsonObject[], wanted: Given): string {
  const option = options.find(o => o.label === wanted || o.value === wanted);
  const known = options.map(o => `"${textOf(o.label)}"`).join(', ');
  if (!option) throw new Error(`"${where}" offers no "${String(wanted)}" (it offers: ${known})`);
  return textOf(option.value);
}
