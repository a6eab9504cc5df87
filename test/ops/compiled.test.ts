import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { build, newFolder, root } from '../program.ts';

/**
 * Copies the built program to a folder of its own, and runs it once if something is to be kept of it: what `dist` keeps is
 * that of other Nodes and flags too, and other tests write there.
 */
function aProgram(kept: 'kept' | 'none yet'): { folder: string; compiled: string } {
  build();
  const folder = newFolder();
  for (const part of ['package.json', 'migrations', 'frameworks', 'packs', 'dist/src', 'dist/new-database.sql'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const compiled = join(folder, 'dist', '.compiled');
  mkdirSync(compiled);
  if (kept === 'kept') expect(run(folder)).toMatchObject({ status: 0, stderr: '' });
  return { folder, compiled };
}

/** Runs the program to its end: what it said, and how many of its files V8 took as they were kept. */
function run(folder: string, ...flags: string[]): { status: number | null; stderr: string } {
  return spawnSync(process.execPath, [...flags, join(folder, 'dist', 'src', 'main.js'), 'console'], {
    env: { PATH: process.env.PATH, DATABASE_URL: 'file::memory:', REMBUG_LOCALE: 'en' },
    input: '',
    encoding: 'utf8',
  });
}

/** Names of the files whose parts are kept, as the head of the kept file lists them. */
const listed = (kept: Buffer): string[] =>
  (JSON.parse(kept.toString('latin1', 4, 4 + kept.readUInt32LE(0))) as [string, number][]).map(([file]) => file);

const mains = (compiled: string): string[] => readdirSync(compiled).filter(name => name.startsWith('main-'));

it('the build keeps what was compiled, and a start makes nothing anew', () => {
  const { folder, compiled } = aProgram('kept');
  expect(mains(join(root, 'dist', '.compiled'))).not.toEqual([]);
  const before = mains(compiled);
  expect(before).toHaveLength(1);
  const { mtimeMs } = statSync(join(compiled, before[0]!));
  expect(run(folder)).toMatchObject({ status: 0, stderr: '' });
  expect([mains(compiled), statSync(join(compiled, before[0]!)).mtimeMs]).toEqual([before, mtimeMs]);
});

it('what was compiled with other flags is left alone, and a second file is kept', () => {
  const { folder, compiled } = aProgram('kept');
  expect(run(folder, '--max-lazy')).toMatchObject({ status: 0, stderr: '' });
  expect(mains(compiled)).toHaveLength(2);
});

it.each([
  ['half of it', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
  ['nothing', () => Buffer.alloc(0)],
  // Where the first part begins V8 says for which V8 it is.
  [
    'something for another V8',
    (whole: Buffer) => Buffer.from(whole).fill(7, 4 + whole.readUInt32LE(0), 16 + whole.readUInt32LE(0)),
  ],
])('where %s was kept, the program compiles, and keeps it anew', (_, spoilt) => {
  const { folder, compiled } = aProgram('kept');
  const file = join(compiled, mains(compiled)[0]!);
  const whole = readFileSync(file);
  writeFileSync(file, spoilt(whole));
  expect(run(folder)).toMatchObject({ status: 0, stderr: '' });
  const anew = readFileSync(file);
  expect(anew.length).toBeGreaterThan(whole.length / 2);
  expect(listed(anew)).toEqual(listed(whole));
  expect(run(folder)).toMatchObject({ status: 0, stderr: '' });
  expect(readFileSync(file)).toEqual(anew);
});

it('a place that nobody made or may write in stays as it is', () => {
  const { folder, compiled } = aProgram('none yet');
  const program = join(folder, 'dist', 'src', 'program');
  const files = readdirSync(program);
  chmodSync(compiled, 0o500);
  expect(run(folder)).toMatchObject({ status: 0, stderr: '' });
  const { folder: packed, compiled: missing } = aProgram('none yet');
  spawnSync('rmdir', [missing]);
  expect(run(packed)).toMatchObject({ status: 0, stderr: '' });
  expect([existsSync(missing), readdirSync(program)]).toEqual([false, files]);
});

it('an error names the file and the line that it comes from', () => {
  const { folder } = aProgram('kept');
  const main = join(folder, 'dist', 'src', 'program', 'main.cjs');
  const code = readFileSync(main, 'latin1');
  const begun = code.indexOf('\nasync function main(') + 1;
  expect(begun).toBeGreaterThan(0);
  const line = code.slice(0, begun).split('\n').length;
  writeFileSync(
    main,
    code.replace('\nasync function main(argv) {', '\nasync function main(argv) { null.nothing;'),
    'latin1',
  );
  const { status, stderr } = run(folder);
  expect([status, stderr]).toEqual([1, expect.stringContaining(`${main}:${line}`)]);
});
