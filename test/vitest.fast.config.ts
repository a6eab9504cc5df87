import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { MEMORY } from './vitest.config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Imports of a test that starts a bot, a database, a page, a painter, the built program, a or a browser. */
const STARTS =
  /from '[^']*(world|life|databases|program|postgres|browser|apps?|page|forum|storm|all|migrated|hands|imports\/open|wire\/[^']*|storage\/open|charts\/[^']*)\.ts'|worker_threads|child_process/;
/** Import of the compiler: it reads the whole program, and runs where `FAST_TYPES` asks for it. */
const COMPILES = /from 'typescript-api'/;
/** These find their way to one through other files. */
const ELSEWHERE = /^(fuzz|rendering|wire|site)/;

const quick = readdirSync(`${root}/test`, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts') && !ELSEWHERE.test(file))
  .filter(file => {
    const text = readFileSync(`${root}/test/${file}`, 'utf8');
    return !STARTS.test(text) && (process.env.FAST_TYPES === '1' || !COMPILES.test(text));
  })
  .map(file => `test/${file}`);

/**
 * The tests that start nothing: rules, readers, words, documents, layers. All else runs in `npm test`. They share what
 * they import, which takes longer than they do.
 */
export default defineConfig({
  root,
  test: { include: quick, testTimeout: 600_000, maxWorkers: 2, isolate: false, execArgv: MEMORY },
});
