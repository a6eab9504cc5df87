import { type Text, t } from '../text.ts';
import { sameWords } from './doubles.ts';

export const goal = {
  command: {
    name: 'tujuan',
    summary: 'Tujuan bersama yang jelas dan terukur',
    ...sameWords('T'),
    add: {
      name: 'tambah',
      summary: 'Menambah tujuan bersama',
      example: '"Mengurangi limbah makanan" tenggat:31/12/2026',
      options: {
        title: { name: 'judul', help: 'Tujuan dalam satu kalimat' },
        description: { name: 'uraian', help: 'Penjelasan dan ukurannya' },
        due: { name: 'tenggat', help: 'Kapan hendak tercapai' },
        sector: { name: 'sektor', help: 'Kode sektor DAC, lima angka; 74020 bila kosong' },
      },
    },
    list: {
      name: 'daftar',
      summary: 'Daftar tujuan',
      example: '',
      options: { after: { name: 'setelah', help: 'Lanjutan setelah nomor ini' } },
    },
    show: {
      name: 'lihat',
      summary: 'Melihat satu tujuan',
      example: 'T-1',
      options: { goal: { name: 'tujuan', help: 'Tujuan yang dilihat' } },
    },
    close: {
      name: 'tutup',
      summary: 'Menutup tujuan dengan hasilnya',
      example: 'T-1 hasil:"Tercapai pada November"',
      options: {
        goal: { name: 'tujuan', help: 'Tujuan yang ditutup' },
        outcome: { name: 'hasil', help: 'Apa yang tercapai' },
      },
    },
    edit: {
      name: 'ubah',
      summary: 'Membetulkan judul, uraian, atau tenggat tujuan',
      example: 'T-1 tenggat:31/3/2027',
      options: {
        goal: { name: 'tujuan', help: 'Tujuan yang diubah' },
        title: { name: 'judul', help: 'Judul yang benar' },
        description: { name: 'uraian', help: 'Uraian yang benar' },
        due: { name: 'tenggat', help: 'Tenggat yang baru' },
        sector: { name: 'sektor', help: 'Kode sektor DAC, lima angka; 74020 bila kosong' },
      },
    },
    narrative: {
      name: 'narasi',
      summary: 'Menulis narasi tujuan untuk laporan yang ditandatangani',
      example: 'T-1 teks:"Semua RW telah dilatih; sirene diuji dua kali."',
      options: {
        goal: { name: 'tujuan', help: 'Tujuan yang diceritakan' },
        text: { name: 'teks', help: 'Narasi dalam laporan; menggantikan yang lama' },
      },
    },
  },
  added: (s: { code: string }) => t`Tujuan ${s.code} ditambahkan`,
  closed: (s: { code: string }) => t`Tujuan ${s.code} ditutup`,
  changed: (s: { code: string }) => t`Tujuan ${s.code} diubah`,
  narrated: (s: { code: string }) => t`Narasi ${s.code} tersimpan`,
  sector: 'Sektor',
  history: {
    narrated: t`menulis narasi`,
    added: t`menambahkan tujuan ini`,
    closed: t`menutup tujuan`,
    changed: (s: { what: Text }): Text => t`mengubah ${s.what}`,
  },
  dueTitle: (s: { code: string; date: string }) =>
    t`Tenggat tujuan ${s.code}: ${s.date}. Silakan tutup dengan hasilnya bila sudah tercapai.`,
  alreadyClosed: (s: { code: string }) => t`Tujuan ${s.code} sudah ditutup.`,
  list: 'Tujuan bersama',
  empty: t`Belum ada tujuan bersama.`,
  due: 'Tenggat',
  state: 'Keadaan',
  open: 'berjalan',
  closedState: 'ditutup',
  outcome: 'Hasil',
  activities: 'Kegiatan',
  unmeasured: t`▲ belum ada ukurannya`,
  noMeasure: t`Belum ada ukurannya. Tujuan baru dapat dinilai bila ada indikatornya.`,
  title: 'Tujuan',
};
