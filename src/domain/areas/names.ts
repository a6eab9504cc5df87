import { fold, nameKey } from '../../storage/words.ts';

/** Prefixes of names of second-level areas in the official list. */
const KIND = /^(?:kabupaten administrasi|kota administrasi|kabupaten|kota) /i;

/** Words of the official list that are abbreviations. */
const ABBREVIATIONS = new Set(['DKI']);

/** A name that the official list has in capitals, as people write it; any other stays as it is. */
export const properName = (official: string): string =>
  official !== official.toUpperCase()
    ? official
    : official.replace(/\p{L}+/gu, word => (ABBREVIATIONS.has(word) ? word : word[0]! + word.slice(1).toLowerCase()));

/** The name of a second-level area without its kind: `Yogyakarta`. */
export const bareName = (name: string): string => name.replace(KIND, '');

/**
 * Names second-level areas as parts of an address: without their kind, unless a city and a regency share
 * the name (`Kota Bandung`, `Kabupaten Bandung`).
 */
export function namesAsParents(
  regencies: readonly { readonly code: string; readonly name: string }[],
): ReadonlyMap<string, string> {
  const bearers = new Map<string, number>();
  const key = (name: string): string => fold(bareName(name));
  for (const { name } of regencies) bearers.set(key(name), (bearers.get(key(name)) ?? 0) + 1);
  return new Map(regencies.map(({ code, name }) => [code, bearers.get(key(name)) === 1 ? bareName(name) : name]));
}

/** Prefixes that people write before a name, and the level that they mean by them. */
const LEVEL_WORDS: readonly (readonly [RegExp, number])[] = [
  [/^prov(?:insi|\.)? ?(?=\S)/i, 1],
  [/^(?:kecamatan|kec\.?|distrik|kapanewon|kemantren) /i, 3],
  [/^(?:kelurahan|kel\.?|desa|kalurahan|gampong|nagari|kampung) /i, 4],
];

/** A name that was typed, without case, accents and punctuation, and the level where a word before it tells one. */
export interface TypedName {
  readonly key: string;
  readonly level: number | null;
}

/** The ways in which a typed name can be meant, the literal one first. */
export function readingsOf(typed: string): TypedName[] {
  const name = typed.trim();
  const regency = name.replace(/^kab(?:\.|\b(?!upaten))\s*/i, 'Kabupaten ');
  const stripped = LEVEL_WORDS.flatMap(([word, level]) =>
    word.test(name) ? [{ key: nameKey(name.replace(word, '')), level }] : [],
  );
  return [{ key: nameKey(name), level: null }, { key: nameKey(regency), level: 2 }, ...stripped];
}
