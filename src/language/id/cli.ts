/** Sentences of the command line, before there is a forum: for people who install and run Rembug. */
export const cli = {
  about: 'Rembug: satu bot tempat mitra forum ketahanan lokal berkoordinasi di Discord dan Slack.',
  usage: (s: { line: string }) => `Cara pakai: rembug ${s.line}`,
  anyVerb: 'PERINTAH [PILIHAN]',
  more: 'Untuk satu perintah: rembug PERINTAH --help. Pengaturan: .env.example. Panduan: README.id.md.',
  verbs: {
    start: 'menjalankan bot sampai dihentikan; tanpa platform, percakapan di terminal',
    console: 'percakapan di terminal, atau dari masukan baku',
    demo: 'mengisi basis data kosong dengan dua forum contoh; --open membuka percakapan dan halaman publiknya',
    tour: 'percakapan dalam docs/tour.md, pada basis data tersendiri yang dilupakan sesudahnya',
    deploy: 'mendaftarkan perintah di Discord; --dry-run hanya mencetaknya',
    manifest: 'mencetak manifes aplikasi Slack',
    migrate: 'memutakhirkan basis data; dengan --from dan --to memindahkannya',
    doctor: 'memeriksa pengaturan, basis data, token, dan izin; --check hanya catatannya',
    backup: 'menyalin basis data yang sedang dipakai',
    restore: 'mengembalikan salinan; --force menggantikan yang ada',
    export: 'menulis catatan satu forum sebagai CSV dan JSON',
    import: 'memasukkan berkas CSV atau Excel ke satu forum; --dry-run hanya memeriksanya',
    coordinator: 'menjadikan seorang anggota koordinator forum, bila forum tidak punya lagi',
    places: 'mendaftar forum tanpa tempat, dan memberinya tempat baru',
    outbox: 'mendaftar kiriman yang menunggu atau gagal',
    reload: 'meminta bot yang sedang berjalan membaca lagi pengaturannya',
  },
  placeholders: {
    DIR: 'FOLDER',
    FILE: 'BERKAS',
    ISO: 'WAKTU',
    KIND: 'JENIS',
    NAME: 'NAMA',
    PLACE: 'TEMPAT',
    STATE: 'KEADAAN',
    URL: 'ALAMAT',
  },
  noVerb: (s: { typed: string; nearest: string }) =>
    s.nearest
      ? `rembug: tidak ada perintah ${s.typed}. Mungkin maksud Anda ${s.nearest}? Semuanya: rembug --help`
      : `rembug: tidak ada perintah ${s.typed}. Semuanya: rembug --help`,
  reloadAsked:
    'Bot yang berjalan pada basis data ini membaca lagi pengaturannya dalam beberapa detik; bila tidak ada yang berjalan, tidak terjadi apa-apa.',
  everyForumLives: 'Setiap forum punya tempat.',
  placeLine: (s: { place: string; left: string }) => `  ${s.place}${s.left ? `, sampai ${s.left}` : ''}`,
  inviteWhom: 'Sebutkan forumnya: rembug places --forum NAMA --invite',
  inviteCode: (s: { code: string }) =>
    `Di server atau ruang kerja yang baru, ketik dalam 24 jam: /forum gabung ${s.code}`,
  noCoordinator: 'Forum itu tidak punya koordinator.',
  outboxStates: (s: { states: string }) => `--state adalah salah satu dari ${s.states}.`,
  outboxEmpty: 'Tidak ada.',
  wrongArguments: {
    unknown: (s: { typed: string; nearest: string }) =>
      s.nearest ? `pilihan ${s.typed} tidak dikenal; mungkin maksud Anda ${s.nearest}?` : `${s.typed} tidak dikenal.`,
    surplus: (s: { typed: string }) => `${s.typed} berlebih.`,
    missing: (s: { name: string }) => `${s.name} belum disebutkan.`,
    noValue: (s: { name: string }) => `${s.name} memerlukan nilai.`,
    value: (s: { name: string }) => `${s.name} tidak memerlukan nilai.`,
    locale: '--locale menerima id atau en.',
    place: (s: { places: string }) => `--forum adalah salah satu dari ${s.places}.`,
    forumOpen: '--forum dipakai bersama --open.',
    twice: (s: { name: string }) => `${s.name} disebutkan dua kali.`,
    together: '--from dan --to disebutkan bersama.',
    sameTwice: '--from dan --to adalah basis data yang sama.',
    notADatabase: (s: { typed: string }) => `${s.typed} bukan alamat basis data: file:PATH atau postgres://…`,
    now: '--now memerlukan waktu seperti 2026-11-24T01:00:00Z.',
    clock:
      '--now ditolak: di basis data ini ada forum di Discord atau Slack, yang waktunya tidak boleh dimajukan. Pakailah basis data lain untuk mencoba.',
    deploy: 'DISCORD_TOKEN belum diisi; tanpa token hanya --dry-run yang dapat dipakai.',
  },
  faults: {
    locked: 'Basis data sedang dipakai program lain. Akhiri program itu, atau tunggu sampai selesai.',
    readonly: 'Basis data tidak dapat dibuka untuk ditulisi. Periksa letaknya dan siapa yang boleh menulis di sana.',
    full: 'Tempat untuk basis data sudah penuh, atau disknya gagal. Tidak ada yang diubah.',
    corrupt: 'Berkas basis data rusak atau bukan basis data. Pulihkan: rembug restore BERKAS.',
    altered:
      'Tabel, indeks, atau pemicu di basis data ini bukan buatan Rembug. Jangan dipulihkan; pakai cadangan lain.',
    newer: 'Basis data ini milik Rembug yang lebih baru. Pasang kembali versi itu.',
    unreachable: 'Server basis data tidak menjawab, atau menolak. Periksa DATABASE_URL.',
    forbidden:
      'Peran basis data ini tidak boleh membuat atau mengubah tabel. Pemilik basis data memberinya hak itu di psql:',
    pooler:
      'Perantara sambungan di depan PostgreSQL menolak parameter awal Rembug. Tambahkan baris ini ke pgbouncer.ini:',
    busy: 'Server basis data penuh atau terlalu lambat. Lihat bebannya dan batas sambungannya.',
    uncertain:
      'Sambungan ke basis data terputus saat menyimpan. Lihat dahulu apakah sudah tersimpan sebelum mengulang.',
    half: 'Pemindahan ke basis data ini belum selesai. Jalankan lagi: rembug migrate --from … --to …',
    missing: 'Berkasnya tidak ada.',
    folder: 'Yang disebutkan adalah folder, padahal yang diperlukan berkas basis data. Sebutkan berkasnya.',
    exists: 'Sudah ada berkas dengan nama itu. Pilih nama lain (restore: --force menggantikan basis data).',
    taken: 'Basis data tujuan sudah memuat forum. Pilih basis data kosong untuk --to.',
  },
  noSource: (s: { name: string }) => `Tidak ada basis data Rembug di ${s.name}. Tidak ada yang dibuat.`,
  noDatabase: (s: { name: string }) =>
    `Tidak ada basis data Rembug di ${s.name}; tidak ada yang dibuat. Periksa DATABASE_URL, atau mulailah: rembug start`,
  rebuild:
    'Modul SQLite tidak cocok dengan Node ini: Node berganti setelah pemasangan, atau modulnya belum terpasang. Jalankan: npm rebuild',
  wrongSettings: 'Rembug tidak dapat dijalankan dengan pengaturan ini:',
  wrong: {
    databaseUrl: 'harus file:PATH, file::memory:, atau postgres://…',
    serverUrl:
      'harus postgres://PENGGUNA:SANDI@HOST:PORTA/NAMA; tanda seperti / # ? @ dalam sandi ditulis %2F %23 %3F %40',
    server: 'harus nomor sebuah server',
    address: 'harus alamat web',
    feeds: 'harus alamat https sumber peringatan resmi, paling banyak 20',
    botToken: 'harus diawali xoxb-',
    appToken: 'harus diawali xapp-',
    apiUrl: 'harus diakhiri /api/',
    stateSecret: 'harus terdiri atas sedikitnya 32 karakter; yang lama boleh menyusul setelah koma: baru,lama',
    hostPort: 'harus berupa ALAMAT:PORT, atau kosong',
    number: 'harus angka',
    fileLimit: 'harus bilangan bulat, 1 sampai 10',
    port: 'harus porta, 0 sampai 65535',
    host: 'harus alamat mesin ini, misalnya 127.0.0.1',
    locale: 'harus id atau en',
    zone: 'bukan zona waktu, misalnya Asia/Makassar',
    level: 'harus salah satu dari debug, info, warn, error',
    format: 'harus pretty atau json',
  },
  needs: {
    oauth: 'SLACK_CLIENT_ID memerlukan SLACK_CLIENT_SECRET dan SLACK_STATE_SECRET',
    transport: 'SLACK_BOT_TOKEN memerlukan SLACK_APP_TOKEN (Socket Mode) atau SLACK_SIGNING_SECRET (HTTP)',
    token: 'SLACK_BOT_TOKEN belum ada: pengaturan Slack yang lain memerlukannya, atau ketiga pengaturan OAuth',
  },
  misspelt: (s: { name: string; meant: string }) =>
    `${s.name} bukan pengaturan Rembug: mungkin maksud Anda ${s.meant}?`,
  dotenv: {
    unreadable: '.env tidak dapat dibaca. Periksa apakah itu berkas, dan siapa yang boleh membacanya',
    notText: '.env bukan teks biasa. Simpan lagi sebagai teks UTF-8',
  },
  upToDate: 'Basis data sudah mutakhir.',
  moved: 'Semuanya sudah di sana, baris demi baris. Isikan alamat itu ke DATABASE_URL.',
  backedUp: (s: { file: string }) => `Disalin ke ${s.file}.`,
  restored: (s: { file: string }) => `Dipulihkan dari ${s.file}.`,
  memoryBackup:
    'Basis data ini hanya ada di ingatan dan berakhir bersama programnya: tidak ada yang dapat dicadangkan atau dipulihkan.',
  postgresBackup:
    'Basis data ini PostgreSQL: salin dengan pg_dump --format=custom --file=BERKAS "$DATABASE_URL", pulihkan dengan pg_restore',
  registered: (s: { n: number }) => `${s.n} perintah didaftarkan.`,
  demoReady: (s: { database: string }) => `Dua forum contoh ada di ${s.database}:`,
  demoThere: (s: { database: string }) => `Forum contoh sudah ada di ${s.database}. Bukalah: npm run demo`,
  demoLocale: (s: { database: string }) =>
    `Forum contoh di ${s.database} dibuat dalam bahasa lain dan tetap begitu. Untuk bahasa ini, hapus basis data itu lalu jalankan lagi.`,
  demoTaken: 'Basis data ini sudah memuat forum; forum contoh hanya untuk yang kosong.',
  tourUntyped: 'Di sini tidak ada yang ditanyakan, karena ini bukan terminal: kirimkan baris-baris dari docs/tour.md.',
  importKinds: (s: { kinds: string }) => `--kind adalah salah satu dari ${s.kinds}.`,
  system: {
    path: (s: { at: string; code: string }) =>
      `${s.at} tidak dapat dipakai (${s.code}). Periksa letaknya, dan siapa yang boleh membaca dan menulis di sana.`,
    port: (s: { at: string; code: string }) =>
      `Porta di ${s.at} tidak dapat dibuka (${s.code}). Periksa HOST, dan pilih PORT lain bila porta itu sudah dipakai.`,
    line: (s: { at: string; code: string }) =>
      `${s.at} tidak menjawab (${s.code}). Periksa alamat dan sambungannya, lalu coba lagi.`,
  },
  noFile: (s: { file: string }) => `Berkas ${s.file} tidak dapat dibuka.`,
  noForumNamed: 'Tidak ada forum dengan nama itu. Yang ada di sini:',
  noForumYet: 'Belum ada forum di basis data ini. Mulailah satu: /forum mulai',
  severalForums: 'Beberapa forum cocok. Sebutkan nama lengkapnya, atau yang tertulis di belakangnya:',
  noMemberNamed: (s: { forum: string }) => `Tidak ada anggota dengan nama itu di ${s.forum}. Semuanya: /forum anggota`,
  severalMembers: 'Beberapa anggota bernama sama. Sebutkan nomor yang tertulis di belakangnya:',
  madeCoordinator: (s: { member: string; forum: string }) =>
    `${s.member} sekarang koordinator ${s.forum}; forum akan diberi tahu.`,
  isCoordinator: (s: { member: string; forum: string }) => `${s.member} sudah koordinator ${s.forum}.`,
  /** Texts of the Slack app; names of menu entries 24 characters at most. */
  manifest: {
    about: 'Catatan, isu, indikator, dan keputusan forum',
    command: 'Kegiatan, isu, indikator, dan keputusan forum',
    usage: 'bantuan | kegiatan catat | isu laporkan | strategi usul',
    logActivity: 'Catat kegiatan',
    logActivityHelp: 'Mencatat kegiatan forum',
    raiseIssue: 'Laporkan isu',
    raiseIssueHelp: 'Melaporkan isu kepada forum',
    reportIndicator: 'Laporkan indikator',
    reportIndicatorHelp: 'Melaporkan angka sebuah indikator',
    makeIssue: 'Jadikan isu',
    makeIssueHelp: 'Membuat isu dari pesan ini',
  },
  manifestAddress: (s: { address: string }) =>
    `PUBLIC_URL belum diisi: ganti ${s.address} dengan alamat pemasangan ini, atau isikan PUBLIC_URL.`,
  doctor: {
    settings: 'sah',
    inMemory: 'hanya di ingatan: yang dicatat dilupakan sesudahnya',
    notMade: (s: { name: string }) => `${s.name} belum ada; start membuatnya`,
    migrated: (s: { name: string }) => `${s.name}, mutakhir`,
    noAnswer: 'tidak ada jawaban',
    altered: (s: { what: string }) => `berbeda dari buatan Rembug: ${s.what}`,
    orphans: (s: { n: number; where: string }) => `${s.n} tidak menuju ke mana pun, di ${s.where}`,
    whole: 'utuh',
    noForums: 'belum ada: /forum mulai',
    brokenLedger: (s: { where: string }) => `diubah setelah ditulis: ${s.where}`,
    ledgerLine: (s: { forum: string; line: number }) => `${s.forum}: baris ${s.line}`,
    unbroken: 'tidak terputus',
    unwell: (s: { where: string; state: string; since: string; detail: string }) =>
      `${s.where} ${s.state} sejak ${s.since} (${s.detail})`,
    delivers: 'semua tempat dapat dikirimi',
    notConfigured: 'tidak diatur',
    feedWell: (s: { address: string; at: string }) => `${s.address} terakhir dibaca ${s.at}`,
    feedNotRead: (s: { address: string }) =>
      `${s.address} belum dibaca: belum ada forum yang memantaunya, atau bot belum berjalan`,
    feedIll: (s: { address: string; fault: string; at: string }) =>
      `${s.address} tidak terbaca (${s.fault}); terakhir dibaca ${s.at}`,
    feedPartly: (s: { address: string; fault: string }) =>
      `${s.address} terbaca, tetapi tidak semua pesannya (${s.fault})`,
    never: 'belum pernah',
    installed: 'setiap ruang kerja memasangnya sendiri',
    deaf: 'apa pun yang dilakukan orang tidak sampai ke Rembug: isi SLACK_APP_TOKEN (Socket Mode) atau SLACK_SIGNING_SECRET (HTTP)',
  },
};
