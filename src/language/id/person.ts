import { code, type Text, t } from '../text.ts';

export const me = {
  command: {
    name: 'saya',
    summary: 'Data dan pengaturan Anda',
    show: { name: 'lihat', summary: 'Melihat data Anda', example: '', options: {} },
    language: {
      name: 'bahasa',
      summary: 'Memilih bahasa Anda',
      example: 'inggris',
      options: { language: { name: 'bahasa', help: 'Bahasa untuk Anda sendiri' } },
    },
    timezone: {
      name: 'zona',
      summary: 'Memilih zona waktu Anda',
      example: 'WITA',
      options: { timezone: { name: 'zona', help: 'Zona waktu untuk Anda sendiri' } },
    },
    export: { name: 'unduh', summary: 'Mengunduh semua data tentang Anda', example: '', options: {} },
    forget: {
      name: 'lupakan',
      summary: 'Menghapus nama dan akun Anda dari forum',
      example: 'yakin:ya',
      options: { confirm: { name: 'yakin', help: 'Ya: hapus sekarang' } },
    },
  },
  exported: 'Data tentang Anda',
  exportedFile: t`Semua yang tersimpan tentang Anda di forum ini (JSON).`,
  forgetAsk: 'Hapus nama dan akun Anda dari forum ini?',
  forgetHint: t`Nama, akun, keanggotaan mitra, dan pengaturan Anda dihapus dan tidak dapat dikembalikan. Kegiatan, laporan, dan suara Anda tetap dihitung di bawah sebuah nomor tanpa nama.`,
  forgotten: 'Nama dan akun Anda sudah dihapus',
  forgottenHint: t`Jawaban yang baru diberikan masih tersimpan paling lama tujuh hari, lalu terhapus sendiri.`,
  lastCoordinator: t`Anda satu-satunya koordinator. Tambahkan yang lain lebih dahulu.`,
  languages: { id: 'Indonesia', en: 'Inggris', forum: 'bahasa forum' },
  title: 'Data Anda',
  name: 'Nama',
  partner: 'Mitra',
  noPartner: t`belum ada; bergabunglah dengan ${code('/mitra gabung')}`,
  roles: 'Peran',
  language: 'Bahasa',
  zone: 'Zona waktu',
  ofForum: (s: { value: string }) => t`${s.value} (mengikuti forum)`,
  languageSet: (s: { language: string }) => t`Bahasa Anda: ${s.language}`,
  zoneSet: (s: { zone: string }) => t`Zona waktu Anda: ${s.zone}`,
  seat: (s: { role: string; partner: string }) => t`${s.role} ${s.partner}`,
};

export const help = {
  command: {
    name: 'bantuan',
    summary: 'Apa yang dapat Anda lakukan',
    whole: {
      name: '',
      summary: 'Melihat perintah dan contohnya',
      example: 'kegiatan',
      options: { topic: { name: 'topik', help: 'Perintah yang ingin diketahui' } },
    },
  },
  title: 'Bantuan Rembug',
  intro: t`Yang dapat Anda lakukan. Ketik ${code('/bantuan kegiatan')} untuk contoh.`,
  noTopic: (s: { typed: string }) => t`Tidak ada bantuan tentang “${s.typed}”. Ketik ${code('/bantuan')}.`,
  who: (s: { who: string }): Text => t`Untuk ${s.who}`,
  example: 'Contoh',
  options: 'Isian',
  required: 'wajib',
  nothing: t`Belum ada yang dapat dilakukan di sini sebelum forum dimulai.`,
};
