/** Text as it is compared and searched: lower case, without accents; both databases then agree about it. */
export const fold = (text: string): string =>
  isPlain(text)
    ? text.toLowerCase()
    : text
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLowerCase()
        .normalize('NFC');

/** Tells whether a text has nothing but signs of ASCII, as most names have: they have no accents to lose. */
const isPlain = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** All words of a text, folded: what is stored so is found by any of them. */
export const allWordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Maximum number of words in a name; what is typed beyond is not looked for. */
const MOST_WORDS = 40;

/**
 * Folds what a person typed into words, forty at most: nothing of either database's query language survives, and no
 * condition grows beyond what SQLite takes.
 */
export const wordsOf = (typed: string): string[] => allWordsOf(typed).slice(0, MOST_WORDS);

/** Signs that stand for an apostrophe on phones and keyboards; within a word they say nothing: `Jum'at`, `Qur’an`. */
const APOSTROPHES = /(?<=\p{L})['’‘ʼ`´](?=\p{L})/gu;
/** A word said twice, with what may be hung onto it: `anak-anak`, `anak-anaknya`. */
const TWICE = /(?<![\p{L}\p{N}])(\p{L}{2,})\p{Pd}\1(\p{L}*)(?![\p{L}\p{N}])/gu;
/** Matches where letters and digits meet: `RT05`, `5kg`. */
const MEETING = /(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu;

/**
 * The words of a text as they are searched, folded, so that ways of writing the same meet: `Jum'at` and `jumat`; `anak2`
 * and `anak-anak`, which is a word and the number two; `RT05`, `RT 05` and `RT 5`. Each is of letters or of digits alone:
 * of anything else the two databases take words apart each in its own way.
 */
export const searchWordsOf = (text: string): string[] =>
  allWordsOf(fold(text.replace(APOSTROPHES, '')).replace(TWICE, '$1 $1$2 2 $2').replace(MEETING, ' ')).map(word =>
    word.replace(/^0+(?=\d)/, ''),
  );

/** Returns what a person looks for, in such words; each once, and so many at most as a name has. */
const searchedWords = (typed: string): string[] => [...new Set(searchWordsOf(typed))].slice(0, MOST_WORDS);

/** A word that is looked for; one that is only begun finds all words that begin so. */
export interface Sought {
  readonly word: string;
  readonly isBegun: boolean;
}

/** Reads what a person looks for: the last word may be half typed, but a number is meant as it stands. */
export const soughtIn = (typed: string): Sought[] =>
  searchedWords(typed).map((word, i, { length }) => ({ word, isBegun: i === length - 1 && !/^\d+$/.test(word) }));

/** A `like` pattern for a folded text; its own wildcards are taken away. */
export const likePattern = (folded: string, where: 'start' | 'end' | 'anywhere'): string => {
  const literal = folded.replace(/[%_\\]/g, '');
  return `${where === 'start' ? '' : '%'}${literal}${where === 'end' ? '' : '%'}`;
};

/** Tells whether two texts are the same name: case, accents and punctuation aside. */
export const sameName = (one: string, other: string): boolean => nameKey(one) === nameKey(other);

/** A name without case, accents and punctuation; one that has nothing else keeps what it has. */
export const nameKey = (text: string): string => allWordsOf(text).join(' ') || fold(text).trim();
