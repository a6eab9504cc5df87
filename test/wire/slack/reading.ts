import { type Json, type JsonObject, objectsOf, textOf } from '../discord/json.ts';
import type { Message, View } from './model.ts';

/** Keys under which nothing stands that a person sees at once. */
const UNSEEN = new Set(['confirm', 'value', 'option_groups', 'initial_option', 'initial_options', 'filter']);

/** All that a person can read in a message: its blocks with labels and placeholders, or its text where it has none. */
export function readableText(message: Pick<Message, 'text' | 'blocks' | 'attachments' | 'files'>): string {
  const blocks = message.blocks.map(linesOf).filter(lines => lines !== '');
  const attached = message.attachments.map(a => [linesOf(a), textOf(a.text)].filter(Boolean).join('\n'));
  const shown = blocks.length > 0 ? blocks : [unescaped(message.text)];
  return [...shown, ...attached, ...message.files.map(f => f.title)].filter(text => text !== '').join('\n');
}

/** All that a person can read in a modal or Home tab. */
export function readableView(view: View): string {
  const { title, blocks, submit, close } = view.json;
  return [title, ...objectsOf(blocks), submit, close]
    .map(linesOf)
    .filter(text => text !== '')
    .join('\n');
}

/** Replaces Slack's entities by what they stand for. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function linesOf(value: Json | undefined): string {
  if (Array.isArray(value)) return joined(value.map(linesOf));
  if (typeof value !== 'object' || value === null) return '';
  const type = textOf(value.type);
  if (type === 'mrkdwn') return unescaped(textOf(value.text));
  if (type === 'plain_text' || type === 'raw_text' || type === 'markdown') return textOf(value.text);
  if (type === 'raw_number') return textOf(value.text) || String(value.value);
  if (type === 'rich_text' || type === 'rich_text_list') return joined(objectsOf(value.elements).map(linesOf));
  if (type.startsWith('rich_text_') && type !== 'rich_text_input')
    return objectsOf(value.elements).map(inline).join('');
  if (type === 'table' || type === 'data_table') {
    const rows = (Array.isArray(value.rows) ? value.rows : []).map(row => objectsOf(row).map(linesOf).join(' | '));
    return joined([textOf(value.caption), ...rows]);
  }
  return other(value, type);
}

function other(object: JsonObject, type: string): string {
  const isMenu = /select|overflow/.test(type);
  const plain = ['alt_text', 'label', 'title', 'initial_value', 'name'].map(key => textOf(object[key]));
  const inner = Object.entries(object)
    .filter(([key]) => !UNSEEN.has(key) && !(isMenu && key === 'options'))
    .map(([, part]) => linesOf(part));
  return joined([...plain, ...inner]);
}

function inline(element: JsonObject): string {
  switch (element.type) {
    case 'user':
      return `<@${textOf(element.user_id)}>`;
    case 'usergroup':
      return `<!subteam^${textOf(element.usergroup_id)}>`;
    case 'channel':
      return `<#${textOf(element.channel_id)}>`;
    case 'broadcast':
      return `@${textOf(element.range)}`;
    case 'emoji':
      return `:${textOf(element.name)}:`;
    case 'date':
      return textOf(element.fallback);
    default:
      return textOf(element.text) || textOf(element.url);
  }
}

const joined = (lines: readonly string[]): string => lines.filter(line => line !== '').join('\n');
