import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { LongestFirst } from './order.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Signs of a file that stands in for modules, timers or the environment, so that the files after it would meet it. */
const STANDS_IN = /vi\.(mock|useFakeTimers|stubGlobal|stubEnv)\(|^\s*process\.(env\.\w+ = |chdir\(|on\()/m;
/** Signs of a file that counts what the drivers do or holds the steady clock, and then gives them back. */
const GIVES_BACK = /spyOn\(performance|\.prototype\.\w+ = |from '\.[\w./]*\/(statements|hurry)\.ts'/;

/**
 * A young generation that is large from the beginning: what a statement or a card leaves behind dies in it, and is not
 * copied (docs/performance.md, "The tests").
 */
export const MEMORY = ['--min-semi-space-size=32', '--max-semi-space-size=32'];

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

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** All tests whose text is `among` those to run, with `more` settings for each. */
export function testsOf(
  more: ViteUserConfig['test'] = {},
  among: (text: string) => boolean = () => true,
): ViteUserConfig {
  const texts = new Map(all.map(file => [file, readFileSync(`${root}/${file}`, 'utf8')]));
  const left = all.filter(file => !among(texts.get(file)!));
  const alone = all.filter(file => STANDS_IN.test(texts.get(file)!));
  const changing = all.filter(file => !alone.includes(file) && GIVES_BACK.test(texts.get(file)!));
  const apart = [...alone, ...changing];
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
      execArgv: MEMORY,
    },
  });
  return defineConfig({
    root,
    test: {
      globalSetup: ['test/built.ts', 'test/postgres.ts', 'test/template.ts'],
      maxWorkers: 2,
      // Keeps what was compiled: it is the same in every project, and in the next run. vitest writes it there alone.
      experimental: { fsModuleCache: isWritable(`${root}/node_modules`) },
      sequence: { sequencer: LongestFirst },
      // Loading the libraries of Discord, Slack and the databases takes longer than most files do: those that leave
      // their process as they found it share it.
      projects: [
        project('others', filesIn(['**']), [...apart, ...filesIn(Object.values(TOGETHER).flat())]),
        project('alone', alone, [], true),
        project('changing', changing, []),
        ...Object.entries(TOGETHER).map(([name, folders]) => project(name, filesIn(folders), apart)),
      ],
    },
  });
}

export default testsOf();
