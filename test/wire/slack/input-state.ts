import { type Json, type JsonObject, objectOf, objectsOf, textOf } from '../discord/json.ts';
import { nextSequence } from './ids.ts';

/** Names under which elements' values travel, and how they are prefilled. */
const FIELDS: Readonly<Record<string, readonly [field: string, initial: string]>> = {
  plain_text_input: ['value', 'initial_value'],
  number_input: ['value', 'initial_value'],
  email_text_input: ['value', 'initial_value'],
  url_text_input: ['value', 'initial_value'],
  rich_text_input: ['rich_text_value', 'initial_value'],
  static_select: ['selected_option', 'initial_option'],
  external_select: ['selected_option', 'initial_option'],
  radio_buttons: ['selected_option', 'initial_option'],
  overflow: ['selected_option', ''],
  checkboxes: ['selected_options', 'initial_options'],
  multi_static_select: ['selected_options', 'initial_options'],
  multi_external_select: ['selected_options', 'initial_options'],
  users_select: ['selected_user', 'initial_user'],
  multi_users_select: ['selected_users', 'initial_users'],
  conversations_select: ['selected_conversation', 'initial_conversation'],
  multi_conversations_select: ['selected_conversations', 'initial_conversations'],
  channels_select: ['selected_channel', 'initial_channel'],
  multi_channels_select: ['selected_channels', 'initial_channels'],
  datepicker: ['selected_date', 'initial_date'],
  timepicker: ['selected_time', 'initial_time'],
  datetimepicker: ['selected_date_time', 'initial_date_time'],
  file_input: ['files', ''],
};

/** All blocks, those inside containers and carousels too. */
export function flatBlocks(blocks: Json | undefined): JsonObject[] {
  return objectsOf(blocks).flatMap(block => {
    const inner = [...objectsOf(block.child_blocks), ...(block.type === 'carousel' ? objectsOf(block.elements) : [])];
    return [block, ...flatBlocks(inner)];
  });
}

/** The elements of a block that a person can use. */
export function elementsOf(block: JsonObject): JsonObject[] {
  switch (block.type) {
    case 'section':
      return block.accessory === undefined ? [] : [objectOf(block.accessory)];
    case 'actions':
      return objectsOf(block.elements);
    case 'input':
      return [objectOf(block.element)];
    case 'card':
      return objectsOf(block.actions);
    default:
      return [];
  }
}

/** The name under which an element's value stands in `state.values`, or null where it has none. */
export function stateField(element: JsonObject): string | null {
  const type = textOf(element.type);
  return type === 'overflow' ? null : (FIELDS[type]?.[0] ?? null);
}

/** The state of an element with a value. */
export function stateOf(element: JsonObject, value: Json): JsonObject {
  const type = textOf(element.type);
  const field = FIELDS[type]?.[0];
  if (!field) throw new Error(`a ${type} has no value`);
  return { type, [field]: value };
}

/** The state of a view: what stood in a field with the same block_id and action_id stays, all else is as prefilled. */
export function stateOfView(blocks: Json | undefined, before: Record<string, JsonObject>): Record<string, JsonObject> {
  const state: Record<string, JsonObject> = {};
  for (const block of flatBlocks(blocks)) {
    const blockId = textOf(block.block_id);
    for (const element of elementsOf(block)) {
      if (!stateField(element)) continue;
      const actionId = textOf(element.action_id);
      const kept = before[blockId]?.[actionId];
      const initial = FIELDS[textOf(element.type)]?.[1] ?? '';
      const several = /^(multi_|checkboxes|file_input)/.test(textOf(element.type));
      const fresh = stateOf(element, element[initial] ?? (several ? [] : null));
      state[blockId] = { ...state[blockId], [actionId]: kept ?? fresh };
    }
  }
  return state;
}

/** The blocks with the ids which Slack gives to those that have none. */
export function withIds(blocks: Json | undefined): JsonObject[] {
  const copy = structuredClone(objectsOf(blocks));
  for (const block of flatBlocks(copy)) {
    block.block_id ??= `b${nextSequence().toString(36)}`;
    for (const element of elementsOf(block)) {
      if (element.type !== 'image') element.action_id ??= `a${nextSequence().toString(36)}`;
    }
  }
  return copy;
}
