import { t } from '../text.ts';

/** Words of who does what where. */
export const coverage = {
  by: { sector: 'sektor', area: 'wilayah', goal: 'tujuan' },
  titles: { area: 'Siapa melakukan apa di mana', goal: 'Siapa melakukan apa untuk tujuan mana' },
  about: (s: { from: string; to: string }) => `Banyaknya mitra dan kegiatan, ${s.from} – ${s.to}`,
  heads: { area: 'Wilayah', goal: 'Tujuan' },
  partners: 'Mitra',
  activities: 'Kegiatan',
  nothing: {
    area: t`Belum ada mitra atau kegiatan yang menyebut wilayahnya.`,
    goal: t`Belum ada tujuan yang berjalan.`,
  },
  gaps: {
    area: (s: { names: string }) => t`Belum ada yang bekerja di: ${s.names}.`,
    goal: (s: { names: string }) => t`Belum ada kegiatan atau indikator untuk: ${s.names}.`,
  },
  complete: {
    area: t`Semua wilayah forum ada yang mengerjakan.`,
    goal: t`Semua tujuan ada yang mengerjakan.`,
  },
  elsewhere: {
    area: (s: { n: number }) => t`${s.n} kegiatan tidak menyebut wilayah.`,
    goal: (s: { n: number }) => t`${s.n} kegiatan tidak menyebut tujuan.`,
  },
};
