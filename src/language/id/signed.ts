import { t } from '../text.ts';

/** Words of the report that people sign. */
export const signed = {
  contents: 'Daftar isi',
  printHint: 'Untuk menjadikannya PDF: pilih Cetak (Ctrl+P), lalu Simpan sebagai PDF.',
  cover: { about: 'Laporan bersama mitra forum', period: 'Masa' },
  lights: 'Lampu status indikator',
  lightsAbout: 'Nilai terakhir sampai akhir masa ini terhadap target periodenya dan target akhir.',
  lightsLeft: (s: { n: number }) => `${s.n} indikator lainnya ada di bagian Indikator.`,
  lightsCount: (s: { colour: string; n: string }) => `${s.colour}: ${s.n}`,
  noIndicators: 'Forum belum punya indikator.',
  noPicture: 'Grafik tidak dimuat supaya berkas ini dapat dikirim.',
  goalsAndStory: 'Tujuan dan narasinya',
  noNarrative: 'Koordinator belum menulis narasi tujuan ini.',
  serves: 'Indikatornya',
  activityWith: (s: { partners: string }) => `Mitra: ${s.partners}`,
  photos: 'Foto kegiatan',
  photosLeft: (s: { n: number }) =>
    `${s.n} foto lain ada di catatan forum; tidak dimuat supaya berkas ini dapat dikirim.`,
  total: 'Jumlah',
  counted: (s: { state: string }) => `Dihitung: ${s.state}`,
  evidenceOf: (s: { n: number; of: number }) => `Catatan uang dengan bukti: ${s.n} dari ${s.of}.`,
  budget: 'Anggaran',
  ledger: 'Buku kas',
  receipts: 'Bukti',
  openIssues: 'Isu terbuka',
  resolvedIssues: (s: { n: number }) => `Diselesaikan dalam masa ini: ${s.n} isu.`,
  lessons: 'Pelajaran',
  lessonsAbout: 'Bagaimana isu diselesaikan, dan tindakan yang lahir dari evaluasinya.',
  people:
    'Nama orang selain penanda tangan, kontak, dan akun, serta bukti selain foto kegiatan, karena dapat memuat data pribadi.',
  signatures: 'Tanda tangan',
  placeAndDate: 'Tempat dan tanggal',
  compiler: 'Disusun oleh',
  coordinator: 'Koordinator',
  name: 'Nama',
  hint: t`Buka berkas itu di peramban, pilih Cetak, lalu Simpan sebagai PDF. Berkas memuat nama koordinator sebagai penanda tangan dan foto kegiatan; isu tertutup dan pilihan suara rahasia tidak dimuat.`,
  wordHint: t`Setelah dibuka, perbarui daftar isinya. Berkas memuat nama koordinator sebagai penanda tangan dan foto kegiatan; isu tertutup dan pilihan suara rahasia tidak dimuat.`,
  rowsLeft: (s: { shown: string; total: string }) =>
    `${s.shown} baris terakhir dari ${s.total}; bentuk xlsx dan csv memuat semuanya.`,
};
