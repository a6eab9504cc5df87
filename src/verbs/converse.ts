import { runTerminal } from '../../adapters/console/terminal.ts';
import { ansiPaint } from '../../adapters/console/text.ts';
import type { Clock } from '../clock.ts';
import { type Ground, openConsole } from '../house.ts';
import { defineVerb, type Given, ground, UsageError, type Verb } from './verb.ts';

/** Where the conversation is the running bot: what falls due is looked for this often while nobody types. */
const LOOK_MS = 1_000;

/** What a conversation has beside it where it is the running bot. */
export interface Beside {
  /** Resolves when the program is told to end: the line in hand is the last. */
  readonly ended: Promise<void>;
  /** Starts the rest of the bot, and gives how that ends. */
  begin(on: Ground, clock: Clock): Promise<() => Promise<void>>;
}

const options = { as: 'NAME', json: true, now: 'ISO', forum: 'PLACE' } as const;

export const converseVerb = defineVerb({ options, takes: {}, run: (verb, given) => converse(verb, given) });

/** The chat in the terminal, or from standard input until its end. */
export async function converse(
  verb: Verb,
  given: Given<typeof options, Record<never, string>>,
  beside: Beside | null = null,
): Promise<number> {
  const { settings } = verb;
  const start = given.now === undefined ? null : new Date(given.now);
  if (start && Number.isNaN(start.getTime())) throw new UsageError(wrong => wrong.now);
  const { stdin, stdout } = process;
  const json = given.json ?? false;
  const isInteractive = stdin.isTTY && stdout.isTTY && !json;
  const base = await ground(verb);
  // Before there is a forum, somebody at a terminal is answered in the language of their system.
  const isGuessed = isInteractive && settings.isLocaleOpen;
  const on = isGuessed ? { ...base, defaults: { ...base.defaults, locale: verb.systemLocale } } : base;
  const { session, bot, clock } = openConsole(on, {
    actor: given.as ?? 'koordinator',
    start,
    ...(given.forum && { workspace: given.forum }),
    ...(stdout.isTTY && !json && { paint: ansiPaint }),
  });
  const end = await beside?.begin(on, clock);
  const living = beside && { ended: beside.ended, lookMs: LOOK_MS };
  await runTerminal(session, bot.registry, { input: stdin, output: stdout }, { json, ...living });
  await end?.();
  await on.store.close();
  return 0;
}
