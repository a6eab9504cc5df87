/**
 * Words of the field that people type for a value of a choice, beside its labels, in either language. A word stands
 * once in a table: a test holds them against each other and against the labels.
 */
type Synonyms<V extends string> = Readonly<Partial<Record<V, readonly string[]>>>;

export const SECTOR_WORDS = {
  government: [
    'pemda',
    'pemkab',
    'pemkot',
    'pemprov',
    'pemdes',
    'pemerintah daerah',
    'pemerintah desa',
    'opd',
    'skpd',
    'dinas',
    'instansi',
    'negara',
    'gov',
    'govt',
    'local government',
    'public',
    'public sector',
    'authority',
  ],
  ngo: [
    'ornop',
    'ormas',
    'yayasan',
    'lembaga swadaya masyarakat',
    'organisasi masyarakat sipil',
    'masyarakat sipil',
    'oms',
    'lembaga non pemerintah',
    'non pemerintah',
    'nonprofit',
    'non-profit',
    'civil society',
    'civil society organisation',
    'cso',
    'non-governmental organisation',
    'foundation',
    'charity',
  ],
  private: [
    'dunia usaha',
    'lembaga usaha',
    'badan usaha',
    'pengusaha',
    'perusahaan',
    'usaha',
    'bisnis',
    'industri',
    'umkm',
    'bumn',
    'bumd',
    'sektor swasta',
    'business',
    'company',
    'private sector',
    'industry',
    'corporate',
  ],
  academia: [
    'akademik',
    'kampus',
    'perguruan tinggi',
    'universitas',
    'pendidikan',
    'sekolah',
    'peneliti',
    'pakar',
    'academic',
    'academics',
    'university',
    'campus',
    'college',
    'school',
    'education',
    'research',
  ],
  community: [
    'masyarakat',
    'warga',
    'kelompok masyarakat',
    'relawan',
    'komunitas warga',
    'desa',
    'communities',
    'residents',
    'citizens',
    'volunteers',
    'grassroots',
  ],
  media: ['media massa', 'pers', 'wartawan', 'jurnalis', 'radio', 'press', 'journalists', 'news'],
} satisfies Synonyms<string>;

export const MEASURE_WORDS: Synonyms<
  'participants' | 'activities' | 'hours' | 'locations' | 'partners' | 'in' | 'out'
> = {
  participants: ['people', 'orang', 'jiwa'],
  locations: ['locations', 'lokasi', 'tempat', 'places'],
  partners: ['partners', 'mitra'],
  in: ['income', 'pemasukan', 'masuk'],
  out: ['expenses', 'spending', 'pengeluaran', 'keluar'],
};

export const ACTIVITY_WORDS = {
  training: ['diklat', 'bimtek', 'bimbingan teknis', 'kursus', 'lokakarya', 'workshop', 'course', 'capacity building'],
  infrastructure: [
    'infrastruktur',
    'pembangunan',
    'sarana',
    'sarana prasarana',
    'fisik',
    'mitigasi struktural',
    'construction',
    'works',
  ],
  outreach: ['sosialisasi', 'edukasi', 'kampanye', 'penyadaran', 'awareness', 'campaign', 'education', 'socialisation'],
  response: [
    'respons',
    'darurat',
    'bantuan',
    'tanggap',
    'evakuasi',
    'emergency',
    'emergency response',
    'relief',
    'evacuation',
  ],
  meeting: [
    'pertemuan',
    'musyawarah',
    'koordinasi',
    'rakor',
    'rapat koordinasi',
    'diskusi',
    'fgd',
    'coordination',
    'discussion',
  ],
  drill: [
    'simulasi',
    'latihan',
    'geladi',
    'gladi lapang',
    'geladi lapang',
    'simulasi evakuasi',
    'tabletop',
    'ttx',
    'simulation',
    'exercise',
    'evacuation drill',
  ],
  other: ['lain', 'lain-lain', 'others', 'misc'],
} satisfies Synonyms<string>;

export const MONEY_WORDS = {
  in: [
    'uang masuk',
    'pemasukan',
    'penerimaan',
    'pendapatan',
    'terima',
    'diterima',
    'income',
    'incoming',
    'received',
    'revenue',
    'money in',
  ],
  out: [
    'uang keluar',
    'pengeluaran',
    'belanja',
    'biaya',
    'bayar',
    'dibayar',
    'pembayaran',
    'expense',
    'expenses',
    'outgoing',
    'spending',
    'spent',
    'paid',
    'payment',
    'money out',
  ],
} satisfies Synonyms<string>;

export const COURSE_WORDS = {
  up: [
    'higher',
    'increase',
    'increasing',
    'more',
    'rise',
    'meningkat',
    'bertambah',
    'makin tinggi',
    'lebih tinggi',
    'tinggi',
  ],
  down: [
    'lower',
    'decrease',
    'decreasing',
    'less',
    'fall',
    'menurun',
    'berkurang',
    'makin rendah',
    'lebih rendah',
    'rendah',
  ],
} satisfies Synonyms<string>;

