import type { APIModalInteractionResponseCallbackData, ModalSubmitInteraction } from 'discord.js';
import { hintOf, questionOf } from '../../src/adapter-kit/field-words.ts';
import type { FileRef, Given, Raw } from '../../src/contract/act.ts';
import type { Field, Form } from '../../src/contract/form.ts';
import { cutAt, partsOfList, shortened } from '../../src/language/clean.ts';
import { namedOf, roleOf } from './receive.ts';
import { LIMITS, POSTABLE } from './render.ts';

/** The prefix of a modal's id; behind it stands the form's `resume`. */
export const MODAL = 'm.';

/** Maximum lengths in a modal. https://docs.discord.com/developers/components/reference#label */
const LABEL = 45;
const HELP = 100;
const TYPED = 4_000;

/** The type of an input in which is typed. */
const TEXT = 4;

/** The menu of a long form that asks whether more is to be filled in; no option is named so. */
const MORE = '_more';
const GO_ON = 'go_on';

/**
 * A form as a modal. Discord takes five fields. A longer form shows the first five, where the rest can be filled in behind
 * a button of the answer; else four, the required ones first, and a menu that asks whether to save now or to go on.
 */
export function modalOf(form: Form): APIModalInteractionResponseCallbackData {
  const isLong = form.fields.length > LIMITS.formFields && !form.isCompletable;
  const shown = form.fields.slice(0, LIMITS.formFields - (isLong ? 1 : 0));
  return {
    custom_id: `${MODAL}${form.resume}`.slice(0, LIMITS.invocation),
    title: titleOf(form),
    components: [...shown.map(labelled), ...(isLong ? [moreOf(form, form.fields.length - shown.length)] : [])],
  } as APIModalInteractionResponseCallbackData;
}

/** The title whole; a thing's name that is too long by its beginning, of all else the short title. */
const titleOf = ({ title, short, isThing }: Form): string =>
  title.length <= LIMITS.formTitle || isThing ? shortened(title, LIMITS.formTitle) : short;

function labelled(field: Field): object {
  const component = inputOf(field);
  const hint = hintOf(field, { isTyped: component.type === TEXT, room: HELP });
  return {
    type: 18,
    label: shortened(questionOf(field), LABEL),
    ...(hint && { description: hint }),
    component,
  };
}

const moreOf = ({ more }: Form, left: number): object => ({
  type: 18,
  label: shortened(`${more.label} (${left})`, LABEL),
  component: {
    type: 3,
    custom_id: MORE,
    required: false,
    options: [
      { value: 'save', label: more.save, default: true },
      { value: GO_ON, label: more.goOn },
    ],
  },
});

/** Tells whether the person wants to fill in more of a long form. */
export const wantsMore = (interaction: ModalSubmitInteraction): boolean => {
  const field = interaction.fields.fields.get(MORE) as unknown as { values?: readonly string[] } | undefined;
  return field?.values?.[0] === GO_ON;
};

/** The native input of a field; numbers and dates are typed, and read as everywhere. */
function inputOf(field: Field): { readonly type: number; readonly [key: string]: unknown } {
  const common = { custom_id: field.option, required: field.required };
  if (field.choices.length && field.choices.length <= LIMITS.choices)
    return {
      ...common,
      type: 3,
      ...(field.many && { max_values: Math.min(field.many.max, field.choices.length) }),
      options: field.choices.map(({ value, label }) => ({
        value,
        label: cutAt(label, 100),
        default: (field.many ? partsOfList(field.value) : [field.value]).includes(value),
      })),
    };
  if (field.many?.input === 'member')
    return { ...common, type: 5, max_values: Math.min(field.many.max, LIMITS.choices) };
  if (field.input === 'member') return { ...common, type: 5 };
  if (field.input === 'channel') return { ...common, type: 8, channel_types: POSTABLE };
  if (field.input === 'role') return { ...common, type: 6 };
  if (field.input === 'file')
    return { ...common, type: 19, min_values: field.required ? 1 : 0, max_values: field.files };
  const style = field.input === 'paragraph' ? 2 : 1;
  // Text that is too long is shown whole, to be shortened by its author.
  const value = cutAt(field.value, TYPED);
  return { ...common, type: TEXT, style, max_length: Math.max(field.maxLength, value.length), ...(value && { value }) };
}

/** Returns what was filled in, by option; empty fields are absent. */
export function givenOf(interaction: ModalSubmitInteraction): Given {
  const given: Record<string, Raw> = {};
  for (const [key, field] of interaction.fields.fields) {
    if (key === MORE) continue;
    const raw = rawOf(field as unknown as Readonly<Record<string, unknown>>);
    if (raw) given[key] = raw;
  }
  return given;
}

function rawOf(field: Readonly<Record<string, unknown>>): Raw | null {
  if (typeof field.value === 'string') return field.value.trim() === '' ? null : { typed: field.value };
  const [value] = (field.values as readonly string[] | undefined) ?? [];
  if (value === undefined) return null;
  const { users, members, channels, roles, attachments } = resolvedOf(field);
  const all = field.values as readonly string[];
  const [account, ...others] = all.flatMap(id => {
    const user = users?.get(id);
    return user ? [namedOf(user, members?.get(id))] : [];
  });
  if (account) return { account, ...(others.length && { also: others }) };
  const channel = channels?.get(value);
  if (channel) return { channel: { id: value, name: channel.name ?? value } };
  const role = roles?.get(value);
  if (role) return { role: roleOf(role) };
  const [file, ...also] = all.flatMap(id => fileOf(attachments?.get(id)));
  if (file) return { file, ...(also.length && { also }) };
  return { typed: all.join(', ') };
}

const fileOf = (file: Attached | undefined): FileRef[] =>
  file ? [{ name: file.name, type: file.contentType ?? '', size: file.size, url: file.url }] : [];

interface Attached {
  readonly name: string;
  readonly contentType: string | null;
  readonly size: number;
  readonly url: string;
}

interface Resolved {
  readonly users?: ReadonlyMap<string, Parameters<typeof namedOf>[0]>;
  readonly members?: ReadonlyMap<string, unknown>;
  readonly channels?: ReadonlyMap<string, { name: string | null }>;
  readonly roles?: ReadonlyMap<string, { id: string; name: string; mentionable: boolean }>;
  readonly attachments?: ReadonlyMap<string, Attached>;
}

const resolvedOf = (field: Readonly<Record<string, unknown>>): Resolved => field as Resolved;
