import { type JsonObject, numberOf, objectOf, textOf } from '../json.ts';
import { Problems } from '../problems.ts';
import { COMPONENT, checkOptions, checkSelect, checkUniqueIds, flatten } from './components.ts';

const IN_LABEL: readonly number[] = [3, 4, 5, 6, 7, 8, 19, 21, 22, 23];

/** Refuses (50035) a modal outside Discord's limits: 1–5 top-level components, title and labels of at most 45. */
export function checkModal(data: JsonObject): void {
  const p = new Problems();
  p.text(['data', 'custom_id'], data.custom_id, { min: 1, max: 100, required: true });
  p.text(['data', 'title'], data.title, { min: 1, max: 45, required: true });
  const at = ['data', 'components'];
  p.list(at, data.components, { min: 1, max: 5, required: true }).forEach((item, i) => {
    checkTop(p, [...at, i], objectOf(item));
  });
  checkUniqueIds(p, at, flatten(data.components));
  p.refuse();
}

function checkTop(p: Problems, at: (string | number)[], c: JsonObject): void {
  if (c.type === COMPONENT.text) {
    p.text([...at, 'content'], c.content, { min: 1, max: 4000, required: true });
  } else if (c.type === COMPONENT.label) {
    p.text([...at, 'label'], c.label, { min: 1, max: 45, required: true });
    p.text([...at, 'description'], c.description, { max: 100 });
    checkField(p, [...at, 'component'], objectOf(c.component));
  } else if (c.type === COMPONENT.row) {
    const [input] = p.list([...at, 'components'], c.components, { min: 1, max: 1, required: true });
    const field = objectOf(input);
    if (field.type !== COMPONENT.textInput) p.choice([...at, 'components', 0, 'type'], null, [4]);
    p.text([...at, 'components', 0, 'label'], field.label, { min: 1, max: 45, required: true });
    checkField(p, [...at, 'components', 0], field);
  } else p.choice([...at, 'type'], c.type ?? null, [1, 10, 18]);
}

function checkField(p: Problems, at: (string | number)[], c: JsonObject): void {
  const type = numberOf(c.type);
  if (!IN_LABEL.includes(type)) {
    p.choice([...at, 'type'], type, IN_LABEL);
    return;
  }
  if (c.disabled) p.add([...at, 'disabled'], 'MODAL_COMPONENT_CANNOT_BE_DISABLED', 'Cannot be disabled in a modal');
  if (type === COMPONENT.textInput) {
    checkInput(p, at, c);
    return;
  }
  if (type === COMPONENT.upload) {
    p.whole([...at, 'min_values'], c.min_values, { min: 0, max: 10 });
    p.whole([...at, 'max_values'], c.max_values, { min: 1, max: 10 });
    p.list([...at, 'file_types'], c.file_types, { max: 10 });
  } else if (type === COMPONENT.radio) checkOptions(p, at, c.options, 2, 10);
  else if (type === COMPONENT.checkboxes) checkOptions(p, at, c.options, 1, 10);
  else if (type !== COMPONENT.checkbox) checkSelect(p, at, c);
  p.text([...at, 'custom_id'], c.custom_id, { min: 1, max: 100, required: true });
  const least = numberOf(c.min_values, 1);
  if (c.required === true && least === 0) {
    p.add([...at, 'required'], 'COMPONENT_REQUIRED_MIN_VALUES', 'A required component needs min_values of at least 1');
  }
}

function checkInput(p: Problems, at: (string | number)[], c: JsonObject): void {
  p.text([...at, 'custom_id'], c.custom_id, { min: 1, max: 100, required: true });
  p.choice([...at, 'style'], c.style, [1, 2]);
  p.text([...at, 'placeholder'], c.placeholder, { max: 100 });
  const min = p.whole([...at, 'min_length'], c.min_length, { min: 0, max: 4000 }) ?? 0;
  const max = p.whole([...at, 'max_length'], c.max_length, { min: 1, max: 4000 }) ?? 4000;
  if (min > max) p.add([...at, 'min_length'], 'NUMBER_TYPE_MAX', 'min_length exceeds max_length');
  p.text([...at, 'value'], c.value, { max });
  if (textOf(c.value) !== '' && textOf(c.value).length < min) {
    p.add([...at, 'value'], 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`);
  }
}
