import type { DimensionSetting } from '../../storage/schema/people.ts';
import { fold } from '../../storage/words.ts';

/** Describes what people are asked the groups of: activities, and the values of indicators. */
export type Asked = 'activities' | 'indicators';

/**
 * A way of dividing people, such as sex; its groups exclude each other, so that together they are the whole or less.
 */
export interface Dimension {
  /** The key of one that Rembug knows, else what the forum calls its own. */
  readonly key: string;
  /** The keys under which the record has its groups; a group of the forum's own has its name for a key. */
  readonly groups: readonly string[];
  readonly asked: readonly Asked[];
}

/** Number of people, or part of a value, by the key of the group; of a value as exact decimal text. */
export type Counts<N = number> = Readonly<Record<string, N>>;

export const BUILT_IN = {
  sex: ['women', 'men'],
  /** Age in full years. */
  age: ['age_0_4', 'age_5_17', 'age_18_59', 'age_60'],
  /**
   * Definition of disability by the short set of the Washington Group: a person who has a lot of difficulty, or cannot
   * do it at all, in at least one of its six domains has a disability.
   * https://www.washingtongroup-disability.com/question-sets/wg-short-set-on-functioning-wg-ss/
   */
  disability: ['disability', 'no_disability'],
} as const;

export type BuiltInDimension = keyof typeof BUILT_IN;
export type BuiltInGroup = (typeof BUILT_IN)[BuiltInDimension][number];

/**
 * Words by which each known dimension and group is typed, in either language, beside its key and the catalogues' word.
 */
const SYNONYMS: Readonly<Record<Exclude<BuiltInDimension, 'disability'> | BuiltInGroup, readonly string[]>> = {
  sex: ['gender', 'jenis kelamin', 'kelamin', 'jk'],
  age: ['age group', 'age groups', 'umur', 'usia', 'kelompok umur'],
  women: ['woman', 'female', 'females', 'f', 'w', 'perempuan', 'wanita', 'p', 'pr'],
  men: ['man', 'male', 'males', 'm', 'laki-laki', 'laki', 'lk', 'pria', 'l'],
  age_0_4: ['0-4', '<5', 'under 5', 'balita'],
  age_5_17: ['5-17', 'anak', 'children'],
  age_18_59: ['18-59', 'dewasa', 'adults'],
  age_60: ['60+', '>=60', '≥60', 'lansia', 'elderly', 'older people'],
  disability: ['disabilitas', 'difabel', 'with disability', 'wg-ss', 'dis'],
  no_disability: ['no disability', 'without disability', 'nondisabilitas', 'nodis'],
};

/** Dimensions of a forum that has declared none. */
const DEFAULT: readonly DimensionSetting[] = [{ key: 'sex', asked: ['activities', 'indicators'] }];

const BUILT_IN_KEYS = Object.keys(BUILT_IN) as BuiltInDimension[];
const GROUPS_OF: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(BUILT_IN));
const KNOWN_GROUPS: ReadonlySet<string> = new Set(Object.values(BUILT_IN).flat());

export const isBuiltIn = (key: string): key is BuiltInDimension => GROUPS_OF.has(key);
/** Tells whether a group is one that the catalogues have a word for; any other is called by its key. */
export const isKnownGroup = (key: string): key is BuiltInGroup => KNOWN_GROUPS.has(key);

/**
 * All dimensions by which people are counted in a forum: those that it has declared (`/forum data groups:`), in its
 * order, then the other known ones, which are asked of nothing.
 */
export function dimensionsOf(settings: { readonly groups?: readonly DimensionSetting[] } | undefined): Dimension[] {
  const declared = (settings?.groups ?? DEFAULT).map(({ key, groups, asked }) => ({
    key,
    groups: GROUPS_OF.get(key) ?? groups ?? [],
    asked,
  }));
  const others = BUILT_IN_KEYS.filter(key => !declared.some(one => one.key === key));
  return [...declared, ...others.map(key => ({ key, groups: BUILT_IN[key], asked: [] }))];
}

/** The dimensions that are asked of activities, or of indicators. */
export const askedOf = (dimensions: readonly Dimension[], of: Asked): Dimension[] =>
  dimensions.filter(({ asked }) => asked.includes(of));

/** A word as groups are compared: folded, with one sign for each kind of gap, and `60+` unlike `60`. */
const groupWord = (typed: string): string =>
  fold(typed)
    .replace(/[\s_]+/g, ' ')
    .replace(/ ?(?:\p{Pd}|\bto\b|\bsampai\b) ?/gu, '-')
    .replace(/ ?([+<>=≥]) ?/g, '$1')
    .trim();

/** Describes what the catalogues call a known dimension or group, in every language. */
type WordsOf<K> = (key: K) => readonly string[];

const isCalled = (word: string, key: string, others: readonly string[]): boolean =>
  [key, ...others].some(one => groupWord(one) === word);

/** The key of the group that a word means; null where no dimension has such a group. */
export function groupMeant(
  typed: string,
  dimensions: readonly Dimension[],
  wordsOf: WordsOf<BuiltInGroup>,
): string | null {
  const word = groupWord(typed);
  const all = dimensions.flatMap(({ groups }) => groups);
  return all.find(key => isCalled(word, key, isKnownGroup(key) ? [...SYNONYMS[key], ...wordsOf(key)] : [])) ?? null;
}

/** Returns what else stands above a column of a group's people. */
export const groupHeadings = (key: string): readonly string[] => (isKnownGroup(key) ? SYNONYMS[key] : [key]);

/** The known dimension that a word means. */
export function dimensionMeant(typed: string, wordsOf: WordsOf<BuiltInDimension>): BuiltInDimension | null {
  const word = groupWord(typed);
  return BUILT_IN_KEYS.find(key => isCalled(word, key, [...SYNONYMS[key], ...wordsOf(key)])) ?? null;
}
