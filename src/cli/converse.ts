import { renderView } from '../../adapters/console/render.ts';
import { runTerminal } from '../../adapters/console/terminal.ts';
import { ansiPaint, noPaint, type Paint } from '../../adapters/console/text.ts';
import { welcomeView } from '../../adapters/console/welcome.ts';
import { CONSOLE, openConsole, type Services } from '../app/app.ts';
import type { Clock } from '../contract/clock.ts';
import { forumAt, isOnPlatforms } from '../domain/forums.ts';
import { catalogue } from '../language/messages.ts';
import { restateOnce } from '../schedule/restating.ts';
import { fileOf, shownAddress } from '../storage/address.ts';
import { defineVerb, type Given, openServices, UsageError, type Verb } from './verb.ts';

/** Interval at which due work is looked for while nobody types, ms, where the conversation is the running bot. */
const LOOK_MS = 1_000;

/** Describes what a conversation has beside it where it is the running bot. */
export interface ConverseOptions {
  /** Resolves when the program is told to end: the line in hand is the last. */
  readonly ended: Promise<void>;
  /** Starts the rest of the bot; gives the address of its pages, if they can be reached, and how it ends. */
  begin(on: Services, clock: Clock): Promise<{ readonly address: string | null; stop(): Promise<void> }>;
}

const options = { as: 'NAME', json: true, now: 'ISO', forum: 'PLACE' } as const;

export const converseVerb = defineVerb({ options, takes: {}, run: (verb, given) => converse(verb, given) });

/** The chat in the terminal, or from standard input until its end. */
export async function converse(
  verb: Verb,
  given: Given<typeof options, Record<never, string>>,
  beside: ConverseOptions | null = null,
): Promise<number> {
  const { settings } = verb;
  const start = given.now === undefined ? null : instantOf(given.now);
  const { stdin, stdout } = process;
  const json = given.json ?? false;
  const isInteractive = Boolean(stdin.isTTY && stdout.isTTY && !json);
  const base = await openServices(verb);
  const { store } = base;
  try {
    if (start && (await isOnPlatforms(store.read))) throw new UsageError(wrong => wrong.clock);
    // Before there is a forum, somebody at a terminal is answered in their system's language, and asked for the forum's.
    const isLocaleOpen = isInteractive && settings.isLocaleOpen;
    const defaults = { ...base.defaults, ...(isLocaleOpen && { locale: verb.systemLocale, isLocaleOpen }) };
    const [actor, workspace] = [given.as ?? 'koordinator', given.forum ?? CONSOLE];
    const paint = stdout.isTTY && !json ? ansiPaint : noPaint;
    const width = (): number => (stdout.isTTY && !json && stdout.columns) || Number.POSITIVE_INFINITY;
    const on = { ...base, defaults };
    const { session, clock } = openConsole(on, { actor, start, workspace, paint, width });
    const living = await beside?.begin(on, clock);
    // A forum that lives in conversations alone hears here what an upgrade has corrected.
    if (!beside) await restateOnce(store, clock.now());
    // Pages are named by an address that this machine can open, where the public's is not known.
    defaults.publicUrl ??= living?.address ?? undefined;
    await runTerminal(
      session,
      { input: stdin, output: stdout },
      {
        json,
        ...(beside && { ended: beside.ended, lookMs: LOOK_MS }),
        ...(isInteractive && {
          welcome: await welcome(on, { actor, workspace, databaseUrl: settings.databaseUrl, paint, width }),
          history: historyOf(settings.databaseUrl),
        }),
      },
    );
    await living?.stop();
    return 0;
  } finally {
    await store.close();
  }
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** @throws UsageError for what is no instant; a day that its month does not have would be one of the next month. */
function instantOf(typed: string): Date {
  const [, day] = INSTANT.exec(typed) ?? [];
  const [instant, noon] = [new Date(typed), new Date(`${day}T12:00:00Z`)];
  const isReal = day !== undefined && !Number.isNaN(instant.getTime()) && noon.toISOString().startsWith(day);
  if (!isReal) throw new UsageError(wrong => wrong.now);
  return instant;
}

/** Finds the file of typed lines, beside the database, which has its own reasons to be for its owner alone. */
function historyOf(databaseUrl: string): string | null {
  const file = fileOf(databaseUrl);
  return file && `${file}.history`;
}

/** The first screen of a conversation. */
async function welcome(
  { store, defaults }: Services,
  at: { actor: string; workspace: string; databaseUrl: string; paint: Paint; width: () => number },
): Promise<string> {
  const forum = await forumAt(store.read, { platform: 'console', workspace: at.workspace });
  const { publicUrl } = defaults;
  const shown = welcomeView(catalogue[forum?.locale ?? defaults.locale], {
    actor: at.actor,
    kept: at.databaseUrl === 'file::memory:' ? null : (fileOf(at.databaseUrl) ?? shownAddress(at.databaseUrl)),
    forum: forum && {
      name: forum.name,
      page: publicUrl ? new URL(`/f/${forum.id}`, publicUrl).href : null,
      isPublic: forum.settings.public ?? false,
    },
  });
  return renderView(shown, at.paint, at.width());
}
