import { parse } from 'csv-parse/sync';
import { restoredCell } from '../views/csv.ts';
import { type Grid, MAXIMUM_COLUMNS, MAXIMUM_ROWS, UnreadableFile } from './grid.ts';

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Number of characters at the beginning of a file that tell by which sign its columns are separated. */
const SAMPLE = 20_000;

/** Text of a file in UTF-8 or UTF-16, or as older programs write it. @throws UnreadableFile where it is no text. */
function decoded(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0)) throw new UnreadableFile('no_table');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const options = (delimiter: string) =>
  ({ delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: false, trim: true }) as const;

/** Measures how well a sign separates: how many columns most lines have, as far as they agree. */
function regularity(sample: string, delimiter: string): number {
  const widths = (parse(sample, { ...options(delimiter), to: 60 }) as string[][])
    .map(row => row.filter(cell => cell !== '').length)
    .filter(width => width > 0);
  const most = Math.max(0, ...widths);
  return most < 2 ? 0 : widths.filter(width => width >= 2).length * 1000 + most;
}

function delimiterOf(text: string): string {
  const named = /^sep=(.)\r?\n/i.exec(text);
  if (named) return named[1]!;
  // A line that the sample cuts could look like another.
  const sample = text.length <= SAMPLE ? text : text.slice(0, text.lastIndexOf('\n', SAMPLE) + 1 || SAMPLE);
  const scored = DELIMITERS.map(one => ({ one, score: scoreOf(sample, one) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).one;
}

const scoreOf = (sample: string, delimiter: string): number => {
  try {
    return regularity(sample, delimiter);
  } catch {
    return 0;
  }
};

/** The table of a CSV file. @throws UnreadableFile */
export function readDelimited(bytes: Uint8Array): Grid[] {
  const text = decoded(bytes).replace(/^\ufeff/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file with these is no text.
  if (/[\u0000-\u0008\u000e-\u001a]/.test(text)) throw new UnreadableFile('no_table');
  const delimiter = delimiterOf(text);
  const body = text.replace(/^sep=.\r?\n/i, '\n');
  try {
    const rows = parse(body, { ...options(delimiter), to: MAXIMUM_ROWS + 1 }) as string[][];
    return [
      { sheet: null, rows: rows.map(row => row.slice(0, MAXIMUM_COLUMNS).map(cell => restoredCell(cell) || null)) },
    ];
  } catch {
    throw new UnreadableFile('no_table');
  }
}
