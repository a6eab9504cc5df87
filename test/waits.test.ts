import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Ways to wait for a time, each with an example: on a machine that is busy enough the state comes later. */
const FOR_A_TIME: readonly (readonly [RegExp, string])[] = [
  [/\bvi\.waitFor\b|\bvi\.waitUntil\b/, 'await vi.waitFor(() => x)'],
  [/\bexpect\.poll\b/, 'await expect.poll(() => x).toBe(1)'],
  [/\bsetTimeout\(/, 'await new Promise(done => setTimeout(done, 10))'],
  [/\bsetTimeout as \w+/, "import { setTimeout as pause } from 'node:timers/promises'"],
  [/for \(let (\w+) = 0; \1 < [\d_]+ && /, 'for (let n = 0; n < 500 && !done; n++) await turn()'],
  // A limit of its own that is below the one of all tests ends a test that is merely slow.
  [/\},\s*[1-5]?\d?\d_?\d{3},?\s*\);/, 'it(name, async () => {\n  },\n  120_000,\n);'],
  [/\btimeout: [1-5]?\d?\d_?\d{3}\b/, 'it(name, { timeout: 60_000 }, test)'],
];

/**
 * Files that count time in earnest: the bench, the platforms' own limits, people in the storm, and the one who waits.
 */
const MAY = /^(bench|wire\/(discord|slack))\/|^(until|replicas\/(people|storm)|fuzz\/web)\.ts$/;

const waits = (text: string): boolean => FOR_A_TIME.some(([way]) => way.test(text));

it('no test waits for a time: each waits for a state', () => {
  for (const [, example] of FOR_A_TIME) expect(waits(example), example).toBe(true);
  const folder = new URL('.', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /\.(ts|mjs)$/.test(file));
  const all = files.filter(file => file !== 'waits.test.ts' && !MAY.test(file));
  expect(all.length).toBeGreaterThan(300);
  expect(all.filter(file => waits(readFileSync(new URL(file, folder), 'utf8')))).toEqual([]);
});
