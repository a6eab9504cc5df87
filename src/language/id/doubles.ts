import { type Text, t } from '../text.ts';

/** The words of the two answers to the question whether something stands already. `letter` is that of its codes. */
export const sameWords = (letter: string) => ({
  same: {
    name: 'sama',
    summary: 'Menyatakan bahwa dua catatan itu sama',
    example: `${letter}-2 ke:${letter}-1`,
    options: {
      thing: { name: 'catatan', help: 'Yang tercatat dua kali dan disisihkan' },
      of: { name: 'ke', help: 'Yang sama, dan yang tetap' },
    },
  },
  other: {
    name: 'lain',
    summary: 'Menyatakan bahwa catatan itu tersendiri',
    example: `${letter}-2`,
    options: { thing: { name: 'catatan', help: 'Catatan yang tersendiri' } },
  },
});

export const doubles = {
  maybeSame: (s: { code: string; name: string }): Text =>
    t`Sudah ada ${s.code} ${s.name} dengan nama yang mirip. Apakah itu sama?`,
  maybePaid: (s: { code: string; purpose: string }): Text =>
    t`Pada hari yang sama sudah tercatat ${s.code} ${s.purpose} dengan jumlah yang sama. Apakah itu sama?`,
  bothStay: (s: { code: string }): Text => t`Baik, ${s.code} tetap tersendiri`,
  sameAs: (s: { code: string }) => `Sama dengan ${s.code}`,
  put: (s: { code: string; of: string }): Text => t`${s.code} sama dengan ${s.of}; yang dipakai ${s.of}`,
  itself: t`Itu catatan yang sama; sebut dua catatan yang berbeda.`,
  isUsed: (s: { code: string }): Text =>
    t`${s.code} sudah dipakai di catatan lain, jadi tidak dapat disisihkan begitu saja.`,
  notAlike: (s: { code: string; other: string }): Text =>
    t`${s.code} dan ${s.other} berbeda jumlah, hari, atau keperluannya. Batalkan catatan yang salah dengan alasannya.`,
  isGone: (s: { code: string }): Text => t`${s.code} sendiri sudah dibatalkan, jadi ${s.code} bukan yang tetap.`,
};
