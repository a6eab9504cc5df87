import { code, join, type Text, t } from '../text.ts';

const quoted = (typed: string): string => `“${typed}”`;
const commands = (names: readonly string[]): Text =>
  join(
    names.map(name => [code(`/${name}`)]),
    ', ',
  );

/** Sentences of the machine itself: what could not be read, who may do what, what went wrong. */
export const core = {
  yes: 'ya',
  no: 'tidak',
  or: ' atau ',
  none: '–',
  notDone: 'Belum tersimpan',
  failed: 'Terjadi kesalahan pada Rembug',
  failedHint: (s: { reference: string }) =>
    t`Tidak ada yang berubah. Silakan coba lagi; bila tetap gagal, sampaikan rujukan ${code(s.reference)} kepada pengelola.`,
  unknownCommand: (s: { typed: string; nearest: readonly string[] }) =>
    s.nearest.length
      ? t`Perintah ${quoted(s.typed)} tidak dikenal. Mungkin maksud Anda ${commands(s.nearest)}?`
      : t`Perintah ${quoted(s.typed)} tidak dikenal. Ketik ${code('/bantuan')} untuk melihat yang dapat Anda lakukan.`,
  unknownOption: (s: { typed: string; nearest: readonly string[] }) =>
    s.nearest.length
      ? t`Isian ${quoted(s.typed)} tidak dikenal. Mungkin maksud Anda ${s.nearest.join(', ')}?`
      : t`Isian ${quoted(s.typed)} tidak dikenal untuk perintah ini.`,
  nothingTaken: (s: { typed: string }) =>
    t`Perintah ini tidak memerlukan ${quoted(s.typed)}. Tulis isian sebagai ${code('nama:nilai')}.`,
  missingOption: (s: { names: readonly string[]; accepts: readonly Text[] }) =>
    t`Masih kurang: ${join(
      s.names.map((name, i) => t`${code(name)} (${s.accepts[i]!})`),
      '; ',
    )}.`,
  invalidOption: (s: { option: string; typed: string; accepts: Text }) =>
    t`Isian ${code(s.option)} tidak dapat menerima ${quoted(s.typed)}. Yang diterima: ${s.accepts}.`,
  doubtfulNumber: (s: { option: string; typed: string; readings: readonly string[] }) =>
    t`Isian ${code(s.option)}: ${quoted(s.typed)} dapat dibaca sebagai ${s.readings.join(' atau ')}. Tulis salah satunya.`,
  notFound: (s: { thing: string; typed: string }) => t`Tidak ada ${s.thing} ${quoted(s.typed)} di forum ini.`,
  ambiguous: (s: { thing: string; typed: string; candidates: readonly Text[] }) =>
    t`Ada beberapa ${s.thing} yang cocok dengan ${quoted(s.typed)}: ${join(s.candidates, '; ')}. Sebutkan kodenya.`,
  forbidden: (s: { who: string }) => t`Hanya ${s.who} yang dapat melakukan ini. Mintalah bantuan kepada mereka.`,
  noForum: t`Belum ada forum di sini. Koordinator dapat memulainya dengan ${code('/forum setup "Nama forum"')}.`,
  oldButton: t`Tombol ini sudah tidak berlaku. Silakan buka lagi lewat perintahnya.`,
  acceptsText: (s: { max: number }) => t`teks sampai ${s.max} huruf`,
  acceptsNumber: (s: { min: number; max: number; example: string }) => t`angka, misalnya ${s.example}`,
  acceptsWhole: (s: { min: string; max: string }) => t`bilangan bulat ${s.min} sampai ${s.max}, misalnya 45`,
  acceptsMoney: (s: { example: string }) => t`jumlah rupiah, misalnya ${s.example} atau 1,25 jt`,
  acceptsDate: (s: { example: string }) => t`tanggal, misalnya ${s.example}, 25/11/2026, 25 nov, atau besok`,
  acceptsInstant: (s: { example: string }) => t`waktu, misalnya ${s.example}, besok 17.00, atau 3 hari`,
  acceptsChoice: (s: { choices: readonly string[] }) => t`salah satu dari ${s.choices.join(', ')}`,
  acceptsTime: t`jam, misalnya 21.00`,
  acceptsFlag: t`ya atau tidak`,
  acceptsZone: t`WIB, WITA, WIT, atau nama zona seperti Asia/Makassar`,
  acceptsUrl: t`alamat web lengkap, misalnya https://contoh.id/berkas`,
  acceptsEvidence: t`berkas, alamat web, atau keterangan tempat bukti disimpan`,
  acceptsMember: t`nama anggota`,
  acceptsChannel: t`nama kanal`,
  acceptsEntity: (s: { thing: string; example: string }) => t`kode atau nama ${s.thing}, misalnya ${s.example}`,
  acceptsList: (s: { one: Text; max: number }) => t`sampai ${s.max}, dipisahkan koma: ${s.one}`,
  page: (s: { shown: number; total: number }) => t`${s.shown} dari ${s.total}`,
  formHint: t`Lengkapi dengan ${code(':fill nama=nilai')}.`,
  history: 'Riwayat',
  undelivered: (s: { to: string }) => t`Satu pesan untuk ${s.to} tidak dapat disampaikan`,
  undeliveredHint: t`Sampaikan dengan cara lain, dan minta penerima membuka pesan langsung atau mengundang Rembug ke kanal itu.`,
  late: (s: { by: string; at: string }) => t`Terlambat ${s.by} (seharusnya ${s.at}).`,
  forPerson: (s: { name: string }) => t`Untuk ${s.name}, yang tidak dapat dikirimi pesan langsung:`,
  somebody: 'seseorang',
  anonymous: 'tanpa nama',
  bot: 'Rembug',
};

