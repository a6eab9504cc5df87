import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { expect, it, onTestFinished } from 'vitest';
import { environment, root } from './program.ts';

const RECIPES = ['option', 'command', 'reminder-step', 'chart', 'table', 'language', 'platform'];
/** Paths that are no source: they are made anew, or shared with the copy. */
const LEFT_OUT = /^(\.git|node_modules|dist|coverage|data)(\/|$)/;
/** Lines of context that may have changed since a patch was written. */
const FUZZ = 1;

/** A copy of the project that shares its packages. */
function aCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'rembug-recipes-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  cpSync(root, copy, { recursive: true, filter: path => !LEFT_OUT.test(relative(root, path)) });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** Applies a recipe's patch to a copy. @throws where a part of it does not fit any more */
function apply(copy: string, recipe: string): void {
  for (const patch of parsePatch(readFileSync(join(root, 'docs', 'recipes', `${recipe}.patch`), 'utf8'))) {
    const file = join(copy, patch.newFileName!.replace(/^b\//, ''));
    const before = patch.oldFileName === '/dev/null' ? '' : readFileSync(file, 'utf8');
    const after = applyPatch(before, patch, { fuzzFactor: FUZZ });
    if (after === false) throw new Error(`docs/recipes/${recipe}.patch does not fit ${relative(copy, file)} any more`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, after);
  }
}

/** Runs a tool in the copy; what it said is the failure. */
function run(copy: string, file: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): void {
  const env = environment({ HOME: process.env.HOME, ...more });
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { cwd: copy, env, encoding: 'utf8' });
  expect([status, status ? `${stdout}${stderr}`.slice(-4_000) : '']).toEqual([0, '']);
}

const VITEST = 'node_modules/vitest/vitest.mjs';
const FAST = ['run', '--config', 'test/vitest.fast.config.ts'];

it('every recipe has its patch, and its part in the document', () => {
  const words = readFileSync(join(root, 'docs', 'recipes.md'), 'utf8');
  const patches = readdirSync(join(root, 'docs', 'recipes'));
  expect(patches.sort()).toEqual(RECIPES.map(one => `${one}.patch`).sort());
  expect(RECIPES.filter(one => !words.includes(`(recipes/${one}.patch)`))).toEqual([]);
});

it('with the patches of all recipes a copy passes the types and the fast lane', () => {
  const copy = aCopy();
  for (const recipe of RECIPES) apply(copy, recipe);
  run(copy, 'node_modules/typescript/bin/tsc', ['-p', 'test/tsconfig.json', '--noEmit']);
  run(copy, '.ci/generate-migrations.mjs', ['recipes']);
  // What `npm run docs` writes of new actions and options.
  run(copy, VITEST, [...FAST, 'test/frozen.test.ts'], { UPDATE: '1' });
  run(copy, VITEST, FAST, { FAST_TYPES: '1' });
}, 900_000);
