import type { Node, Text } from '../../src/language/text.ts';

/** Describes how emphasis looks: colours on a terminal, nothing when piped. */
export interface Paint {
  strong(text: string): string;
  code(text: string): string;
  faint(text: string): string;
  tone(tone: 'plain' | 'good' | 'warning' | 'bad', text: string): string;
}

export const noPaint: Paint = {
  strong: text => text,
  code: text => text,
  faint: text => text,
  tone: (_, text) => text,
};

const ansi = (codes: string, text: string): string => `\u001b[${codes}m${text}\u001b[0m`;
const TONES = { plain: '1', good: '1;32', warning: '1;33', bad: '1;31' } as const;

/** Colours that a dark and a light terminal both show. */
export const ansiPaint: Paint = {
  strong: text => ansi('1', text),
  code: text => ansi('36', text),
  faint: text => ansi('2', text),
  tone: (tone, text) => ansi(TONES[tone], text),
};

/** A text as a terminal shows it. What people wrote was cleaned of control characters when it came in. */
export function textOf(text: Text, paint: Paint): string {
  return typeof text === 'string' ? text : text.map(node => nodeOf(node, paint)).join('');
}

function nodeOf(node: Node, paint: Paint): string {
  if (typeof node === 'string') return node;
  switch (node.kind) {
    case 'strong':
      return paint.strong(node.text);
    case 'code':
      return paint.code(node.text);
    case 'link':
      return node.label === node.url ? node.url : `${node.label} (${node.url})`;
    case 'when':
      return node.text;
  }
}
