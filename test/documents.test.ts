import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: a script of its own, without types.
import { missingFor } from '../.ci/check-release.mjs';
import { commands } from '../commands/index.ts';
import { leadingWords } from '../src/bot/parse.ts';
import { createRegistry } from '../src/bot/registry.ts';
import { catalogue } from '../src/language/messages.ts';

const at = (file: string): URL => new URL(`../docs/${file}`, import.meta.url);
const read = (file: string): string => readFileSync(at(file), 'utf8');

const catalogues = [catalogue.id, catalogue.en];
const registry = createRegistry(commands, catalogues);

/** The names of options in any language, each with its key. */
const options = new Map(
  commands
    .flatMap(command => command.actions)
    .flatMap(action =>
      Object.keys(action.options).flatMap(key =>
        catalogues.map((m): [string, string] => [action.words(m).options[key]!.name, key]),
      ),
    ),
);

/** Returns what a code span names, the same in either language: a command by its action, an option by its key. */
function named(span: string): string {
  const line = span.replace(/^\/rembug (?=.)/, '/');
  const found = line.startsWith('/') ? registry.find(leadingWords(line)) : null;
  return found?.kind === 'action' ? `action ${found.action.id}` : (options.get(span) ?? span);
}

const FENCED = /^ *```[\s\S]*?^ *```$/gm;

