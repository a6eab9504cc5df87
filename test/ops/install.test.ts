import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { build, environment, newFolder, root } from '../program.ts';

/** The packages that `npm ci --omit=dev` installs, as paths within the project. */
function installed(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: true; devOptional?: true; optional?: true }>;
  };
  return Object.entries(packages)
    .filter(([path, one]) => path !== '' && !one.dev && !one.devOptional)
    .map(([path]) => path)
    .filter(path => statSync(join(root, path), { throwIfNoEntry: false }));
}

/** Lists what `npm pack` puts into the package. */
const packed = (): string[] => {
  const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root, encoding: 'utf8' });
  return (JSON.parse(out) as { files: { path: string }[] }[])[0]!.files.map(file => file.path);
};

/** A folder with these files of the project, and the packages that an installation to run it has. */
function anInstallation(files: readonly string[]): string {
  const folder = newFolder();
  for (const file of files) cpSync(join(root, file), join(folder, file), { recursive: true });
  for (const path of installed()) {
    // A package within another one comes with it.
    if (path.split('node_modules/').length > 2) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(root, path), join(folder, path));
  }
  return folder;
}

const SOURCES = ['src', 'commands', 'adapters', 'migrations', 'package.json', 'tsconfig.json'];
const BUILT = ['dist/src', 'dist/fonts', 'dist/areas.br', 'dist/new-database.sql', 'dist/.built', 'dist/.tsbuildinfo'];

function run(program: string, args: readonly string[], input = '', env: Record<string, string> = {}) {
  const cwd = newFolder();
  return spawnSync(process.execPath, [join(program, 'src', 'launch.mjs'), ...args], {
    cwd,
    encoding: 'utf8',
    env: environment({ HOME: newFolder(), DATABASE_URL: `file:${join(cwd, 'data', 'rembug.db')}`, ...env }),
    input,
  });
}

it('what npm packs starts, answers and draws without anything that only builds it', () => {
  build();
  const files = packed();
  expect(files.filter(file => /^dist\/(test|\.)|\.env$|\.ts$|^data\//.test(file))).toEqual([]);
  for (const file of [
    'dist/src/main.js',
    'dist/licences/echarts.NOTICE',
    'dist/licences/idn-area-data+data.LICENSE.md',
    'docs/operate.md',
    '.env.example',
  ])
    expect(files).toContain(file);
  const program = anInstallation(files);
  // Nobody may write there, and the program does not want to.
  spawnSync('chmod', ['-R', 'a-w', program]);
  const said = run(
    program,
    ['console', '--json'],
    '/forum setup Uji\n/report 1/1/2026 format:html\n/digest schedule "0 8 * * 1"\n',
  );
  expect([said.status, said.stderr, said.stdout.match(/"ok":true/g)?.length]).toEqual([0, '', 3]);
  // A file that is read in a thread, with names out of the official list of areas.
  const env = { DATABASE_URL: `file:${join(newFolder(), 'x.db')}` };
  expect(run(program, ['console', '--json'], '/forum setup Uji\n', env).status).toBe(0);
  const file = join(newFolder(), 'mitra.csv');
  const rows = Array.from({ length: 600 }, (_, n) => `Kelompok Siaga ${n};${'air bersih '.repeat(12)};Kabupaten Garut`);
  writeFileSync(file, ['Nama;Fokus;Wilayah', ...rows].join('\n'));
  const entered = run(program, ['import', file, '--forum', 'Uji', '--kind', 'partners'], '', env);
  expect([entered.status, entered.stderr, entered.stdout]).toEqual([0, '', expect.stringContaining('600 baris')]);
  const listed = run(program, ['console', '--json'], '/partner show M-600\n', env);
  expect(listed.stdout).toContain('Wilayah: Kabupaten Garut');
  const picture = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `const { Worker } = await import('node:worker_threads');
       const thread = new Worker('./dist/src/charts/worker.js', { execArgv: [] });
       const chart = { kind: 'bars', locale: 'id', title: 'x', labels: ['a', 'b'], series: [{ name: 'y', values: [1, 2] }] };
       thread.postMessage({ id: 1, chart, as: 'png', theme: 'light' });
       thread.once('message', ({ picture }) => {
         process.stdout.write(String(picture.length > 1000));
         void thread.terminate();
       });`,
    ],
    { cwd: program, encoding: 'utf8' },
  );
  expect([picture.stdout, picture.stderr]).toEqual(['true', '']);
});

