import { createInterface } from 'node:readline';
import { leadingWords } from '../../src/bot/parse.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { catalogue } from '../../src/language/messages.ts';
import type { LineResult, Session } from './session.ts';

/** Takes back the prompt, and what was typed behind it. */
const CLEAR_LINE = '\r\u001b[K';

export interface Streams {
  readonly input: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { isTTY?: boolean };
}

export interface Ways {
  /** One JSON object a line. */
  readonly json: boolean;
  /** Resolves when the program is told to end: the line in hand is the last. */
  readonly ended?: Promise<void>;
  /** What falls due while nobody types is looked for this often, and shown; in JSON it comes with the next line. */
  readonly lookMs?: number;
}

/**
 * Runs a session over standard input and output until its end, or until nobody reads on: with history and completion
 * on a terminal, plain when piped.
 */
export async function runTerminal(
  session: Session,
  registry: Registry,
  { input, output }: Streams,
  { json, ended, lookMs }: Ways,
): Promise<void> {
  const interactive = Boolean(input.isTTY && output.isTTY && !json);
  const lines = createInterface({
    input,
    ...(interactive && { output, completer: completer(session, registry) }),
    historySize: 500,
  });
  let over = false;
  const end = (): void => {
    over = true;
    lines.close();
  };
  lines.on('SIGINT', end);
  output.once('error', end);
  void ended?.then(end);
  const prompt = (): void => {
    if (!interactive) return;
    lines.setPrompt(`${session.actor}> `);
    lines.prompt();
  };
  const turns = new Turns();
  const look = async (): Promise<void> => {
    await session.look();
    const posts = json ? [] : session.arrived();
    if (!posts.length) return;
    if (interactive) output.write(CLEAR_LINE);
    output.write(shown({ text: '', posts }));
    if (interactive) lines.prompt(true);
  };
  const timer = lookMs && setInterval(() => turns.ifIdle(look), lookMs);
  prompt();
  for await (const line of lines) {
    if (over) break;
    const result = await turns.take(() => session.run(line));
    output.write(json ? `${JSON.stringify(result)}\n` : shown(result));
    if (session.over) break;
    prompt();
  }
  if (timer) clearInterval(timer);
  await turns.take(async () => {});
  lines.close();
}

/** Lines and looks take turns: what was sent is shown with what caused it. */
class Turns {
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

/** Completes commands at once, and else the names of things, which the forum knows. */
const completer =
  (session: Session, registry: Registry) =>
  (line: string, done: (error: null, result: [string[], string]) => void): void => {
    const commands = complete(registry, line);
    if (commands.length) done(null, [commands, line]);
    else
      void session.completions(line).then(
        names => done(null, [names, line]),
        () => done(null, [[], line]),
      );
  };

/** A result for people: the reply, then each post marked with where it went. */
function shown({ text, posts }: Pick<LineResult, 'text' | 'posts'>): string {
  const parts = [text, ...posts.map(post => `→ ${post.to}\n${post.text}`)].filter(part => part !== '');
  return parts.length ? `${parts.join('\n')}\n\n` : '';
}

/** Whole lines that the typed one may become: commands, then their actions, then option names. */
function complete(registry: Registry, line: string): string[] {
  const words = leadingWords(line);
  const found = registry.find(words);
  const names = (of: { words: (m: (typeof catalogue)['id']) => { name: string }; name: string }): string[] => [
    of.words(catalogue.id).name,
    of.name,
  ];
  const commands = registry.commands.flatMap(names).map(name => `/${name}`);
  const actions =
    found.kind === 'unknown'
      ? []
      : found.command.actions
          .filter(action => !action.hidden)
          .flatMap(names)
          .map(name => `/${words[0]} ${name}`.trim());
  const typed = line.replace(/\S*$/, '');
  const options = found.kind === 'action' ? Object.keys(found.action.options).map(key => `${typed}${key}:`) : [];
  return [...new Set([...commands, ...actions, ...options])].filter(one => one.startsWith(line));
}
