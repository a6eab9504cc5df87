import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** This build, and beside it the one of a commit where one is named. Whoever asks removes them. */
export function buildsBeside(revision: string | undefined): Build[] {
  const here: Build = { name: 'this build', folder: root, remove: () => {} };
  return revision ? [here, buildOf(revision)] : [here];
}

/** Builds a commit in a work tree of its own, with the libraries that are installed here. */
function buildOf(revision: string): Build {
  const commit = git('rev-parse', '--short', `${revision}^{commit}`);
  const folder = join(mkdtempSync(join(tmpdir(), 'rembug-beside-')), commit);
  git('worktree', 'add', '--detach', folder, commit);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  // Commits of long ago were compiled and nothing more.
  const build = join(folder, 'src', 'build.mjs');
  const compile = [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(folder, 'tsconfig.json')];
  execFileSync(process.execPath, existsSync(build) ? [build] : compile, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return {
    name: commit,
    folder,
    remove() {
      git('worktree', 'remove', '--force', folder);
      if (existsSync(folder)) rmSync(folder, { recursive: true });
    },
  };
}
