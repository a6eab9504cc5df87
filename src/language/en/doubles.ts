import type { Messages } from '../id/index.ts';
import { t } from '../text.ts';

export const sameWords = (letter: string) => ({
  same: {
    name: 'same',
    summary: 'Say that two records are the same',
    example: `${letter}-2 of:${letter}-1`,
    options: {
      thing: { name: 'thing', help: 'The one that was entered twice and is put aside' },
      of: { name: 'of', help: 'The same one, which stays' },
    },
  },
  other: {
    name: 'other',
    summary: 'Say that a record is another one',
    example: `${letter}-2`,
    options: { thing: { name: 'thing', help: 'The record that is another one' } },
  },
});

export const doubles: Messages['doubles'] = {
  maybeSame: s => t`There is ${s.code} ${s.name} already, with nearly the same name. Is it the same?`,
  maybePaid: s => t`The same amount stands on that day as ${s.code} ${s.purpose}. Is it the same?`,
  bothStay: s => t`Good, ${s.code} stays on its own`,
  sameAs: s => `The same as ${s.code}`,
  put: s => t`${s.code} is the same as ${s.of}; ${s.of} stays in use`,
  itself: t`That is one record; name two different ones.`,
  isUsed: s => t`${s.code} is used by other records already, so it cannot simply be put aside.`,
  notAlike: s => t`${s.code} and ${s.other} differ in amount, day or purpose. Reverse the wrong one with its reason.`,
  isGone: s => t`${s.code} was taken back itself, so it cannot be the one that stays.`,
};
