import { parseArgs } from 'node:util';
import { runTerminal } from '../../adapters/console/terminal.ts';
import { ansiPaint } from '../../adapters/console/text.ts';
import type { Clock } from '../clock.ts';
import { type Ground, openConsole } from '../house.ts';
import { ground, UsageError, type Verb } from './verb.ts';

/** Where the conversation is the running bot: what falls due is looked for this often while nobody types. */
const LOOK_MS = 1_000;

/** What a conversation has beside it where it is the running bot. */
export interface Beside {
  /** Resolves when the program is told to end: the line in hand is the last. */
  readonly ended: Promise<void>;
  /** Starts the rest of the bot, and gives how that ends. */
  begin(on: Ground, clock: Clock): Promise<() => Promise<void>>;
}

/** The chat in the terminal, or from standard input until its end. */
export async function converse(verb: Verb, beside: Beside | null = null): Promise<number> {
  const { values } = parseArgs({
    args: verb.args,
    options: { as: { type: 'string' }, json: { type: 'boolean' }, now: { type: 'string' }, forum: { type: 'string' } },
  });
  const start = values.now === undefined ? null : new Date(values.now);
  if (start && Number.isNaN(start.getTime()))
    throw new UsageError('--now takes an instant such as 2026-11-24T01:00:00Z');
  const on = await ground(verb);
  const { stdin, stdout } = process;
  const { json = false } = values;
  const { session, bot, clock } = openConsole(on, {
    actor: values.as ?? 'koordinator',
    start,
    ...(values.forum && { workspace: values.forum }),
    ...(stdout.isTTY && !json && { paint: ansiPaint }),
  });
  const end = await beside?.begin(on, clock);
  const living = beside && { ended: beside.ended, lookMs: LOOK_MS };
  await runTerminal(session, bot.registry, { input: stdin, output: stdout }, { json, ...living });
  await end?.();
  await on.store.close();
  return 0;
}
