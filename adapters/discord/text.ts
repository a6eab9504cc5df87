import type { Node, Text } from '../../src/language/text.ts';
import { type LinkOf, NO_LINKS } from './command-links.ts';

const ADDRESS = /https?:\/\/[^\s<>]+/g;

/**
 * Plain data as Discord shows it literally: no markup, no mention, no time stamp, no command link, no masked link; an
 * address stays one. What could notify anybody is switched off besides, by `allowedMentions`. The time it takes grows with
 * the text; that of discord.js's own escaping grows with its square.
 */
export function literal(words: string): string {
  let shown = '';
  let from = 0;
  for (const { 0: address, index } of words.matchAll(ADDRESS)) {
    shown += unmarked(words.slice(from, index)) + address;
    from = index + address.length;
  }
  return shown + unmarked(words.slice(from));
}

/**
 * Matches what notifies all, where it stands alone; in an address it is a part of that and left as it is. Nobody is
 * notified in any case, by `allowedMentions`; persons and roles are named by signs that are escaped.
 */
const BROADCAST = /(?<![\w.+-])@(?=everyone|here)/gi;

/** Signs that begin markup anywhere, and those that do so at the beginning of a line. */
const unmarked = (words: string): string =>
  words
    .replace(BROADCAST, '@\u200b')
    .replace(/[\\`*_~|<>[\]]/g, sign => `\\${sign}`)
    .replace(/^([ \t]*)([-+]|\d+[.)])(?=\s)/gm, (_, space: string, mark: string) => {
      const sign = mark.slice(-1);
      return `${space}${mark.slice(0, -1)}\\${sign}`;
    })
    .replace(/^([ \t]*)(?=-?#)/gm, '$1\\');

/** Plain data inside a code block, which only its own fence could end. */
export const literalInCode = (words: string): string => words.replaceAll('`', 'ˋ').replace(BROADCAST, '@\u200b');

/**
 * A text as Discord's Markdown; a time stands in words, with Discord's own relative time behind it, and a command to type
 * is a link that opens it, where `linkOf` knows one.
 */
export const markdown = (text: Text, linkOf: LinkOf = NO_LINKS): string =>
  typeof text === 'string' ? literal(text) : text.map(node => piece(node, linkOf)).join('');

function piece(node: Node, linkOf: LinkOf): string {
  if (typeof node === 'string') return literal(node);
  switch (node.kind) {
    case 'strong':
      return `**${literal(node.text)}**`;
    case 'code': {
      const found = linkOf(node.text);
      const code = found ? found.rest : node.text;
      return [found?.link, code && `\`${literalInCode(code)}\``].filter(Boolean).join(' ');
    }
    case 'link':
      return literal(node.label === node.url ? node.url : `${node.label} (${node.url})`);
    case 'when':
      return `${literal(node.text)} (<t:${Math.floor(node.at / 1000)}:R>)`;
  }
}
