import { type Text, t } from '../text.ts';

/** Words of the panel that people pin. */
export const panel = {
  title: (s: { forum: string }) => t`Papan ${s.forum}`,
  hint: 'Tekan tombol di bawah untuk tugas Anda, mencatat kegiatan, melaporkan isu, atau melaporkan angka.',
  votes: 'Pemungutan suara yang berjalan',
  issues: 'Isu yang terbuka',
  activities: 'Kegiatan mendatang',
  nothing: 'Saat ini tidak ada yang menunggu.',
  more: (s: { n: number }): Text => t`dan ${s.n} lagi`,
  late: (s: { n: number }): Text => t`${s.n} laporan indikator terlambat.`,
  whichChannel: 'Papan dipasang di kanal. Silakan jalankan perintah ini di kanal yang dimaksud.' as Text,
  posted: (s: { channel: string }) => t`Papan dipasang di #${s.channel}`,
  postedHint: 'Sematkan pesannya agar mudah ditemukan. Isinya diperbarui sendiri.',
};
