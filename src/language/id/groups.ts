import { type Text, t } from '../text.ts';

export const groups = {
  title: 'Kelompok',
  dimensions: { sex: 'jenis kelamin', age: 'umur', disability: 'disabilitas' },
  names: {
    women: 'perempuan',
    men: 'laki-laki',
    age_0_4: '0–4 tahun',
    age_5_17: '5–17 tahun',
    age_18_59: '18–59 tahun',
    age_60: '60 tahun ke atas',
    disability: 'penyandang disabilitas',
    no_disability: 'tanpa disabilitas',
  },
  fieldHelp: (s: { group: string }) => `Berapa orang: ${s.group}`,
  asked: { activities: 'kegiatan', indicators: 'indikator' },
  askedText: (s: { groups: string; of: string }) => t`${s.groups} (${s.of})`,
  noneAsked: t`Tidak ada kelompok yang ditanyakan.`,
  sumsOf: (s: { year: string; people: string }) => t`Peserta kegiatan tahun ${s.year}: ${s.people} orang`,
  acceptsDimensions: t`pembagian seperti “jenis kelamin; umur; disabilitas; pekerjaan: petani/nelayan (kegiatan)”, atau “tidak ada”`,
  ownNeedsGroups: (s: { name: string; max: number }): Text =>
    t`Pembagian “${s.name}” memerlukan 2 sampai ${s.max} kelompok, misalnya ${`${s.name}: satu/dua`}.`,
  ownTwice: (s: { group: string }): Text => t`Nama kelompok “${s.group}” sudah dipakai atau tidak dapat dipakai.`,
  unknown: 'tidak diketahui',
  accepts: (s: { names: readonly string[] }): Text =>
    t`jumlah menurut kelompok seperti L=41 P=27 (${s.names.join(', ')})`,
  notKnown: (s: { typed: string; names: readonly string[] }): Text =>
    t`Kelompok “${s.typed}” tidak dikenal. Yang dikenal: ${s.names.join(', ')}.`,
  twice: (s: { group: string }): Text => t`Kelompok ${s.group} disebut dua kali dengan jumlah yang berbeda.`,
  tooMany: (s: { dimension: string; sum: string; whole: string }): Text =>
    t`Menurut ${s.dimension} jumlahnya ${s.sum}, lebih banyak daripada seluruhnya (${s.whole}).`,
};
