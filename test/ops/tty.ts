import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import { onTestFinished } from 'vitest';
import { build, environment, newFolder, root } from '../program.ts';

const launcher = join(root, 'src', 'launch.mjs');

/** An answer ends with an empty line, behind which the next prompt stands. */
export const PROMPT = /\n\n[^\n]*> $/;

/**
 * The built program, or another one, as somebody at a pseudo-terminal has it: what is typed, a key at a time or pasted,
 * and the screen.
 */
export function startTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder = newFolder(),
  program = launcher,
) {
  build();
  const child = spawn(process.execPath, [program, ...args], {
    name: 'xterm',
    cols: Number(env.COLUMNS ?? 80),
    rows: 24,
    cwd: folder,
    env: environment({ HOME: folder, PORT: '0', LOG_LEVEL: 'error', ...env }),
  });
  let screen = '';
  let changed = (): void => undefined;
  child.onData(chunk => {
    screen += chunk;
    changed();
  });
  let isOver = false;
  const ended = new Promise<number>(done => {
    child.onExit(({ exitCode }) => {
      isOver = true;
      done(exitCode);
    });
  });
  onTestFinished(() => {
    if (!isOver) child.kill('SIGKILL');
  });
  // A terminal goes to the beginning of a line by itself.
  const shown = (): string => stripVTControlCharacters(screen).replaceAll('\r\n', '\n');
  /** Length of what the screen had shown when it was last waited for. */
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
    /** Tells the program to end, as whatever started a service does. */
    stop: () => child.kill('SIGTERM'),
    /** Types or pastes text; what arrives at once is one piece. */
    type: (text: string) => child.write(text),
    /** Enters a line and waits for the next prompt. */
    async enter(line: string): Promise<string> {
      child.write(`${line}\r`);
      return until(PROMPT);
    },
  };
}
