import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';
import { build, newFolder, root } from '../program.ts';

const launcher = join(root, 'src', 'launch.mjs');

/** An answer ends with an empty line, behind which the next prompt stands. */
export const PROMPT = /\n\n[^\n]*> $/;

/** The built program as somebody at a terminal has it: what is typed, a key at a time or pasted, and the screen. */
export function startTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder = newFolder(),
) {
  build();
  const child = spawn(process.execPath, ['--import', join(root, 'test', 'ops', 'tty.mjs'), launcher, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, PORT: '0', LOG_LEVEL: 'error', ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  let changed = (): void => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      screen += chunk;
      changed();
    });
  const ended = new Promise<number | null>(done => child.once('exit', done));
  const shown = (): string => stripVTControlCharacters(screen);
  /** What the screen has shown since the last time that it was waited for. */
  let seen = 0;
  const until = async (text: string | RegExp): Promise<string> => {
    for (;;) {
      const part = shown().slice(seen);
      const found = typeof text === 'string' ? { index: part.indexOf(text), 0: text } : text.exec(part);
      if (found && found.index >= 0) {
        seen += found.index + found[0].length;
        return part;
      }
      await Promise.race([
        new Promise<void>(done => {
          changed = done;
        }),
        ended.then(code => Promise.reject(new Error(`ended with ${code}:\n${part}`))),
      ]);
    }
  };
  return {
    folder,
    ended,
    shown,
    until,
    /** Types or pastes text; what arrives at once is one piece. */
    type: (text: string) => void child.stdin.write(text),
    /** Enters a line and waits for the next prompt. */
    async enter(line: string): Promise<string> {
      child.stdin.write(`${line}\r`);
      return until(PROMPT);
    },
  };
}
