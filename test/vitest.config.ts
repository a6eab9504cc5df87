import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { LongestFirst } from './order.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a file does to the whole of its process, so that the files after it would meet it. */
const CHANGES_ALL =
  /vi\.(mock|useFakeTimers|stubGlobal|stubEnv)\(|spyOn\(performance|\.prototype\.\w+ = |process\.(env\.\w+ = |chdir\(|on\()/;

const alone = readdirSync(`${root}/test`, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts') && CHANGES_ALL.test(readFileSync(`${root}/test/${file}`, 'utf8')))
  .map(file => `test/${file}`);

/** Folders whose files come one after the other in the same processes; a folder's processes end with it. */
const TOGETHER = ['ops', 'stories', '{discord,platforms,slack,wire}', '{bot,rendering,site}', 'domain'];

/** What holds for each file, wherever it runs. */
export const each = {
  // No test measures time: the limit only ends what hangs, on a busy machine too.
  testTimeout: 600_000,
  hookTimeout: 600_000,
  // Hundreds of tests start processes, sockets and browsers on machines we do not know. One that needs a second try
  // is named in the output ("retry x1") and is a fault to mend; `--retry=0` before a release.
  retry: 1,
} as const;

const project = (name: string, test: TestProjectInlineConfiguration['test']): TestProjectInlineConfiguration => ({
  root,
  test: { name, ...each, ...test },
});

export default defineConfig({
  root,
  test: {
    globalSetup: ['test/built.ts', 'test/postgres.ts', 'test/template.ts'],
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // Loading Discord's, Slack's and the database's libraries takes longer than most files: those that leave their
    // process as they found it share it.
    projects: [
      project('others', {
        include: ['test/**/*.test.ts'],
        exclude: [...alone, ...TOGETHER.map(folder => `test/${folder}/**`)],
        isolate: false,
      }),
      project('alone', { include: alone }),
      ...TOGETHER.map(folder =>
        project(folder, { include: [`test/${folder}/**/*.test.ts`], exclude: alone, isolate: false }),
      ),
    ],
  },
});
