import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, seen from where the bench was compiled to. */
const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A build to be measured: what its figures are called, and the folder in which it was built. */
export interface Build {
  readonly name: string;
  readonly folder: string;
  remove(): void;
}

const git = (...args: string[]): string => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();

/**
 * This build, and beside it the one of a commit, or of a folder in which one is built already, where one is named. The
 * caller removes them.
 */
export function buildsBeside(revision: string | undefined): Build[] {
  const here: Build = { name: 'this build', folder: root, remove: () => {} };
  return revision ? [here, buildOf(revision)] : [here];
}

/** Returns what a part of the bench printed in another build: the cells of a line by its first one. */
export function measuredIn(build: Build, part: string, ...options: string[]): ReadonlyMap<string, readonly string[]> {
  const bench = join(build.folder, 'dist/test/bench/main.js');
  const run = spawnSync(process.execPath, [bench, part, ...options], { cwd: build.folder, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return new Map(
    run.stdout
      .split('\n')
      .map(line => line.split('  '))
      .map(([name = '', ...cells]) => [name, cells]),
  );
}

/** Builds a commit in a work tree of its own, with the libraries that are installed here. */
function buildOf(revision: string): Build {
  if (existsSync(revision)) return { name: basename(resolve(revision)), folder: resolve(revision), remove: () => {} };
  const commit = git('rev-parse', '--short', `${revision}^{commit}`);
  const folder = join(mkdtempSync(join(tmpdir(), 'rembug-beside-')), commit);
  git('worktree', 'add', '--detach', folder, commit);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  // Commits of long ago were compiled and nothing more.
  const build = join(folder, 'src', 'build.mjs');
  const compile = [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(folder, 'test/tsconfig.json')];
  for (const step of existsSync(build) ? [compile, [build]] : [compile])
    execFileSync(process.execPath, step, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  return {
    name: commit,
    folder,
    remove() {
      git('worktree', 'remove', '--force', folder);
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}
