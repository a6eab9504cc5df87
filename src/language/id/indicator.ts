import { code, type Text, t } from '../text.ts';

const theIndicator = { name: 'indikator', help: 'Indikator yang dimaksud' };
const period = { name: 'periode', help: 'Periode laporan, misalnya Q3 2026 atau oktober' };

export const indicator = {
  command: {
    name: 'indikator',
    summary: 'Indikator yang disepakati dan laporannya',
    add: {
      name: 'tambah',
      summary: 'Menyepakati indikator',
      example: '"Orang dengan akses pangan bergizi" satuan:orang arah:naik awal:1850 target:3000 kala:triwulanan',
      options: {
        name: { name: 'nama', help: 'Apa yang diukur' },
        goal: { name: 'tujuan', help: 'Tujuan bersama yang diukur' },
        unit: { name: 'satuan', help: 'Satuan, misalnya orang, kg, atau %' },
        direction: { name: 'arah', help: 'Naik atau turun yang baik' },
        baseline: { name: 'awal', help: 'Nilai awal' },
        baseline_date: { name: 'tanggal_awal', help: 'Tanggal nilai awal' },
        target: { name: 'target', help: 'Nilai yang hendak dicapai' },
        due: { name: 'tenggat', help: 'Kapan target hendak tercapai' },
        frequency: { name: 'kala', help: 'Seberapa sering dilaporkan' },
        aggregate: { name: 'gabung', help: 'Cara menggabungkan periode' },
        partners_aggregate: { name: 'gabung_mitra', help: 'Cara menggabungkan mitra' },
        kind: { name: 'jenis', help: 'Keadaan, kejadian, atau hitungan yang terus bertambah' },
        partner: { name: 'mitra', help: 'Mitra yang melapor' },
        due_days: { name: 'hari_tenggat', help: 'Tenggat laporan: hari sesudah periode berakhir' },
      },
    },
    report: {
      name: 'lapor',
      summary: 'Melaporkan nilai indikator',
      example: 'N-1 nilai:2480 periode:"Q3 2026"',
      options: {
        indicator: theIndicator,
        value: { name: 'nilai', help: 'Nilai pada periode itu' },
        period,
        note: { name: 'catatan', help: 'Penjelasan' },
        evidence: { name: 'bukti', help: 'Berkas, tautan, atau keterangan' },
        numerator: { name: 'pembilang', help: 'Untuk persen: bagian' },
        denominator: { name: 'penyebut', help: 'Untuk persen: keseluruhan' },
        parts: { name: 'rincian', help: 'Rincian, misalnya L=41, P=27' },
        constrained: { name: 'kendala', help: 'Apa yang menghambat' },
        partner: { name: 'mitra', help: 'Untuk koordinator: atas nama mitra ini' },
        confirm: { name: 'yakin', help: 'Simpan walaupun tidak biasa' },
      },
    },
    none: {
      name: 'nihil',
      summary: 'Melaporkan bahwa tidak ada data',
      example: 'N-1 alasan:"Timbangan rusak"',
      options: { indicator: theIndicator, reason: { name: 'alasan', help: 'Mengapa tidak ada data' }, period },
    },
    correct: {
      name: 'betulkan',
      summary: 'Membetulkan laporan',
      example: 'N-1 periode:"Q3 2026" nilai:2481 alasan:"Salah hitung"',
      options: {
        indicator: theIndicator,
        period,
        value: { name: 'nilai', help: 'Nilai yang benar' },
        reason: { name: 'alasan', help: 'Mengapa dibetulkan' },
        partner: { name: 'mitra', help: 'Untuk koordinator: atas nama mitra ini' },
      },
    },
    return: {
      name: 'kembalikan',
      summary: 'Mengembalikan laporan untuk diperbaiki',
      example: 'N-1 periode:"Q3 2026" mitra:Unpad alasan:"L + P tidak sama dengan jumlah"',
      options: {
        indicator: theIndicator,
        period,
        reason: { name: 'alasan', help: 'Apa yang perlu diperbaiki' },
        partner: { name: 'mitra', help: 'Mitra yang melapor' },
      },
    },
    unlock: {
      name: 'buka',
      summary: 'Membuka periode yang sudah terkunci',
      example: 'N-1 periode:"Q2 2026" sampai:3d',
      options: { indicator: theIndicator, period, until: { name: 'sampai', help: 'Sampai kapan terbuka' } },
    },
    target: {
      name: 'target',
      summary: 'Menetapkan target satu periode atau target akhir',
      example: 'N-1 nilai:2700 periode:"Q3 2026"',
      options: { indicator: theIndicator, value: { name: 'nilai', help: 'Target' }, period },
    },
    handover: {
      name: 'alihkan',
      summary: 'Mengalihkan tugas melapor kepada orang lain',
      example: 'N-1 anggota:Ani',
      options: { indicator: theIndicator, member: { name: 'anggota', help: 'Siapa yang melapor selanjutnya' } },
    },
    list: {
      name: 'daftar',
      summary: 'Daftar indikator dan keadaannya',
      example: 'tujuan:T-1',
      options: { goal: { name: 'tujuan', help: 'Hanya tujuan ini' } },
    },
    show: { name: 'lihat', summary: 'Melihat satu indikator', example: 'N-1', options: { indicator: theIndicator } },
    due: { name: 'tenggat', summary: 'Laporan yang ditunggu', example: '', options: {} },
  },
  directions: { up: 'naik', down: 'turun' },
  frequencies: {
    weekly: 'mingguan',
    monthly: 'bulanan',
    quarterly: 'triwulanan',
    semiannual: 'semesteran',
    annual: 'tahunan',
  },
  aggregates: { sum: 'jumlah', average: 'rata-rata', latest: 'terakhir', max: 'tertinggi' },
  kinds: { stock: 'keadaan', flow: 'kejadian', cumulative: 'terus bertambah' },
  colours: { met: '★ tercapai', green: '● hijau', amber: '▲ kuning', red: '■ merah' },
  noColour: '○ belum dinilai',
  absences: {
    not_due: 'belum waktunya',
    due: 'ditunggu',
    overdue: 'terlambat',
    no_data: 'tidak ada data',
    returned: 'dikembalikan',
    provisional: 'sementara',
  },
  acceptsPeriod: (s: { example: string }) => t`periode, misalnya ${s.example}, lalu, atau ini`,
  acceptsParts: t`rincian seperti L=41, P=27`,
  added: (s: { code: string }) => t`Indikator ${s.code} disepakati`,
  reported: (s: { code: string; period: string }) => t`Laporan ${s.code} untuk ${s.period} tersimpan`,
  noneReported: (s: { code: string; period: string }) => t`${s.code} untuk ${s.period}: tidak ada data, tercatat`,
  corrected: (s: { code: string; period: string }) => t`Laporan ${s.code} untuk ${s.period} dibetulkan`,
  returned: (s: { code: string; period: string }) => t`Laporan ${s.code} untuk ${s.period} dikembalikan`,
  unlocked: (s: { code: string; period: string; until: Text }) =>
    t`${s.code} untuk ${s.period} terbuka sampai ${s.until}`,
  targetSet: (s: { code: string }) => t`Target ${s.code} ditetapkan`,
  handedOver: (s: { code: string; member: string }) => t`${s.member} melapor ${s.code} selanjutnya`,
  sure: (s: { code: string; value: string; period: string }) => t`Simpan ${s.value} untuk ${s.code} (${s.period})?`,
  surprises: {
    worse_than_baseline: (s: { baseline: string }) => t`Nilai ini lebih buruk daripada nilai awal (${s.baseline}).`,
    cumulative_fell: (s: { previous: string }) =>
      t`Hitungan ini semestinya terus bertambah, tetapi sebelumnya ${s.previous}.`,
    parts_differ: (s: { sum: string; total: string }) => t`Rincian berjumlah ${s.sum}, sedangkan nilainya ${s.total}.`,
  },
  no: {
    notYours: t`Indikator ini dilaporkan oleh mitra lain.`,
    whichPartner: t`Sebutkan mitra yang melapor.`,
    notPartner: t`Mitra itu tidak melapor indikator ini.`,
    locked: (s: { period: string }) =>
      t`Periode ${s.period} sudah terkunci. Koordinator dapat membukanya dengan ${code('/indikator buka')}.`,
    future: (s: { period: string }) => t`Periode ${s.period} belum dimulai.`,
    nothing: (s: { period: string }) => t`Belum ada laporan untuk ${s.period}.`,
    bothParts: t`Isi pembilang dan penyebut bersama-sama; penyebut tidak boleh nol.`,
    noValue: t`Sebutkan nilainya, atau pembilang dan penyebut.`,
  },
  value: 'Nilai',
  target: 'Target',
  interpolated: (s: { value: string }) => `${s.value} (perkiraan garis lurus)`,
  baseline: 'Nilai awal',
  direction: 'Arah',
  unit: 'Satuan',
  frequency: 'Kala',
  aggregate: 'Penggabungan',
  aggregateText: (s: { periods: string; partners: string }) => `periode ${s.periods}, mitra ${s.partners}`,
  goal: 'Tujuan',
  partners: 'Pelapor',
  wholeForum: 'forum',
  period: 'Periode',
  status: 'Status',
  percent: (s: { percent: string }) => `${s.percent}%`,
  nOf: (s: { n: number; of: number }) => `${s.n} dari ${s.of} mitra`,
  reports: 'Laporan',
  due: 'Tenggat',
  note: 'Catatan',
  constrained: 'Kendala',
  reason: 'Alasan',
  list: 'Indikator',
  empty: t`Belum ada indikator.`,
  dueTitle: 'Laporan yang ditunggu',
  dueNothing: t`Tidak ada laporan yang ditunggu dari Anda.`,
  dueLine: (s: { code: string; name: string; period: string; due: string; state: string }) =>
    t`${s.code} ${s.name}, ${s.period}: ${s.state}, tenggat ${s.due}`,
  reminder: (s: { n: number }) => t`${s.n} laporan menunggu Anda`,
  overdueTitle: (s: { code: string; period: string }) => t`Laporan ${s.code} untuk ${s.period} terlambat`,
  overdueBy: (s: { names: string }) => t`Belum melapor: ${s.names}.`,
  returnedTitle: (s: { code: string; period: string }) => t`Laporan Anda ${s.code} untuk ${s.period} perlu diperbaiki`,
  version: 'Versi',
  story: 'Cerita',
  issues: 'Isu',
  history: 'Periode',
};

