import { code, type Text, t } from '../text.ts';

const theIssue = { name: 'isu', help: 'Isu yang dievaluasi' };

/** Words of an after-action review. */
export const issueReview = {
  command: {
    review: {
      name: 'evaluasi',
      summary: 'Mengevaluasi penanganan isu: urutan kejadian, empat pertanyaan, pelajaran',
      example: 'I-7',
      options: { issue: theIssue },
    },
    event: {
      name: 'evaluasi-kejadian',
      summary: 'Mengevaluasi penanganan peringatan dini, tanggap darurat, atau gladi',
      example: 'kegiatan:K-4',
      options: {
        announcement: { name: 'nomor', help: 'Nomor peringatan' },
        activity: { name: 'kegiatan', help: 'Tanggap darurat atau gladi yang dievaluasi' },
      },
    },
    answer: {
      name: 'jawab-evaluasi',
      summary: 'Menjawab empat pertanyaan evaluasi',
      example: 'I-7',
      options: {
        issue: theIssue,
        expected: { name: 'rencana', help: 'Apa yang seharusnya terjadi' },
        happened: { name: 'kenyataan', help: 'Apa yang benar-benar terjadi' },
        why: { name: 'sebab', help: 'Mengapa berbeda, atau mengapa berhasil' },
        next: { name: 'lain-kali', help: 'Apa yang dipertahankan dan apa yang diubah' },
      },
    },
  },
  title: (s: { code: string; title: string }): Text => t`Evaluasi ${s.code} ${s.title}`,
  timeline: t`Urutan kejadian menurut catatan`,
  warned: (s: { at: Text; text: string }): Text => t`${s.at} · peringatan dini: ${s.text}`,
  seen: (s: { n: number; of: number; minutes: number | null }): string =>
    s.minutes === null
      ? `dibaca ${s.n} dari ${s.of} orang`
      : `dibaca ${s.n} dari ${s.of} orang dalam ${s.minutes} menit`,
  activity: (s: { code: string; title: string; date: string }): Text => t`${s.date} · ${s.code} ${s.title}`,
  answers: t`Jawaban`,
  questions: {
    expected: 'Seharusnya',
    happened: 'Kenyataannya',
    why: 'Sebabnya',
    next: 'Lain kali',
  },
  newest: (s: { n: number }): Text =>
    t`Ini ${String(s.n)} isu terbaru di sekitar kejadian. Untuk yang lebih lama: ${code('/isu evaluasi KODE')}.`,
  which: t`Isu mana yang dievaluasi?`,
  noIssueTitle: t`Belum ada isu untuk dievaluasi`,
  noIssue: t`Evaluasi dibuat untuk isu: urutan kejadiannya memuat peringatan dan kegiatan sejak sehari sebelum isu dilaporkan. Silakan laporkan isunya dahulu.`,
  asked: (s: { n: number }): Text => t`Pertanyaan dikirim kepada ${String(s.n)} orang`,
  please: (s: { code: string }): Text => t`Mohon jawab empat pertanyaan singkat tentang ${s.code}`,
  noted: t`Jawaban Anda tercatat`,
  lessons: t`Pelajaran yang menjadi tindakan`,
  hint: t`Pelajaran dicatat sebagai tindakan, atau diusulkan sebagai perubahan strategi.`,
  notInvolved: t`Evaluasi ini dijawab oleh mereka yang terlibat dalam penanganannya.`,
  whoAsks: t`Evaluasi dibuka oleh koordinator, penangan isu, atau penengahnya.`,
};
