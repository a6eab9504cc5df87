import { type Json, type JsonObject, textOf } from '../../discord/json.ts';
import type { Path, Problems } from './problems.ts';

const PARTS = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted'];
/**
 * Fields that must stand in each kind of inline element.
 * https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
 */
const INLINE: Readonly<Record<string, readonly string[]>> = {
  text: ['text'],
  link: ['url'],
  user: ['user_id'],
  usergroup: ['usergroup_id'],
  team: ['team_id'],
  channel: ['channel_id'],
  emoji: ['name'],
  broadcast: ['range'],
  color: ['value'],
  date: ['timestamp', 'format'],
};

/** A rich_text block, also as a table's cell. */
export function checkRichText(p: Problems, at: Path, block: JsonObject): void {
  p.list([...at, 'elements'], block.elements, { min: 1, max: 3000, required: true }).forEach((item, i) => {
    checkPart(p, [...at, 'elements', i], item, PARTS);
  });
}

function checkPart(p: Problems, at: Path, value: Json | undefined, allowed: readonly string[]): void {
  const part = p.object(at, value);
  if (!part) return;
  const type = textOf(part.type);
  if (!allowed.includes(type)) return void p.add([...at, 'type'], `unsupported type: ${type}`);
  if (type === 'rich_text_list') {
    if (part.style === undefined) p.missing([...at, 'style']);
    p.oneOf([...at, 'style'], part.style, ['bullet', 'ordered']);
    p.whole([...at, 'indent'], part.indent, { min: 0, max: 8 });
  }
  const items = p.list([...at, 'elements'], part.elements, { min: 0, max: 3000, required: true });
  items.forEach((item, i) => {
    const here = [...at, 'elements', i];
    if (type === 'rich_text_list') checkPart(p, here, item, ['rich_text_section']);
    else checkInline(p, here, item);
  });
}

function checkInline(p: Problems, at: Path, value: Json | undefined): void {
  const inline = p.object(at, value);
  if (!inline) return;
  const type = textOf(inline.type);
  const needed = INLINE[type];
  if (!needed) return void p.add([...at, 'type'], `unsupported type: ${type}`);
  for (const key of needed) p.need(at, inline, key);
  if (type === 'text') p.string([...at, 'text'], inline.text, { min: 1, max: 3000 * 4 });
  if (type === 'link') p.string([...at, 'url'], inline.url, { max: 3000 });
  p.oneOf([...at, 'range'], inline.range, ['here', 'channel', 'everyone']);
}

/** All words of rich text, tables' cells included. */
export function richWords(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(richWords).join('');
  if (typeof value !== 'object' || value === null) return '';
  const own = textOf(value.text) || textOf(value.url) || (typeof value.value === 'number' ? String(value.value) : '');
  return own + richWords(value.elements);
}
