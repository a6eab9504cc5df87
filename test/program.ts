import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));
const launcher = join(root, 'src', 'launch.mjs');
let built = false;

/** Builds once, as `npm start` does, so that tests run what people run. */
export function build(): void {
  if (!built)
    execFileSync(process.execPath, [launcher, 'migrate'], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: 'file::memory:' },
    });
  built = true;
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'rembug-test-'));

/**
 * An environment with nothing of the machine's own settings in it. Where the bench puts the machine's clock elsewhere,
 * it is there for the program too.
 */
export function environment(own: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  const { PATH, NODE_OPTIONS, TZ, CLOCK_SHIFT_MS, CLOCK_ASKED, CLOCK_ASKED_BY } = process.env;
  if (!CLOCK_SHIFT_MS) return { PATH, ...own };
  const options = [NODE_OPTIONS, own.NODE_OPTIONS].filter(Boolean).join(' ');
  const clock = { CLOCK_SHIFT_MS, ...(TZ && { TZ }), ...(CLOCK_ASKED && { CLOCK_ASKED, CLOCK_ASKED_BY }) };
  return { PATH, ...clock, ...own, NODE_OPTIONS: options };
}

/** Runs the built program to its end. */
export function runProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
  folder = newFolder(),
) {
  build();
  return spawnSync(process.execPath, [launcher, ...args], {
    cwd: folder,
    env: environment(env),
    input,
    encoding: 'utf8',
  });
}

/** Runs the built program with its output going into a command of the shell; the status is the program's own. */
export function runInto(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input = '',
): { status: number; stderr: string } {
  build();
  const status = join(newFolder(), 'status');
  const line = `{ "$@"; echo $? > ${status}; } | ${command}`;
  const run = spawnSync('/bin/sh', ['-c', line, 'sh', process.execPath, launcher, ...args], {
    cwd: newFolder(),
    env: environment(env),
    input,
    encoding: 'utf8',
  });
  return { status: Number(readFileSync(status, 'utf8')), stderr: run.stderr };
}

/** Starts the built program and leaves it running. */
export function startProgram(args: readonly string[], env: Readonly<Record<string, string>>) {
  build();
  return spawn(process.execPath, [launcher, ...args], { cwd: newFolder(), env: environment(env), stdio: 'ignore' });
}

/**
 * Starts the built program's console and talks to it a line at a time. `before` is shell that runs first in the same
 * process, such as a limit.
 */
export function startConsole(
  env: Readonly<Record<string, string>>,
  args: readonly string[] = ['--json'],
  before = 'true',
) {
  build();
  const line = [process.execPath, launcher, 'console', ...args];
  const child = spawn('/bin/sh', ['-c', `${before}; exec "$0" "$@"`, ...line], {
    cwd: newFolder(),
    env: environment(env),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = new Promise<number | null>(done => child.once('exit', done));
  return {
    async say(line: string): Promise<{ ok: boolean; text: string; error?: { code: string } }> {
      child.stdin.write(`${line}\n`);
      return JSON.parse((await lines.next()).value as string);
    },
    /** Ends it without warning, as a power cut does. */
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await exited;
    },
    async end(): Promise<number | null> {
      child.stdin.end();
      return exited;
    },
  };
}

/**
 * Starts the bot itself, which runs until it is told to end. `told` waits for a line of its log. With its input a
 * `pipe` it may be a conversation, which `close` ends.
 */
export function startBot(
  env: Readonly<Record<string, string>>,
  input: 'ignore' | 'pipe' = 'ignore',
  cwd = newFolder(),
) {
  build();
  const child = spawn(process.execPath, [launcher, 'start'], {
    cwd,
    env: environment({ LOG_FORMAT: 'json', PORT: '0', METRICS_ADDRESS: '', ...env }),
    stdio: [input, 'ignore', 'pipe'],
  });
  const logged: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stderr! }).on('line', line => {
    logged.push(line);
    for (const look of waiting) look();
  });
  const ended = new Promise<number | null>(done => child.once('exit', done));
  const told = (message: string) =>
    new Promise<void>(done => {
      const look = (): void => {
        if (!logged.some(line => line.includes(message))) return;
        waiting.delete(look);
        done();
      };
      waiting.add(look);
      look();
    });
  return {
    pid: child.pid!,
    logged,
    ended,
    told,
    /** Resolves with the address at which it answers over HTTP, once it does. */
    async address(): Promise<string> {
      await told('http listening');
      const { port } = JSON.parse(logged.find(line => line.includes('http listening'))!) as { port: number };
      return `http://127.0.0.1:${port}`;
    },
    end: (signal: NodeJS.Signals = 'SIGTERM') => child.kill(signal),
    close: () => void child.stdin?.end(),
  };
}
