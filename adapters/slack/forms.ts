import type { types } from '@slack/bolt';
import { hintOf, questionOf } from '../../src/adapter-kit/field-words.ts';
import type { Field, Form } from '../../src/contract/form.ts';
import { partsOfList, shortened } from '../../src/language/clean.ts';
import type { ViewPayload } from './receive.ts';
import { LIMITS } from './render.ts';
import { plainText } from './text.ts';

/** The prefix of a modal's id; behind it stands the form's `resume`. */
const MODAL = 'm.';
/** Every input has the same id within the block that is named for its option. */
const VALUE = 'value';
const BUTTON = 24;
const OPTION = 75;
const HELP = 2_000;
const LONG = 3_000;
/** Maximum number of fields of a form that is shown whole. */
const SHORT = 6;
/** Number of first fields of a longer one; the rest stands behind a button. */
const FIRST = 5;
/** Id of that button; no option is named so. */
export const MORE = '_more';
const PLACEHOLDER = 150;

/** Describes where the form was asked for: it goes with the modal, and tells nothing that is secret. */
export interface Origin {
  readonly channel: string | null;
  readonly thread?: string | undefined;
  /** It was asked for in a window, in which the answer stands as well. */
  readonly window?: true | undefined;
  /** Name of the way to answer where it was asked for, which the process keeps that opened it. */
  readonly asked?: string | undefined;
}

/**
 * A form as a modal; `message` stands above the fields, where there is something to mend. Of a long one the first fields
 * stand there, and a button shows the others (`isWhole`): what was filled in stays.
 */
export function modalOf(form: Form, origin: Origin, { message = '', isWhole = false } = {}): types.ModalView {
  const isShort = isWhole || form.fields.length <= SHORT;
  const fields = form.fields.slice(0, isShort ? LIMITS.formFields : Math.max(FIRST, form.leading));
  const left = isShort ? 0 : form.fields.length - fields.length;
  return {
    type: 'modal',
    callback_id: `${MODAL}${form.resume}`,
    private_metadata: metadataOf(origin),
    title: plainText(form.title.length > LIMITS.formTitle ? form.short : form.title, LIMITS.formTitle),
    submit: plainText(form.send, BUTTON),
    close: plainText(form.cancel, BUTTON),
    blocks: [
      ...(message ? [said(`⚠ ${message}`)] : []),
      ...(form.title.length > LIMITS.formTitle ? [said(form.title)] : []),
      ...fields.map(field => blockOf(field)),
      ...(left > 0 ? [moreOf(form, left)] : []),
    ],
  };
}

const moreOf = ({ more }: Form, left: number): types.ActionsBlock => ({
  type: 'actions',
  block_id: MORE,
  elements: [{ type: 'button', action_id: MORE, text: plainText(`${more.show} (${left})`, OPTION) }],
});

/** The options that a modal asks for, in order. */
export const shownIn = (view: { readonly blocks?: ViewPayload['blocks'] }): string[] =>
  (view.blocks ?? []).flatMap(block => (block.type === 'input' && block.block_id ? [block.block_id] : []));

/** The same form whole: what stands in the modal already stays where it is, and keeps what was filled in. */
export function wholeOf(form: Form, origin: Origin, shown: readonly string[]): types.ModalView {
  const place = (field: Field): number => (shown.includes(field.option) ? shown.indexOf(field.option) : shown.length);
  const fields = [...form.fields].sort((a, b) => place(a) - place(b));
  return modalOf({ ...form, fields }, origin, { isWhole: true });
}

const said = (words: string): types.SectionBlock => ({ type: 'section', text: plainText(words, LONG) });

/** Returns what a modal of ours asks for: its form's `resume`, and where it was opened; null for another's. */
export function readModal(view: {
  readonly callback_id?: string;
  readonly private_metadata?: string;
}): { readonly resume: string; readonly origin: Origin } | null {
  if (!view.callback_id?.startsWith(MODAL)) return null;
  return { resume: view.callback_id.slice(MODAL.length), origin: originOf(view) };
}

/** Returns what a window carries of where it was opened. */
export const metadataOf = (origin: Origin): string => JSON.stringify(origin);

/** Returns where a window was opened; nowhere that we know for the Home tab and windows of others. */
export function originOf(view: { readonly private_metadata?: string }): Origin {
  try {
    const { channel, thread, window, asked } = JSON.parse(view.private_metadata ?? '') as Partial<
      Record<keyof Origin, unknown>
    >;
    return {
      channel: typeof channel === 'string' ? channel : null,
      ...(typeof thread === 'string' && { thread }),
      ...(window === true && { window }),
      ...(typeof asked === 'string' && { asked }),
    };
  } catch {
    return { channel: null };
  }
}

