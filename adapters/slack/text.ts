import type { types } from '@slack/bolt';
import { shortened } from '../../src/language/clean.ts';
import { type Node, plain, type Text } from '../../src/language/text.ts';

/** A piece of a rich text: its words are data to Slack, which reads no markup, mention or emoji in them. */
export type Rich = types.RichTextText | types.RichTextLink;

/** A text as rich text; nothing in it can notify, format or mask a link. Slack refuses empty pieces. */
export function rich(text: Text, style?: { bold?: boolean }): Rich[] {
  const nodes = typeof text === 'string' ? [text] : text;
  return nodes.flatMap(node => piece(node, style));
}

/** Our one command in Slack; all others follow it. */
const COMMAND = '/rembug';

/** Matches what stays as it is: ours with its name already, and Slack's own. */
const AS_IT_IS = /^\/(rembug|invite)(\s|$)/;

/** Returns what is to be typed, as it is typed in Slack: a command of ours follows `/rembug`. */
const typedHere = (typed: string): string =>
  /^\/\p{L}/u.test(typed) && !AS_IT_IS.test(typed) ? `${COMMAND} ${typed.slice(1)}` : typed;

/** The words of a text alone, with commands as they are typed in Slack. */
export const wordsOf = (text: Text): string =>
  typeof text === 'string'
    ? text
    : text
        .map(node => (typeof node !== 'string' && node.kind === 'code' ? typedHere(node.text) : plain([node])))
        .join('');

function piece(node: Node, style?: { bold?: boolean }): Rich[] {
  const words = (text: string, own?: { bold?: boolean; code?: boolean }): Rich[] => {
    const all = { ...style, ...own };
    return text === '' ? [] : [{ type: 'text', text, ...(Object.keys(all).length && { style: all }) }];
  };
  if (typeof node === 'string') return words(node);
  switch (node.kind) {
    case 'strong':
      return words(node.text, { bold: true });
    case 'code':
      return words(typedHere(node.text), { code: true });
    case 'when':
      return words(node.text);
    case 'link':
      // The whole address is always shown: a label never stands for a place it does not name.
      if (!/^https?:\/\/\S+$/.test(node.url)) return words(node.label);
      return [
        ...(node.label === node.url ? [] : words(`${node.label} (`)),
        { type: 'link', url: node.url },
        ...(node.label === node.url ? [] : words(')')),
      ];
  }
}

/** Words as Slack's `text` shows them literally: it reads only these three signs, and bare broadcasts. */
export const escaped = (words: string): string =>
  words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(?<![\w.+/-])@(?=channel|here|everyone)/gi, '@\u200b');

/** Words as a plain-text object, in which Slack makes no emoji of colons. */
export const plainText = (words: string, most: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: shortened(words.trim() === '' ? '–' : words, most),
  emoji: false,
});
