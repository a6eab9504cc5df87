import { type JsonObject, objectOf, objectsOf, textOf } from '../discord/json.ts';
import { elementsOf, flatBlocks } from './input-state.ts';
import type { Message, User, View } from './model.ts';

/** An element on a surface, with the block in which it stands. */
export interface Found {
  readonly block: JsonObject;
  readonly element: JsonObject;
  /** The option of an overflow menu that was named. */
  readonly option: JsonObject | null;
}

/** Refuses what the person does not see. */
export function surfaceOf(message: Message, user: User): void {
  if (message.deleted) throw new Error('this message has been deleted');
  if (message.ephemeralFor !== null && message.ephemeralFor !== user.id) {
    throw new Error(`${user.realName} does not see this message`);
  }
}

/** The element a person means: by action_id or block_id, or by what they read: label, button text, placeholder. */
export function findElement(on: Message | View, wanted: string, types?: readonly string[]): Found {
  const blocks = flatBlocks('ts' in on ? on.blocks : on.json.blocks);
  const all = blocks.flatMap(block => elementsOf(block).map(element => ({ block, element, option: null })));
  const usable = all.filter(f => f.element.type !== 'image' && (!types || types.includes(textOf(f.element.type))));
  const hit =
    usable.find(f => f.element.action_id === wanted) ??
    usable.find(f => f.block.block_id === wanted) ??
    usable.find(f => namesOf(f).includes(wanted)) ??
    usable.flatMap(f => optionsOf(f)).find(f => namesOf(f).includes(wanted));
  if (hit) return hit;
  const known = usable.flatMap(f => [...namesOf(f), textOf(f.element.action_id)]).filter(name => name !== '');
  throw new Error(`there is no "${wanted}" here (there is: ${known.join(', ') || 'nothing to use'})`);
}

function namesOf({ block, element, option }: Found): string[] {
  const words = (value: JsonObject[string]) => textOf(objectOf(value).text);
  if (option) return [words(option.text), textOf(option.value)];
  const around = block.type === 'input' ? words(block.label) : '';
  return [words(element.text), around, words(element.placeholder)].filter(name => name !== '');
}

function optionsOf(found: Found): Found[] {
  if (found.element.type !== 'overflow') return [];
  return objectsOf(found.element.options).map(option => ({ ...found, option }));
}
