import { code, t } from '../text.ts';

export const calendar = {
  command: {
    name: 'kalender',
    summary: 'Rapat dan tenggat Anda dalam kalender sendiri',
    show: { name: 'lihat', summary: 'Melihat rapat yang akan datang dan alamat kalender', example: '', options: {} },
    link: {
      name: 'tautan',
      summary: 'Membuat alamat rahasia kalender Anda',
      example: 'pengingat:30',
      options: { alarm: { name: 'pengingat', help: 'Berapa menit sebelumnya kalender mengingatkan' } },
    },
    revoke: { name: 'cabut', summary: 'Mencabut semua alamat rahasia kalender Anda', example: '', options: {} },
  },
  title: 'Kalender Anda',
  coming: t`Rapat dan kegiatan yang akan datang:`,
  nothing: t`Belum ada rapat yang akan datang untuk Anda.`,
  ofForum: 'Kalender forum',
  hint: t`Dengan ${code('/kalender tautan')}, rapat, tenggat laporan, pemungutan suara, dan tindakan Anda masuk ke kalender di ponsel.`,
  linked: 'Alamat kalender Anda',
  address: 'Alamat',
  alarm: 'Pengingat',
  minutes: (s: { n: number }) => t`${s.n} menit sebelumnya`,
  secret: t`Siapa pun yang memegang alamat ini dapat membaca kalender Anda. Silakan tambahkan sebagai langganan di aplikasi kalender, dan cabut dengan ${code('/kalender cabut')} bila tersebar.`,
  revoked: (s: { n: number }) => t`Alamat kalender dicabut (${s.n})`,
  noneRevoked: 'Tidak ada alamat kalender yang berlaku',
  nameOf: (s: { person: string; forum: string }) => `${s.forum}: ${s.person}`,
  closes: (s: { title: string }) => `${s.title} ditutup`,
  report: (s: { title: string; period: string }) => `Laporan ${s.title} (${s.period})`,
};
