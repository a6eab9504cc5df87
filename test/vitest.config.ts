import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/built.ts', 'test/postgres.ts', 'test/template.ts'],
    // No test measures time: the limit only ends what hangs, on a busy machine too.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Hundreds of tests start processes, sockets and browsers on machines we do not know. One that needs a second try
    // is named in the output ("retry x1") and is a fault to mend; `--retry=0` before a release.
    retry: 1,
    maxWorkers: 2,
  },
});
