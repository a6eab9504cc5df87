#!/usr/bin/env node
// Builds when a source is newer than what was built last (or was never built), then starts the compiled program.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', '.built');
const newest = folder =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.ts'))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs), 0);

// An installed package holds the compiled program and no sources.
if (existsSync(join(root, 'src', 'main.ts'))) {
  const sources = Math.max(...['src', 'commands', 'adapters'].map(newest));
  if (!existsSync(stamp) || statSync(stamp).mtimeMs < sources) {
    const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
    try {
      execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', join(root, 'tsconfig.json')], {
        stdio: ['ignore', 2, 2],
      });
    } catch {
      process.exit(1);
    }
    writeFileSync(stamp, '');
  }
}
await import('../dist/src/main.js');
