import { stripVTControlCharacters } from 'node:util';

/** Length of a text on the screen: colours take no room. */
export const lengthOf = (text: string): number => [...stripVTControlCharacters(text)].length;

/** Puts parts beside each other, a space between them, on lines no longer than `width`; later lines begin with `hang`. */
export function filled(parts: readonly string[], width: number, hang = ''): string[] {
  const [first, ...rest] = parts;
  const lines = first === undefined ? [] : [first];
  for (const part of rest) {
    const longer = `${lines.at(-1)} ${part}`;
    if (lengthOf(longer) <= width) lines[lines.length - 1] = longer;
    // Blanks at a break are left out.
    else if (part !== '') lines.push(hang + part);
  }
  return lines;
}

/**
 * Breaks each line of a text at spaces where it is longer than `width`. A longer word, such as an address that is copied,
 * stays whole, and so does the indent of a line. Colours go on over a break.
 */
export const wrapped = (text: string, width: number, hang = ''): string[] =>
  text.split('\n').flatMap(line => {
    const [, indent = '', rest = ''] = /^( *)(.*)$/s.exec(line) ?? [];
    const [first = '', ...words] = rest.split(' ');
    return lengthOf(line) <= width ? [line] : filled([indent + first, ...words], width, indent + hang);
  });