export const reminder = {
  command: {
    name: 'pengingat',
    summary: 'Pengingat Anda',
    list: { name: 'daftar', summary: 'Apa yang akan, sudah, dan tidak dikirim', example: '', options: {} },
    snooze: {
      name: 'tunda',
      summary: 'Menunda pengingat',
      example: 'N-1 sampai:"besok 08.00"',
      options: {
        reminder: { name: 'pengingat', help: 'Indikator yang diingatkan' },
        until: { name: 'sampai', help: 'Sampai kapan' },
      },
    },
    pause: { name: 'jeda', summary: 'Menghentikan pengingat laporan untuk sementara', example: '', options: {} },
    resume: { name: 'lanjut', summary: 'Melanjutkan pengingat laporan', example: '', options: {} },
  },
  title: 'Pengingat',
  next: 'Berikutnya',
  past: 'Yang lalu',
  nothing: t`Belum ada pengingat.`,
  kinds: {
    vote_opens: 'pemungutan suara dibuka',
    vote_closes: 'pemungutan suara ditutup',
    vote_early: 'periksa penutupan awal',
    vote_reminder: 'pengingat suara',
    vote_review: 'peninjauan keputusan',
    period: 'periode baru',
    report_due: 'pengingat laporan',
    report_snoozed: 'pengingat tertunda',
    digest: 'ringkasan',
  },
  states: {
    pending: 'menunggu',
    done: 'selesai',
    suppressed: 'tidak perlu',
    missed: 'terlewat',
    sent: 'terkirim',
    failed: 'gagal',
    unknown: 'tidak pasti',
  },
  line: (s: { at: Text; what: string; about: string }) => t`${s.at} · ${s.what} ${s.about}`,
  counts: (s: { sent: number; suppressed: number; missed: number; failed: number }) =>
    t`terkirim ${s.sent} · tidak perlu ${s.suppressed} · terlewat ${s.missed} · gagal ${s.failed}`,
  snoozed: (s: { code: string; until: Text }) => t`Pengingat ${s.code} ditunda sampai ${s.until}`,
  paused: t`Pengingat laporan Anda dijeda. Lanjutkan dengan ${code('/pengingat lanjut')}.`,
  resumed: t`Pengingat laporan Anda berjalan lagi.`,
  isPaused: t`Pengingat laporan Anda sedang dijeda.`,
  past_time: t`Waktu itu sudah lewat.`,
};