export const FREQUENCY_WORDS = {
  weekly: ['minggu', 'tiap minggu', 'pekanan', 'pekan', 'week', 'every week'],
  monthly: ['bulan', 'tiap bulan', 'month', 'every month'],
  quarterly: ['triwulan', 'tiap triwulan', 'tw', 'kuartal', 'kuartalan', 'quarter', 'every quarter'],
  semiannual: ['semester', 'tiap semester', 'setengah tahun', 'half-yearly', 'half year', 'biannual', 'semi-annual'],
  annual: ['tahun', 'tiap tahun', 'year', 'yearly', 'every year', 'annually'],
} satisfies Synonyms<string>;

export const AGGREGATE_WORDS = {
  sum: ['total', 'dijumlahkan', 'penjumlahan'],
  average: ['rerata', 'purata', 'mean', 'avg'],
  latest: ['terbaru', 'terkini', 'nilai terakhir', 'last', 'newest'],
  max: ['maksimum', 'maks', 'terbesar', 'maximum', 'highest', 'largest', 'greatest'],
} satisfies Synonyms<string>;

export const VALUE_WORDS = {
  stock: ['stok', 'posisi', 'kondisi', 'level'],
  flow: ['aliran', 'arus', 'per periode', 'event'],
  cumulative: ['kumulatif', 'akumulasi', 'akumulatif', 'running total', 'growing'],
} satisfies Synonyms<string>;

export const SEVERITY_WORDS = {
  undetermined: ['belum', 'belum tahu', 'tidak tahu', 'unknown'],
  low: ['ringan', 'kecil', 'minor'],
  medium: ['menengah', 'moderate'],
  high: ['berat', 'besar', 'serious', 'major'],
  critical: ['genting', 'gawat', 'darurat', 'urgent'],
} satisfies Synonyms<string>;

export const LEVEL_WORDS = {
  low: ['kecil'],
  medium: ['menengah'],
  high: ['besar'],
} satisfies Synonyms<string>;

export const ANSWER_WORDS = {
  yes: ['ya', 'datang', 'bisa', 'ikut', 'coming', 'attending'],
  no: ['tidak hadir', 'tidak datang', 'tidak bisa', 'absen', 'berhalangan', 'not coming', 'absent'],
  maybe: ['belum pasti', 'barangkali', 'perhaps', 'tentative', 'not sure'],
} satisfies Synonyms<string>;

export const VOTE_WORDS = {
  agree: ['ya', 'sepakat', 'mendukung', 'yes', 'for', 'in favour', 'aye'],
  disagree: ['tidak', 'menolak', 'tolak', 'no', 'against', 'nay'],
  abstain: ['blangko', 'abstention', 'abstained'],
  object: ['berkeberatan', 'veto', 'objection', 'block'],
} satisfies Synonyms<string>;

export const SEAT_WORDS = {
  representative: ['perwakilan', 'utusan', 'rep', 'delegate'],
  alternate: ['cadangan', 'deputy', 'substitute'],
  member: ['staf', 'staff'],
} satisfies Synonyms<string>;

export const AGREEMENT_WORDS = {
  formal: ['tertulis', 'mou', 'nota kesepahaman', 'pks', 'perjanjian', 'written'],
  informal: ['lisan', 'tidak tertulis', 'oral', 'verbal', 'unwritten'],
} satisfies Synonyms<string>;

export const POLL_WORDS = {
  single: ['tunggal', 'choice', 'one'],
  multiple: ['banyak', 'several', 'many'],
  date: ['jadwal', 'dates', 'time'],
  ranking: ['peringkat', 'ranked', 'order'],
  election: ['pilih orang', 'elect'],
  check: ['quick', 'cek'],
} satisfies Synonyms<string>;

export const BASIS_WORDS = {
  partner: ['mitra', 'per mitra', 'partners', 'organisation'],
  member: ['anggota', 'per anggota', 'members', 'person'],
} satisfies Synonyms<string>;

export const RESULT_WORDS = {
  live: ['segera', 'open', 'now'],
  voted: ['memilih', 'after vote'],
  closed: ['ditutup', 'tutup', 'hidden', 'close'],
} satisfies Synonyms<string>;

export const TIE_WORDS = {
  none: ['tidak ada', 'seri', 'stay', 'tie'],
  first: ['pertama', 'lebih dulu', 'earlier', 'earliest'],
  lot: ['acak', 'random', 'draw'],
  chair: ['koordinator', 'coordinator'],
} satisfies Synonyms<string>;

export const METHOD_WORDS = {
  irv: ['instant', 'runoff', 'putaran'],
  pairs: ['pasangan', 'condorcet', 'tideman'],
  approval: ['setuju'],
  stv: ['transferable', 'alih'],
} satisfies Synonyms<string>;

export const CHECK_WORDS = {
  yes: ['ya', 'iya', 'sepakat', 'y', 'aye'],
  no: ['tidak', 'tolak', 'n', 'nay'],
  abstain: ['blangko', 'netral', 'neutral'],
} as const;

export const DATE_WORDS = {
  yes: ['ya', 'iya', 'y', 'can'],
  maybe: ['mungkin', 'jika perlu', 'kalau perlu', 'if needed', 'ifneedbe', 'perhaps'],
  no: ['tdk', 'n', 'tidak bisa', 'cannot'],
} as const;
