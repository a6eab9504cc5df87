import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environment } from './program.ts';

/** npm as somebody runs it in a folder of their own: nothing of the run that these checks are a part of, and the true time. */
function npm(folder: string, args: readonly string[]): string {
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix)|INIT_CWD$|NODE_|VITEST|CLOCK_SHIFT_MS$)/.test(
        name,
      ),
  );
  return execFileSync('npm', args, {
    cwd: folder,
    env: Object.fromEntries(own),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Packs what is built in a folder; gives the package's file. */
export function packed(source: string, destination: string): string {
  mkdirSync(destination, { recursive: true });
  const out = npm(source, ['pack', '--ignore-scripts', '--json', '--pack-destination', destination]);
  return join(destination, (JSON.parse(out) as { filename: string }[])[0]!.filename);
}

/** Installs a package to run it, with the scripts of its libraries or without; files that npm has already are not fetched. */
export function installed(folder: string, file: string, { scripts }: { scripts: boolean }): void {
  mkdirSync(folder, { recursive: true });
  const leave = scripts ? [] : ['--ignore-scripts'];
  npm(folder, [
    'install',
    file,
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--prefix',
    folder,
    ...leave,
  ]);
}

/** Runs the installed program to its end: what it prints, and with which code it ends. */
export function runInstalled(
  folder: string,
  args: readonly string[],
  { cwd, env, input = '' }: { cwd: string; env: Readonly<Record<string, string>>; input?: string },
) {
  const program = join(folder, 'node_modules', '.bin', 'rembug');
  return spawnSync(process.execPath, [program, ...args], {
    cwd,
    env: environment({ HOME: cwd, PORT: '0', ...env }),
    input,
    encoding: 'utf8',
  });
}

/** Lists the files under a folder with their size and the time of their last change. */
export const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map(name => {
      const { size, mtimeMs } = statSync(join(folder, name));
      return `${name} ${size} ${mtimeMs}`;
    });