/** Elements in which is typed. */
const TYPED = new Set(['plain_text_input', 'number_input']);

function blockOf(field: Field): types.InputBlock {
  const element = inputOf(field);
  const hint = hintOf(field, { isTyped: TYPED.has(element.type), room: HELP });
  return {
    type: 'input',
    block_id: field.option,
    label: plainText(questionOf(field), HELP),
    ...(hint && { hint: plainText(hint, HELP) }),
    optional: !field.required,
    element: { ...element, action_id: VALUE },
  };
}

/**
 * The native input of a field. What was typed and cannot be read stands in a line of text, so that it can be mended;
 * figures are typed as well, since Slack's own numbers know neither a decimal comma nor an amount in words.
 */
function inputOf(field: Field): types.InputBlock['element'] {
  const { value } = field;
  if (field.choices.length && field.choices.length <= LIMITS.choices) return choicesOf(field);
  switch (field.input) {
    case 'date':
      if (value === '') return { type: 'datepicker' };
      if (/^\d{4}-\d\d-\d\d$/.test(value)) return { type: 'datepicker', initial_date: value };
      break;
    case 'instant': {
      if (value === '') return { type: 'datetimepicker' };
      const at = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : Number.NaN;
      if (!Number.isNaN(at)) return { type: 'datetimepicker', initial_date_time: Math.floor(at / 1_000) };
      break;
    }
    case 'time':
      if (value === '') return { type: 'timepicker' };
      if (/^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return { type: 'timepicker', initial_time: value };
      break;
    case 'whole':
      if (isWithin(field)) {
        const { min, max } = field.bounds ?? {};
        return {
          type: 'number_input',
          is_decimal_allowed: false,
          ...(min !== undefined && { min_value: String(min) }),
          ...(max !== undefined && { max_value: String(max) }),
          ...(value && { initial_value: value }),
        };
      }
      break;
    case 'entity':
      return { type: 'external_select', min_query_length: 0, ...(value && { initial_option: optionOf(value, value) }) };
    // A person or thing that was meant and not found stands in the menu, to be chosen there.
    case 'member':
      return { type: 'users_select', ...meant(value) };
    case 'channel':
      return {
        type: 'conversations_select',
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...meant(value),
      };
    case 'list': {
      const { many } = field;
      if (many?.input === 'member')
        return { type: 'multi_users_select', max_selected_items: many.max, ...meant(value) };
      if (many?.input !== 'entity') break;
      const stand = partsOfList(value).map(one => optionOf(one, one));
      return {
        type: 'multi_external_select',
        min_query_length: 0,
        max_selected_items: many.max,
        ...(stand.length > 0 && { initial_options: stand }),
      };
    }
    case 'file':
      if (value === '') return { type: 'file_input', max_files: field.files };
      break;
    default:
  }
  const long = field.input === 'paragraph';
  return {
    type: 'plain_text_input',
    multiline: long,
    max_length: Math.min(LONG, Math.max(field.maxLength, value.length)),
    ...(value && { initial_value: shortened(value, LONG) }),
  };
}

/** Tells whether what stands in a field for a whole number is none yet, or one that the field takes. */
const isWithin = ({ value, bounds }: Field): boolean =>
  value === '' ||
  (/^\d{1,15}$/.test(value) && (!bounds || (Number(value) >= bounds.min && Number(value) <= bounds.max)));

/** Words that were typed where something is to be chosen. */
const meant = (value: string): { placeholder?: types.PlainTextElement } =>
  value === '' ? {} : { placeholder: plainText(value, PLACEHOLDER) };

const optionOf = (value: string, label: string): types.PlainTextOption => ({
  value: shortened(value, OPTION),
  text: plainText(label, OPTION),
});

function choicesOf({ choices, value }: Field): types.StaticSelect {
  const options = choices.map(one => optionOf(one.value, one.label));
  const chosen = options.find(one => one.value === value);
  return { type: 'static_select', options, ...(chosen && { initial_option: chosen }) };
}

/** Returns what an external menu offers for what is typed so far. */
export const suggestionsOf = (found: readonly { readonly value: string; readonly label: string }[]) =>
  found.slice(0, LIMITS.choices).map(({ value, label }) => optionOf(value, label));
