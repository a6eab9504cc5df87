import type { Chart } from '../../src/contract/chart.ts';

/** A chart of each kind, as the forum's own views make them. */
export const CHARTS = {
  line: {
    kind: 'line',
    locale: 'id',
    title: 'Orang dengan akses pangan bergizi di tiga kemantren',
    about: 'orang · naik lebih baik · 3 dari 4 mitra melapor',
    status: { mark: 'warning', word: '▲ kuning 74%' },
    labels: ['Q4 25', 'Q1 26', 'Q2 26', 'Q3 26'],
    notes: ['2/4', '4/4', '–', '3/4'],
    series: [
      { name: 'Nilai', values: [1850, 2100, null, 2480], marks: ['bad', 'good', null, 'warning'] },
      { name: 'Target', values: [1900, 2150, 2400, 2700], aim: true },
    ],
    levels: [
      { name: 'Nilai dasar', value: 1850 },
      { name: 'Target 31 Des 2026', value: 3000 },
    ],
  },
  bars: {
    kind: 'bars',
    locale: 'id',
    title: 'Uang masuk dan keluar',
    labels: ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun'],
    series: [
      { name: 'Masuk', values: [60_000_000, 0, 1_000_000, 1_000_000, 0, 9_000_000] },
      { name: 'Keluar', values: [0, 8_750_000, 22_400_000, 6_300_000, 11_850_000, 1_200_000] },
    ],
  },
  matrix: {
    kind: 'matrix',
    locale: 'id',
    title: 'Siapa melakukan apa di mana',
    about: 'Banyaknya mitra dan kegiatan, 24 Nov 2025 – 24 Nov 2027',
    labels: ['Gondokusuman, Yogyakarta', 'Jetis, Yogyakarta', 'Kemantren Tegalrejo yang namanya panjang sekali'],
    columns: ['Mitra', 'gladi', 'tanggap darurat', 'pelatihan'],
    values: [
      [4, 12, null, 1],
      [1, 0, 2, 0],
      [0, 0, 0, 0],
    ],
  },
  rows: {
    kind: 'rows',
    locale: 'id',
    title: 'Pindahkan dua sensor dan tambah pengeras suara',
    status: { mark: 'good', word: '✔ lulus' },
    about: '8 dari 10 mitra memberi suara',
    labels: ['Setuju', 'Tidak setuju', 'Abstain', 'Belum memberi suara'],
    series: [{ name: 'Suara', values: [6, 1, 1, 2], marks: ['good', 'bad', 'plain', null] }],
    levels: [{ name: 'Perlu', value: 5 }],
  },
  panels: {
    kind: 'panels',
    locale: 'id',
    title: 'Indikator forum',
    panels: (['best', 'good', 'warning', 'bad'] as const).map((mark, i) => ({
      title: `N-${i + 1} Sampah makanan dampingan per rumah tangga`,
      status: { mark, word: ['★ tercapai 104%', '● hijau 92%', '▲ kuning 81%', '■ merah 40%'][i]! },
      about: '4,7 kg per minggu',
      labels: ['Jul 26', 'Agu 26', 'Sep 26', 'Okt 26'],
      series: [
        { name: 'Nilai', values: [5, 4.9, null, 4.7], marks: ['good', 'plain', null, mark] },
        { name: 'Target', values: [5.2, 5, 4.8, 4.6], aim: true as const },
      ],
    })),
  },
} satisfies Record<string, Chart>;
