import type { Block, Control, View } from '../contract/view.ts';
import { shortened } from '../language/clean.ts';
import { plain, type Text } from '../language/text.ts';

/** Describes what a block takes of a message, in the platform's own unit. */
export type Measure = (block: Block) => number;

/** Minimum length to which a text is cut, characters: what does not fit then is left out, and counted. */
const LEAST = 24;
/** Part of the room that the title may take. */
const TITLE = 1 / 5;
const MORE = '…';

/** Leaves short texts as they are, with their links and times; of a longer one the beginning. */
const atMost =
  (most: number) =>
  (text: Text): Text => {
    const words = plain(text);
    return words.length <= most ? text : shortened(words, most);
  };

/** The block with each of its texts cut to so many characters; what has no text to cut stays as it is. */
function cutTo(block: Block, most: number): Block {
  const cut = atMost(most);
  switch (block.kind) {
    case 'text':
    case 'note':
      return { ...block, text: cut(block.text) };
    case 'quote':
      return { ...block, text: shortened(block.text, most), ...(block.by && { by: cut(block.by) }) };
    case 'facts':
      return { ...block, facts: block.facts.map(({ label, value }) => ({ label, value: cut(value) })) };
    case 'list':
      return { ...block, items: block.items.map(cut) };
    case 'table':
      return { ...block, rows: block.rows.map(row => row.map(cut)) };
    case 'progress':
      return { ...block, label: cut(block.label) };
    case 'picture':
      return { ...block, alt: shortened(block.alt, most) };
    case 'file':
      return { ...block, alt: cut(block.alt) };
  }
}

/** The first `n` entries of a block that has several, with a sign and the number of those left out. */
function first(block: Block, n: number): Block | null {
  if (n === 0) return null;
  const left = (all: number): string => `${MORE} +${all - n}`;
  switch (block.kind) {
    case 'facts':
      return { ...block, facts: block.facts.slice(0, n) };
    case 'list':
      return {
        ...block,
        items: [...block.items.slice(0, n), left(block.items.length)],
        // Buttons go with their entries: the sign at the end has none.
        ...(block.own && { own: block.own.slice(0, n) }),
      };
    case 'table':
      return {
        ...block,
        rows: [...block.rows.slice(0, n), block.head.map((_, i) => (i ? '' : left(block.rows.length)))],
      };
    default:
      return null;
  }
}

const entriesOf = (block: Block): number =>
  block.kind === 'facts' ? block.facts.length : block.kind === 'list' ? block.items.length : rowsOf(block);
const rowsOf = (block: Block): number => (block.kind === 'table' ? block.rows.length : 0);

/** The largest whole number from `low` to `high` for which it holds, where it holds up to some point; null: for none. */
function largest(low: number, high: number, holds: (n: number) => boolean): number | null {
  let [from, to, best] = [low, high, null as number | null];
  while (from <= to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) {
      best = middle;
      from = middle + 1;
    } else to = middle - 1;
  }
  return best;
}

/**
 * Returns as much of a block as has room. Texts are cut evenly, so that every entry stays; if that is not enough,
 * entries go.
 */
function within(block: Block, room: number, measure: Measure): Block | null {
  if (measure(block) <= room) return block;
  const most = largest(LEAST, Math.max(LEAST, room), n => measure(cutTo(block, n)) <= room);
  if (most !== null) return cutTo(block, most);
  const least = cutTo(block, LEAST);
  const fits = (n: number): boolean => {
    const kept = first(least, n);
    return kept !== null && measure(kept) <= room;
  };
  const kept = largest(1, entriesOf(block), fits);
  return kept === null ? null : first(least, kept);
}

/** The size to which the larger ones have to be cut so that all together fit; what is smaller stays whole. */
function waterline(sizes: readonly number[], room: number): number {
  let left = room;
  const sorted = [...sizes].sort((a, b) => a - b);
  for (const [i, size] of sorted.entries()) {
    const share = left / (sorted.length - i);
    if (size > share) return Math.floor(share);
    left -= size;
  }
  return Number.POSITIVE_INFINITY;
}

/** A view that fits, and the buttons that lead to what was cut. */
export interface Fitted {
  readonly view: View;
  readonly readOn: readonly Control[];
}

/**
 * A view whose title and blocks take `room` at most. Short blocks (states, figures, notes) always stand whole; long ones
 * share what is left evenly, are cut with a sign, and name the button that opens them whole.
 */
export function fitted(view: View, room: number, measure: Measure): Fitted {
  const titled: Block = { kind: 'text', text: view.title };
  const head = within(titled, Math.floor(room * TITLE), measure) ?? cutTo(titled, LEAST);
  const title = head.kind === 'text' ? head.text : view.title;
  const left = room - measure(head);
  const sizes = view.blocks.map(measure);
  const line = waterline(sizes, left);
  const blocks: Block[] = [];
  const readOn: Control[] = [];
  for (const [i, block] of view.blocks.entries()) {
    const kept = sizes[i]! <= line ? block : within(block, line, measure);
    if (kept) blocks.push(kept);
    const opens = 'readOn' in block ? block.readOn : undefined;
    if (kept !== block && opens) readOn.push(opens);
  }
  return { view: { ...view, title, blocks }, readOn: unique(readOn) };
}

const unique = (controls: readonly Control[]): Control[] => [
  ...new Map(controls.map(one => [JSON.stringify(one.does), one])).values(),
];
