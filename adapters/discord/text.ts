import { escapeMarkdown } from 'discord.js';
import type { Node, Text } from '../../src/language/text.ts';

/**
 * Plain data as Discord shows it literally: no markup, no mention, no time stamp, no command link, no masked link.
 * What could notify anybody is switched off besides, by `allowedMentions`.
 */
export const literal = (words: string): string =>
  escapeMarkdown(words, { heading: true, bulletedList: true, numberedList: true, maskedLink: true })
    .replaceAll('<', '\\<')
    .replaceAll('@', '@\u200b')
    .replaceAll('-#', '\\-#');

/** Plain data inside a code block, which only its own fence could end. */
export const literalInCode = (words: string): string => words.replaceAll('`', 'ˋ').replaceAll('@', '@\u200b');

/** A text as Discord's Markdown; a time stands in words, with Discord's own relative time behind it. */
export const markdown = (text: Text): string => (typeof text === 'string' ? literal(text) : text.map(piece).join(''));

function piece(node: Node): string {
  if (typeof node === 'string') return literal(node);
  switch (node.kind) {
    case 'strong':
      return `**${literal(node.text)}**`;
    case 'code':
      return `\`${literalInCode(node.text)}\``;
    case 'link':
      return literal(node.label === node.url ? node.url : `${node.label} (${node.url})`);
    case 'when':
      return `${literal(node.text)} (<t:${Math.floor(node.at / 1000)}:R>)`;
  }
}
