import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { environment, newFolder, root } from './program.ts';

/** Ways in which a test file may come to the machine's clock, each in one of its own; all but the last see another year. */
const WAYS = {
  directly: 'expect(new Date().getFullYear()).toBe(2040);',
  'through-ours': `const { systemClock } = await import(${JSON.stringify(join(root, 'src/contract/clock.ts'))});
    expect(systemClock.now().getFullYear()).toBe(2040);`,
  'by-a-format': `expect(new Intl.DateTimeFormat('en', { year: 'numeric' }).format()).toBe('2040');`,
  'by-a-package': `const { CronExpressionParser } = await import(${JSON.stringify(join(root, 'node_modules/cron-parser/dist/index.js'))});
    expect(CronExpressionParser.parse('0 0 1 1 *').next().toDate().getUTCFullYear()).toBe(2041);`,
  'by-a-stand-in': `vi.useFakeTimers();
    expect(new Date().getFullYear()).toBe(2040);`,
  'in-a-worker': `const tells = "import { parentPort } from 'node:worker_threads'; parentPort.postMessage(new Date().getFullYear())";
    const worker = new Worker(new URL(\`data:text/javascript,\${encodeURIComponent(tells)}\`));
    expect((await once(worker, 'message'))[0]).toBe(2040);`,
  'in-a-program': `const { environment } = await import(${JSON.stringify(join(root, 'test/program.ts'))});
    const args = ['-p', 'new Date().getFullYear()'];
    expect(spawnSync(process.execPath, args, { env: environment({}), encoding: 'utf8' }).stdout.trim()).toBe('2040');`,
  'not-at-all': `expect(new Date(0).getFullYear()).toBe(1970);
    expect(new Intl.DateTimeFormat('en', { year: 'numeric', timeZone: 'UTC' }).format(0)).toBe('1970');
    await new Promise(done => setImmediate(done));
    expect(vi.fn()).not.toHaveBeenCalled();`,
};

it('the bench finds each test file that comes to the machine’s clock, and no other', () => {
  const folder = newFolder();
  const notes = join(folder, 'asked');
  writeFileSync(notes, '');
  for (const [name, asks] of Object.entries(WAYS))
    writeFileSync(
      join(folder, `${name}.test.mjs`),
      `import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
it('asks', async () => {
    ${asks}
});
`,
    );
  const config = join(folder, 'config.mjs');
  writeFileSync(
    config,
    `export default ${JSON.stringify({
      root: folder,
      resolve: { alias: { vitest: join(root, 'node_modules/vitest/dist/index.js') } },
      test: {
        setupFiles: [join(root, 'test/asking.ts')],
        isolate: false,
        testTimeout: 600_000,
        hookTimeout: 600_000,
      },
    })}`,
  );
  const run = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', config], {
    cwd: folder,
    env: environment({
      HOME: folder,
      // Years are compared: the zone of the machine would move New Year.
      TZ: 'UTC',
      NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'test/shifted-clock.mjs'))}`,
      // Reckons from the machine's clock, which under the bench is not the one that is shown.
      CLOCK_SHIFT_MS: String(Date.UTC(2040, 5) - Date.now() + Number(process.env.CLOCK_SHIFT_MS ?? 0)),
      CLOCK_ASKED: notes,
    }),
    encoding: 'utf8',
  });
  expect([run.status, run.status ? `${run.stdout}${run.stderr}` : '']).toEqual([0, '']);
  const asked = readFileSync(notes, 'utf8').trim().split('\n');
  const by = new Set(asked.map(line => (JSON.parse(line) as { by: string }).by).filter(Boolean));
  expect([...by].map(file => basename(file, '.test.mjs')).sort()).toEqual(
    Object.keys(WAYS)
      .filter(name => name !== 'not-at-all')
      .sort(),
  );
});
