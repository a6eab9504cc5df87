import type { Services } from '../app/app.ts';
import type { Settings } from '../app/settings.ts';
import { systemClock } from '../contract/clock.ts';
import type { Log } from '../contract/log.ts';
import { renewSearch } from '../domain/search.ts';
import type { Locale } from '../language/locale.ts';
import type { Messages } from '../language/messages.ts';
import { planSeatReview } from '../schedule/seats.ts';
import { isThere, shownAddress } from '../storage/address.ts';
import { StorageFault } from '../storage/faults.ts';
import { isHalfMoved } from '../storage/move.ts';
import { openStore } from '../storage/open.ts';
import type { Store } from '../storage/store.ts';

/** Sentences of the command line, in the language of the person who typed it. */
export type Words = Messages['cli'];

/** Describes what every verb is handed. */
export interface Verb {
  readonly settings: Settings;
  readonly log: Log;
  readonly words: Words;
  /** Settings whose names are likely misspelt, a sentence each. */
  readonly slips: readonly string[];
  /** The language of the system, for whom nothing else says one: in a terminal alone. */
  readonly systemLocale: Locale;
  /** Reads the settings again, as `.env` says now. @throws SettingsFault */
  readonly reread: () => Settings;
}

/** Name of a value in the help, which each language has its own word for. */
type Placeholder = keyof Words['placeholders'];
/** Options by name: `true` for one that stands alone, else the name of its value, or the values that there are. */
type Options = Readonly<Record<string, Placeholder | readonly string[] | true>>;
/** Describes what stands without an option's name, in order, and what it is called; all of it must be given. */
type Takes = Readonly<Record<string, Placeholder>>;

export type Given<O extends Options, T extends Takes, N extends keyof O = never> = {
  readonly [K in Exclude<keyof O, N>]?: O[K] extends true ? true : string;
} & { readonly [K in N | keyof T]: string };

/** One verb of the command line: what it takes and what it does. The exit code is its answer. */
export interface VerbDefinition {
  readonly options: Options;
  readonly takes: Takes;
  /** Options without which it does nothing. */
  readonly needs?: readonly string[];
  run(verb: Verb, given: Readonly<Record<string, string | true | undefined>>): Promise<number>;
}

/** Defines a verb; what it is given has the types of what it takes. */
export const defineVerb = <
  const O extends Options,
  const T extends Takes,
  const N extends keyof O = never,
>(definition: {
  readonly options: O;
  readonly takes: T;
  readonly needs?: readonly N[];
  run(verb: Verb, given: Given<O, T, N>): Promise<number>;
}): VerbDefinition => definition as unknown as VerbDefinition;

/** The command line is at fault: why, in the language of the person who typed it. */
export class UsageError extends Error {
  readonly say: (wrong: Words['wrongArguments']) => string;

  constructor(say: (wrong: Words['wrongArguments']) => string) {
    super('wrong usage');
    this.say = say;
  }
}

export const say = (...lines: string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);
export const complain = (...lines: string[]): void => void process.stderr.write(`${lines.join('\n')}\n`);

/** Says a fault of the database to an operator: a sentence, and the line that mends it where there is one. */
export const faultLines = ({ code, remedy }: StorageFault, words: Words): string[] =>
  remedy === null ? [words.faults[code]] : [words.faults[code], remedy];

/**
 * The database that the settings name, opened and migrated.
 * @throws StorageFault `half` where a move into it has not come to its end.
 */
export async function openServices({ settings, log }: Pick<Verb, 'settings' | 'log'>): Promise<Services> {
  const store = await openStore(settings.databaseUrl, error => log.warn('idle database connection lost', { error }));
  if (await isHalfMoved(store)) {
    await store.close();
    throw new StorageFault('half', 'a move into this database has not come to its end');
  }
  await renewSearch(store);
  await planSeatReview(store, systemClock.now());
  const { locale, zone, publicUrl, fileLimitMib, alertFeeds } = settings;
  return { store, log, defaults: { locale, zone, publicUrl, fileLimitMib, alertFeeds } };
}

/** Tells whether the settings name a database that is there, for verbs that make none; says so where there is none. */
export async function isRecordThere({ settings, words }: Pick<Verb, 'settings' | 'words'>): Promise<boolean> {
  const { databaseUrl } = settings;
  if (await isThere(databaseUrl)) return true;
  complain(words.noDatabase({ name: shownAddress(databaseUrl) }));
  return false;
}

/** Works on the record that the settings name, and closes it; 1 where there is none, which has been said. */
export async function withRecord(verb: Verb, work: (store: Store) => Promise<number>): Promise<number> {
  if (!(await isRecordThere(verb))) return 1;
  const { store } = await openServices(verb);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
