import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from '../commands/index.ts';
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
  const names = [...read('src/settings.ts').matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name!);
  expect(variables.map(one => one.name).sort()).toEqual(names.sort());
});

it.each(['README.md', 'README.id.md'])('the settings of %s are those of the example', file => {
  let about = '';
  const rows = variables.map(one => {
    about = one.about || about;
    return `| \`${one.name}\` | ${about} | ${one.value ? `\`${one.value}\`` : '–'} |`;
  });
  const [is, should] = held(file, 'settings', ['| | | |', '|---|---|---|', ...rows].join('\n'));
  expect(is).toBe(should);
});

const SESSIONS = {
  'README.md': [
    '/forum setup "River Forum" locale:english announce:news',
    '/partner add "Disaster Agency" sector:government',
    '/activity log "Evacuation drill" kind:training participants:45 women:24 partners:"Disaster Agency"',
    '@siti /issue raise "Drain on Code Street is blocked" severity:high',
    ':click "I take this"',
    '/issue list',
  ],
  'README.id.md': [
    '/forum mulai "Forum Kali Code" pengumuman:kabar',
    '/mitra tambah "BPBD Kota" sektor:pemerintah',
    '/kegiatan catat "Gladi evakuasi" jenis:pelatihan peserta:45 perempuan:24 mitra:"BPBD Kota"',
    '@siti /isu laporkan "Saluran Jalan Code tersumbat" tingkat:tinggi',
    ':click "Saya tangani"',
    '/isu daftar',
  ],
} as const;

it.each(['README.md', 'README.id.md'] as const)('the conversation of %s is what really happens', async file => {
  await using world = await aWorld();
  const said: string[] = [];
  for (const line of SESSIONS[file]) {
    const result = await world.run(line);
    expect([line, result.ok]).toEqual([line, true]);
    said.push(
      `${result.actor}> ${line}`,
      result.text,
      ...result.posts.map(post => `→ ${post.to}: ${post.text.split('\n')[0]}`),
      '',
    );
  }
  const [is, should] = held(file, 'session', ['```text', ...said.slice(0, -1), '```'].join('\n'));
  expect(is).toBe(should);
});

it('both READMEs have the same headings, in the same order', () => {
  const shape = (file: string): string[] => [...read(file).matchAll(/^(#+) /gm)].map(([, hashes]) => hashes!);
  expect(shape('README.id.md')).toEqual(shape('README.md'));
});

it.each(['README.md', 'README.id.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'])(
  'every path that %s names is there',
  file => {
    const named = [
      ...read(file).matchAll(/`((?:src|commands|adapters|test|migrations|docs)\/[\w./-]+)`|\]\(([\w./-]+)\)/g),
    ].map(([, code, link]) => (code ?? link)!);
    expect(named.filter(path => !existsSync(at(path)))).toEqual([]);
  },
);
