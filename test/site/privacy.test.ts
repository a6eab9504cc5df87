import { expect, it } from 'vitest';
import { aSite, crawled, PUBLISH } from './page.ts';

/** A forum in which everything that is nobody's business has a word of its own. */
const SECRETS = [
  '/partner add Mitra sector:ngo contact:KONTAK',
  '/partner assign wakilorang partner:Mitra role:representative',
  '/partner add Kedua sector:community',
  '/partner assign ketuaorang partner:Kedua role:representative',
  '/partner invite CALON sector:media',
  '/activity log Gladi evidence:BUKTI',
  '@wakilorang /issue raise "Isu TERTUTUP" detail:TERTUTUP private:yes',
  '@pelapororang /issue raise "Isu tanpa nama" anonymous:yes detail:URAIAN',
  '@wakilorang /issue raise Terbuka',
  '/issue comment I-3 KOMENTAR',
  '/issue wait I-3 who:PAKDIREKTUR',
  '/finance record Iuran direction:in amount:1jt partner:Mitra',
  '/indicator add Warga unit:orang direction:up baseline:0 target:10 due:31/12/2026 frequency:monthly',
  '/indicator report N-1 value:4',
  // An open vote of partners, a secret one, and one of members.
  '/strategy propose Terbuka change:x rationale:y closes:3d',
  '@wakilorang /strategy vote S-1 disagree reason:ALASANKU',
  '/strategy propose Diam change:x rationale:y closes:3d secret:yes method:majority',
  '@wakilorang /strategy vote S-2 disagree',
  '@ketuaorang /strategy vote S-2 agree',
  '/strategy propose Pribadi change:x rationale:y closes:3d basis:member method:majority urgent:uji',
  '@wakilorang /strategy vote S-3 agree',
  '/strategy propose "Dari isu" change:x rationale:y closes:3d',
  '/poll create "Pilih ketua" options:"ketuaorang; wakilorang" kind:election method:approval closes:3d',
  '@ketuaorang /poll accept J-1',
  '@wakilorang /poll vote J-1 choice:ketuaorang',
  '/poll create Tempat options:"Balai; Sekolah" closes:3d',
  '@wakilorang /poll vote J-2 choice:Balai',
  ':skip 4d',
  '/partnership pulse',
  '/partnership review Kedua',
  '@ketuaorang /partnership statement "Kedua" text:DIALOG',
];

const NAMES = ['wakilorang', 'ketuaorang', 'pelapororang', 'sari'];
const WORDS = ['PAKDIREKTUR', 'KONTAK', 'CALON', 'BUKTI', 'TERTUTUP', 'URAIAN', 'KOMENTAR', 'ALASANKU', 'DIALOG'];

it('nothing of what is nobody’s business is in any byte of any address that the page leads to', async () => {
  const site = await aSite([...SECRETS, ...PUBLISH]);
  const all = await crawled(site, `/f/${site.id}`);
  for (const kind of [
    'activities.csv',
    'positions.json',
    'feed.atom',
    'iati.xml',
    'N-1.json',
    'charts/',
    'decisions/S-2',
    'lang=en',
  ])
    expect(
      [...all.keys()].some(path => path.includes(kind)),
      kind,
    ).toBe(true);
  for (const [path, text] of all)
    for (const word of [...WORDS, ...NAMES]) expect(text.includes(word), `${word} in ${path}`).toBe(false);
  // A secret vote is its tally: nobody is listed with it, neither on its page nor in the files.
  const secret = await site.text(`/f/${site.id}/decisions/S-2?lang=en`);
  expect(secret).toContain('agree 1 · disagree 1');
  expect(secret).not.toMatch(/Mitra|Kedua/);
  expect(await site.text(`/f/${site.id}/positions.csv`)).not.toContain('S-2');
  const open = await site.text(`/f/${site.id}/decisions/S-1?lang=en`);
  expect(open).toContain('disagree');
  expect(open).toContain('Mitra');
  // Of a poll its result, and of an election that it was held.
  const polls = await site.text(`/f/${site.id}/decisions?lang=en`);
  expect(polls).toMatch(/J-2.*Tempat.*decided.*Balai/s);
  expect(polls).toContain('Pilih ketua');
});

