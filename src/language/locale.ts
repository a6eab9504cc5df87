import { dateFormat } from './formatters.ts';
export const LOCALES = ['id', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Tells whether a word names one of the languages. */
export const isLocale = (word: string | null | undefined): word is Locale => LOCALES.some(one => one === word);

/** Returns the language of a tag such as `en-GB`, where it is one of ours. */
export function localeOfTag(tag: string | null | undefined): Locale | null {
  const [language] = (tag ?? '').split(/[-_]/);
  return isLocale(language) ? language : null;
}

/** Way in which a language writes numbers, clocks and repetitions: as Indonesian or as English does. */
export const WRITING: Readonly<Record<Locale, 'id' | 'en'>> = { id: 'id', en: 'en' };

/** Words of an instrument, a pack or a decree: at least in these two, since their sources are. */
export interface Bilingual<T = string> {
  readonly id: T;
  readonly en: T;
}

/**
 * Returns what is there in a language; Indonesian, in which most people here read, where it has not been translated.
 */
export const inLocale = <T>(words: Bilingual<T> & Readonly<Partial<Record<Locale, T>>>, locale: Locale): T =>
  words[locale] ?? words.id;

/**
 * The language of a system by its environment, as POSIX reads it: English where it speaks English, else Indonesian.
 * C and POSIX are no language.
 */
export function systemLocale(env: Readonly<Record<string, string | undefined>>): Locale {
  const said = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find(one => one && !/^(C|POSIX)(\.|$)/i.test(one));
  return /^en([_.@-]|$)/i.test(said ?? '') ? 'en' : 'id';
}

/** The tags for Intl: Indonesian as in Indonesia, English with day before month. */
export const INTL: Readonly<Record<Locale, string>> = { id: 'id-ID', en: 'en-GB' };

/** Indonesia's three zones, as people call them; none has daylight saving. */
const INDONESIAN: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

const NAMED: ReadonlyMap<string, string> = new Map([
  ['wib', 'Asia/Jakarta'],
  ['wita', 'Asia/Makassar'],
  ['wit', 'Asia/Jayapura'],
  ['utc', 'UTC'],
]);

/** Returns what a zone is called at an instant: WIB, WITA, WIT, or the usual short name. */
export function zoneName(zone: string, locale: Locale, at: Date): string {
  const known = INDONESIAN[zone];
  if (known) return known;
  const parts = dateFormat(INTL[locale], { timeZone: zone, timeZoneName: 'short' }).formatToParts(at);
  return parts.find(part => part.type === 'timeZoneName')?.value ?? zone;
}

let zones: ReadonlyMap<string, string> | undefined;

/** Reads a zone as people write it (`WIB`, `Asia/Jakarta`, `jakarta`); null when there is none of that name. */
export function readZone(typed: string): string | null {
  zones ??= new Map(Intl.supportedValuesOf('timeZone').map(zone => [zone.toLowerCase(), zone]));
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  const named = NAMED.get(wanted) ?? zones.get(wanted);
  if (named) return named;
  if (wanted.includes('/')) return linkedZone(wanted);
  const cities = [...zones].filter(([name]) => wanted !== '' && name.endsWith(`/${wanted}`));
  return cities.length === 1 ? cities[0]![1] : null;
}

/** The zone behind another name of it (`Asia/Kolkata`, `Asia/Ujung_Pandang`): Intl knows these, but lists them not. */
function linkedZone(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
