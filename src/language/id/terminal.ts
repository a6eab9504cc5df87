import { code, type Node, strong, type Text, t } from '../text.ts';

/** Sentences of the conversation in the terminal: its first screen and its own lines. */
export const terminal = {
  title: 'Rembug di terminal ini',
  you: 'Anda',
  youText: (s: { name: string }) => t`${strong(s.name)} (ganti dengan ${code(':as NAMA')})`,
  kept: 'Disimpan di',
  inMemory: 'ingatan saja: hilang setelah selesai',
  forum: 'Forum',
  noForum: 'belum ada',
  page: 'Halaman publik',
  pageHidden: (s: { address: string }) => t`${s.address} (belum terbit: ${code('/forum terbitkan')})`,
  tryIt: 'Cobalah:',
  tryFirst: [code('/forum mulai "Nama forum"'), code('/bantuan'), code(':help')],
  tryNext: [code('/saya tugas'), code('/kegiatan catat "Nama kegiatan"'), code('/bantuan')],
  leave: t`Selesai: ketik ${code('exit')} atau tekan Ctrl-D. Baris khusus terminal ini: ${code(':help')}.`,
  lines: 'Baris khusus terminal',
  perform: t`${code('/kegiatan catat "Gladi" peserta:45')}: menjalankan perintah; semuanya ada di ${code('/bantuan')}`,
  other: t`${code('@siti /isu daftar')}: satu baris sebagai orang lain`,
  as: t`${code(':as NAMA')}: menjadi orang itu, juga yang belum dikenal`,
  click: t`${code(':click LABEL')}: menekan tombol terbaru dengan label itu, misalnya ${code(':click "Saya tangani"')}`,
  fill: t`${code(':fill NAMA=NILAI …')}: menjawab formulir yang terbuka, misalnya ${code(':fill judul="Saluran tersumbat"')}`,
  skip: t`${code(':skip 3d')}: memajukan jam terminal ini (90m, 3d, 2w); yang jatuh tempo dijalankan pada waktunya`,
  save: t`${code(':save BERKAS')}: menulis berkas terakhir dari sebuah jawaban`,
  help: t`${code(':help')}: daftar ini; ${code('help')}: perintah yang dapat Anda jalankan`,
  quit: t`${code(':quit')} atau ${code('exit')}: selesai`,
  comment: t`${code('#')} mengawali catatan yang tidak dijalankan`,
  keys: t`Tab melengkapi perintah, isian, dan nilainya. Tanda kutip yang belum ditutup berlanjut di baris berikut.`,
  more: t`Perintah diawali garis miring. Baris khusus terminal: ${code(':help')}.`,
  unknownLine: (s: { typed: string; nearest: string }): Text =>
    s.nearest
      ? t`Tidak ada baris ${code(s.typed)}. Mungkin maksud Anda ${code(s.nearest)}?`
      : t`Tidak ada baris ${code(s.typed)}. Ketik ${code(':help')} untuk melihat semuanya.`,
  noSlash: (s: { command: string }) => t`Perintah diawali garis miring: ${code(`/${s.command}`)}.`,
  clockHeld: t`Jam ditolak: di basis data ini ada forum di Discord atau Slack, yang waktunya tidak boleh dimajukan. Pakailah basis data lain untuk mencoba.`,
  skipped: (s: { now: Node }) => t`Jam dimajukan ke ${s.now}. Tidak ada kiriman.`,
  saved: (s: { name: string; file: string }) => t`${s.name} ditulis ke ${code(s.file)}`,
  acceptsLabel: t`label sebuah tombol, misalnya "Tambah mitra"`,
  acceptsField: t`NAMA=NILAI, misalnya judul="Saluran tersumbat"`,
  acceptsLine: t`perintah di belakangnya, misalnya /bantuan`,
  acceptsFile: t`nama berkas, misalnya laporan.xlsx`,
  noFile: t`Belum ada berkas dalam jawaban. Buatlah dahulu, misalnya dengan ${code('/laporan')}.`,
  fileExists: (s: { file: string }) => t`${code(s.file)} sudah ada. Sebutkan nama lain; tidak ada yang ditimpa.`,
  cannotSave: (s: { file: string }) =>
    t`${code(s.file)} tidak dapat ditulis. Periksa foldernya, dan siapa yang boleh menulis di sana.`,
  stillTyped: 'Masih ada ketikan. Ctrl-C sekali lagi: keluar. Ctrl-U: menghapus ketikan.',
  openQuote: 'Tanda kutip belum ditutup: baris berikut ikut di dalamnya. Enter pada baris kosong: kirim apa adanya.',
};