/** The headings' levels, what is fenced, and what code spans name. */
function shapeOf(text: string) {
  const prose = text.replaceAll(FENCED, '');
  return {
    headings: [...prose.matchAll(/^(#+) /gm)].map(([, hashes]) => hashes!.length),
    fenced: [...text.matchAll(FENCED)].map(([block]) =>
      block.split('\n').map(line => (line.startsWith('/') ? named(line.split(/ {2,}/)[0]!) : line)),
    ),
    rows: [...prose.matchAll(/^\|.*\|$/gm)].length,
    points: [...prose.matchAll(/^(?:-|\d+\.) /gm)].length,
    named: [...new Set([...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => named(span!)))].sort(),
  };
}

describe.each(['discord', 'slack', 'public-page', 'koordinator'])('the guide %s', guide => {
  const [english, indonesian] = [`${guide}.md`, `${guide}.id.md`];

  it('says in Indonesian what it says in English: sections, tables, steps, commands and settings', () => {
    expect(shapeOf(read(indonesian))).toEqual(shapeOf(read(english)));
  });

  it('links to its other language, and to what is there', () => {
    for (const [file, other] of [
      [english, indonesian],
      [indonesian, english],
    ] as const) {
      const links = [...read(file).matchAll(/\]\(([\w./-]+)\)/g)].map(([, link]) => link!);
      expect(links).toContain(other);
      expect(links.filter(link => !existsSync(at(link)))).toEqual([]);
    }
  });
});

const ROOT = new URL('../', import.meta.url);
const documents = [
  'README.md',
  'README.id.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'PRIVACY.md',
  'CHANGELOG.md',
].concat(
  readdirSync(new URL('docs', ROOT))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
);

it.each(documents)('every link of %s leads to a file that is there', document => {
  const from = new URL(document, ROOT);
  const links = [...readFileSync(from, 'utf8').matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(
    ([, link]) => link!,
  );
  expect(links.filter(link => !existsSync(new URL(link, from)))).toEqual([]);
});

/** Paths of the project in code spans: of folders, and of files by their ending. */
const PATH = /`((?:src|commands|adapters|test|migrations|docs)\/(?:[\w.-]+\/)*(?:[\w-]+(?:\.[\w-]+)+)?)`/g;

it.each(documents)('every path of the project that %s names is there', document => {
  const named = [...readFileSync(new URL(document, ROOT), 'utf8').matchAll(PATH)].map(([, path]) => path!);
  expect(named.filter(path => !existsSync(new URL(path, ROOT)))).toEqual([]);
});

it('the index names every guide', () => {
  const index = read('README.md');
  const guides = readdirSync(new URL('docs', ROOT)).filter(name => name.endsWith('.md') && name !== 'README.md');
  expect(guides.filter(name => !index.includes(`(${name})`))).toEqual([]);
});

/** Words that a person meets in commands or guides and that mean something of their own, in both languages. */
const STRANGE = [
  'forum',
  'mitra',
  'wakil',
  'koordinator',
  'indikator',
  'kuorum',
  'mufakat',
  'ringkasan',
  'denyut',
  'penengah',
  'token',
  'tindakan',
  'jajak',
  'penilaian',
  'notulen',
  'aksi',
  'tampilan',
  'pemanggilan',
];

it('the glossary explains the words that are used in a sense of their own, each once', () => {
  const rows = read('glossary.md')
    .split('\n')
    .filter(line => line.startsWith('| ') && !line.startsWith('| English'))
    .map(line =>
      line
        .split('|')
        .map(cell => cell.trim())
        .slice(1, -1),
    );
  expect(rows.filter(row => row.length !== 4 || row.some(cell => cell === ''))).toEqual([]);
  const words = rows.flatMap(row => row[1]!.split(', '));
  expect(new Set(words).size).toBe(words.length);
  expect(STRANGE.filter(word => !words.includes(word))).toEqual([]);
});

it('the workflow of the public forge runs scripts that exist, on the Nodes that the README names', () => {
  const workflow = readFileSync(new URL('.github/workflows/test.yml', ROOT), 'utf8');
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const ran = [...workflow.matchAll(/- run: (.+)$/gm)].map(([, command]) => command!);
  expect(ran.filter(command => command !== 'npm ci')).toEqual(['npm test', 'npm run unused', 'npm run test:slow']);
  const names = ran.map(command => /^npm (?:run )?([\w:-]+)$/.exec(command)![1]!).filter(name => name !== 'ci');
  expect(names.filter(name => !(name in scripts))).toEqual([]);
  const nodes = /node: \[(.+)\]/.exec(workflow)![1]!.split(', ');
  const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
  expect(nodes.filter(node => !new RegExp(`Node[^\\n]*\\b${node}\\b`).test(readme))).toEqual([]);
});

it('the list of decision records names every one, and each has the five headings', () => {
  const folder = new URL('docs/decisions/', ROOT);
  const list = readFileSync(new URL('README.md', folder), 'utf8');
  const records = readdirSync(folder).filter(name => /^\d{4}-/.test(name));
  expect(records.filter(name => !list.includes(`(${name})`))).toEqual([]);
  for (const name of records)
    for (const heading of ['Date', 'Status', 'Context', 'Decision', 'Consequences'])
      expect([name, readFileSync(new URL(name, folder), 'utf8').includes(`**${heading}`)]).toEqual([name, true]);
});

it('the recipes name files that are there', () => {
  const named = [...read('recipes.md').matchAll(/`((?:src|commands|test)\/[\w./-]+)`/g)].map(([, file]) => file!);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(file => !existsSync(new URL(file, ROOT)))).toEqual([]);
});

it('nothing is published before its notes stand under its version, with a day', () => {
  const notes = (head: string, words = '- Baru.') =>
    `# Changelog\n\n## ${head}\n\n${words}\n\n## 0.1.0 2025-01-01\n\n- Awal.\n`;
  expect(missingFor('1.0.0', notes('1.0.0 2026-12-01'))).toEqual([]);
  expect(missingFor('1.0.0', notes('Unreleased\n\n## 1.0.0 2026-12-01'))).toEqual([]);
  expect(missingFor('1.0.0', notes('1.0.0'))).toEqual(['the heading for 1.0.0 names no day (YYYY-MM-DD)']);
  expect(missingFor('1.0.0', notes('1.0.0 2026-12-01', ''))).toEqual(['nothing stands under the heading for 1.0.0']);
  const open = missingFor('1.0.0', notes('Unreleased'));
  expect(open).toEqual(['CHANGELOG.md still has notes under "Unreleased"', 'CHANGELOG.md has no heading for 1.0.0']);
});
