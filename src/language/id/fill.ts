import { code, type Text, t } from '../text.ts';

const theIndicator = { name: 'indikator', help: 'Indikator yang dimaksud' };
const period = { name: 'periode', help: 'Periode laporan, misalnya Q3 2026 atau oktober' };
const partner = { name: 'mitra', help: 'Untuk koordinator: atas nama mitra ini' };

/** Indicators that fill themselves from what is logged. */
export const fill = {
  command: {
    fill: {
      name: 'isi',
      summary: 'Membuat indikator terisi sendiri dari catatan kegiatan atau keuangan',
      example: 'N-5 dari:kegiatan jenis_kegiatan:pelatihan ukuran:peserta',
      options: {
        indicator: theIndicator,
        from: { name: 'dari', help: 'Dari kegiatan, dari keuangan, atau tidak lagi' },
        of: { name: 'jenis_kegiatan', help: 'Hanya kegiatan jenis ini' },
        measure: { name: 'ukuran', help: 'Apa yang dihitung: peserta, perempuan atau kelompok lain, kegiatan, jam, …' },
        partner: { name: 'mitra', help: 'Hanya yang melibatkan mitra ini' },
        goal: { name: 'tujuan', help: 'Hanya untuk tujuan ini' },
        area: { name: 'wilayah', help: 'Hanya di wilayah ini' },
        since: { name: 'sejak', help: 'Untuk periode yang berakhir sejak tanggal ini; bila kosong, hari ini' },
        per: {
          name: 'terhadap',
          help: 'Untuk persen dan rasio: dibagi ukuran ini, misalnya perempuan terhadap peserta',
        },
      },
    },
    draft: {
      name: 'rancangan',
      summary: 'Melihat apa yang dihitung untuk sebuah laporan',
      example: 'N-5 periode:oktober',
      options: { indicator: theIndicator, period, partner },
    },
    change: {
      name: 'ubah-angka',
      summary: 'Melaporkan angka lain, berangkat dari rancangannya',
      example: 'N-5 periode:oktober',
      options: { indicator: theIndicator, period, partner },
    },
    accept: {
      name: 'terima',
      summary: 'Melaporkan angka dari catatan seperti yang ditunjukkan',
      example: 'N-5 periode:oktober',
      options: {
        indicator: theIndicator,
        period,
        partner,
        seen: { name: 'terlihat', help: 'Angka yang ditunjukkan' },
        confirm: { name: 'yakin', help: 'Ya: angka yang baru' },
      },
    },
    keep: {
      name: 'pertahankan',
      summary: 'Mempertahankan laporan walaupun catatannya berubah',
      example: 'N-5 periode:oktober',
      options: { indicator: theIndicator, period, partner },
    },
  },
  title: 'Terisi dari',
  sources: { activities: 'kegiatan', money: 'keuangan', none: 'tidak lagi' },
  measures: {
    participants: 'peserta',
    activities: 'kegiatan',
    hours: 'jam',
    locations: 'lokasi berbeda',
    partners: 'mitra berbeda',
    in: 'uang masuk',
    out: 'uang keluar',
  },
  acceptsMeasure: (s: { names: readonly string[] }): Text => t`salah satu ukuran: ${s.names.join(', ')}`,
  measureOf: (s: { measure: string; source: string; narrowed: string }): string =>
    `${s.measure}, dari ${s.source}${s.narrowed ? ` (${s.narrowed})` : ''}`,
  shareOf: (s: { measure: string; per: string }): string => `${s.measure} terhadap ${s.per}`,
  ofPartner: (s: { partner: string }): string => `mitra ${s.partner}`,
  ofGoal: (s: { goal: string }): string => `tujuan ${s.goal}`,
  ofArea: (s: { area: string }): string => `wilayah ${s.area}`,
  set: (s: { code: string; what: string }): Text => t`${s.code} sekarang terisi sendiri: ${s.what}`,
  setHint: t`Ketika sebuah periode berakhir, pelapornya mendapat rancangan. Tidak ada yang dilaporkan tanpa persetujuannya.`,
  stopped: (s: { code: string }): Text => t`${s.code} tidak lagi terisi sendiri`,
  fromActivities: (s: { n: number; value: string; groups: string }): string =>
    `Dari ${s.n} kegiatan: ${s.value}${s.groups ? ` (${s.groups})` : ''}`,
  fromMoney: (s: { n: number; value: string }): string => `Dari ${s.n} catatan keuangan: ${s.value}`,
  running: (s: { start: string | null }): string =>
    s.start === null ? 'semuanya sejak awal' : `semuanya sejak awal, ditambah nilai awal ${s.start}`,
  silent: (s: { n: number }): string => `${s.n} tidak menyebut jumlahnya`,
  shared: (s: { n: number }): string => `${s.n} bersama mitra lain, dalam jumlah forum terhitung sekali`,
  sharedTitle: 'Terhitung sekali',
  sharedTotal: (s: { n: number }): string => `${s.n} yang dilakukan bersama beberapa pelapor`,
  draftTitle: (s: { code: string; period: string; partner: string }): Text =>
    t`${s.code} untuk ${s.period} (${s.partner})`,
  inForce: 'Dilaporkan',
  byNow: 'Menurut catatan sekarang',
  pieceLine: (s: { code: string; date: string; title: string; counts: string | null; shared: string }): Text =>
    t`${s.code} ${s.date} ${s.title}: ${s.counts ?? 'tidak menyebut jumlahnya'}${s.shared ? ` (bersama ${s.shared})` : ''}`,
  nothing: t`Tidak ada yang tercatat pada periode itu.`,
  morePieces: (s: { n: number }): Text => t`… dan ${s.n} lainnya`,
  fromThings: (s: { n: number }) => `dari ${s.n} hal dalam catatan`,
  fromCodes: (s: { codes: string }) => `dari catatan ${s.codes}`,
  fromCodesAndMore: (s: { codes: string; more: number }) => `dari catatan ${s.codes} dan ${s.more} lainnya`,
  again: 'Perlu dilihat lagi',
  againLine: (s: { code: string; period: string; partner: string; before: string; now: string }): Text =>
    t`${s.code} ${s.period} (${s.partner}): dilaporkan ${s.before}, menurut catatan sekarang ${s.now}`,
  againTitle: (s: { code: string; period: string }): Text =>
    t`Catatan untuk laporan ${s.code} ${s.period} berubah sesudah dilaporkan`,
  accepted: (s: { code: string; period: string }): Text =>
    t`Laporan ${s.code} untuk ${s.period} tersimpan dari catatan`,
  kept: (s: { code: string; period: string }): Text => t`Laporan ${s.code} untuk ${s.period} tetap seperti adanya`,
  lookedAgain: 'Catatannya berubah sesudah dilaporkan',
  no: {
    notFilled: (s: { code: string; period: string }): Text =>
      t`${s.code} tidak terisi sendiri untuk ${s.period}. Silakan laporkan dengan ${code('/indikator lapor')}.`,
    itself: t`Sebuah indikator tidak dapat terisi dari indikator, juga tidak dari dirinya sendiri: sumbernya kegiatan atau keuangan.`,
    measureOfOther: (s: { measure: string; source: string }): Text =>
      t`Ukuran “${s.measure}” tidak ada pada ${s.source}.`,
    share: t`Persen memerlukan pembaginya: sebutkan terhadap apa, misalnya ${code('ukuran:perempuan terhadap:peserta')}.`,
    shared_start: t`Hitungan yang terus bertambah ini bermula dari nilai awal, dan beberapa mitra melaporkannya: tidak jelas nilai awal itu milik siapa. Jadikan nilai awalnya 0, atau satu pelapor saja, dengan ${code('/indikator ubah')}.`,
    ofNothing: (s: { code: string; period: string }): Text =>
      t`Belum ada yang dapat dibagi untuk ${s.code} pada ${s.period}: pembaginya nol. Silakan laporkan dengan ${code('/indikator lapor')} atau ${code('/indikator tanpa-data')}.`,
    assessed: t`Indikator ini sudah terisi dari sebuah penilaian.`,
    changed: (s: { before: string; now: string }): Text =>
      t`Catatannya berubah sejak ditunjukkan: sebelumnya ${s.before}, sekarang ${s.now}. Laporkan angka yang sekarang?`,
    noProof: t`Indikator ini memerlukan bukti, dan tidak satu pun dari kegiatan itu memilikinya. Silakan tambahkan dengan ${code('/kegiatan bukti')}.`,
    same: t`Laporan itu masih sama dengan catatannya.`,
  },
};
