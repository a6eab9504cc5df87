import { createInterface } from 'node:readline';
import { leadingWords } from '../../src/bot/parse.ts';
import type { Registry } from '../../src/bot/registry.ts';
import { catalogue } from '../../src/language/messages.ts';
import type { LineResult, Session } from './session.ts';

export interface Streams {
  readonly input: NodeJS.ReadableStream & { isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { isTTY?: boolean };
}

/** Runs a session over standard input and output until its end: with history and completion on a terminal, plain
 * when piped, and with one JSON object a line when asked. */
export async function runTerminal(
  session: Session,
  registry: Registry,
  { input, output }: Streams,
  { json }: { json: boolean },
): Promise<void> {
  const interactive = Boolean(input.isTTY && output.isTTY && !json);
  const lines = createInterface({
    input,
    ...(interactive && { output, completer: completer(session, registry) }),
    historySize: 500,
  });
  const prompt = (): void => {
    if (!interactive) return;
    lines.setPrompt(`${session.actor}> `);
    lines.prompt();
  };
  prompt();
  for await (const line of lines) {
    const result = await session.run(line);
    output.write(json ? `${JSON.stringify(result)}\n` : shown(result));
    if (session.over) break;
    prompt();
  }
  lines.close();
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
function shown({ text, posts }: LineResult): string {
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
