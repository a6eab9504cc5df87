import { t } from '../text.ts';

export const announcement = {
  urgencies: { normal: 'biasa', early_warning: 'peringatan dini' },
  confirm: 'Kirim pengumuman ini ke semua tempat?',
  urgency: 'Kepentingan',
  places: 'Dikirim ke',
  nowhere: 'belum ada kanal pengumuman',
  reason: 'Tanpa orang kedua karena',
  needsSecond: t`Peringatan dini perlu dikirim oleh koordinator lain dalam lima menit. Bila tidak ada, silakan tulis kembali dengan alasannya.`,
  title: 'Pengumuman',
  warningTitle: 'PERINGATAN DINI',
  by: 'Dari',
  at: 'Pada',
  seen: 'Sudah membaca',
  sent: 'Pengumuman terkirim',
  thanks: 'Terima kasih sudah membaca',
  none: t`Tidak ada pengumuman dengan nomor itu.`,
  alreadySent: t`Pengumuman ini sudah terkirim.`,
  tooOld: t`Pengumuman ini ditulis lebih dari lima menit yang lalu. Silakan tulis kembali.`,
  secondPerson: t`Peringatan dini perlu dikirim oleh koordinator lain. Bila tidak ada, silakan tulis kembali dengan alasannya.`,
  unseenTitle: (s: { seen: number; unseen: number }) => t`${s.seen} sudah membaca, ${s.unseen} belum`,
  allSeen: t`Semua anggota sudah membaca.`,
};
