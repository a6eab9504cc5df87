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
  },
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
