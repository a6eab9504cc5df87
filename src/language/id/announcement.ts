import type { ALERT_LEVELS, LIVES } from '../../storage/schema/announcements.ts';
import { type Text, t } from '../text.ts';

type Life = (typeof LIVES)[number];
type Level = (typeof ALERT_LEVELS)[number];

export const announcement = {
  urgencies: { normal: 'biasa', early_warning: 'peringatan dini' },
  confirm: 'Kirim pengumuman ini ke semua tempat?',
  urgency: 'Kepentingan',
  places: 'Dikirim ke',
  nowhere: 'belum ada kanal pengumuman',
  reason: 'Tanpa orang kedua karena',
  needsSecond: t`Peringatan dini perlu dikirim oleh koordinator lain dalam lima menit. Bila tidak ada, silakan tulis kembali dengan alasannya.`,
  warning: 'peringatan dini',
  level: 'Tingkat',
  levels: { waspada: 'waspada', siaga: 'siaga', awas: 'awas' },
  onset: 'Kapan',
  onsets: { now: 'sekarang', soon: 'segera', later: 'nanti' },
  certainty: 'Kepastian',
  certainties: { possible: 'mungkin', likely: 'kemungkinan besar', observed: 'sudah terlihat' },
  effective: 'Berlaku mulai',
  expires: 'Berlaku sampai',
  instruction: 'Yang harus dilakukan',
  exercise: t`INI LATIHAN, bukan kejadian sebenarnya.`,
  expired: t`Masa berlakunya sudah lewat.`,
  life: 'Pesan',
  lives: { alert: 'peringatan', update: 'pembaruan', cancel: 'pembatalan', all_clear: 'keadaan aman' },
  followed: (s: { what: string; at: Text }) => t`Tidak berlaku lagi: ada ${s.what} pada ${s.at}.`,
  headline: (s: { life: Life; level: Level | null; event: string; exercise: boolean }): string =>
    `${s.exercise ? 'LATIHAN – ' : ''}${{ alert: 'PERINGATAN DINI', update: 'PEMBARUAN PERINGATAN', cancel: 'PEMBATALAN PERINGATAN', all_clear: 'KEADAAN AMAN' }[s.life]}: ${s.event}${s.level && s.life !== 'all_clear' && s.life !== 'cancel' ? `, ${s.level.toUpperCase()}` : ''}`,
  feedTitle: (s: { forum: string }) => `Peringatan dini ${s.forum}`,
  seenOf: (s: { seen: number; names: string | null }): string =>
    s.names === null ? `${s.seen}, semua anggota` : `${s.seen}; belum: ${s.names}`,
  noWarning: t`Hanya peringatan dini yang dapat diperbarui, dibatalkan, atau dinyatakan aman.`,
  notSentYet: t`Peringatan itu belum terkirim.`,
  ended: {
    alert: t`Peringatan itu sudah berakhir.`,
    update: t`Peringatan itu sudah berakhir.`,
    cancel: t`Peringatan itu sudah dibatalkan.`,
    all_clear: t`Keadaan sudah dinyatakan aman.`,
  },
  expiresPast: t`Silakan sebutkan waktu berakhir yang akan datang, sesudah waktu mulainya.`,
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