export const digest = {
  command: {
    name: 'ringkasan',
    summary: 'Ringkasan untuk koordinator',
    now: { name: 'sekarang', summary: 'Melihat ringkasan sekarang', example: '', options: {} },
    schedule: {
      name: 'jadwal',
      summary: 'Mengatur kapan ringkasan dikirim',
      example: '"0 8 * * 1"',
      options: {
        cron: { name: 'cron', help: 'Lima bagian cron dalam zona forum' },
        empty: { name: 'kosong', help: 'Kirim juga bila tidak ada yang baru' },
      },
    },
    show: { name: 'lihat', summary: 'Melihat jadwal ringkasan', example: '', options: {} },
  },
  acceptsCron: t`lima bagian cron, misalnya 0 8 * * 1 untuk Senin 08.00`,
  scheduled: (s: { at: Text }) => t`Ringkasan berikutnya ${s.at}`,
  scheduleTitle: 'Jadwal ringkasan',
  cron: 'Cron',
  nextTimes: 'Lima berikutnya',
  last: 'Terakhir',
  title: (s: { from: Text; to: Text }) => t`Ringkasan ${s.from} – ${s.to}`,
  empty: t`Tidak ada yang baru.`,
  reports: 'Laporan',
  reportsText: (s: { made: number; expected: number; onTime: number }) =>
    t`masuk ${s.made} dari ${s.expected}, tepat waktu ${s.onTime} dari ${s.expected}`,
  owed: 'Ditunggu',
  owedLine: (s: { partner: string; items: string }) => t`${s.partner}: ${s.items}`,
  changed: 'Indikator yang berubah',
  changedLine: (s: {
    code: string;
    name: string;
    value: string;
    delta: string;
    status: string;
    spark: string;
    n: string;
  }) => t`${s.code} ${s.name}: ${s.value}${s.delta} ${s.status} ${s.spark} (${s.n})`,
  activities: 'Kegiatan',
  activitiesText: (s: { n: string; participants: string; women: string }) =>
    t`${s.n} kegiatan, ${s.participants} peserta (perempuan ${s.women})`,
  issues: 'Isu',
  issuesText: (s: { opened: number; resolved: number; stale: number; open: number }) =>
    t`baru ${s.opened}, selesai ${s.resolved}, terbuka ${s.open}, diam lebih dari 7 hari ${s.stale}`,
  votes: 'Pemungutan suara',
  voteLine: (s: { code: string; title: string; gap: number; closes: Text }) =>
    s.gap > 0
      ? t`${s.code} ${s.title}: kurang ${s.gap} untuk kuorum, ditutup ${s.closes}`
      : t`${s.code} ${s.title}: kuorum tercapai, ditutup ${s.closes}`,
  agreements: 'Kesepakatan',
  agreementLine: (s: { code: string; title: string; state: string; date: string }) =>
    t`${s.code} ${s.title}: ${s.state}, ${s.date}`,
  latePromises: 'Janji terlambat',
  reviews: 'Peninjauan',
  notSent: 'Tidak terkirim',
  notSentText: (s: { missed: number; failed: number }) => t`${s.missed} terlewat, ${s.failed} gagal`,
};
