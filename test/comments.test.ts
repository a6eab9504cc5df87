import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Words that begin a clause without a head: a reader has to guess what is spoken of. */
const HEADLESS =
  /^(Of|Why|What|Whatever|Who|Whoever|Whom|Whose|How|However|So|Where|Wherever|When|While|Whether|Which|As|That|Those)$/;

/** Words with which a whole comment of a thing does not begin either: it names the thing first. */
const HANGING =
  /^(And|After|Before|Behind|Beside|Between|By|From|In|Like|Since|Stands|Than|To|Under|Until|With|Within|Without)$/;

/** Comments of a source, by their first word and line: `/** … *\/`, whole lines of `//`, and those behind code. */
function* beginnings(
  text: string,
): Generator<{ readonly line: number; readonly word: string; readonly isDoc: boolean }> {
  const lines = text.split('\n');
  for (const [i, line] of lines.entries()) {
    const goesOn = /^\s*\/\//.test(line) && /^\s*\/\//.test(lines[i - 1] ?? '');
    const said = /^\s*(?:\/\*\*?|\/\/)\s*(.*)$/.exec(line)?.[1] ?? /^[^'"`]*\s\/\/ (.*)$/.exec(line)?.[1];
    if (said === undefined || goesOn) continue;
    const word = /^[\p{L}’']+/u.exec(said || (lines[i + 1] ?? '').replace(/^\s*\*\s?/, ''))?.[0];
    if (word) yield { line: i + 1, word, isDoc: /^\s*\/\*\*/.test(line) };
  }
}

/** A test says in lines of comments what it does at a step: there only comments of declarations are read. */
const headless = (path: string, text: string): string[] =>
  [...beginnings(text)]
    .filter(({ isDoc }) => isDoc || !path.endsWith('.test.ts'))
    .filter(({ word, isDoc }) => HEADLESS.test(word) || (isDoc && HANGING.test(word) && !path.endsWith('.test.ts')))
    .map(({ line, word }) => `${path}:${line} ${word} …`);

const files = ['src', 'commands', 'adapters', 'test'].flatMap(folder =>
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
  ['/** From then on it counts. */', 'x.ts:1 From …'],
])('a headless one is found: %j', (text, found) => {
  expect(headless('x.ts', text)).toEqual([found]);
});

it('a good one is not', () => {
  expect(headless('x.ts', "/** Maximum of tries. */\nconst url = 'http://So many';\n// From here on.")).toEqual([]);
});

/** Lines of comments that speak of "whoever": of a person, a process or a caller, who can be named. */
const unnamed = (path: string, text: string): string[] =>
  text.split('\n').flatMap((line, i) => (/^\s*(\/?\*|\/\/).*\bwhoever\b/i.test(line) ? [`${path}:${i + 1}`] : []));

it('a comment names whom it speaks of', () => {
  const code = files.filter(file => !file.startsWith('test/'));
  expect(code.flatMap(file => unnamed(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  expect(unnamed('x.ts', '/**\n * Told to whoever asks.\n */')).toEqual(['x.ts:2']);
});

it('the lines that a recipe adds keep to it as well', () => {
  const recipes = readdirSync(join(ROOT, 'docs/recipes')).filter(file => file.endsWith('.patch'));
  const added = (file: string): string =>
    readFileSync(join(ROOT, 'docs/recipes', file), 'utf8')
      .split('\n')
      .map(line => (line.startsWith('+') ? line.slice(1) : ''))
      .join('\n');
  expect(recipes.length).toBeGreaterThan(5);
  expect(recipes.flatMap(file => [...headless(file, added(file)), ...unnamed(file, added(file))])).toEqual([]);
});
