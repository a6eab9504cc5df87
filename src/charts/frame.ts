import type { Level, Mark, Series } from '../contract/chart.ts';
import { EDGE, FAMILY, fitted, type Palette, SIZE, WIDTH, widthOf, wrapped } from './style.ts';

interface Headed {
  readonly title: string;
  readonly about?: string;
  readonly status?: { readonly mark: Mark; readonly word: string };
}

/** Height of a line in heights of its letters. */
const LEADING = 1.35;
const INNER = WIDTH - 2 * EDGE;

/** The words above a plot, and where they end. */
export function headOf(
  { title, about, status }: Headed,
  palette: Palette,
  { left = EDGE, top = EDGE, width = INNER, size = SIZE.title as number } = {},
) {
  const parts = [
    { words: wrapped(title, size, width, 2), size, color: palette.ink, fontWeight: 'bold' },
    {
      words: status ? wrapped(status.word, SIZE.word, width, 1) : [],
      size: SIZE.word,
      color: palette.mark[status?.mark ?? 'plain'],
      fontWeight: 'bold',
    },
    {
      words: about ? wrapped(about, SIZE.label, width, 2) : [],
      size: SIZE.label,
      color: palette.faint,
      fontWeight: 'normal',
    },
  ].filter(part => part.words.length);
  let bottom = top;
  const titles = parts.map(({ words, size: fontSize, color, fontWeight }) => {
    const lineHeight = Math.round(fontSize * LEADING);
    const placed = {
      text: words.join('\n'),
      left,
      top: bottom,
      padding: 0,
      textStyle: { fontSize, fontWeight, color, lineHeight },
    };
    bottom += lineHeight * words.length;
    return placed;
  });
  return { titles, bottom };
}

const KEY = 22;
const GAP = 16;
const ROW = 19;

/** Describes what a look stands for. */
export interface Key {
  readonly name: string;
  readonly look: 'filled' | 'line' | 'dashed' | 'dotted';
  readonly color: string;
}

export const DASHES = { line: [], dashed: [6, 4], dotted: [2, 3] } as const;

/** The keys below a plot, as many in a row as there is room for, and how high they stand. */
export function legendOf(keys: readonly Key[], palette: Palette, top: number) {
  let left = EDGE;
  let row = 0;
  const drawn = keys.flatMap(({ name, look, color }) => {
    const words = fitted(name, SIZE.small, INNER - KEY);
    const wide = KEY + widthOf(words, SIZE.small) + GAP;
    if (left > EDGE && left + wide - GAP > WIDTH - EDGE) {
      left = EDGE;
      row++;
    }
    const [x, y] = [left, top + row * ROW + ROW / 2];
    left += wide;
    const sample =
      look === 'filled'
        ? { type: 'rect', shape: { x, y: y - 6, width: 16, height: 12 }, style: { fill: color } }
        : {
            type: 'line',
            shape: { x1: x, y1: y, x2: x + 16, y2: y },
            style: { stroke: color, lineWidth: look === 'line' ? 3 : 2, lineDash: [...DASHES[look]] },
          };
    return [sample, textAt(words, x + KEY, y, SIZE.small, palette.ink)];
  });
  return { drawn, height: keys.length ? (row + 1) * ROW + EDGE : EDGE };
}

/** A line of words, beginning or ending at a point, at half its height. */
export const textAt = (
  text: string,
  x: number,
  y: number,
  size: number,
  fill: string,
  { bold = false, align = 'left' as 'left' | 'right' | 'center' } = {},
) => ({
  type: 'text',
  x,
  y,
  silent: true,
  style: {
    text,
    fill,
    fontSize: size,
    fontFamily: FAMILY,
    fontWeight: bold ? 'bold' : 'normal',
    align,
    verticalAlign: 'middle',
  },
});

/** The keys of a chart's series and levels, a level with its value. */
export const keysOf = (
  series: readonly Series[],
  levels: readonly Level[],
  palette: Palette,
  look: 'filled' | 'line',
  written: (value: number) => string,
): Key[] => [
  ...series.map(
    (one, i): Key => ({
      name: one.name,
      look: one.aim ? 'dashed' : look,
      color: one.aim ? palette.aim : seriesColor(palette, i),
    }),
  ),
  ...levels.map(
    ({ name, value }, i): Key => ({ name: `${name} ${written(value)}`, look: 'dotted', color: levelColor(palette, i) }),
  ),
];

export const seriesColor = (palette: Palette, i: number): string => palette.series[i % palette.series.length]!;
export const levelColor = (palette: Palette, i: number): string => palette.level[i % palette.level.length]!;
