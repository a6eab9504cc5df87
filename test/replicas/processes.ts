import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { environment, newFolder } from '../program.ts';

/** Path beside the sources, and one folder further up from the compiled bench. */
const launcher = ['../../src/launch.mjs', '../../../src/launch.mjs']
  .map(path => fileURLToPath(new URL(path, import.meta.url)))
  .find(existsSync)!;

/** One `rembug start` that may be killed at any time. */
export interface Running {
  readonly child: ChildProcess;
  /** The port on which it tells how it is; null until it listens. */
  readonly port: () => number | null;
  /** Lines of its log. */
  readonly lines: string[];
  /** Ends it without warning, as a power cut does. */
  kill(): Promise<void>;
  /** Asks it to end; resolves with its exit code. */
  end(): Promise<number | null>;
}

/** Builds the program, so that the processes that are started need not do so at once. */
export const build = (): void =>
  void execFileSync(process.execPath, [launcher, 'manifest'], { env: environment({}), stdio: 'ignore' });

/** Starts the built program as it is started in earnest. */
export function start(env: Readonly<Record<string, string>>): Running {
  const child = spawn(process.execPath, [launcher, 'start'], {
    cwd: newFolder(),
    env: environment(env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  let port: number | null = null;
  createInterface({ input: child.stderr! }).on('line', line => {
    lines.push(line);
    if (!line.includes('http listening')) return;
    port = (JSON.parse(line) as { port: number }).port;
  });
  const exited = new Promise<number | null>(done => child.once('exit', done));
  return {
    child,
    port: () => port,
    lines,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    end() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

export interface Health {
  readonly status: number;
  readonly failing: Readonly<Record<string, string>>;
}

/** Returns what a process says of itself: the status of its health, and what is not well. */
export async function healthOf({ port, child, lines }: Running): Promise<Health> {
  const answer = await fetch(`http://127.0.0.1:${port()}/healthz`).catch(cause => {
    // The reason of its end stands in its last lines.
    throw new Error(`no answer; exit ${child.exitCode ?? child.signalCode}: ${lines.slice(-5).join('\n')}`, { cause });
  });
  const { failing = {} } = (await answer.json()) as { failing?: Record<string, string> };
  return { status: answer.status, failing };
}
