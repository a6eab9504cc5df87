import type { Block, View } from '../../src/bot/view.ts';
import { shortened } from '../../src/language/clean.ts';
import { plain, type Text } from '../../src/language/text.ts';
import { escaped } from './text.ts';

/** The sign that there is more than a message can hold. */
const MORE = '…';

/** What words cost in Slack's `text`, which counts them escaped, with the end of their line. */
const cost = (text: Text): number => escaped(plain(text)).length + 1;

/**
 * A view that costs at most `room` characters as text: whole blocks and rows as long as they fit, the first that
 * does not is cut and marked, what follows is left to the command that shows it.
 */
export function fitted(view: View, room: number): View {
  const title = cost(view.title) > room / 2 ? affordable(plain(view.title), room / 2) : view.title;
  let left = room - cost(title) - 8;
  const blocks: Block[] = [];
  for (const block of view.blocks) {
    const kept = within(block, left);
    if (kept) blocks.push(kept);
    left -= kept ? costOf(kept) : 0;
    if (kept !== block) {
      blocks.push({ kind: 'note', text: MORE });
      break;
    }
  }
  return { ...view, title, blocks };
}

/** The beginning of some words that costs at most so much. */
function affordable(words: string, room: number): string {
  if (cost(words) <= room) return words;
  let end = Math.min(words.length, Math.floor(room));
  while (end > 0 && cost(shortened(words, end)) > room) end = Math.floor(end * 0.8);
  return shortened(words, end);
}

/** What a block costs; signs between the pieces of a line are counted generously. */
export function costOf(block: Block): number {
  const sum = (texts: readonly Text[]): number => texts.reduce<number>((all, one) => all + cost(one) + 4, 0);
  switch (block.kind) {
    case 'text':
    case 'note':
      return cost(block.text) + 4;
    case 'facts':
      return sum(block.facts.flatMap(({ label, value }) => [label, value]));
    case 'list':
      return sum(block.items);
    case 'table':
      return block.rows.reduce((all, row) => all + rowCost(block.head, row), sum(block.head));
    case 'quote':
      return cost(block.text) + 6 * block.text.split('\n').length + (block.by ? cost(block.by) + 8 : 0);
    case 'progress':
      return cost(block.label) + 40;
    case 'picture':
      return cost(block.alt) + 4;
    case 'file':
      return cost(block.name) + cost(block.alt) + 10;
  }
}

/** A wide table is said as a list that repeats the heads, so they are counted with each row. */
const rowCost = (head: readonly string[], row: readonly Text[]): number =>
  row.reduce<number>((all, cell, i) => all + cost(cell) + cost(head[i] ?? '') + 6, 0);

/** The block, as much of it as fits, or null where that is nothing. */
function within(block: Block, room: number): Block | null {
  if (costOf(block) <= room) return block;
  if (room < 40) return null;
  const fits = <T>(items: readonly T[], price: (item: T) => number): T[] => {
    let left = room;
    const end = items.findIndex(item => {
      left -= price(item);
      return left < 0;
    });
    return items.slice(0, end < 0 ? items.length : end);
  };
  switch (block.kind) {
    case 'text':
    case 'note':
      return { ...block, text: affordable(plain(block.text), room - 8) };
    case 'quote':
      return { kind: 'quote', text: affordable(block.text.replaceAll('\n', ' '), room - 16) };
    case 'facts':
      return some(
        fits(block.facts, one => cost(one.label) + cost(one.value) + 8),
        facts => ({ ...block, facts }),
      );
    case 'list':
      return some(
        fits(block.items, one => cost(one) + 4),
        items => ({ ...block, items }),
      );
    case 'table':
      return some(
        fits(block.rows, row => rowCost(block.head, row) + cost(block.head.join(' ')) / block.rows.length + 1),
        rows => ({ ...block, rows }),
      );
    default:
      return null;
  }
}

const some = <T>(items: readonly T[], make: (items: readonly T[]) => Block): Block | null =>
  items.length ? make(items) : null;
