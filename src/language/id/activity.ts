import { code, type Text, t } from '../text.ts';
import { areaFilter, areaOption } from './area-words.ts';

const logOptions = {
  title: { name: 'judul', help: 'Nama kegiatan' },
  kind: { name: 'jenis', help: 'Jenis kegiatan' },
  date: { name: 'tanggal', help: 'Tanggal kegiatan' },
  location: { name: 'lokasi', help: 'Tempat kegiatan' },
  participants: { name: 'peserta', help: 'Jumlah peserta seluruhnya' },
  women: { name: 'perempuan', help: 'Jumlah peserta perempuan' },
  partners: { name: 'mitra', help: 'Mitra yang terlibat' },
  goal: { name: 'tujuan', help: 'Tujuan bersama yang didukung' },
  result: { name: 'hasil', help: 'Hasil kegiatan' },
  evidence: { name: 'bukti', help: 'Daftar hadir, notulen, foto, atau tautan' },
  area: areaOption,
  time: { name: 'jam', help: 'Jam mulai, bila perlu sampai jam berapa' },
  until: { name: 'sampai', help: 'Jam atau tanggal berakhirnya' },
  groups: { name: 'kelompok', help: 'Peserta menurut kelompok, misalnya L=41 P=27' },
  repeat: { name: 'ulang', help: 'Berulang kapan, misalnya setiap Senin pertama 09.00' },
  holidays: { name: 'libur', help: 'Bila jatuh pada hari libur: tetap, lewati, atau geser' },
};

const planOptions = {
  ...logOptions,
  confirm: { name: 'yakin', help: 'Tetap pada hari libur' },
};
const which = { name: 'yang', help: 'Hanya yang ini, atau ini dan seterusnya' };

