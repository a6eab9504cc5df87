import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;

/** Words that begin a clause without a head: a reader has to guess what is spoken of. */
const HEADLESS =
  /^(Of|Why|What|Whatever|Who|Whoever|Whom|Whose|How|However|So|Where|Wherever|When|While|Whether|Which|As|That|Those)$/;

/** Comments of a source, by their first word and line: `/** … *\/`, whole lines of `//`, and those behind code. */
function* beginnings(text: string): Generator<{ readonly line: number; readonly word: string }> {
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    const goesOn = /^\s*\/\//.test(line) && /^\s*\/\//.test(lines[i - 1] ?? '');
    const said = /^\s*(?:\/\*\*?|\/\/)\s*(.*)$/.exec(line)?.[1] ?? /^[^'"`]*\s\/\/ (.*)$/.exec(line)?.[1];
    if (said === undefined || goesOn) continue;
    const word = /^[\p{L}’']+/u.exec(said || (lines[i + 1] ?? '').replace(/^\s*\*\s?/, ''))?.[0];
    if (word) yield { line: i + 1, word };
  }
}

const headless = (path: string, text: string): string[] =>
  [...beginnings(text)].filter(({ word }) => HEADLESS.test(word)).map(({ line, word }) => `${path}:${line} ${word} …`);

const files = ['src', 'commands', 'adapters'].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(ts|mjs)$/.test(file))
    .map(file => `${folder}/${file}`),
);

it('a comment begins with a verb or a noun', () => {
  expect(files.flatMap(file => headless(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});

it.each([
  ['/** Whoever asks is told. */', 'x.ts:1 Whoever …'],
  ['/**\n * So many are kept.\n */', 'x.ts:1 So …'],
  ['  // Of these the last one.\n  // As well.', 'x.ts:1 Of …'],
  ['const n = 3; // What is left.', 'x.ts:1 What …'],
])('a headless one is found: %j', (text, found) => {
  expect(headless('x.ts', text)).toEqual([found]);
});

it('a good one is not', () => {
  expect(headless('x.ts', "/** Maximum of tries. */\nconst url = 'http://So many';\n// Returns what is left.")).toEqual(
    [],
  );
});
