import type { types } from '@slack/bolt';
import { fitted, type Measure } from '../../src/adapter-kit/fit.ts';
import type { Registry } from '../../src/bot/registry.ts';
import type { Limits } from '../../src/contract/act.ts';
import { type Block, type BlockRenderers, renderBlock, type View } from '../../src/contract/view.ts';
import { shortened } from '../../src/language/clean.ts';
import type { Text } from '../../src/language/text.ts';
import { besides, rowsOf, sectionOf } from './controls.ts';
import { escaped, plainText, type Rich, rich, wordsOf } from './text.ts';
import { NONE, type Shown } from './uploads.ts';

/**
 * Limits of Slack. A message's text counts in bytes where it is changed later, and so it does everywhere:
 * https://docs.slack.dev/reference/methods/chat.update; blocks: https://docs.slack.dev/reference/block-kit/blocks
 */
export const LIMITS: Limits = {
  invocation: 100,
  controlRows: 5,
  controlsInRow: 25,
  label: 75,
  choices: 100,
  formFields: 40,
  formTitle: 24,
  text: 4_000,
  blocks: 50,
};

/** Room for the title's mark. */
const ROOM = LIMITS.text - 20;
const HEADER = 150;
const CONTEXT = 2_000;
const ALT = 2_000;
const MARKS = { plain: '', good: '✔ ', warning: '⚠ ', bad: '‼ ' } as const;
const BAR = 12;
/** Maximum width of a table on a phone, characters; a wider one is a list instead. */
const WIDE = 44;
/** The native table takes so much, and a message takes one. */
const TABLE = { rows: 100, columns: 20 } as const;

/** A message: its blocks, and all their words again for screen readers and notifications. */
export interface Rendered {
  readonly text: string;
  readonly blocks: types.AnyBlock[];
}

type RichPart = types.RichTextBlock['elements'][number];
/** Rich text, which flows on in one block, or a block of its own. */
type Part = { readonly rich: RichPart[] } | { readonly block: types.AnyBlock };

/**
 * A view as blocks, its text, and its buttons in order. `native` uses Slack's own table, which only messages show and
 * not every workspace has yet; `isHome`: things with buttons of their own are sections, each with its own.
 */
export function renderView(
  view: View,
  registry: Registry,
  { native = false, isHome = false, extra = [] as readonly types.AnyBlock[], shown = NONE } = {},
): Rendered {
  const { view: whole, readOn } = fitted(view, ROOM, measured);
  const title = titleOf(whole);
  const below = isHome ? [besides(whole)] : view.controls;
  const controls = [...rowsOf([...below, readOn], registry), ...extra];
  let tables = native ? 1 : 0;
  const parts = whole.blocks.flatMap((block): Part | Part[] => {
    if (isHome && block.kind === 'list' && block.own) return entries(block, registry);
    const table = block.kind === 'table' && tables > 0 ? nativeTable(block) : null;
    if (table) tables--;
    const drawn = table ?? imageOf(block, shown);
    return drawn ? { block: drawn } : renderBlock(blocks, block);
  });
  const head: Part =
    title.length <= HEADER
      ? { block: { type: 'header', text: plainText(title, HEADER) } }
      : { rich: [section(rich(title, { bold: true }))] };
  const body = joined([head, ...parts]);
  const isRoom = body.length <= LIMITS.blocks - controls.length;
  return {
    text: [title, ...whole.blocks.flatMap(block => renderBlock(lines, block))].map(escaped).join('\n'),
    blocks: [...(isRoom ? body : joined([head, ...parts.map(flowing)])), ...controls],
  };
}

/** The entries of a list as sections, each with its own buttons. */
const entries = ({ items, own = [] }: Extract<Block, { kind: 'list' }>, registry: Registry): Part[] =>
  items.flatMap((item, i) => sectionOf(wordsOf(item) || '–', own[i] ?? [], registry).map(block => ({ block })));

const titleOf = ({ tone, title }: View): string => `${MARKS[tone]}${wordsOf(title).replace(/\s+/g, ' ')}`;

/** Returns what a block takes of a message, in bytes of its words as Slack escapes them. */
const measured: Measure = block =>
  renderBlock(lines, block).reduce((sum, line) => sum + Buffer.byteLength(escaped(line)) + 1, 0);

/** A small note as a line of the text around it, where there are too many blocks; pictures and tables stay as they are. */
function flowing(part: Part): Part {
  if (!('block' in part) || part.block.type !== 'context') return part;
  const said = (part.block as types.ContextBlock).elements.map(one => ('text' in one ? one.text : '')).join(' ');
  return { rich: [section([words(said)])] };
}

/** A picture that is there, with its words for those who do not see it. */
function imageOf(block: Block, shown: Shown): types.ImageBlock | null {
  const id = shown.get(block);
  return id && block.kind === 'picture'
    ? { type: 'image', slack_file: { id }, alt_text: shortened(block.alt, ALT) || '–' }
    : null;
}

/** The pictures of a view alone, and what they say. */
export function renderPictures(view: View, shown: Shown): Rendered {
  const drawn = view.blocks.flatMap(block => imageOf(block, shown) ?? []);
  return { text: escaped(shortened(drawn.map(one => one.alt_text).join('\n'), LIMITS.text / 8)), blocks: drawn };
}

