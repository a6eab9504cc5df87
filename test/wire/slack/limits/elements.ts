import { type Json, type JsonObject, textOf } from '../../discord/json.ts';
import { checkImage } from './images.ts';
import type { Path, Problems } from './problems.ts';
import { checkRichText } from './rich-text.ts';
import { checkConfirm, checkInitial, checkOption, checkOptionGroups, checkOptions, checkText } from './texts.ts';

/** Surfaces with blocks. */
export type Surface = 'message' | 'modal' | 'home';

const SELECTS = ['static', 'external', 'users', 'conversations', 'channels'].flatMap(kind => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);
const PICKERS = ['datepicker', 'timepicker', 'checkboxes', 'radio_buttons'];

/** Elements by the block in which they stand. https://docs.slack.dev/reference/block-kit/block-elements */
export const HOSTED = {
  section: [...SELECTS, ...PICKERS, 'button', 'overflow', 'image', 'workflow_button'],
  actions: [...SELECTS, ...PICKERS, 'button', 'overflow', 'datetimepicker', 'rich_text_input', 'workflow_button'],
  input: [
    ...[...SELECTS, ...PICKERS, 'datetimepicker', 'plain_text_input', 'number_input'],
    ...['email_text_input', 'url_text_input', 'rich_text_input', 'file_input'],
  ],
} as const;

const COMMON = ['type', 'action_id', 'confirm', 'focus_on_load', 'placeholder'];
const TEXT_INPUT = [...COMMON, 'initial_value', 'dispatch_action_config'];
const OPTIONS = [...COMMON, 'options', 'option_groups'];

type Check = (p: Problems, at: Path, element: JsonObject, surface: Surface) => void;

const ELEMENTS: Readonly<Record<string, { readonly keys: readonly string[]; readonly check: Check }>> = {
  button: {
    keys: ['type', 'action_id', 'confirm', 'text', 'value', 'url', 'style', 'accessibility_label'],
    check: (p, at, e) => {
      checkText(p, [...at, 'text'], e.text, { max: 75, required: true, plain: true });
      p.string([...at, 'value'], e.value, { min: 0, max: 2000 });
      p.string([...at, 'url'], e.url, { max: 3000 });
      p.oneOf([...at, 'style'], e.style, ['primary', 'danger']);
      p.string([...at, 'accessibility_label'], e.accessibility_label, { max: 75 });
    },
  },
  workflow_button: { keys: ['type', 'action_id', 'text', 'workflow', 'style', 'accessibility_label'], check: () => {} },
  overflow: {
    keys: ['type', 'action_id', 'confirm', 'options'],
    check: (p, at, e) => checkOptions(p, [...at, 'options'], e.options, { max: 5, url: true }),
  },
  checkboxes: {
    keys: [...COMMON, 'options', 'initial_options'],
    check: (p, at, e) => {
      checkOptions(p, [...at, 'options'], e.options, { max: 10, markup: true });
      checkInitials(p, at, e);
    },
  },
  radio_buttons: {
    keys: [...COMMON, 'options', 'initial_option'],
    check: (p, at, e) => {
      checkOptions(p, [...at, 'options'], e.options, { max: 10, markup: true });
      checkInitial(p, [...at, 'initial_option'], e.initial_option, e);
    },
  },
  static_select: {
    keys: [...OPTIONS, 'initial_option'],
    check: (p, at, e) => {
      checkMenu(p, at, e);
      checkInitial(p, [...at, 'initial_option'], e.initial_option, e);
    },
  },
  multi_static_select: {
    keys: [...OPTIONS, 'initial_options', 'max_selected_items'],
    check: (p, at, e) => {
      checkMenu(p, at, e);
      checkInitials(p, at, e);
    },
  },
  external_select: {
    keys: [...COMMON, 'initial_option', 'min_query_length'],
    check: (p, at, e) => {
      p.whole([...at, 'min_query_length'], e.min_query_length, { min: 0 });
      if (e.initial_option !== undefined) checkOption(p, [...at, 'initial_option'], e.initial_option, {});
    },
  },
  multi_external_select: {
    keys: [...COMMON, 'initial_options', 'min_query_length', 'max_selected_items'],
    check: (p, at, e) => p.whole([...at, 'min_query_length'], e.min_query_length, { min: 0 }),
  },
  users_select: { keys: [...COMMON, 'initial_user'], check: (p, at, e) => id(p, at, e, 'initial_user') },
  multi_users_select: { keys: [...COMMON, 'initial_users', 'max_selected_items'], check: () => {} },
  conversations_select: {
    keys: [...[...COMMON, 'initial_conversation', 'default_to_current_conversation', 'response_url_enabled'], 'filter'],
    check: (p, at, e) => id(p, at, e, 'initial_conversation'),
  },
  multi_conversations_select: {
    keys: [...[...COMMON, 'initial_conversations', 'default_to_current_conversation', 'filter'], 'max_selected_items'],
    check: () => {},
  },
  channels_select: {
    keys: [...COMMON, 'initial_channel', 'response_url_enabled'],
    check: (p, at, e) => id(p, at, e, 'initial_channel'),
  },
  multi_channels_select: { keys: [...COMMON, 'initial_channels', 'max_selected_items'], check: () => {} },
  datepicker: {
    keys: [...COMMON, 'initial_date'],
    check: (p, at, e) => shaped(p, at, e, 'initial_date', /^\d{4}-\d{2}-\d{2}$/),
  },
  timepicker: {
    keys: [...COMMON, 'initial_time', 'timezone'],
    check: (p, at, e) => shaped(p, at, e, 'initial_time', /^([01]\d|2[0-3]):[0-5]\d$/),
  },
  datetimepicker: {
    keys: ['type', 'action_id', 'confirm', 'focus_on_load', 'initial_date_time'],
    check: (p, at, e) => p.whole([...at, 'initial_date_time'], e.initial_date_time, { min: 1e9, max: 9_999_999_999 }),
  },
  plain_text_input: {
    keys: [...TEXT_INPUT, 'multiline', 'min_length', 'max_length'],
    check: (p, at, e) => {
      p.flag([...at, 'multiline'], e.multiline);
      p.whole([...at, 'min_length'], e.min_length, { min: 0, max: 3000 });
      p.whole([...at, 'max_length'], e.max_length, { min: 1, max: 3000 });
      const max = typeof e.max_length === 'number' ? e.max_length : 3000;
      p.string([...at, 'initial_value'], e.initial_value, { min: 0, max });
    },
  },
  number_input: {
    keys: [...TEXT_INPUT, 'is_decimal_allowed', 'min_value', 'max_value'],
    check: (p, at, e) => {
      p.flag([...at, 'is_decimal_allowed'], p.need(at, e, 'is_decimal_allowed'));
      const number = e.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
      for (const key of ['initial_value', 'min_value', 'max_value']) shaped(p, at, e, key, number);
      if (Number(e.min_value) > Number(e.max_value)) p.add([...at, 'max_value'], 'must not be less than min_value');
    },
  },
  email_text_input: { keys: TEXT_INPUT, check: (p, at, e) => id(p, at, e, 'initial_value') },
  url_text_input: { keys: TEXT_INPUT, check: (p, at, e) => id(p, at, e, 'initial_value') },
  rich_text_input: {
    keys: [...TEXT_INPUT, 'min_lines', 'max_lines'],
    check: (p, at, e) => {
      const given = e.initial_value === undefined ? null : p.object([...at, 'initial_value'], e.initial_value);
      if (given) checkRichText(p, [...at, 'initial_value'], given);
    },
  },
  file_input: {
    keys: ['type', 'action_id', 'filetypes', 'max_files'],
    check: (p, at, e, surface) => {
      if (surface !== 'modal') p.add([...at, 'type'], 'unsupported type: file_input');
      p.whole([...at, 'max_files'], e.max_files, { min: 1, max: 10 });
      p.list([...at, 'filetypes'], e.filetypes, { min: 1, max: 100 });
    },
  },
  image: { keys: ['type', 'image_url', 'alt_text', 'slack_file'], check: checkImage },
};