it('a partner that was only invited gets into nothing by its code, and so not onto the page', async () => {
  const site = await aSite(SECRETS);
  for (const line of [
    '/activity log Gladi partners:M-3',
    '/activity attendance K-1 partners:M-3',
    '/agreement record MOU kind:formal partners:M-3',
    '/finance record Iuran direction:in amount:1jt partner:M-3',
    '/issue raise Saluran partner:M-3',
    '/indicator edit N-1 partner:M-3',
    '/partner assign wakilorang partner:M-3',
    '/partner join M-3',
  ])
    expect([line, (await site.world.run(line)).error?.code]).toEqual([line, 'not_found']);
  // What is about the candidate itself goes on.
  expect((await site.world.run('/partner show M-3')).text).toContain('CALON');
  await site.world.all('/partner edit M-3 focus:Siaran', '/partner follow-up M-3 follow_up:31/1/2027', ...PUBLISH);
  for (const [path, text] of await crawled(site, `/f/${site.id}`)) expect(text.includes('CALON'), path).toBe(false);
});

it('the names that a forum agrees to show are those of coordinators, proposers and open voters, and no others', async () => {
  const site = await aSite([...SECRETS, '/forum settings public_names:yes', ...PUBLISH]);
  const all = await crawled(site, `/f/${site.id}`);
  const named = (path: string) => NAMES.filter(name => all.get(path)!.includes(name));
  expect(named(`/f/${site.id}`)).toEqual(['sari']);
  expect(named(`/f/${site.id}/decisions/S-3?lang=id`)).toEqual(expect.arrayContaining(['wakilorang', 'sari']));
  expect(named(`/f/${site.id}/decisions/S-2?lang=id`)).toEqual(['sari']);
  expect(named(`/f/${site.id}/issues?lang=id`)).toEqual([]);
  for (const [path, text] of all)
    for (const word of WORDS) expect(text.includes(word), `${word} in ${path}`).toBe(false);
});

it('a forum shows nothing of another, and whatever is asked below its address is its own', async () => {
  const site = await aSite(['/activity log MILIKSATU', ...PUBLISH]);
  const { aWorld } = await import('../world.ts');
  const other = await aWorld({ store: site.store, workspace: 'lain' });
  await other.all('/forum setup Lain', '/activity log MILIKDUA', '/activity log MILIKDUA-2', '/goal add MILIKDUA');
  const all = await crawled(site, `/f/${site.id}`);
  for (const [path, text] of all) expect(text.includes('MILIKDUA'), path).toBe(false);
  expect(await site.text('/')).not.toContain('Lain');
  // Another forum's things are not reached by their numbers, and its preview's secret opens no other forum.
  expect((await site.get(`/f/${site.id}/activities/K-2`)).status).toBe(404);
  const preview = /preview\/([\w-]+)/.exec((await other.run('/forum publish')).text)![1]!;
  expect((await site.get(`/f/${site.id}/preview/${preview}`)).status).toBe(404);
  const forums = await site.store.read.select().from(site.store.tables.forums);
  const lain = forums.find(one => one.name === 'Lain')!;
  for (const path of ['', '/activities', '/activities.csv', '/feed.atom', '/charts/money.svg'])
    expect((await site.get(`/f/${lain.id}${path}`)).status, path).toBe(404);
});

const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>]]>&lt;=cmd()`;

it('hostile words are inert in HTML, SVG, JSON, CSV and Atom', async () => {
  const typed = HOSTILE.replaceAll('"', '\\"');
  const site = await aSite([
    `/goal add "${typed}"`,
    `/partner add "${typed}" sector:ngo focus:"${typed}"`,
    `/partner assign sari partner:M-1 role:representative`,
    `/activity log "${typed}" result:"${typed}" location:"${typed}"`,
    `/issue raise "=1+1 ${typed}"`,
    `/finance record "${typed}" direction:in amount:1jt`,
    `/indicator add "${typed}" unit:orang direction:up baseline:0 target:10 due:31/12/2026 frequency:monthly goal:T-1`,
    '/indicator report N-1 value:4',
    `/agreement record "${typed}" kind:formal partners:M-1`,
    `/strategy propose "${typed}" change:"${typed}" rationale:"${typed}" closes:1d`,
    '/strategy vote S-1 agree',
    ':skip 2d',
    ...PUBLISH,
  ]);
  const all = await crawled(site, `/f/${site.id}`);
  for (const [path, text] of all) {
    const [bare = ''] = path.split('?');
    if (bare.endsWith('.csv')) {
      expect(text, path).not.toMatch(/(^|,)"?[=+@]/m);
      continue;
    }
    if (bare.endsWith('.json')) {
      expect(typeof JSON.parse(text), path).toBe('object');
      continue;
    }
    expect(text, path).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>|<!\[CDATA/i);
  }
  expect(all.get(`/f/${site.id}`)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(all.get(`/f/${site.id}/feed.atom?lang=id`)).toContain('&lt;script&gt;');
});
