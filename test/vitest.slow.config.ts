import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig, mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

const SIZES = /from '[./]*\/(sizes|properties)\.ts'/;

const long = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts') && SIZES.test(readFileSync(new URL(file, import.meta.url), 'utf8')))
  .map(file => `test/${file}`);

process.env.TEST_SIZE = 'long';

/** The tests that have long sizes, at these: storms, and properties that draw other cases in every run: none gets a second try. */
export default mergeConfig(
  { ...usual, test: { ...usual.test, include: [] } },
  defineConfig({ test: { include: long, retry: 0 } }),
);
