import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder, root, runProgram } from '../program.ts';
import { PROMPT, startTerminal } from './tty.ts';

interface Line {
  readonly typed: string;
  /** The first line of the answer, as the document has it. */
  readonly answer: string;
}

/** The lines of the conversations in a document: whoever stands before the prompt types them. */
function linesOf(file: string): Line[] {
  const blocks = [
    ...readFileSync(join(root, file), 'utf8').matchAll(/<!-- (?:session|step\d+) -->\n```text\n(.*?)```/gs),
  ];
  let actor = '';
  return blocks.flatMap(([, block]) => {
    const lines = block!.split('\n').filter(line => line.trim() !== '');
    return lines.flatMap((line, at) => {
      const [, who, said] = /^([\w-]+)> (.*)/.exec(line) ?? [];
      if (!who || !said) return [];
      const next = lines[at + 1] ?? '';
      const answer = /^([\w-]+> |→)/.test(next) ? '' : next;
      if (said.startsWith(':as ')) actor = said.slice(4);
      return [
        { typed: who === actor || said.startsWith(':as ') || said.startsWith('@') ? said : `@${who} ${said}`, answer },
      ];
    });
  });
}

type Env = Readonly<Record<string, string>>;

/** Opens a conversation, types lines, each of which has to be answered as the document says, and leaves. */
async function converse(args: readonly string[], env: Env, folder: string, lines: readonly Line[]): Promise<string> {
  const terminal = startTerminal(args, env, folder);
  let said = await terminal.until(PROMPT);
  for (const { typed, answer } of lines) {
    // Who becomes somebody else is shown the next prompt alone.
    if (typed.startsWith(':as ')) {
      terminal.type(`${typed}\r`);
      await terminal.until(`${typed.slice(4)}> `);
      continue;
    }
    const told = await terminal.enter(typed);
    expect(told, typed).toContain(answer);
    said += told;
  }
  terminal.type('exit\r');
  expect(await terminal.ended).toBe(0);
  return said;
}

/** Things that a newcomer may do first, in one folder; each says what has to be on the screen, whatever came before. */
const DOES = {
  session: async (env: Env, folder: string, readme: string) => {
    const lines = linesOf(readme);
    expect(lines.length).toBeGreaterThan(5);
    await converse(['start'], env, folder, lines);
  },
  tour: async (env: Env, folder: string) => {
    const lines = linesOf('docs/tour.md');
    expect(lines.length).toBeGreaterThan(30);
    await converse(['tour'], env, folder, lines);
  },
  demo: async (env: Env, folder: string) => {
    const list = env.LANG!.startsWith('en') ? '/indicator list' : '/indikator daftar';
    const said = await converse(['demo', '--open'], env, folder, [{ typed: list, answer: 'N-12' }]);
    expect(said).toContain('data/demo.db');
  },
} as const;

const ENGLISH = { LANG: 'en_US.UTF-8', readme: 'README.md', forum: 'Forum: River Forum' };
const INDONESIAN = { LANG: 'id_ID.UTF-8', readme: 'README.id.md', forum: /Forum: Forum .+/ };

// Each pair of them stands in both orders.
it.each([
  { order: ['session', 'tour', 'demo'] as const, ...ENGLISH },
  { order: ['demo', 'session', 'tour'] as const, ...INDONESIAN },
  { order: ['tour', 'demo', 'session'] as const, ...ENGLISH },
])('a newcomer does $order with LANG=$LANG, and nothing is in the way of the other', async one => {
  const folder = newFolder();
  const env = { LANG: one.LANG };
  for (const name of one.order) await DOES[name](env, folder, one.readme);
  // What was begun by hand is where it was left.
  const again = startTerminal(['start'], env, folder);
  expect(await again.until(PROMPT)).toMatch(one.forum);
  again.type('exit\r');
  expect(await again.ended).toBe(0);
});

it('the tour from a pipe answers what it is sent, and says so where nothing is', () => {
  const piped = runProgram(['tour'], {}, '/forum mulai Uji\n');
  expect([piped.status, piped.stdout]).toEqual([0, expect.stringContaining('✔ Forum dimulai: Uji')]);
  for (const [REMBUG_LOCALE, words] of [
    ['id', 'kirimkan baris-baris dari docs/tour.md'],
    ['en', 'send the lines of docs/tour.md'],
  ] as const) {
    const silent = runProgram(['tour'], { REMBUG_LOCALE });
    expect([silent.status, silent.stdout, silent.stderr]).toEqual([0, '', expect.stringContaining(words)]);
  }
});
