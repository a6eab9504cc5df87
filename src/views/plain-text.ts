import { type Block, type BlockRenderers, renderBlock, type View } from '../contract/view.ts';
import { plain } from '../language/text.ts';

const words: BlockRenderers<readonly string[]> = {
  text: ({ text }) => [plain(text)],
  facts: ({ facts }) => facts.map(({ label, value }) => `${plain(label)}: ${plain(value)}`),
  list: ({ items }) => items.map(item => `- ${plain(item)}`),
  table: ({ head, rows }) =>
    rows.map(row => `- ${row.map((cell, i) => `${head[i] ?? ''} ${plain(cell)}`.trim()).join(', ')}`),
  progress: ({ label, done, of }) => [`${plain(label)}: ${done}/${of}`],
  quote: ({ text, by }) => [by ? `${text}\n(${plain(by)})` : text],
  picture: ({ alt }) => [alt],
  file: () => [],
  note: ({ text }) => [plain(text)],
};

const wordsOf = (block: Block): string => renderBlock(words, block).join('\n');

/** A view as words alone, to be copied into a letter or another group: a line a fact, and no signs of any platform. */
export const plainText = ({ title, blocks }: View): string =>
  [plain(title), ...blocks.map(wordsOf)]
    .filter(Boolean)
    .join('\n')
    .replace(/ ?[░█]+/g, '');
