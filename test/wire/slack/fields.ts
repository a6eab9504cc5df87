import { type Json, type JsonObject, objectOf, objectsOf, textOf } from '../discord/json.ts';
import { slackId } from './ids.ts';
import { stateOf } from './input-state.ts';
import { mimeOf } from './mime.ts';
import type { Channel, StoredFile, User } from './model.ts';
import { renderFile } from './render.ts';
import type { Stage } from './stage.ts';

/** A file a person hands over. */
export interface SentFile {
  readonly filename: string;
  readonly bytes: Uint8Array | string;
}

/** An option of a menu that loads its options, as such a menu showed it. */
export interface Choice {
  readonly text: string;
  readonly value: string;
}

/** Value that a person can put into one field; null empties it. Options go by label or value. */
export type Given = string | number | User | Channel | SentFile | Choice | null;

/** A field's value: one, or several where the field takes several. */
export type FieldValue = Given | readonly Given[];

/**
 * The state of an element after a person filled it in. What Slack's own client would not take (a word for a number, an
 * option that is not there, too long a text) is an error of the test.
 */
export function fillIn(stage: Stage, element: JsonObject, value: FieldValue, user: User, label: string): JsonObject {
  const all = (Array.isArray(value) ? value : value === null ? [] : [value]) as readonly Given[];
  const type = textOf(element.type);
  const several = type.startsWith('multi_') || type === 'checkboxes' || type === 'file_input';
  const most = several ? Number(element.max_selected_items ?? element.max_files ?? Number.POSITIVE_INFINITY) : 1;
  if (all.length > most) throw new Error(`"${label}" takes at most ${most}`);
  const filled = all.map(one => travel(stage, element, one, user, label));
  return stateOf(element, several ? filled : (filled[0] ?? null));
}

/** Returns the reason for which Slack's client would not send a field as it stands, or null. */
export function refusal(block: JsonObject, state: JsonObject | undefined): string | null {
  const value = Object.entries(state ?? {}).find(([name]) => name !== 'type')?.[1];
  const empty = value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return block.optional === true ? null : 'must be filled in';
  return null;
}

function travel(stage: Stage, element: JsonObject, given: Given, user: User, label: string): Json {
  const type = textOf(element.type).replace('multi_', '');
  const bad = (why: string) => new Error(`"${label}": ${why} (${JSON.stringify(given)})`);
  const matching = (pattern: RegExp) => {
    if (!pattern.test(String(given))) throw bad(`Slack's client takes no such ${type}`);
    return String(given);
  };
  switch (type) {
    case 'plain_text_input':
      return typedText(element, String(given), bad);
    case 'number_input':
      return numberText(element, matching(element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/), bad);
    case 'email_text_input':
      return matching(/^\S+@\S+\.\S+$/);
    case 'url_text_input':
      return matching(/^https?:\/\/\S+$/);
    case 'datepicker':
      return matching(/^\d{4}-\d{2}-\d{2}$/);
    case 'timepicker':
      return matching(/^([01]\d|2[0-3]):[0-5]\d$/);
    case 'datetimepicker':
      return Number(matching(/^\d{10}$/));
    case 'static_select':
    case 'radio_buttons':
    case 'checkboxes':
    case 'overflow':
      return knownOption(element, String(given), bad);
    case 'external_select':
      if (!isChoice(given)) throw bad('give one of the choices the menu has loaded');
      return { text: { type: 'plain_text', text: given.text, emoji: true }, value: given.value };
    case 'users_select':
    case 'conversations_select':
    case 'channels_select':
      return isThing(given) ? given.id : matching(/^[A-Z0-9]+$/);
    case 'file_input':
      if (!isFile(given)) throw bad('takes files');
      return renderFile(handOver(stage, given, user), stage.origin);
    default:
      throw bad(`the stand-in cannot fill in a ${type}`);
  }
}

function typedText(element: JsonObject, text: string, bad: (why: string) => Error): string {
  const [least, most] = [Number(element.min_length ?? 0), Number(element.max_length ?? 3000)];
  if (text.length < least || text.length > most) throw bad(`takes ${least} to ${most} characters`);
  if (element.multiline !== true && text.includes('\n')) throw bad('has one line only');
  return text;
}

function numberText(element: JsonObject, text: string, bad: (why: string) => Error): string {
  const [least, most] = [element.min_value ?? '-Infinity', element.max_value ?? 'Infinity'];
  if (Number(text) < Number(least) || Number(text) > Number(most)) throw bad(`takes ${least} to ${most}`);
  return text;
}

function knownOption(element: JsonObject, wanted: string, bad: (why: string) => Error): JsonObject {
  const groups = objectsOf(element.option_groups).flatMap(g => objectsOf(g.options));
  const options = [...objectsOf(element.options), ...groups];
  const labelOf = (o: JsonObject) => textOf(objectOf(o.text).text);
  const option = options.find(o => o.value === wanted) ?? options.find(o => labelOf(o) === wanted);
  if (!option) throw bad(`has no such option; it has ${options.map(labelOf).join(', ')}`);
  return option;
}

/** A file a person puts into Slack. */
export function handOver(stage: Stage, sent: SentFile, owner: User): StoredFile {
  const bytes = typeof sent.bytes === 'string' ? new TextEncoder().encode(sent.bytes) : sent.bytes;
  const file: StoredFile = {
    id: slackId('F'),
    teamId: owner.teamId,
    owner,
    name: sent.filename,
    title: sent.filename,
    mimetype: mimeOf(sent.filename),
    altText: null,
    bytes,
    length: bytes.length,
    created: Math.floor(Date.now() / 1000),
    unread: 0,
    shared: [],
  };
  stage.world.files.set(file.id, file);
  return file;
}

const isThing = (given: Given): given is User | Channel => typeof given === 'object' && given !== null && 'id' in given;
const isFile = (given: Given): given is SentFile => typeof given === 'object' && given !== null && 'bytes' in given;
const isChoice = (given: Given): given is Choice => typeof given === 'object' && given !== null && 'value' in given;