/** One element in the block that hosts it. */
export function checkElement(
  p: Problems,
  at: Path,
  value: Json | undefined,
  allowed: readonly string[],
  surface: Surface,
): void {
  const element = p.object(at, value);
  if (!element) return;
  const type = textOf(element.type);
  const rule = ELEMENTS[type];
  if (!rule || !allowed.includes(type)) return void p.add([...at, 'type'], `unsupported type: ${type}`);
  p.only(at, element, rule.keys);
  if (type !== 'image') checkActionId(p, at, element);
  if (element.placeholder !== undefined) {
    checkText(p, [...at, 'placeholder'], element.placeholder, { max: 150, plain: true });
  }
  if (element.confirm !== undefined) checkConfirm(p, [...at, 'confirm'], element.confirm);
  p.whole([...at, 'max_selected_items'], element.max_selected_items, { min: 1 });
  p.flag([...at, 'focus_on_load'], element.focus_on_load);
  if (element.focus_on_load === true) p.focused += 1;
  if (p.focused > 1) p.add([...at, 'focus_on_load'], 'only one element may have focus_on_load');
  rule.check(p, at, element, surface);
}

/** No action_id stands twice on a message, nor in one block of a view. */
function checkActionId(p: Problems, at: Path, element: JsonObject): void {
  const actionId = p.string([...at, 'action_id'], element.action_id, { max: 255 });
  if (actionId === '') return;
  if (p.actionIds.has(actionId)) p.add([...at, 'action_id'], `\`action_id\` "${actionId}" already exists`);
  p.actionIds.add(actionId);
}

function checkMenu(p: Problems, at: Path, element: JsonObject): void {
  const grouped = element.option_groups !== undefined;
  if (grouped && element.options !== undefined) p.add(at, 'must not provide both options and option_groups');
  if (grouped) checkOptionGroups(p, [...at, 'option_groups'], element.option_groups);
  else checkOptions(p, [...at, 'options'], element.options, { max: 100 });
}

function checkInitials(p: Problems, at: Path, element: JsonObject): void {
  p.list([...at, 'initial_options'], element.initial_options, {}).forEach((option, i) => {
    checkInitial(p, [...at, 'initial_options', i], option, element);
  });
}

function id(p: Problems, at: Path, element: JsonObject, key: string): void {
  p.string([...at, key], element[key], {});
}

function shaped(p: Problems, at: Path, element: JsonObject, key: string, pattern: RegExp): void {
  const text = p.string([...at, key], element[key], {});
  if (text !== '' && !pattern.test(text)) p.add([...at, key], `invalid format: ${text}`);
}
