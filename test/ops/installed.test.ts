import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { filesUnder, installed, packed, runInstalled } from '../installing.ts';
import { build, newFolder, root } from '../program.ts';
import { oldDatabases } from '../storage/old.ts';
import { startTerminal } from './tty.ts';

const app = join(newFolder(), 'app');
const home = newFolder();
const OLDER = '0.0.1';
let newest = '';

/** A package of an older version: the same program, whose number and one file are the older one's. */
function anOlder(file: string): string {
  const folder = newFolder();
  execFileSync('tar', ['-xzf', file, '-C', folder]);
  const own = join(folder, 'package', 'package.json');
  writeFileSync(own, JSON.stringify({ ...JSON.parse(readFileSync(own, 'utf8')), version: OLDER }));
  writeFileSync(join(folder, 'package', 'docs', 'older.md'), 'of the older version');
  return packed(join(folder, 'package'), join(folder, 'packed'));
}

/**
 * Installs a package as npm does, into one folder for all checks. The SQLite module is the one that this checkout has
 * compiled: to compile it again takes minutes (`npm run bench -- install` does).
 */
function install(file: string): void {
  installed(app, file, { scripts: false });
  const compiled = join('node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
  mkdirSync(join(app, compiled, '..'), { recursive: true });
  cpSync(join(root, compiled), join(app, compiled));
}

const program = () => join(app, 'node_modules', 'rembug');

const run = (args: readonly string[], input = '', env: Readonly<Record<string, string>> = {}) =>
  runInstalled(app, args, { cwd: home, env, input });

beforeAll(() => {
  build();
  newest = packed(root, newFolder());
  install(anOlder(newest));
});

it('a package that npm installs starts, answers and stops, and its folder is left as it was', async () => {
  expect(run(['--version'])).toMatchObject({ status: 0, stdout: `${OLDER}\n` });
  expect(existsSync(join(app, 'node_modules', 'typescript'))).toBe(false);
  chmodSync(program(), 0o555);
  const before = filesUnder(program());
  const said = run(
    ['console', '--json'],
    '/forum setup Uji locale:english\n/goal add "Dry feet"\n/report 2026 format:xlsx\n',
  );
  expect([said.status, said.stderr, said.stdout.match(/"ok":true/g)?.length]).toEqual([0, '', 3]);
  const terminal = startTerminal(['start'], { LANG: 'en_US.UTF-8' }, home, join(app, 'node_modules', '.bin', 'rembug'));
  await terminal.until(/Public page: http[\s\S]*\n\n[^\n]*> $/);
  expect(await terminal.enter('/goal list')).toContain('Dry feet');
  // Told to end from outside, as a service is.
  terminal.stop();
  expect(await terminal.ended).toBe(0);
  expect(filesUnder(program())).toEqual(before);
});

it('a newer package takes its place and goes on with the data', () => {
  chmodSync(program(), 0o755);
  install(newest);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(run(['--version']).stdout).toBe(`${version}\n`);
  expect(existsSync(join(program(), 'docs', 'older.md'))).toBe(false);
  expect(run(['doctor', '--check'])).toMatchObject({ status: 0, stderr: '' });
  expect(run(['console', '--json'], '/goal show T-1\n').stdout).toContain('Dry feet');
});

it('it brings a database that an older program left up to date', async () => {
  const [sqlite] = oldDatabases(20, ({ at }) => [
    `INSERT INTO forums (id, name, locale, zone, settings, created_at) VALUES ('f', 'Lama', 'id', 'Asia/Jakarta', '{}', ${at(0)})`,
    `INSERT INTO places (platform, workspace, forum_id, name, joined_at) VALUES ('console', 'local', 'f', 'Lama', ${at(0)})`,
  ]);
  const env = { DATABASE_URL: await sqlite!.make() };
  expect(run(['migrate'], '', env)).toMatchObject({ status: 0, stderr: '' });
  expect(run(['doctor', '--check'], '', env)).toMatchObject({ status: 0, stderr: '' });
  expect(run(['console', '--json'], '/forum show\n', env).stdout).toContain('Lama');
});
