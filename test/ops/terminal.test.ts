import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { runTerminal } from '../../adapters/console/terminal.ts';
import { openConsole } from '../../src/app/app.ts';
import { createLog } from '../../src/contract/log.ts';
import { newSqliteStore } from '../migrated.ts';
import { countedIds, START } from '../world.ts';

/** A conversation over pipes, on a clock that the test sets. */
async function aTerminal(ways: { json: boolean; lookMs?: number; ended?: Promise<void> }) {
  const store = await newSqliteStore();
  const clock = { at: START, now: () => clock.at };
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    () => {},
  );
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta', publicUrl: undefined } } as const;
  const { session } = openConsole(services, { actor: 'sari', start: null, ids: countedIds(), clock });
  const [input, output] = [new PassThrough(), new PassThrough({ encoding: 'utf8' })];
  let written = '';
  output.on('data', chunk => {
    written += chunk;
  });
  const over = runTerminal(session, { input, output }, ways);
  return {
    clock,
    input,
    output,
    over,
    written: () => written,
    async until(text: string): Promise<void> {
      while (!written.includes(text)) await once(output, 'data');
    },
    [Symbol.asyncDispose]: () => store.close(),
  };
}

const VOTE = [
  '/forum setup Uji announce:umum',
  '/partner add A',
  '/partner assign sari partner:A role:representative',
  '/strategy propose Gladi closes:1d',
  '/strategy vote S-1 agree',
].join('\n');

it('what falls due while nobody types is done and shown', async () => {
  await using terminal = await aTerminal({ json: false, lookMs: 5 });
  terminal.input.write(`${VOTE}\n`);
  await terminal.until('Nomor:');
  terminal.clock.at = new Date(START.getTime() + 2 * 86_400_000);
  await terminal.until('S-1: lulus');
  terminal.input.end();
  await terminal.over;
});

it('in JSON it comes with the next line, so that each line gives one', async () => {
  await using terminal = await aTerminal({ json: true, lookMs: 5 });
  terminal.input.end(`${VOTE}\n/forum show\n`);
  await terminal.over;
  expect(terminal.written().trim().split('\n')).toHaveLength(6);
});

it('told to end, it answers the line in hand and takes no other', async () => {
  let end = (): void => {};
  const ended = new Promise<void>(done => {
    end = done;
  });
  await using terminal = await aTerminal({ json: true, ended });
  terminal.input.write('/forum setup Uji\n');
  await terminal.until('"line":1');
  terminal.input.write('/partner add A\n/partner add B\n');
  end();
  await terminal.over;
  expect(terminal.written()).not.toContain('"line":3');
});

it('it ends where nobody reads on', async () => {
  await using terminal = await aTerminal({ json: false });
  terminal.input.write('/forum setup Uji\n');
  await terminal.until('Uji');
  terminal.output.on('error', () => {});
  terminal.output.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await terminal.over;
});
