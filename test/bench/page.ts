import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Measured, ms } from './measure.ts';

const PAGE = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url));

const sections = new Map<string, string[]>();
/** Parts that are measured in pieces: lines that were not measured now stay. */
const inPieces = new Set<string>();
let current: string[] = [];

/** Begins a part of docs/performance.md: its title, words above its table if any, and the table's head. */
export function section(title: string, head: string, ...words: string[]): void {
  current = [...words, ...(words.length ? [''] : []), head, head.replace(/[^|]+/g, '---')];
  sections.set(title, current);
}

/** Prints like `section`, for a part whose lines are not all measured in one run. */
export function sectionInPieces(title: string, head: string, ...words: string[]): void {
  section(title, head, ...words);
  inPieces.add(title);
}

/** A line of the table that was begun last. */
export function row(...cells: string[]): void {
  current.push(`| ${cells.join(' | ')} |`);
  console.log(cells.join('  '));
}

/** Tells a figure from what comes of something that was never measured. */
const isMeasured = (value: number): boolean => Number.isFinite(value) && value > 0;

/** Tells how a figure stands to the most that it may be; where it is more, the run ends with an error. */
export function atMost(what: string, value: number, most: number): string {
  const isKept = isMeasured(value) && value <= most;
  if (!isKept) {
    process.exitCode = 1;
    console.error(`more than ${most}×: ${what}, ${value.toFixed(2)}×`);
  }
  return `≤ ${most}×${isKept ? '' : ', not kept'}`;
}

/** Tells how a figure stands to the least that it is to be; where it is less, the run ends with an error. */
export function atLeast(what: string, value: number, least: number): string {
  const isKept = isMeasured(value) && value >= least;
  if (!isKept) {
    process.exitCode = 1;
    console.error(`less than ${least}×: ${what}, ${value.toFixed(2)}×`);
  }
  return `≥ ${least}×${isKept ? '' : ', not kept'}`;
}

export const shown = (m: Measured): string[] => [`${Math.round(m.perSecond)}/s`, ms(m.median), ms(m.p99)];

/** Puts the parts that were measured in the place of those of the same title; the others stay as they were. */
export function writePage(): void {
  const [intro = '', ...standing] = readFileSync(PAGE, 'utf8')
    .trimEnd()
    .split(/\n\n?(?=## )/);
  const parts = new Map(standing.map(part => [/^## (.*)/.exec(part)![1]!, part]));
  for (const [title, lines] of sections) {
    const standing = inPieces.has(title) ? (parts.get(title) ?? '').split('\n') : [];
    parts.set(title, [`## ${title}`, '', ...withStanding(lines, standing)].join('\n'));
  }
  writeFileSync(PAGE, `${[intro, ...parts.values()].join('\n\n')}\n`);
}

const isRule = (line: string): boolean => /^\|( --- \||---\|)+$/.test(line);
const nameOf = (line: string): string => line.split(' | ')[0]!;

/** The new lines, and of a table with the same head those that were not measured now, each in its old place. */
function withStanding(lines: readonly string[], standing: readonly string[]): readonly string[] {
  const [top, old] = [lines.findIndex(isRule), standing.findIndex(isRule)];
  if (old < 0 || standing[old - 1] !== lines[top - 1]) return lines;
  const measured = new Map(lines.slice(top + 1).map(line => [nameOf(line), line]));
  const kept = standing.slice(old + 1).map(line => {
    const anew = measured.get(nameOf(line));
    measured.delete(nameOf(line));
    return anew ?? line;
  });
  return [...lines.slice(0, top + 1), ...kept, ...measured.values()];
}
