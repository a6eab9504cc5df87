import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { LongestFirst } from './order.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Signs of a file that changes the whole of its process, so that the files after it would meet it. */
const CHANGES_ALL =
  /vi\.(mock|useFakeTimers|stubGlobal|stubEnv)\(|spyOn\(performance|\.prototype\.\w+ = |process\.(env\.\w+ = |chdir\(|on\()|from '\.[\w./]*\/(statements|hurry)\.ts'/;

/** Folders whose files come one after the other in the same processes, which end with them. */
const TOGETHER = {
  ops: ['ops'],
  stories: ['stories'],
  platforms: ['discord', 'platforms', 'slack', 'wire'],
  views: ['bot', 'rendering', 'site'],
  domain: ['domain'],
};

const filesIn = (folders: readonly string[]): string[] => folders.map(folder => `test/${folder}/**/*.test.ts`);

const all = readdirSync(`${root}/test`, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test.ts'))
  .map(file => `test/${file}`);

/** All tests whose text is `among` those to run, with `more` settings for each. */
export function testsOf(
  more: ViteUserConfig['test'] = {},
  among: (text: string) => boolean = () => true,
): ViteUserConfig {
  const texts = new Map(all.map(file => [file, readFileSync(`${root}/${file}`, 'utf8')]));
  const left = all.filter(file => !among(texts.get(file)!));
  const alone = all.filter(file => CHANGES_ALL.test(texts.get(file)!));
  const project = (name: string, include: string[], exclude: string[], isolate = false) => ({
    root,
    test: {
      name,
      // No test measures time: the limit only ends what hangs, on a busy machine too.
      testTimeout: 600_000,
      hookTimeout: 600_000,
      // Hundreds of tests start processes, sockets and browsers on machines we do not know. One that needs a second
      // try is named in the output ("retry x1") and is a fault to mend; `--retry=0` before a release.
      retry: 1,
      ...more,
      setupFiles: ['test/node-fetch.ts', ...[more.setupFiles ?? []].flat()],
      include,
      exclude: [...exclude, ...left],
      isolate,
    },
  });
  return defineConfig({
    root,
    test: {
      globalSetup: ['test/built.ts', 'test/postgres.ts', 'test/template.ts'],
      maxWorkers: 2,
      sequence: { sequencer: LongestFirst },
      // Loading the libraries of Discord, Slack and the databases takes longer than most files do: those that leave
      // their process as they found it share it.
      projects: [
        project('others', filesIn(['**']), [...alone, ...filesIn(Object.values(TOGETHER).flat())]),
        project('alone', alone, [], true),
        ...Object.entries(TOGETHER).map(([name, folders]) => project(name, filesIn(folders), alone)),
      ],
    },
  });
}

export default testsOf();
