import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Measured, ms } from './measure.ts';

const PAGE = fileURLToPath(new URL('../../../docs/performance.md', import.meta.url));

const sections = new Map<string, string[]>();
let current: string[] = [];

/** Begins a part of docs/performance.md: its title, words above its table if any, and the table's head. */
export function section(title: string, head: string, ...words: string[]): void {
  current = [...words, ...(words.length ? [''] : []), head, head.replace(/[^|]+/g, '---')];
  sections.set(title, current);
}

/** A line of the table that was begun last. */
export function row(...cells: string[]): void {
  current.push(`| ${cells.join(' | ')} |`);
  console.log(cells.join('  '));
}

/** Tells how a figure stands to the most that it may be; where it is more, the run ends with an error. */
export function atMost(what: string, value: number, most: number): string {
  const isKept = value <= most;
  if (!isKept) {
    process.exitCode = 1;
    console.error(`more than ${most}×: ${what}, ${value.toFixed(2)}×`);
  }
  return `≤ ${most}×${isKept ? '' : ', not kept'}`;
}

export const shown = (m: Measured): string[] => [`${Math.round(m.perSecond)}/s`, ms(m.median), ms(m.p99)];

/** Puts the parts that were measured in the place of those of the same title; the others stay as they were. */
export function writePage(): void {
  const [intro = '', ...standing] = readFileSync(PAGE, 'utf8')
    .trimEnd()
    .split(/\n\n?(?=## )/);
  const parts = new Map(standing.map(part => [/^## (.*)/.exec(part)![1]!, part]));
  for (const [title, lines] of sections) parts.set(title, [`## ${title}`, '', ...lines].join('\n'));
  writeFileSync(PAGE, `${[intro, ...parts.values()].join('\n\n')}\n`);
}
