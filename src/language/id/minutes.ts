import { type Text, t } from '../text.ts';

const theActivity = { name: 'kegiatan', help: 'Rapat atau kegiatan yang dimaksud' };

export const minutes = {
  command: {
    agenda: {
      name: 'agenda',
      summary: 'Mengusulkan pokok bahasan, atau mengurutkannya',
      example: 'K-4 "Pompa mana yang dibeli"',
      options: {
        activity: theActivity,
        point: { name: 'pokok', help: 'Apa yang perlu dibahas' },
        order: { name: 'urutan', help: 'Untuk koordinator dan penyelenggara: nomor yang didahulukan, misalnya 3, 1' },
        without: { name: 'tanpa', help: 'Untuk koordinator dan penyelenggara: nomor yang tidak jadi dibahas' },
      },
    },
    minutes: {
      name: 'notulen',
      summary: 'Menulis atau melihat notulen: keputusan, catatan, tindakan',
      example: 'K-4 teks:"Tindakan: periksa pompa; BPBD; 15/12/2026"',
      options: {
        activity: theActivity,
        text: { name: 'teks', help: 'Sebaris tiap hal: “Keputusan: …”, “Tindakan: apa; siapa; kapan”, atau catatan' },
        file: { name: 'berkas', help: 'Berkas teks berisi notulen' },
        line: { name: 'baris', help: 'Nomor baris yang dibetulkan; tanpa teks baris itu dihapus' },
      },
    },
    asText: {
      name: 'teks-notulen',
      summary: 'Notulen sebagai teks biasa',
      example: 'K-4',
      options: { activity: theActivity },
    },
    write: {
      name: 'tulis-notulen',
      summary: 'Menambah notulen',
      example: 'K-4',
      options: {
        activity: theActivity,
        text: { name: 'teks', help: 'Sebaris tiap hal: “Keputusan: …”, “Tindakan: apa; siapa; kapan”, atau catatan' },
        file: { name: 'berkas', help: 'Berkas teks notulen, dibaca baris demi baris' },
      },
    },
  },
  agenda: 'Pokok bahasan',
  agendaOf: (s: { code: string; title: string }): Text => t`Agenda ${s.code} ${s.title}`,
  noAgenda: t`Belum ada pokok bahasan. Siapa pun dapat mengusulkannya.`,
  pointLine: (s: { item: number; text: string }): Text => t`${String(s.item)}. ${s.text}`,
  morePoints: (s: { n: number }): Text => t`… dan ${String(s.n)} lagi`,
  pointAdded: (s: { code: string }): Text => t`Pokok bahasan ${s.code} tercatat`,
  ordered: (s: { code: string }): Text => t`Agenda ${s.code} diurutkan`,
  agendaFull: (s: { max: number }): Text => t`Agenda ini sudah penuh (${String(s.max)} pokok).`,
  noPoint: t`Tidak ada pokok bahasan dengan nomor itu.`,
  whoOrders: t`Yang mengurutkan agenda: koordinator, penyelenggara, dan wakil mitra yang terlibat.`,
  agendaOver: t`Kegiatan ini sudah lewat; agendanya tetap seperti adanya.`,
  title: (s: { code: string; title: string }): Text => t`Notulen ${s.code} ${s.title}`,
  none: t`Belum ada notulen.`,
  decisions: 'Keputusan',
  notes: 'Catatan',
  actions: 'Tindakan',
  lineText: (s: { line: number; text: string }): Text => t`${String(s.line)}. ${s.text}`,
  openUntil: (s: { at: Text }): Text => t`Dapat dibetulkan sampai ${s.at}; sesudah itu disimpan sebagai bukti.`,
  kept: t`Notulen ini sudah disimpan sebagai bukti.`,
  lastTime: (s: { code: string }): Text => t`Notulen sebelumnya: ${s.code}`,
  written: (s: { code: string }): Text => t`Notulen ${s.code} tercatat`,
  corrected: (s: { code: string; line: number }): Text => t`Baris ${String(s.line)} dari notulen ${s.code} dibetulkan`,
  keptAlready: (s: { code: string }): Text =>
    t`Notulen ${s.code} sudah disimpan dan tidak dapat diubah lagi. Silakan tulis pembetulannya dalam notulen rapat berikutnya.`,
  noLine: (s: { line: number }): Text => t`Tidak ada baris ${String(s.line)}.`,
  oneLine: t`Silakan tulis satu keputusan atau catatan saja untuk baris itu.`,
  tooLong: (s: { max: number }): Text => t`Ada baris yang lebih panjang dari ${String(s.max)} huruf. Silakan bagi dua.`,
  tooMany: (s: { max: number }): Text =>
    t`Sekaligus paling banyak ${String(s.max)} baris. Silakan kirim dalam beberapa bagian.`,
  noTitle: (s: { line: string; max: number }): Text =>
    t`Apa yang akan dilakukan pada “${s.line}”? Tulislah dalam ${String(s.max)} huruf: “Tindakan: apa; siapa; kapan”.`,
  notRead: (s: { line: string; part: string }): Text =>
    t`“${s.part}” pada “${s.line}” bukan nama ataupun tanggal. Tulislah “Tindakan: apa; siapa; kapan”.`,
  acceptsFile: t`berkas teks (.txt atau .md)`,
};
