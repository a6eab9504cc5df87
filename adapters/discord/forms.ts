import type { APIModalInteractionResponseCallbackData, ModalSubmitInteraction } from 'discord.js';
import type { Given, Raw } from '../../src/bot/act.ts';
import { type Field, type Form, steps } from '../../src/bot/forms.ts';
import { identityOf } from './receive.ts';
import { LIMITS } from './render.ts';

/** The prefix of a modal's id; behind it stands the form's `resume`. */
export const MODAL = 'm.';

/** A form as a modal: its first step of five fields, the required ones first; the rest can be added by command. */
export function modalOf(form: Form): APIModalInteractionResponseCallbackData {
  const [first = form] = steps(form, LIMITS.formFields);
  return {
    custom_id: `${MODAL}${form.resume}`.slice(0, LIMITS.invocation),
    title: form.title.slice(0, LIMITS.formTitle),
    components: first.fields.map(field => ({
      type: 18,
      label: field.label.slice(0, 45),
      description: field.help.slice(0, 100),
      component: inputOf(field),
    })),
  } as APIModalInteractionResponseCallbackData;
}

/** The native input of a field; numbers and dates are typed, and read as everywhere. */
function inputOf(field: Field): object {
  const common = { custom_id: field.option, required: field.required };
  if (field.choices.length && field.choices.length <= LIMITS.choices)
    return {
      ...common,
      type: 3,
      options: field.choices.map(({ value, label }) => ({
        value,
        label: label.slice(0, 100),
        default: value === field.value,
      })),
    };
  if (field.input === 'member') return { ...common, type: 5 };
  if (field.input === 'channel') return { ...common, type: 8 };
  if (field.input === 'file') return { ...common, type: 19, min_values: field.required ? 1 : 0, max_values: 1 };
  const style = field.input === 'paragraph' ? 2 : 1;
  const value = field.value.slice(0, field.maxLength);
  return { ...common, type: 4, style, max_length: field.maxLength, ...(value && { value }) };
}

/** What was filled in, by option; empty fields are absent. */
export function givenOf(interaction: ModalSubmitInteraction): Given {
  const given: Record<string, Raw> = {};
  for (const [key, field] of interaction.fields.fields) {
    const raw = rawOf(field as unknown as Readonly<Record<string, unknown>>);
    if (raw) given[key] = raw;
  }
  return given;
}

function rawOf(field: Readonly<Record<string, unknown>>): Raw | null {
  if (typeof field.value === 'string') return field.value.trim() === '' ? null : { typed: field.value };
  const [value] = (field.values as readonly string[] | undefined) ?? [];
  if (value === undefined) return null;
  const { users, channels, attachments } = resolvedOf(field);
  const user = users?.get(value);
  if (user) return { account: identityOf(user, false) };
  const channel = channels?.get(value);
  if (channel) return { channel: { id: value, name: channel.name ?? value } };
  const file = attachments?.get(value);
  if (file) return { file: { name: file.name, type: file.contentType ?? '', size: file.size, url: file.url } };
  return { typed: value };
}

interface Resolved {
  readonly users?: ReadonlyMap<string, { id: string; username: string; globalName: string | null }>;
  readonly channels?: ReadonlyMap<string, { name: string | null }>;
  readonly attachments?: ReadonlyMap<string, { name: string; contentType: string | null; size: number; url: string }>;
}

const resolvedOf = (field: Readonly<Record<string, unknown>>): Resolved => field as Resolved;
