import { createInterface, type Interface } from 'node:readline';
import type { Completions } from './completion.ts';
import type { LineResult } from './deps.ts';
import { Entries } from './entries.ts';
import { keepHistory, REMEMBERED, readHistory } from './history.ts';
import type { Session } from './session.ts';

/** Takes back the prompt, and what was typed behind it. */
const CLEAR_LINE = '\r\u001b[K';
/** Prompt of a line that belongs to the one above. */
const GOES_ON = '… ';

export interface Streams {
  readonly input: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { isTTY?: boolean };
}

export interface TerminalOptions {
  /** One JSON object a line. */
  readonly json: boolean;
  /** Resolves when the program is told to end: the line in hand is the last. */
  readonly ended?: Promise<void>;
  /** Interval at which due work is looked for and shown while nobody types, ms; in JSON it comes with the next line. */
  readonly lookMs?: number;
  /** First screen, where somebody sits there. */
  readonly welcome?: string;
  /** File that keeps typed lines for the next session; null: none. */
  readonly history?: string | null;
}

/**
 * Runs a session over standard input and output until its end, or until nobody reads on: with history and completion
 * on a terminal, plain when piped.
 */
export async function runTerminal(
  session: Session,
  { input, output }: Streams,
  { json, ended, lookMs, welcome, history = null }: TerminalOptions,
): Promise<void> {
  const interactive = Boolean(input.isTTY && output.isTTY && !json);
  const lines = createInterface({
    input,
    ...(interactive && { output, completer: completer(session), history: readHistory(history) }),
    historySize: REMEMBERED,
  });
  const entries = new Entries(lines, {
    joins: interactive,
    onOpen: isPasted => void goOn(isPasted),
  });
  let over = false;
  const end = (): void => {
    over = true;
    lines.close();
  };
  lines.on('SIGINT', interrupts(session, { lines, entries, input, output, end }));
  output.once('error', end);
  void ended?.then(end);
  const prompt = (keepsCursor = false): void => {
    if (!interactive || over) return;
    lines.setPrompt(entries.isOpen ? GOES_ON : `${session.actor}> `);
    lines.prompt(keepsCursor);
  };
  const goOn = async (isPasted: boolean): Promise<void> => {
    if (!isPasted) output.write(`${await session.says('openQuote')}\n`);
    prompt(true);
  };
  const turns = new Mutex();
  const look = async (): Promise<void> => {
    await session.look();
    const posts = json ? [] : session.arrived();
    if (!posts.length) return;
    if (interactive) output.write(CLEAR_LINE);
    output.write(shown({ text: '', posts }));
    if (interactive) lines.prompt(true);
  };
  const timer = lookMs && setInterval(() => turns.ifIdle(look), lookMs);
  if (interactive && welcome) output.write(`${welcome}\n\n`);
  prompt();
  for (;;) {
    const line = await entries.next();
    if (line === null || over) break;
    if (interactive && history !== null) remember(session, lines, history, line);
    const result = await turns.take(() => session.run(line));
    output.write(json ? `${JSON.stringify(result)}\n` : shown(result));
    if (session.over) break;
    if (!entries.waits) prompt();
  }
  if (timer) clearInterval(timer);
  await turns.take(async () => {});
  lines.close();
}

/** Ctrl-C leaves; where something is typed it says so first, and the next one leaves. */
function interrupts(
  session: Session,
  {
    lines,
    entries,
    input,
    output,
    end,
  }: Streams & { readonly lines: Interface; readonly entries: Entries; readonly end: () => void },
): () => void {
  let isAsked = false;
  input.on('keypress', (_, key?: { name?: string; ctrl?: boolean }) => {
    if (!(key?.ctrl && key.name === 'c')) isAsked = false;
  });
  return () => {
    if (isAsked || (lines.line === '' && !entries.isOpen)) {
      output.write('\n');
      end();
      return;
    }
    isAsked = true;
    void session.says('stillTyped').then(sentence => {
      output.write(`\n${sentence}\n`);
      lines.prompt(true);
    });
  };
}

/** Puts an entry of several lines together in the history, and keeps it for the next session. */
function remember(session: Session, lines: Interface, file: string, entry: string): void {
  const { history } = lines as Interface & { history: string[] };
  for (const part of entry.split('\n')) {
    const at = history.indexOf(part);
    if (at >= 0) history.splice(at, 1);
  }
  const line = entry.replaceAll('\n', ' ');
  if (line.trim() !== '' && session.mayRemember(line)) history.unshift(line);
  keepHistory(file, history);
}

/** Lines and looks take turns: what was sent is shown with what caused it. */
class Mutex {
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  take<T>(work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    const turn = this.#last.then(work).finally(() => {
      this.#waiting--;
    });
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** Takes a turn only where nothing else is being done. */
  ifIdle(work: () => Promise<void>): void {
    if (this.#waiting === 0) void this.take(work);
  }
}

/** Completes the end of a line, as readline asks for it. */
const completer =
  (session: Session) =>
  (line: string, done: (error: null, result: [string[], string]) => void): void => {
    const give = ({ candidates, typed }: Completions): void => done(null, [[...candidates], typed]);
    void session.completions(line).then(give, () => give({ candidates: [], typed: line }));
  };

/** A result for people: the reply, then each post marked with where it went. */
function shown({ text, posts }: Pick<LineResult, 'text' | 'posts'>): string {
  const parts = [text, ...posts.map(post => `→ ${post.to}\n${post.text}`)].filter(part => part !== '');
  return parts.length ? `${parts.join('\n')}\n\n` : '';
}