export const roles = {
  anyone: 'siapa saja',
  member: 'anggota forum',
  partner: 'anggota sebuah mitra',
  representative: 'wakil atau pengganti sebuah mitra',
  coordinator: 'koordinator',
};

export const things = {
  activity: 'kegiatan',
  issue: 'isu',
  strategy: 'usulan strategi',
  indicator: 'indikator',
  goal: 'tujuan',
  agreement: 'kesepakatan',
  entry: 'catatan keuangan',
  partner: 'mitra',
  reminder: 'pengingat',
};

/** Labels of buttons and menus; thirty letters at most. */
export const button = {
  more: 'Berikutnya',
  undo: 'Urungkan',
  send: 'Kirim',
  cancel: 'Batal',
  fix: 'Perbaiki',
  done: 'Tandai selesai',
  addEvidence: 'Tambah bukti',
  assignMe: 'Saya tangani',
  comment: 'Beri catatan',
  wait: 'Menunggu pihak lain',
  escalate: 'Eskalasi',
  resolve: 'Selesaikan',
  closeIssue: 'Tutup',
  reopen: 'Buka kembali',
  severity: 'Tetapkan tingkat',
  logActivity: 'Catat kegiatan',
  raiseIssue: 'Laporkan isu',
  addPartner: 'Tambah mitra',
  addGoal: 'Tambah tujuan',
  joinPartner: 'Bergabung',
  help: 'Bantuan',
  agree: 'Setuju',
  disagree: 'Tidak setuju',
  abstain: 'Abstain',
  object: 'Keberatan',
  recuse: 'Benturan kepentingan',
  showRecord: 'Lihat rincian',
  keep: 'Pertahankan',
  change: 'Ubah',
  end: 'Akhiri',
  propose: 'Usulkan perubahan',
  reportNow: 'Lapor sekarang',
  snoozeDay: 'Tunda 1 hari',
  snoozeTo: 'Tunda ke …',
  noData: 'Tidak ada data',
  notMine: 'Bukan tugas saya',
  confirm: 'Ya, simpan',
  showVote: 'Lihat pemungutan suara',
  language: 'Bahasa',
  showIndicator: 'Lihat indikator',
  approve: 'Setujui',
  comes: 'Hadir',
  absent: 'Tidak hadir',
  perhaps: 'Mungkin',
  toCalendar: 'Ke kalender',
  showActivities: 'Lihat kegiatan',
  score1: '1 sama sekali tidak',
  score2: '2',
  score3: '3',
  score4: '4',
  score5: '5 sepenuhnya',
  answerReview: 'Beri tanggapan',
  agreeStep: 'Sepakati langkah',
  endReview: 'Tutup dialog',
  openReview: 'Buka dialog',
  admit: 'Terima',
  forgetMe: 'Ya, hapus',
  isMe: 'Ya, itu saya',
  notMe: 'Bukan saya',
  sendAnnouncement: 'Ya, kirim',
  seen: 'Sudah saya baca',
  kept: 'Tandai ditepati',
  invitePartner: 'Undang mitra',
  joined: 'Bergabung',
  askLater: 'Tanya lagi nanti',
  declines: 'Tidak jadi',
  showReports: 'Lihat indikator',
  showAgreements: 'Lihat kesepakatan',
  showDecisions: 'Lihat keputusan',
  commentScore: 'Beri penjelasan',
  addCommitment: 'Tambah janji',
  renew: 'Perpanjang',
};