it('an installation to run it weighs at most 117.6 MB, the official list of areas included', () => {
  const weigh = (path: string): number => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return stat?.isFile() ? stat.blocks * 512 : 0;
    return readdirSync(path)
      .filter(name => name !== 'node_modules')
      .reduce((sum, name) => sum + weigh(join(path, name)), stat.blocks * 512);
  };
  build();
  const bytes = [...installed(), ...packed()].reduce((sum, path) => sum + weigh(join(root, path)), 0);
  // 0.6 of the 196 MB that it weighed once, counted in MiB as then.
  expect(bytes / 1024 / 1024).toBeLessThanOrEqual(117.6);
});

it('a checkout that was built runs without the compiler, whatever the dates of its files', () => {
  build();
  const program = anInstallation([...SOURCES, ...BUILT]);
  const later = new Date(statSync(join(program, 'dist/.built')).mtimeMs + 60_000);
  utimesSync(join(program, 'src', 'main.ts'), later, later);
  expect(run(program, ['migrate'])).toMatchObject({ status: 0, stderr: '' });
  // Other sources than those that were built: the build runs, and it is told.
  writeFileSync(join(program, 'src', 'new.ts'), '');
  const older = run(program, ['migrate']);
  expect([older.status, older.stderr]).toEqual([0, expect.stringMatching(/^The sources differ.*npm run build\n$/)]);
  const indonesian = run(program, ['migrate'], '', { REMBUG_LOCALE: 'id' });
  expect(indonesian.stderr).toMatch(/^Sumbernya berbeda.*\n$/);
});

it('with neither a build nor what builds it, it ends with 78 and one sentence', () => {
  const program = anInstallation(SOURCES);
  expect(run(program, ['start'])).toMatchObject({
    status: 78,
    stderr: 'Rembug is not built yet, and what builds it is not installed. Run: npm ci && npm run build\n',
  });
  rmSync(join(program, 'src', 'main.ts'));
  expect(run(program, ['start'])).toMatchObject({
    status: 78,
    stderr: 'This copy of Rembug holds no program: install it again (npm pack builds it).\n',
  });
});

/** Returns what the launcher says on a Node, where the SQLite module was compiled as node-gyp's notes tell. */
function launched(node: string, notes: string | null): string {
  const folder = newFolder();
  const module = join(folder, 'node_modules', 'better-sqlite3');
  for (const one of [join(folder, 'src'), join(module, 'build')]) mkdirSync(one, { recursive: true });
  cpSync(join(root, 'src', 'launch.mjs'), join(folder, 'src', 'launch.mjs'));
  writeFileSync(join(module, 'package.json'), '{}');
  if (notes !== null) writeFileSync(join(module, 'build', 'config.gypi'), notes);
  const as = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${node}' } })`;
  return spawnSync(process.execPath, ['--import', `data:text/javascript,${as}`, join(folder, 'src', 'launch.mjs')], {
    env: environment({}),
    encoding: 'utf8',
  }).stderr;
}

it.each([
  ['24.20.0', '"nodedir": "/home/a/.cache/node-gyp/24.20.0"', true],
  ['24.21.0', '"nodedir": "/usr", "user_agent": "npm/11.0.0 node/v24.19.0 linux x64"', true],
  ['24.21.0', '"nodedir": "/home/a/.cache/node-gyp/24.18.1"', false],
  ['24.20.0', null, false],
  ['22.23.3', '"nodedir": "/home/a/.cache/node-gyp/22.23.3"', false],
])('on Node %s with a module compiled with %s it warns: %s', (node, notes, warns) => {
  expect(launched(node, notes).includes('nodejs/node#65446')).toBe(warns);
});

it('a Node that is too old is told in a sentence', () => {
  expect(launched('18.20.0', null)).toMatch(/^Rembug needs Node 20\.18\.1 or newer, and this is 18\.20\.0\./);
  expect(launched('20.18.0', null)).toMatch(/^Rembug needs/);
  expect(launched('20.18.1', null)).not.toMatch(/^Rembug needs/);
});

it.each([
  ['was made for another Node', 'no module of this Node'],
  ['was not installed', null],
])('where the SQLite module %s, one sentence says what to run', (_, content) => {
  const program = anInstallation([...SOURCES, ...BUILT]);
  const module = join(program, 'node_modules', 'better-sqlite3');
  rmSync(module);
  for (const part of ['package.json', 'lib'])
    cpSync(join(root, 'node_modules', 'better-sqlite3', part), join(module, part), { recursive: true });
  mkdirSync(join(module, 'build', 'Release'), { recursive: true });
  if (content !== null) writeFileSync(join(module, 'build', 'Release', 'better_sqlite3.node'), content);
  expect(run(program, ['migrate'])).toMatchObject({
    status: 78,
    stderr: expect.stringMatching(/^The SQLite module does not fit this Node.*Run: npm rebuild\n$/),
  });
});
