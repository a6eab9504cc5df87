import type { Mark } from '../contract/chart.ts';
import type { Theme } from '../contract/painter.ts';
import { cleanLine } from '../language/clean.ts';
import { FONT } from './raster.ts';

/** Maximum number of letters in a line of a picture. */
const LONGEST = 200;

/** Width of a picture, units; a PNG has twice as many pixels. */
export const WIDTH = 400;
export const EDGE = 14;
export const FAMILY = `${FONT}, sans-serif`;
export const SIZE = { title: 16, word: 13, label: 12, small: 11 } as const;

/** Colours that stand at 4.5 to 1 or more against their background, where they are text. */
export interface Palette {
  readonly ground: string;
  readonly ink: string;
  readonly faint: string;
  readonly grid: string;
  readonly aim: string;
  readonly level: readonly string[];
  readonly series: readonly string[];
  readonly mark: Readonly<Record<Mark, string>>;
}

export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: '#ffffff',
    ink: '#1d2329',
    faint: '#56606a',
    grid: '#dfe3e7',
    aim: '#6a3d9a',
    level: ['#8a5a00', '#56606a'],
    series: ['#1f5fa8', '#b4540a', '#2c7a4b', '#6a3d9a'],
    mark: { best: '#1b7a43', good: '#1b7a43', warning: '#8a5a00', bad: '#b3261e', plain: '#56606a' },
  },
  dark: {
    ground: '#15191d',
    ink: '#f1f3f5',
    faint: '#aab4bd',
    grid: '#343b42',
    aim: '#c9a6f0',
    level: ['#e3b341', '#aab4bd'],
    series: ['#7db8f5', '#f0a868', '#77cf9a', '#c9a6f0'],
    mark: { best: '#6fd196', good: '#6fd196', warning: '#e3b341', bad: '#ff8a80', plain: '#aab4bd' },
  },
};

/** The shapes of points that say the same as their colours: a star, a disc, a triangle, a square, a ring. */
export const SHAPES: Readonly<Record<Mark, string>> = {
  best: 'path://M0,-10L2.9,-3.1L10,-3.1L4.5,1.6L6.2,9L0,4.8L-6.2,9L-4.5,1.6L-10,-3.1L-2.9,-3.1Z',
  good: 'circle',
  warning: 'triangle',
  bad: 'rect',
  plain: 'emptyCircle',
};

/** A person's words as they can stand in a picture: one line, and nothing that a document of SVG cannot hold. */
const words = (typed: string): string => cleanLine(typed.replace(/[\ufffe\uffff]/g, ''));

const NARROW = /[ilj.,:;'|!()[\] ]/;
const BROAD = /[mwMW@%—]/;
/** Latin letters and signs; other scripts are taken to be as wide as they are high. */
const LATIN = /[\u0020-\u024f]/;

/** Tells how wide a text of the shipped font stands, by the letters' usual widths and a little more. */
export function widthOf(text: string, size: number): number {
  let units = 0;
  for (const letter of text)
    units += NARROW.test(letter) ? 0.34 : BROAD.test(letter) ? 0.88 : LATIN.test(letter) ? 0.57 : 1;
  return units * size;
}

/** A text in at most so many lines of a width; what does not fit is cut with `…`. */
export function wrapped(typed: string, size: number, width: number, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words(typed).split(' ').slice(0, LONGEST)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  lines.push(line);
  const kept = lines.slice(0, most);
  if (lines.length > most) kept[most - 1] += '…';
  return kept.map(one => fitted(one, size, width));
}

/** One line cut to a width. */
export function fitted(typed: string, size: number, width: number): string {
  const line = words(typed);
  if (widthOf(line, size) <= width) return line;
  const letters = [...line].slice(0, LONGEST);
  while (letters.length && widthOf(`${letters.join('')}…`, size) > width) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
