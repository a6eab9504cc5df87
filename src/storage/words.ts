/** Text as it is compared and searched: lower case, without accents; both databases then agree about it. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .normalize('NFC');

/** What a person typed, as folded words: nothing of either database's query language survives. */
export const wordsOf = (typed: string): string[] => fold(typed).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A `like` pattern for a folded text; its own wildcards are taken away. */
export const likePattern = (folded: string, where: 'start' | 'anywhere'): string => {
  const literal = folded.replace(/[%_\\]/g, '');
  return where === 'start' ? `${literal}%` : `%${literal}%`;
};
