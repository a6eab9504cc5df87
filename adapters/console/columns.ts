import { stripVTControlCharacters } from 'node:util';
import { lengthOf } from './wrap.ts';

/** Minimum width of a column whose text is folded. */
const NARROWEST = 8;
/** Maximum length of a word for which a column is kept wide; longer ones are cut. */
const LONGEST_WORD = 20;
const GAP = 2;

/** A text without colours, folded at spaces to `width`; words that are longer are cut. */
function folded(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && lengthOf(line) + 1 + lengthOf(rest) <= width) {
      line = `${line} ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (lengthOf(rest) > width) {
      lines.push([...rest].slice(0, width).join(''));
      rest = [...rest].slice(width).join('');
    }
    line = rest;
  }
  return [...lines, line];
}

/**
 * A table as lines no longer than `width`: in columns as wide as their widest cell, else with long cells folded, else a
 * row below the other with its heads. Numbers stand to the right.
 */
export function columns(
  rows: readonly (readonly string[])[],
  numeric: readonly number[],
  width: number,
  faint: (text: string) => string,
): string[] {
  const widest = (rows[0] ?? []).map((_, i) => Math.max(...rows.map(row => lengthOf(row[i] ?? ''))));
  const room = width - GAP * (widest.length - 1);
  const least = widest.map((width, i) => (numeric.includes(i) ? width : Math.min(width, leastOf(rows, i))));
  const widths = fitted(widest, least, room);
  if (!widths) return stacked(rows, width);
  return rows.flatMap((row, r) => {
    const cells = row.map((cell, i) =>
      lengthOf(cell) > widths[i]! ? folded(stripVTControlCharacters(cell), widths[i]!) : [cell],
    );
    const height = Math.max(...cells.map(lines => lines.length));
    return Array.from({ length: height }, (_, at) => {
      const line = cells
        .map((lines, i) => padded(lines[at] ?? '', widths[i]!, numeric.includes(i)))
        .join(' '.repeat(GAP));
      return r === 0 ? faint(line.trimEnd()) : line.trimEnd();
    });
  });
}

function padded(text: string, width: number, isNumber: boolean): string {
  const gap = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return isNumber ? gap + text : text + gap;
}

/** Width in which the words of a column stay whole. */
function leastOf(rows: readonly (readonly string[])[], column: number): number {
  const words = rows.flatMap(row => stripVTControlCharacters(row[column] ?? '').split(' '));
  return Math.max(NARROWEST, Math.min(LONGEST_WORD, Math.max(...words.map(lengthOf))));
}

/** Widths that fit into `room`: the widest columns give way first, none beyond its least. Null where they do not fit. */
function fitted(widest: readonly number[], least: readonly number[], room: number): number[] | null {
  const widths = [...widest];
  const sum = (): number => widths.reduce((a, b) => a + b, 0);
  while (sum() > room) {
    const giving = widths.map((width, i) => (width > least[i]! ? width : 0));
    const most = Math.max(...giving);
    if (most === 0) return null;
    widths[giving.indexOf(most)]!--;
  }
  return widths;
}

/** Writes each row as lines of its own, cell below cell, for a screen that no columns fit. */
function stacked(rows: readonly (readonly string[])[], width: number): string[] {
  const [head = [], ...rest] = rows;
  return rest.flatMap(row =>
    row.flatMap((cell, i) =>
      cell === ''
        ? []
        : folded(stripVTControlCharacters(`${head[i]}: ${cell}`), width - 2).map(
            (line, at) => `${i + at === 0 ? '• ' : '  '}${line}`,
          ),
    ),
  );
}
