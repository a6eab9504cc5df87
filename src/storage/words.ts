/** Text as it is compared and searched: lower case, without accents; both databases then agree about it. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC');

/** All words of a text, folded: what is stored so is found by any of them. */
export const allWordsOf = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A name has no more words than this; what is typed beyond is not looked for. */
const MOST_WORDS = 40;

/**
 * What a person typed, as folded words, forty at most: nothing of either database's query language survives, and no
 * condition grows beyond what SQLite takes.
 */
export const wordsOf = (typed: string): string[] => allWordsOf(typed).slice(0, MOST_WORDS);

/** A `like` pattern for a folded text; its own wildcards are taken away. */
export const likePattern = (folded: string, where: 'start' | 'end' | 'anywhere'): string => {
  const literal = folded.replace(/[%_\\]/g, '');
  return `${where === 'start' ? '' : '%'}${literal}${where === 'end' ? '' : '%'}`;
};

/** Whether two texts are the same name: case, accents and punctuation aside. */
export const sameName = (one: string, other: string): boolean => nameKey(one) === nameKey(other);

/** A name without case, accents and punctuation; one that has nothing else keeps what it has. */
const nameKey = (text: string): string => allWordsOf(text).join(' ') || fold(text).trim();
