import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

interface Source {
  readonly path: string;
  readonly text: string;
}

const sources: readonly Source[] = ['src', 'commands', 'adapters'].flatMap(folder =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(file => ({ path: `${folder}/${file}`, text: readFileSync(join(ROOT, folder, file), 'utf8') })),
);

/** Returns what a file imports: paths within the project from its root, packages by name. */
function importsOf({ path, text }: Source): string[] {
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(([, name]) =>
    name!.startsWith('.') ? normalize(join(path, '..', name!)) : name!,
  );
}

/** The layers, lowest first: a file imports only from its own layer and those before it. */
const LAYERS = [
  'src/runtime',
  'src/language',
  'src/storage',
  'src/domain',
  'src/contract',
  'src/charts',
  'src/cluster',
  'src/delivery',
  'src/schedule',
  'src/views',
  'src/reports',
  'src/feeds',
  'src/bot',
  'src/imports',
  'src/site',
  'commands',
  'src/adapter-kit',
  'adapters',
  'src/app',
  'src/cli',
  'src/main.ts',
];

const layerOf = (path: string): number => LAYERS.findIndex(layer => path === layer || path.startsWith(`${layer}/`));

/** Imports that a layer may not have although they lie below it, and why. */
const UNSEEN: readonly { from: RegExp; to: RegExp; why: string }[] = [
  {
    from: /^adapters\//,
    to: /^(?!adapters\/|src\/(runtime|contract|adapter-kit|bot|language)\/|src\/storage\/words\.ts$)/,
    why: 'an adapter translates; rules and tables are none of its business',
  },
  {
    from: /^src\/domain\//,
    to: /^src\/language\/(?!locale\.ts$)|^src\/storage\/(?!(store|words|literal|once|prepared|together|schema\/\w+)\.ts$)/,
    why: 'rules know no sentence and no driver',
  },
  { from: /^src\/charts\//, to: /^src\/(storage|domain)\//, why: 'a picture is painted of data alone' },
];

const breachesOf = (file: Source): string[] =>
  importsOf(file)
    .filter(name => /^(src|commands|adapters)\//.test(name))
    .flatMap(name => {
      const own = layerOf(file.path);
      if (own < 0 || layerOf(name) < 0 || layerOf(name) > own)
        return [`${file.path} imports ${name}, which lies above`];
      const unseen = UNSEEN.find(({ from, to }) => from.test(file.path) && to.test(name));
      return unseen ? [`${file.path} imports ${name}: ${unseen.why}`] : [];
    });

/** Packages that only one place may know. */
const HOMES: readonly { name: RegExp; home: RegExp }[] = [
  {
    name: /^(better-sqlite3|pg)$|^drizzle-orm\/(better-sqlite3|node-postgres|migrator|(sqlite|pg)-core)$/,
    home: /^src\/storage\//,
  },
  { name: /^discord\.js$/, home: /^adapters\/discord\// },
  { name: /^@slack\//, home: /^adapters\/slack\// },
  { name: /^echarts|^@resvg\//, home: /^src\/charts\// },
  { name: /^node-cron$/, home: /^src\/schedule\/tick\.ts$/ },
  { name: /^(csv-parse|read-excel-file)/, home: /^src\/imports\// },
  { name: /^saxen$/, home: /^src\/language\/xml-reader\.ts$/ },
  { name: /^prom-client$/, home: /^src\/app\/metrics\.ts$/ },
];

const strays = (file: Source): string[] =>
  importsOf(file).filter(name => HOMES.some(rule => rule.name.test(name) && !rule.home.test(file.path)));

const CLOCK = /\bnew Date\(\)|\bDate\.now\b|\bMath\.random\(|\brandom(UUID|Bytes)\(|\bset(Timeout|Interval)\(/;
const HAS_CLOCK =
  /^src\/contract\/clock\.ts$|^src\/app\/(start|http)\.ts$|^src\/cli\/start\.ts$|^src\/schedule\/tick\.ts$|^src\/(storage|cluster|adapter-kit)\/|^src\/delivery\/|^src\/charts\/pool\.ts$|^adapters\//;
const clockFaults = (file: Source): boolean => CLOCK.test(file.text) && !HAS_CLOCK.test(file.path);

/** The folders of the map in ARCHITECTURE.md, in its order; an adapter stands for all of them. */
const mapped = (): string[] => {
  const map = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8').split('## Map')[1]!.split('\n## ')[0]!;
  const rows = [...map.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, names]) => [...names!.matchAll(/`([^`]+?)\/?`/g)]);
  return [...new Set(rows.map(([, name]) => name!.replace(/^adapters\/\w+$/, 'adapters')))].filter(
    name => !/\.[cm]js$/.test(name),
  );
};

it('the map of ARCHITECTURE.md is the list of layers, in its order', () => {
  expect(mapped()).toEqual(LAYERS);
});

it('the steps of an act stand in ARCHITECTURE.md in the order in which they are done', () => {
  const flow = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8')
    .split('## The flow of one act')[1]!
    .split('\n## ')[0]!;
  const steps = [...flow.matchAll(/^\d+\. \*\*(\w+)\*\*/gm)].map(([, step]) => step!);
  const code = readFileSync(join(ROOT, 'src/bot/perform.ts'), 'utf8').split('async function answered(')[1]!;
  const at = steps.map(step => code.search(new RegExp(`\\b${step}\\(`)));
  expect(steps.length).toBeGreaterThan(8);
  expect(at.filter(index => index < 0)).toEqual([]);
  expect(at).toEqual([...at].sort((a, b) => a - b));
});

it('imports run downwards only', () => {
  expect(sources.flatMap(breachesOf)).toEqual([]);
});

/** Files that lead back to themselves by what they import, types included. */
function circles(files: readonly Source[]): string[] {
  const imports = new Map(files.map(file => [file.path, importsOf(file)]));
  const settled = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, way: readonly string[]): void => {
    const seen = way.indexOf(path);
    if (seen >= 0) found.push([...way.slice(seen), path].join(' → '));
    if (seen >= 0 || settled.has(path)) return;
    for (const next of imports.get(path) ?? []) visit(next, [...way, path]);
    settled.add(path);
  };
  for (const { path } of files) visit(path, []);
  return found;
}

it('no file leads back to itself, not even by its types', () => {
  expect(circles(sources)).toEqual([]);
});

it('a circle is found', () => {
  const a = { path: 'src/bot/a.ts', text: "import type { B } from './b.ts';" };
  const b = { path: 'src/bot/b.ts', text: "import type { A } from './a.ts';" };
  expect(circles([a, b])).toEqual(['src/bot/a.ts → src/bot/b.ts → src/bot/a.ts']);
});

it('only storage knows a driver, only an adapter its SDK, only the tick node-cron', () => {
  expect(sources.flatMap(file => strays(file).map(name => `${file.path} imports ${name}`))).toEqual([]);
});

it('time and chance are handed in', () => {
  expect(sources.filter(clockFaults).map(file => file.path)).toEqual([]);
});

const asksTheWallClock = (file: Source): boolean =>
  /\bDate\.now\b/.test(file.text) && file.path !== 'src/contract/clock.ts';

it('how long something takes is measured by a clock that nobody sets: the wall clock may jump', () => {
  expect(sources.filter(asksTheWallClock).map(file => file.path)).toEqual([]);
});

/** The real clock and the ids that hang on it are handed in from here, and nowhere else known. */
const KNOWS_REAL =
  /^src\/main\.ts$|^src\/contract\/clock\.ts$|^src\/app\/app\.ts$|^src\/cli\/|^src\/cluster\/leased\.ts$/;
const REAL = /\b(systemClock|systemIds|wallMs)\b/;

it('the real clock is known to those who hand it in', () => {
  const faults = sources.filter(({ path, text }) => REAL.test(text) && !KNOWS_REAL.test(path));
  expect(faults.map(file => file.path)).toEqual([]);
});

/** Places in which tests read the machine's clock, and why: what they talk to has no other. */
const ON_THE_WALL: Readonly<Record<string, string>> = {
  'asking.test.ts': 'shows how the bench finds whoever reads it',
  'ops/readonly.test.ts': 'the built program has the real clock',
  'schedule/tick.test.ts': 'sets a clock of its own, which stands in for the machine’s',
  'replicas/together.test.ts': 'the lease goes by two clocks of the machine',
  'fuzz/slack.ts': 'Bolt compares a signature’s time with the machine’s clock',
  'slack/door.test.ts': 'Slack signs requests for five minutes',
  'slack/life.test.ts': 'Bolt compares a signature’s time with the machine’s clock',
  'slack/strange.test.ts': 'Bolt compares a signature’s time with the machine’s clock',
};

const onTheWall = ({ path, text }: Source): boolean =>
  /\bDate\.now\b|\bnew Date\(\)/.test(text) || REAL.test(text) ? !/^(bench|wire)\//.test(path) : false;

const TESTS = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts') && file !== 'architecture.test.ts')
  .map(path => ({ path, text: readFileSync(join(ROOT, 'test', path), 'utf8') }));

it('tests know no wall clock: it is handed in', () => {
  const found = TESTS.filter(onTheWall).map(file => file.path);
  expect(found.sort()).toEqual(Object.keys(ON_THE_WALL).sort());
});

it('properties meet the same cases in every run', () => {
  const drawing = TESTS.filter(({ text }) => text.includes("from 'fast-check'"));
  expect(drawing.map(file => file.path)).toEqual(['properties.ts']);
});

it('the environment is read once', () => {
  expect(
    sources.filter(({ path, text }) => text.includes('process.env') && path !== 'src/main.ts').map(file => file.path),
  ).toEqual([]);
});

it('no file of code is longer than 300 lines', () => {
  const long = sources.filter(({ path, text }) => text.split('\n').length > 300 && !path.startsWith('src/language/'));
  expect(long.map(file => file.path)).toEqual([]);
});

it('adapters do not know each other', () => {
  const folder = (path: string): string | undefined => /^adapters\/(\w+)\//.exec(path)?.[1];
  const faults = sources.flatMap(file =>
    importsOf(file).filter(name => folder(file.path) && folder(name) && folder(name) !== folder(file.path)),
  );
  expect(faults).toEqual([]);
});

it.each([
  [{ path: 'src/domain/x.ts', text: "import { a } from '../language/id/index.ts';" }],
  [{ path: 'src/bot/x.ts', text: "import { a } from '../../adapters/slack/index.ts';" }],
  [{ path: 'commands/x.ts', text: "import { a } from '../adapters/console/index.ts';" }],
  [{ path: 'adapters/slack/x.ts', text: "import { a } from '../../src/domain/forums.ts';" }],
])('a breach is found: %o', file => {
  expect(breachesOf(file)).toHaveLength(1);
});

it('a stray driver and a hidden clock are found', () => {
  expect(strays({ path: 'src/domain/x.ts', text: "import Database from 'better-sqlite3';" })).toEqual([
    'better-sqlite3',
  ]);
  expect(clockFaults({ path: 'src/domain/x.ts', text: 'const now = new Date();' })).toBe(true);
  expect(clockFaults({ path: 'src/domain/x.ts', text: 'f(Date.now);' })).toBe(true);
  expect(asksTheWallClock({ path: 'adapters/x/x.ts', text: 'now: () => number = Date.now' })).toBe(true);
  expect(onTheWall({ path: 'stories/x.test.ts', text: 'start({ now: Date.now })' })).toBe(true);
});

/** Tests that run on one database alone, and why; all else of the core runs on both. */
const ON_ONE: Readonly<Record<string, string>> = {
  'storage/faults.test.ts': 'the codes of each driver, one by one',
  'storage/migrations.test.ts': 'what only SQLite needs: strict tables and the triggers of its search',
  'storage/move.test.ts': 'from the one into the other and back',
};

it('the core is tested on both databases', () => {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter(
    file => /^(stories|domain|bot|delivery|schedule|storage)\/.*\.test\.ts$/.test(file) && !ON_ONE[file],
  );
  const onlyOne = files.filter(file =>
    /aWorld\((\)|\{(?![^}]*store)[^}]*\}\))|openStore\('file:/.test(readFileSync(join(ROOT, 'test', file), 'utf8')),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(onlyOne).toEqual([]);
});