export const activity = {
  command: {
    name: 'kegiatan',
    summary: 'Mencatat dan mencari kegiatan',
    log: {
      name: 'catat',
      summary: 'Mencatat kegiatan yang sudah berlangsung',
      example: '"Pelatihan evakuasi" jenis:pelatihan peserta:45 mitra:"BPBD, Unpad"',
      options: logOptions,
    },
    plan: {
      name: 'rencana',
      summary: 'Merencanakan kegiatan',
      example: '"Gladi banjir" tanggal:"30/11/2026 09.00" lokasi:"Balai RW 5"',
      options: planOptions,
    },
    done: {
      name: 'selesai',
      summary: 'Menandai kegiatan terlaksana',
      example: 'K-1 hasil:"40 warga terlatih" peserta:40',
      options: {
        activity: { name: 'kegiatan', help: 'Kegiatan yang terlaksana' },
        result: { name: 'hasil', help: 'Hasil kegiatan' },
        participants: { name: 'peserta', help: 'Jumlah peserta seluruhnya' },
        women: { name: 'perempuan', help: 'Jumlah peserta perempuan' },
        evidence: { name: 'bukti', help: 'Daftar hadir, notulen, foto, atau tautan' },
        groups: { name: 'kelompok', help: 'Peserta menurut kelompok, misalnya L=41 P=27' },
      },
    },
    list: {
      name: 'daftar',
      summary: 'Daftar kegiatan',
      example: 'dari:1/11/2026 mitra:"BPBD Kota"',
      options: {
        from: { name: 'dari', help: 'Sejak tanggal' },
        to: { name: 'sampai', help: 'Sampai tanggal' },
        partner: { name: 'mitra', help: 'Hanya mitra ini' },
        goal: { name: 'tujuan', help: 'Hanya tujuan ini' },
        before: { name: 'sebelum', help: 'Halaman berikutnya, mulai sebelum kode ini' },
        area: areaFilter,
      },
    },
    show: {
      name: 'lihat',
      summary: 'Melihat satu kegiatan',
      example: 'K-1',
      options: { activity: { name: 'kegiatan', help: 'Kegiatan yang dilihat' } },
    },
    edit: {
      name: 'ubah',
      summary: 'Membetulkan catatan kegiatan',
      example: 'K-1 peserta:47',
      options: { activity: { name: 'kegiatan', help: 'Kegiatan yang dibetulkan' }, ...logOptions },
    },
    move: {
      name: 'pindah',
      summary: 'Memindahkan kegiatan yang direncanakan ke tanggal lain',
      example: 'K-1 tanggal:5/12/2026',
      options: {
        activity: { name: 'kegiatan', help: 'Kegiatan yang dipindahkan' },
        date: { name: 'tanggal', help: 'Tanggal yang baru, bila perlu dengan jam' },
        time: { name: 'jam', help: 'Jam yang baru' },
        until: { name: 'sampai', help: 'Jam atau tanggal berakhirnya' },
        which,
        confirm: { name: 'yakin', help: 'Tetap pada hari libur' },
      },
    },
    cancel: {
      name: 'batal',
      summary: 'Membatalkan kegiatan',
      example: 'K-1 alasan:"Hujan lebat"',
      options: {
        activity: { name: 'kegiatan', help: 'Kegiatan yang dibatalkan' },
        reason: { name: 'alasan', help: 'Mengapa dibatalkan' },
        which,
      },
    },
    search: {
      name: 'cari',
      summary: 'Mencari dalam kegiatan',
      example: 'evakuasi',
      options: {
        text: { name: 'kata', help: 'Kata dalam judul, hasil, atau lokasi' },
        before: { name: 'sebelum', help: 'Halaman berikutnya, mulai sebelum kode ini' },
      },
    },
    evidence: {
      name: 'bukti',
      summary: 'Menambah bukti kegiatan',
      example: 'K-1 bukti:https://contoh.id/daftar-hadir jenis:"daftar hadir"',
      options: {
        activity: { name: 'kegiatan', help: 'Kegiatan yang dibuktikan' },
        evidence: { name: 'bukti', help: 'Berkas, alamat web, atau keterangan' },
        kind: { name: 'jenis', help: 'Jenis bukti' },
      },
    },
    undo: {
      name: 'urungkan',
      summary: 'Mengurungkan catatan yang baru dibuat',
      example: 'K-1',
      options: { activity: { name: 'kegiatan', help: 'Kegiatan yang diurungkan' } },
    },
    attend: {
      name: 'hadir',
      summary: 'Menjawab undangan kegiatan untuk mitra Anda',
      example: 'K-1 jawaban:hadir',
      options: {
        activity: { name: 'kegiatan', help: 'Kegiatan yang undangannya dijawab' },
        answer: { name: 'jawaban', help: 'Hadir, tidak, atau mungkin' },
        code: { name: 'kode', help: 'Kode enam tanda yang disebut di ruangan' },
      },
    },
    invite: {
      name: 'undang',
      summary: 'Mengundang mitra dan perorangan',
      example: 'K-1 mitra:"BPBD, Unpad" kursi:30',
      options: {
        activity: { name: 'kegiatan', help: 'Kegiatan yang diundangkan' },
        partners: { name: 'mitra', help: 'Mitra yang diundang' },
        members: { name: 'anggota', help: 'Perorangan yang diundang' },
        seats: { name: 'kursi', help: 'Banyaknya kursi; selebihnya masuk daftar tunggu' },
      },
    },
    code: {
      name: 'kode',
      summary: 'Kode hadir yang disebut di ruangan',
      example: 'K-1',
      options: { activity: { name: 'kegiatan', help: 'Kegiatan yang kehadirannya dicatat dengan kode' } },
    },
    attendance: {
      name: 'daftar-hadir',
      summary: 'Mencatat mitra yang datang',
      example: 'K-1 mitra:"BPBD, Unpad"',
      options: {
        activity: { name: 'kegiatan', help: 'Kegiatan yang terlaksana' },
        partners: { name: 'mitra', help: 'Mitra yang datang; yang lain dicatat tidak datang' },
      },
    },
    same: {
      name: 'sama',
      summary: 'Menggabung kegiatan yang tercatat dua kali',
      example: 'K-2 ke:K-1',
      options: {
        activity: { name: 'kegiatan', help: 'Kegiatan yang digabung' },
        of: { name: 'ke', help: 'Kegiatan yang sama, yang tetap' },
      },
    },
    other: {
      name: 'lain',
      summary: 'Menyatakan bahwa kegiatan itu tersendiri',
      example: 'K-2',
      options: { activity: { name: 'kegiatan', help: 'Kegiatan yang tersendiri' } },
    },
    calendar: {
      name: 'kalender',
      summary: 'Berkas kalender (.ics) sebuah kegiatan',
      example: 'K-1',
      options: { activity: { name: 'kegiatan', help: 'Kegiatan untuk kalender Anda' } },
    },
  },
  answers: { yes: 'hadir', no: 'tidak', maybe: 'mungkin' },
  answered: (s: { code: string; answer: 'yes' | 'no' | 'maybe' }) =>
    s.answer === 'yes'
      ? t`Mitra Anda hadir di ${s.code}`
      : s.answer === 'no'
        ? t`Mitra Anda tidak hadir di ${s.code}`
        : t`Mitra Anda mungkin hadir di ${s.code}`,
  answeredSelf: (s: { code: string; answer: 'yes' | 'no' | 'maybe' }) =>
    s.answer === 'yes'
      ? t`Anda hadir di ${s.code}`
      : s.answer === 'no'
        ? t`Anda tidak hadir di ${s.code}`
        : t`Anda mungkin hadir di ${s.code}`,
  waiting: t`Kursi sudah penuh. Anda ada di daftar tunggu dan dikabari begitu ada kursi.`,
  notInvited: (s: { code: string }) => t`Jawaban untuk ${s.code} diberikan oleh orang mitra dan oleh yang diundang.`,
  notNow: (s: { code: string }) => t`Kode hadir ${s.code} berlaku sekitar waktu kegiatan saja.`,
  wrongCode: (s: { code: string }) => t`Kode itu bukan kode hadir ${s.code}. Silakan periksa keenam tandanya.`,
  isPresent: (s: { code: string }) => t`Kehadiran Anda di ${s.code} tercatat`,
  inviteWhom: t`Silakan sebut mitra atau anggota yang diundang, atau banyaknya kursi.`,
  invited: (s: { code: string }) => t`Undangan ${s.code} disimpan`,
  youAreInvited: (s: { title: string }) => t`Anda diundang: ${s.title}`,
  seatFree: (s: { title: string }) => t`Ada kursi untuk Anda: ${s.title}`,
  persons: 'Perorangan',
  personsCame: (s: { n: number; names: string }) => t`datang ${s.n}: ${s.names}`,
  seatsLabel: 'Kursi',
  seatsText: (s: { n: number; of: number; waiting: number }) =>
    s.waiting ? t`${s.n} dari ${s.of}, menunggu ${s.waiting}` : t`${s.n} dari ${s.of}`,
  comeLabel: 'Yang hadir',
  waitLabel: 'Daftar tunggu',
  andMore: (s: { names: string; n: number }) => t`${s.names}, dan ${s.n} lainnya`,
  codeTitle: (s: { code: string }) => t`Kode hadir ${s.code}`,
  codeHint: (s: { code: string }) =>
    t`Silakan sebut di ruangan. Yang hadir mengetik ${code('/kegiatan hadir')} ${s.code} dengan kode ini.`,
  attendance: 'Kehadiran',
  answersText: (s: { yes: number; no: number; maybe: number; open: number }) =>
    t`hadir ${s.yes}, tidak ${s.no}, mungkin ${s.maybe}, belum menjawab ${s.open}`,
  attendanceUnknown: 'belum dicatat; silakan catat siapa yang datang',
  cameText: (s: { n: number; of: number; names: string }) => t`datang ${s.n} dari ${s.of} mitra: ${s.names}`,
  attendanceNoted: (s: { code: string }) => t`Kehadiran di ${s.code} tercatat`,
  notYetDone: (s: { code: string }) => t`Kegiatan ${s.code} belum ditandai terlaksana.`,
  inCalendar: (s: { code: string }) => `Kegiatan forum ${s.code}. Silakan jawab hadir atau tidak pada kartunya.`,
  soon: (s: { date: string }) => t`Sebentar lagi, ${s.date}`,
  reminder: (s: { date: string }) => t`Besok, ${s.date}`,
  calendarTitle: (s: { code: string }) => t`Kalender ${s.code}`,
  calendarFile: (s: { title: string }) => t`Berkas kalender: ${s.title}`,
  kinds: {
    training: 'pelatihan',
    drill: 'gladi',
    infrastructure: 'prasarana',
    outreach: 'penyuluhan',
    response: 'tanggap darurat',
    meeting: 'rapat',
    other: 'lainnya',
  },
  states: { planned: 'direncanakan', done: 'terlaksana', cancelled: 'dibatalkan', undone: 'diurungkan' },
  evidenceKinds: {
    attendance: 'daftar hadir',
    minutes: 'notulen',
    photo: 'foto',
    receipt: 'kuitansi',
    link: 'tautan',
    file: 'berkas',
  },
  logged: (s: { code: string }) => t`Kegiatan ${s.code} tercatat`,
  planned: (s: { code: string }) => t`Kegiatan ${s.code} direncanakan`,
  maybeSame: (s: { code: string; title: string }) =>
    t`Pada hari yang sama sudah ada ${s.code} ${s.title}. Apakah itu kegiatan yang sama?`,
  joined: (s: { code: string; other: string }) =>
    t`Kegiatan ${s.other} digabung ke ${s.code}; pesertanya dihitung sekali`,
  bothStay: (s: { code: string }) => t`Baik, ${s.code} tetap kegiatan tersendiri`,
  notSameDay: (s: { code: string; other: string }) => t`${s.code} dan ${s.other} bukan kegiatan pada hari yang sama.`,
  pastPlanned: (s: { date: string }) =>
    t`Tanggal itu sudah lewat: ${s.date}. Bila keliru, silakan ubah; bila kegiatannya sudah berlangsung, silakan tandai selesai.`,
  todayTaken: (s: { date: string }) => t`Tanggalnya belum disebut, jadi dipakai hari ini: ${s.date}.`,
  moved: (s: { code: string; date: string }) => t`Kegiatan ${s.code} dipindahkan ke ${s.date}`,
  done: (s: { code: string }) => t`Kegiatan ${s.code} terlaksana`,
  changed: (s: { code: string }) => t`Kegiatan ${s.code} diubah`,
  cancelled: (s: { code: string }) => t`Kegiatan ${s.code} dibatalkan`,
  undone: (s: { code: string }) => t`Kegiatan ${s.code} diurungkan`,
  undoneHint: t`Catatan itu tidak dihitung lagi; riwayatnya tetap ada.`,
  evidenceAdded: (s: { code: string }) => t`Bukti untuk ${s.code} tersimpan`,
  noEvidence: t`Belum ada bukti. Silakan tambahkan daftar hadir, notulen, foto, atau kuitansi bila ada.`,
  tooManyWomen: (s: { women: number; participants: number }) =>
    t`Peserta perempuan (${s.women}) tidak dapat lebih banyak daripada seluruh peserta (${s.participants}).`,
  holidays: { keep: 'tetap', skip: 'lewati', move: 'geser' },
  which: { this: 'ini', following: 'seterusnya' },
  repeats: 'Berulang',
  repeatsUntil: (s: { rule: string; date: string }) => `${s.rule} sampai ${s.date}`,
  repeatsTimes: (s: { rule: string; n: number }) => `${s.rule}, ${s.n} kali`,
  repeatsExcept: (s: { rule: string; holidays: string }) => t`${s.rule}; pada hari libur: ${s.holidays}`,
  neverComes: (s: { typed: string }) => t`“${s.typed}” tidak akan pernah tiba. Silakan pilih tanggal lain.`,
  afterEnd: t`Tanggal itu sesudah akhir pengulangannya. Pindahkan yang ini saja (${code('yang:ini')}), atau rencanakan pengulangan baru.`,
  noDateLeft: t`Setelah dipindah, tidak ada lagi tanggal sebelum pengulangan berakhir`,
  noDates: t`Pengulangan itu tidak punya tanggal yang akan datang. Silakan periksa awal dan akhirnya.`,
  repeatsOneDay: t`Yang berulang berlangsung dalam satu hari. Silakan sebut jamnya saja.`,
  hoursTwice: t`Jamnya disebut dua kali dan berbeda. Silakan sebut sekali saja.`,
  firstDayOff: (s: { date: string }) =>
    t`Tanggal pertamanya, ${s.date}, adalah hari libur forum. Bila jatuh pada hari libur: tetap, lewati, atau geser?`,
  onPastDay: (s: { date: string }) => t`${s.date} sudah lewat. Tetap dipindahkan ke hari itu?`,
  doneEarly: (s: { date: string }) =>
    t`Tanggalnya, ${s.date}, belum tiba. Bila kegiatan ini berlangsung lebih awal, silakan ubah tanggalnya.`,
  onDayOff: (s: { date: string }) => t`${s.date} adalah hari libur forum. Tetap pada hari itu?`,
  onDaysOff: (s: { dates: string }) => t`Jatuh pada hari libur forum: ${s.dates}.`,
  seriesPlanned: (s: { code: string; rule: string }) => t`Kegiatan ${s.code} direncanakan, ${s.rule}`,
  nextDates: t`Tanggal-tanggal berikutnya:`,
  noSeries: (s: { code: string }) => t`Kegiatan ${s.code} tidak berulang, jadi tidak ada yang mengikutinya.`,
  backwards: (s: { from: string; to: string }) =>
    t`Akhirnya (${s.to}) tidak dapat mendahului awalnya (${s.from}). Apakah maksudnya sampai hari berikutnya?`,
  endsBefore: (s: { from: string; to: string }) =>
    t`Akhirnya (${s.to}) tidak dapat mendahului awalnya (${s.from}). Silakan perbaiki salah satunya.`,
  tooLong: (s: { days: number }) => t`Satu kegiatan berlangsung ${s.days} hari paling lama.`,
  twoTimes: (s: { date: string; time: string }) =>
    t`Jamnya disebut dua kali dan berbeda: ${s.date} dan ${s.time}. Silakan sebut sekali saja.`,
  untilWithoutTime: t`Jam berakhir memerlukan jam mulai. Silakan sebut jam mulainya.`,
  timeSkipped: (s: { time: string; zone: string }) =>
    t`Pukul ${s.time} pada hari itu tidak ada di ${s.zone}: jam di sana dimajukan. Silakan pilih jam lain.`,
  timeTwice: (s: { time: string; zone: string }) =>
    t`Pukul ${s.time} pada hari itu ada dua kali di ${s.zone}: jam di sana dimundurkan. Yang mana yang dimaksud?`,
  titleIsCode: (s: { code: string }) =>
    t`${s.code} adalah kode, bukan judul. Kegiatan yang sudah direncanakan ditandai terlaksana dengan ${code('/kegiatan selesai')}.`,
  futureDate: t`Tanggal itu belum tiba. Untuk kegiatan yang akan datang, silakan gunakan ${code('/kegiatan rencana')}.`,
  notYours: t`Hanya pencatat, anggota mitra yang terlibat, dan koordinator yang dapat mengubah kegiatan ini.`,
  isOver: (s: { code: string; state: string }) => t`Kegiatan ${s.code} sudah ${s.state}.`,
  tooLateToUndo: t`Waktu mengurungkan (10 menit) sudah lewat. Silakan batalkan dengan ${code('/kegiatan batal')} dan alasannya.`,
  list: 'Kegiatan',
  found: (s: { text: string }): Text => t`Kegiatan dengan “${s.text}”`,
  empty: t`Belum ada kegiatan yang cocok.`,
  kind: 'Jenis',
  state: 'Keadaan',
  date: 'Tanggal',
  location: 'Lokasi',
  participants: 'Peserta',
  people: (s: { all: string; women: string | null }) => (s.women ? t`${s.all} (perempuan ${s.women})` : t`${s.all}`),
  partners: 'Mitra',
  goal: 'Tujuan',
  result: 'Hasil',
  evidence: 'Bukti',
  reason: 'Alasan',
  by: 'Pencatat',
  title: 'Judul',
  code: 'Kode',
  history: {
    agenda: 'mengubah agenda',
    minutes: 'menulis notulen',
    kept: 'menyimpan notulen sebagai bukti',
    invited: 'mengundang',
    present: 'hadir dengan kode',
    code: 'membuat kode hadir',
    answered: 'menjawab undangan',
    attendance: 'mencatat kehadiran',
    logged: 'mencatat',
    planned: 'merencanakan',
    done: 'menandai terlaksana',
    changed: (s: { fields: string }): Text => t`mengubah ${s.fields}`,
    cancelled: 'membatalkan',
    undone: 'mengurungkan',
    evidence: 'menambah bukti',
  },
};
