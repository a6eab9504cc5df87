import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SCOPES } from '../adapters/slack/scopes.ts';
import { commands } from '../commands/index.ts';
import { VERBS } from '../src/cli/index.ts';
import { catalogue, type Messages } from '../src/language/messages.ts';
import { aWorld } from './world.ts';

const at = (file: string): URL => new URL(`../${file}`, import.meta.url);
const read = (file: string): string => readFileSync(at(file), 'utf8');

/** Puts `content` between the markers of a name; with UPDATE=1 in the file as well. */
function held(file: string, name: string, content: string): [string, string] {
  const before = read(file);
  const after = before.replace(
    new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
    (_, open, close) => `${open}${content}\n${close}`,
  );
  if (process.env.UPDATE && after !== before) writeFileSync(at(file), after);
  return [read(file), after];
}

const commandTable = (m: Messages): string =>
  [
    m === catalogue.id ? '| Perintah | Gunanya |' : '| Command | Does |',
    '|---|---|',
    ...commands.flatMap(command =>
      command.actions
        .filter(action => !action.hidden)
        .map(
          action =>
            `| \`/${[command.words(m).name, action.words(m).name].filter(Boolean).join(' ')}\` | ${action.words(m).summary} |`,
        ),
    ),
  ].join('\n');

it.each([
  ['README.md', catalogue.en],
  ['README.id.md', catalogue.id],
] as const)('the command table of %s is the one of the definitions', (file, m) => {
  const [is, should] = held(file, 'commands', commandTable(m));
  expect(is).toBe(should);
});