/** Neighbouring rich texts become one block. */
function joined(parts: readonly Part[]): types.AnyBlock[] {
  const found: types.AnyBlock[] = [];
  let open: types.RichTextBlock | null = null;
  for (const part of parts) {
    if ('block' in part) {
      found.push(part.block);
      open = null;
    } else if (open) open.elements.push(...part.rich);
    else {
      open = { type: 'rich_text', elements: [...part.rich] };
      found.push(open);
    }
  }
  return found;
}

const section = (elements: Rich[]): types.RichTextSection => ({
  type: 'rich_text_section',
  elements: elements.length ? elements : [{ type: 'text', text: '–' }],
});
const bullets = (items: readonly Rich[][]): RichPart => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: items.map(section),
});
const small = (words: string): Part => ({
  block: { type: 'context', elements: [plainText(words.replace(/\n+/g, ' '), CONTEXT)] },
});
const words = (text: string): Rich => ({ type: 'text', text });

const blocks: BlockRenderers<Part> = {
  text: ({ text }) => ({ rich: [section(rich(text))] }),
  note: ({ text }) => small(wordsOf(text)),
  facts: ({ facts }) => ({
    rich: facts.map(({ label, value }) => section([...rich(label, { bold: true }), words(': '), ...rich(value)])),
  }),
  list: ({ items }) => ({ rich: [bullets(items.map(item => rich(item)))] }),
  quote: ({ text, by }) => ({
    rich: [
      {
        type: 'rich_text_quote',
        elements: [...(rich(text).length ? rich(text) : [words('–')]), ...(by ? [words('\n— '), ...rich(by)] : [])],
      },
    ],
  }),
  progress: ({ label, done, of }) => ({
    rich: [section([...rich(label, { bold: true }), words(` ${bar(done, of)} ${done}/${of}`)])],
  }),
  picture: ({ alt }) => small(alt),
  file: ({ name, alt }) => ({ rich: [section([words(`📎 ${name} – `), ...rich(alt)])] }),
  table: block => ({
    rich: isWide(block)
      ? [bullets(block.rows.map(row => richRow(block.head, row)))]
      : [{ type: 'rich_text_preformatted', elements: [words(columns(block).join('\n'))] }],
  }),
};

/** The same, as lines of plain words. */
const lines: BlockRenderers<string[]> = {
  text: ({ text }) => [wordsOf(text)],
  note: ({ text }) => [wordsOf(text)],
  facts: ({ facts }) => facts.map(({ label, value }) => `${wordsOf(label)}: ${wordsOf(value)}`),
  list: ({ items }) => items.map(item => `• ${wordsOf(item)}`),
  quote: ({ text, by }) => [...text.split('\n').map(line => `“${line}”`), ...(by ? [`— ${wordsOf(by)}`] : [])],
  progress: ({ label, done, of }) => [`${wordsOf(label)}: ${done}/${of}`],
  picture: ({ alt }) => [alt],
  file: ({ name, alt }) => [`📎 ${name} – ${wordsOf(alt)}`],
  table: ({ head, rows }) => rows.map(row => `• ${row.map((cell, i) => said(head, cell, i)).join(' · ')}`),
};

const said = (head: readonly string[], cell: Text, i: number): string =>
  i === 0 ? wordsOf(cell) : `${head[i] ?? ''}: ${wordsOf(cell)}`;

const bar = (done: number, of: number): string => {
  const filled = of > 0 ? Math.min(BAR, Math.floor((done * BAR) / of)) : 0;
  return '█'.repeat(filled) + '░'.repeat(BAR - filled);
};

type Table = Extract<Block, { kind: 'table' }>;

const cellsOf = ({ head, rows }: Table): string[][] =>
  [head, ...rows].map(row => row.map((cell: Text) => wordsOf(cell).replace(/\s+/g, ' ')));
const widthsOf = (cells: readonly string[][]): number[] =>
  (cells[0] ?? []).map((_, i) => Math.max(...cells.map(row => [...(row[i] ?? '')].length)));
const isWide = (table: Table): boolean => widthsOf(cellsOf(table)).reduce((a, b) => a + b + 2, 0) > WIDE;

const richRow = (head: readonly string[], row: readonly Text[]): Rich[] =>
  row.flatMap((cell, i) =>
    i === 0 ? rich(cell, { bold: true }) : [words(' · '), words(`${head[i] ?? ''}: `), ...rich(cell)],
  );

/** A narrow table as aligned columns. */
function columns(table: Table): string[] {
  const cells = cellsOf(table);
  const widths = widthsOf(cells);
  return cells.map(row =>
    row
      .map((cell, i) => (table.numeric?.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}

/** Slack's own table; null for one that it does not take. */
function nativeTable(table: Table): types.AnyBlock | null {
  const rows = cellsOf(table);
  if (rows.length > TABLE.rows || table.head.length > TABLE.columns) return null;
  const block: types.TableBlock = {
    type: 'table',
    rows: rows.map(row => table.head.map((_, i) => ({ type: 'raw_text', text: shortened(row[i] || '–', 500) }))),
    column_settings: table.head.map((_, i) => ({
      align: table.numeric?.includes(i) ? 'right' : 'left',
      is_wrapped: true,
    })),
  };
  return block;
}