const variables = [...read('.env.example').matchAll(/((?:^#.*\n)+)?^([A-Z_]+)=(.*)$/gm)].map(
  ([, comment, name, value]) => ({
    name: name!,
    value: value!,
    about: (comment ?? '').replaceAll(/^# ?/gm, '').trim().split('\n').at(-1)!,
  }),
);

it('the example of the settings names exactly what the program reads', () => {
  const names = [...read('src/app/settings.ts').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name!);
  expect(variables.map(one => one.name).sort()).toEqual(names.sort());
});

it('the scopes of Slack are explained, each of them', () => {
  const rows = Object.entries(SCOPES).map(([scope, why]) => `| \`${scope}\` | ${why} |`);
  const table = ['| scope | why |', '|---|---|', ...rows].join('\n');
  const [is, should] = held('docs/slack.md', 'scopes', table);
  expect(is).toBe(should);
});

/** Words of the example about each setting, in Indonesian. */
const SETTINGS: Readonly<Record<string, string>> = {
  DATABASE_URL: 'Basis data: file:PATH, file::memory:, atau postgres://user:password@host/name',
  DISCORD_TOKEN: 'Discord: token bot; bila diisi, bot tersambung ke Discord',
  DISCORD_GUILD_ID: 'Perintah didaftarkan seketika, hanya untuk server ini (pengembangan)',
  DISCORD_API_URL: 'Alamat lain untuk REST API Discord',
  SLACK_BOT_TOKEN: 'Slack: token bot satu ruang kerja',
  SLACK_APP_TOKEN: 'Bersama token bot atau OAuth: Socket Mode',
  SLACK_SIGNING_SECRET: 'Bersama token bot atau OAuth: HTTP lewat POST /slack/events',
  SLACK_CLIENT_ID: 'Banyak ruang kerja lewat OAuth, sebagai ganti satu token bot: client id aplikasi',
  SLACK_CLIENT_SECRET: 'OAuth: client secret aplikasi',
  SLACK_STATE_SECRET: 'OAuth: teks acak buatan sendiri, sedikitnya 32 karakter, yang menyegel token setiap ruang kerja',
  SLACK_API_URL: 'Alamat lain untuk Web API Slack, berakhir dengan /api/',
  PORT: 'HTTP: kesehatan, halaman publik, Slack lewat HTTP; 0 memilih porta bebas dan mencatatnya',
  HOST: 'Tempat porta itu dibuka: kosong untuk semua alamat, 127.0.0.1 di belakang proksi mesin ini',
  PUBLIC_URL: 'Alamat tempat umum menjangkau porta itu',
  METRICS_ADDRESS:
    'Angka untuk Prometheus di `GET /metrics`, pada alamat tersendiri; porta 0 memilih satu, kosong: tidak ada',
  METRICS_TOKEN: 'Dengan ini `GET /metrics` juga menjawab di `PORT`, bagi yang mengirimnya sebagai Bearer token',
  ALERT_FEEDS:
    'Sumber peringatan resmi (CAP) yang boleh dipantau forum: alamat https, dipisahkan spasi atau koma; kosong: tidak ada',
  FILE_LIMIT_MB: 'Berkas terbesar yang dapat diserahkan sebagai bukti, dalam MB: 1 sampai 10',
  REMBUG_LOCALE: 'Bahasa forum baru: id atau en',
  REMBUG_TIMEZONE: 'Zona waktu forum baru: WIB, WITA, WIT, atau nama seperti Asia/Makassar',
  LOG_LEVEL: 'Yang dicatat: debug, info, warn, atau error, dan yang lebih gawat',
  LOG_FORMAT: 'Bentuk catatannya: pretty atau json; di terminal biasanya pretty',
};

it.each(['README.md', 'README.id.md'])('the settings of %s are those of the example', file => {
  const about = (one: { name: string; about: string }) => (file === 'README.md' ? one.about : SETTINGS[one.name]);
  expect(variables.filter(one => !about(one)).map(one => one.name)).toEqual([]);
  const rows = variables.map(one => `| \`${one.name}\` | ${about(one)} | ${one.value ? `\`${one.value}\`` : '–'} |`);
  const [is, should] = held(file, 'settings', ['| | | |', '|---|---|---|', ...rows].join('\n'));
  expect(is).toBe(should);
});

const SESSIONS = {
  'README.md': [
    ':as sari',
    '/forum setup "River Forum" locale:english announce:news',
    '/partner add "Disaster Agency" sector:government',
    '/activity log "Evacuation drill" kind:training participants:45 women:24 partners:"Disaster Agency"',
    '@siti /issue raise "Drain on Code Street is blocked" severity:high',
    ':click "I take this"',
    '/issue list',
  ],
  'README.id.md': [
    ':as sari',
    '/forum mulai "Forum Kali Code" bahasa:indonesia pengumuman:kabar',
    '/mitra tambah "BPBD Kota" sektor:pemerintah',
    '/kegiatan catat "Gladi evakuasi" jenis:pelatihan peserta:45 perempuan:24 mitra:"BPBD Kota"',
    '@siti /isu laporkan "Saluran Jalan Code tersumbat" tingkat:tinggi',
    ':click "Saya tangani"',
    '/isu daftar',
  ],
} as const;

it.each(['README.md', 'README.id.md'] as const)('the conversation of %s is what really happens', async file => {
  // Whoever starts it is called so first.
  await using world = await aWorld({ actor: 'koordinator' });
  const said: string[] = [];
  for (const line of SESSIONS[file]) {
    const prompt = world.session.actor;
    const result = await world.run(line);
    expect([line, result.ok]).toEqual([line, true]);
    said.push(
      `${prompt}> ${line}`,
      ...(result.text ? [result.text] : []),
      ...result.posts.map(post => `→ ${post.to}: ${post.text.split('\n')[0]}`),
      '',
    );
  }
  const [is, should] = held(file, 'session', ['```text', ...said.slice(0, -1), '```'].join('\n'));
  expect(is).toBe(should);
});

/** The guide's seven steps, and what to do when a partnership does not work. */
const TOUR: Readonly<Record<string, readonly string[]>> = {
  step1: [
    '/forum mulai "Forum Kali Code" pengumuman:kabar koordinator:koordinasi isu:isu',
    '/mitra tambah "BPBD Kota" sektor:pemerintah fokus:"siaga banjir" pengaruh:tinggi kepentingan:tinggi',
    '/mitra tambah "Universitas Tirta" sektor:akademisi fokus:"data dan sensor" pengaruh:sedang kepentingan:tinggi',
    '/mitra tambah "Kampung Code" sektor:komunitas fokus:"siaga banjir" pengaruh:rendah kepentingan:tinggi',
    '/mitra tugaskan joko mitra:"BPBD Kota" peran:wakil',
    '/mitra tugaskan laras mitra:"Universitas Tirta" peran:wakil',
    '/mitra tugaskan slamet mitra:"Kampung Code" peran:wakil',
    '/mitra peta',
  ],
  step2: [
    '/tujuan tambah "Warga tepi kali menerima peringatan sebelum banjir" tenggat:31/12/2027',
    '/indikator tambah "Warga terjangkau peringatan" tujuan:T-1 satuan:orang awal:6230 tanggal_awal:1/1/2026 target:12000 tenggat:31/12/2027 frekuensi:bulanan mitra:"Universitas Tirta"',
  ],
  step3: [
    '@laras /kesepakatan catat "Nota kesepahaman sensor" mitra:"BPBD Kota" maksud:"Sensor dan peringatan" ditandatangani:1/11/2026 berakhir:31/10/2027',
    '@joko /kesepakatan sahkan P-1',
    '@laras /kesepakatan janji P-1 apa:"Memasang dua sensor" tenggat:20/12/2026',
    '@slamet /kesepakatan catat "Gotong royong saluran" jenis:"tidak resmi" mitra:"BPBD Kota"',
  ],
  step4: [
    '@joko /keuangan catat "Hibah siaga banjir" arah:masuk jumlah:"Rp 20.000.000" mitra:"BPBD Kota" bukti:https://contoh.id/hibah',
    '@laras /keuangan catat "Dua sensor" arah:keluar jumlah:"Rp 11.200.000" bukti:https://contoh.id/kuitansi',
    '/keuangan rekap',
  ],
  step5: [
    '@slamet /kegiatan rencana "Gladi banjir" tanggal:28/11/2026 lokasi:"Balai RW 5"',
    '@joko :click Hadir',
    ':skip 5d',
    '@slamet /kegiatan selesai K-1 peserta:80 perempuan:43 hasil:"Jalur evakuasi disepakati"',
    '@slamet /isu laporkan "Sirene tidak terdengar di RW 6" tingkat:tinggi',
    '@joko :click "Saya tangani"',
  ],
  step6: [
    ':skip 3d',
    '@laras /indikator lapor N-1 nilai:6300 periode:nov catatan:"Dua RW belum terjangkau"',
    '/indikator lihat N-1',
    '/ringkasan sekarang',
  ],
  step7: [
    '@slamet /strategi usul "Peringatan lewat pengeras suara masjid" perubahan:"Peringatan disiarkan lewat pengeras suara masjid" alasan:"Sirene tidak terdengar di RW 6" tujuan:T-1 isu:I-1 indikator:N-1 target:13000 tutup:3d',
    '@joko :click Setuju',
    '@laras :click Setuju',
    '@slamet :click Setuju',
    ':skip 3d',
    '/strategi riwayat',
  ],
  repair: [
    '/kemitraan nilai mitra:"Universitas Tirta"',
    '/kemitraan evaluasi "Universitas Tirta" penengah:slamet',
    '@laras /kemitraan tanggapan "Universitas Tirta" isi:"Kami kekurangan teknisi"',
    '/kemitraan langkah "Universitas Tirta" apa:"BPBD meminjamkan teknisi" tenggat:15/12/2026',
    '/kemitraan tutup "Universitas Tirta" hasil:"Peran disepakati ulang"',
    '@laras /kemitraan terlaksana "Universitas Tirta" langkah:1',
    '/kemitraan denyut',
  ],
};

it('the tour goes through all steps of the guide as it says', async () => {
  await using world = await aWorld();
  for (const [step, lines] of Object.entries(TOUR)) {
    const said: string[] = [];
    for (const line of lines) {
      const result = await world.run(line);
      expect([line, result.ok, result.text]).toEqual([line, true, result.text]);
      said.push(`${result.actor}> ${line.replace(/^@\S+ /, '')}`);
      if (result.text) said.push(result.text.split('\n')[0]!);
      said.push(...result.posts.map(post => `→ ${post.to}: ${post.text.split('\n')[0]}`));
    }
    const [is, should] = held('docs/tour.md', step, ['```text', ...said, '```'].join('\n'));
    expect(is).toBe(should);
  }
  expect(world.logged).toEqual([]);
});

it('both READMEs have the same headings, in the same order', () => {
  const shape = (file: string): string[] => [...read(file).matchAll(/^(#+) /gm)].map(([, hashes]) => hashes!);
  expect(shape('README.id.md')).toEqual(shape('README.md'));
});

it('the hooks of Slack’s own command line run what this project has', () => {
  const { hooks } = JSON.parse(read('.slack/hooks.json')) as { hooks: Record<string, string> };
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const command of Object.values(hooks)) {
    const name = /^npm (?:run -s )?(\w+)/.exec(command)?.[1] ?? '';
    expect(Object.keys(scripts)).toContain(name);
  }
});

it.each(['README.md', 'README.id.md'])('%s tells of every verb in its table', file => {
  const told = [...read(file).matchAll(/^\| (`[a-z]+[^|]*)\|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`([a-z]+)/g)].map(([, verb]) => verb!),
  );
  expect(Object.keys(VERBS).filter(verb => !told.includes(verb))).toEqual([]);
});

it('the lines that coordinators post are in the language of their page', () => {
  const postedIn = (file: string) => [...read(file).matchAll(/^\/([\w-]+)(?: [\w-]+)? {2,}/gm)].map(([, root]) => root);
  expect(postedIn('docs/koordinator.md')).toEqual(['activity', 'issue', 'me', 'help']);
  expect(postedIn('docs/koordinator.id.md')).toEqual(['kegiatan', 'isu', 'saya', 'bantuan']);
});

it('what is said about running it names settings and verbs that there are', () => {
  const files = ['docs/operate.md', 'docs/deploy/Dockerfile', 'docs/deploy/compose.yaml', 'docs/deploy/rembug.service'];
  const all = files.map(read).join('\n');
  const known = new Set([...variables.map(one => one.name), 'NODE_ENV']);
  const named = [...all.matchAll(/\b(DATABASE_URL|PORT|PUBLIC_URL|[A-Z]+_(?:TOKEN|SECRET|URL))\b/g)].map(
    ([name]) => name,
  );
  expect(named.filter(name => !known.has(name))).toEqual([]);
  const verbs = [...all.matchAll(/npm run rembug -- (\w+)/g)].map(([, verb]) => verb!);
  expect(verbs.length).toBeGreaterThan(3);
  expect(verbs.filter(verb => !(verb in VERBS))).toEqual([]);
  for (const [, file] of all.matchAll(/\]\((deploy\/[\w.]+)\)/g)) expect(existsSync(at(`docs/${file}`))).toBe(true);
});

/** The titles of the tests of a file; none where it is not there. */
function titlesOf(file: string): string[] {
  const path = new URL(`../${file}`, import.meta.url);
  if (!existsSync(path)) return [];
  return [...readFileSync(path, 'utf8').matchAll(/^\s*(?:it|test)\b[^\n]*|^\s*(['"`]).*\1,$|^\s*\].*\(.*/gm)].map(
    ([line]) => line,
  );
}

it.each([
  ['SECURITY.md', ''],
  ['PRIVACY.md', '## Shown by'],
])('every promise of %s names a test that is there', (file, from) => {
  const words = read(file);
  const table = words.slice(words.indexOf(from));
  const rows = table.split('\n').filter(line => /^\| (?!matter|promise|-)/.test(line));
  expect(rows.length).toBeGreaterThan(20);
  const named = rows.map(line => line.split('|').at(-2)!.trim());
  const one = /`(test\/[\w/.-]+\.test\.ts)` \(((?:[^()]|\([^()]*\))+)\)/g;
  const isNamed = (tests: string): boolean => tests === '–' || tests.replaceAll(one, '').replaceAll(', ', '') === '';
  expect(
    named.filter(tests => !isNamed(tests)),
    'a file, and in brackets words of the test’s title',
  ).toEqual([]);
  const absent = named.flatMap(tests =>
    [...tests.matchAll(one)].filter(([, file, title]) => !titlesOf(file!).some(found => found.includes(title!))),
  );
  expect(absent.map(([whole]) => whole)).toEqual([]);
});
