import { expect, it } from 'vitest';
import { visitorOf } from '../../adapters/web/visitor.ts';
import { aSite, PUBLISH } from './page.ts';

const previewIn = (text: string): string => /\/f\/[\w-]+\/preview\/[\w-]+/.exec(text)![0];

it('a forum has no page until it has seen a preview and said yes, and none at once when it says no', async () => {
  const site = await aSite([]);
  const at = `/f/${site.id}`;
  expect((await site.get(at)).status).toBe(404);
  expect((await site.world.run('@budi /forum publish')).error?.code).toBe('forbidden');
  // Neither a setting nor a yes without a look puts it online.
  await site.world.all('/forum settings public:yes', '/forum publish confirm:yes');
  expect((await site.get(at)).status).toBe(404);
  await site.world.all(':click publishPage');
  expect((await site.get(at)).status).toBe(200);
  expect((await site.world.run('/forum show')).text).toContain(at);
  expect(await site.text('/')).toContain(`href="${at}"`);
  await site.world.all('/forum publish', ':click takeDownPage');
  const gone = await site.get(at);
  expect([gone.status, await gone.text()]).toEqual([410, expect.stringMatching(/lang="id".*lang="en"/s)]);
  expect(await site.text('/')).not.toContain(at);
  const kinds = (await site.store.read.select().from(site.store.tables.events)).map(event => event.kind);
  expect(kinds).toEqual(expect.arrayContaining(['forum.previewed', 'forum.published', 'forum.taken_down']));
});

it('a preview is seen by whoever holds its address, for a day, and is kept by nobody', async () => {
  const site = await aSite(['/activity log Gladi']);
  const { text } = await site.world.run('/forum publish');
  expect(text).toContain('1 kegiatan');
  const address = previewIn(text);
  const page = await site.get(`${address}/activities`);
  const html = await page.text();
  expect(html).toContain('K-1 Gladi');
  expect(html).toContain('<meta name="robots" content="noindex,nofollow">');
  expect(html).toContain(`href="${address}/activities/K-1?lang=id"`);
  expect([page.headers.get('cache-control'), page.headers.get('etag'), page.headers.get('x-robots-tag')]).toEqual([
    'no-store',
    null,
    'noindex, nofollow',
  ]);
  const wrong = `${address.slice(0, -1)}${address.endsWith('0') ? '1' : '0'}`;
  expect((await site.get(wrong)).status).toBe(404);
  // Another look closes the one before.
  const again = previewIn((await site.world.run('/forum publish')).text);
  expect([(await site.get(address)).status, (await site.get(again)).status]).toEqual([404, 200]);
  site.skip(1);
  expect((await site.get(again)).status).toBe(404);
  const kept = await site.store.read.select().from(site.store.tables.acts);
  expect(JSON.stringify(kept)).not.toContain(again.split('/').at(-1));
});

it('a yes after people’s names were allowed opens a preview that shows them, and puts nothing online', async () => {
  const site = await aSite(['/forum publish', '/forum settings public_names:yes']);
  const { text } = await site.world.run('/forum publish confirm:yes');
  expect((await site.get(`/f/${site.id}`)).status).toBe(404);
  expect(await site.text(previewIn(text))).toContain('sari');
  await site.world.all('/forum publish confirm:yes');
  expect((await site.get(`/f/${site.id}`)).status).toBe(200);
});

it('a yes too late opens another preview; taking down closes one that is open', async () => {
  const site = await aSite(['/forum publish', ':skip 25h', '/forum publish confirm:yes']);
  expect((await site.get(`/f/${site.id}`)).status).toBe(404);
  const address = previewIn((await site.world.run('/forum publish')).text);
  await site.world.all('/forum settings public:no');
  expect((await site.get(address)).status).toBe(404);
  // It never was public, so nothing is said of it.
  expect((await site.get(`/f/${site.id}`)).status).toBe(404);
});

it('either language keeps the page, and every link keeps the language', async () => {
  const site = await aSite(['/activity log Gladi', ...PUBLISH]);
  const id = await site.text(`/f/${site.id}/activities`);
  expect(id).toContain('<html lang="id">');
  expect(id).toContain(`<a href="/f/${site.id}/activities?lang=en" lang="en" hreflang="en">English</a>`);
  const english = await site.get(`/f/${site.id}/activities?lang=en`);
  expect(english.headers.get('content-language')).toBe('en');
  const en = await english.text();
  expect(en).toContain('<html lang="en">');
  expect(en).toContain('Data on activities');
  for (const [, href] of en.matchAll(/<a href="(\/f[^"]*)"(?! lang)/g)) expect(href).toContain('lang=en');
  expect(await site.text(`/f/${site.id}?lang=xx`)).toContain('<html lang="id">');
});

it('what a reader has already is not sent again, until the record, the language or the day is another', async () => {
  const site = await aSite(['/issue raise Saluran', ...PUBLISH]);
  for (const path of ['', '/issues', '/issues.csv', '/issues.json', '/feed.atom']) {
    const at = `/f/${site.id}${path}`;
    const first = await site.get(at);
    const etag = first.headers.get('etag')!;
    const again = await site.get(at, { 'if-none-match': `"other", ${etag}` });
    expect([path, again.status, await again.text(), again.headers.get('etag')]).toEqual([path, 304, '', etag]);
    expect((await site.get(`${at}?lang=en`, { 'if-none-match': etag })).status, path).toBe(200);
    const head = await site.get(at, {}, 'HEAD');
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
  }
  const etag = (await site.get(`/f/${site.id}`)).headers.get('etag')!;
  const fresh = async () => (await site.get(`/f/${site.id}`, { 'if-none-match': etag })).status;
  expect(await fresh()).toBe(304);
  await site.world.all('/issue raise Baru');
  expect(await fresh()).toBe(200);
  const today = (await site.get(`/f/${site.id}`)).headers.get('etag')!;
  site.skip(1);
  expect((await site.get(`/f/${site.id}`, { 'if-none-match': today })).status).toBe(200);
});

it.each([
  '/goal add Tujuan',
  '/goal close T-1 outcome:Tercapai',
  '/activity plan Rapat date:besok',
  '/activity done K-2 result:Beres',
  '/activity edit K-1 location:Balai',
  '/activity cancel K-2 reason:Hujan',
  '/issue severity I-1 severity:high',
  '/issue resolve I-1 resolution:Beres',
  '/finance record Iuran direction:in amount:1jt',
  '/finance reverse U-1 reason:Keliru',
  '/indicator add Orang unit:orang direction:up baseline:0 target:10 due:31/12/2026 frequency:monthly',
  '/indicator report N-1 value:4',
  '/indicator edit N-1 name:Warga',
  '/partner add Warga sector:community',
  '/partner archive Mitra',
  '/agreement record MOU kind:formal partners:Mitra',
  '/agreement commit P-1 what:Hadir due:besok partner:Mitra',
  '/agreement kept P-1 item:1',
  '/strategy propose Usul change:x rationale:y closes:3d',
  '/strategy propose Nanti change:x rationale:y opens:1d closes:3d',
  '/strategy vote S-1 agree',
  ':skip 25h',
  ':skip 4d',
  '/forum settings name:Baru',
])('what %s changes is seen on the page at once', async line => {
  const site = await aSite([
    '/partner add Mitra sector:ngo',
    '/partner assign sari partner:Mitra role:representative',
    ...(line.startsWith('/goal add') ? [] : ['/goal add Satu']),
    '/activity log A',
    '/activity plan B date:besok',
    '/issue raise C',
    ...(line.includes('record Iuran') ? [] : ['/finance record D direction:in amount:1rb']),
    ...(line.includes('/indicator add')
      ? []
      : ['/indicator add E unit:orang direction:up baseline:0 target:5 due:31/12/2026 frequency:monthly']),
    ...(line.includes('agreement record')
      ? []
      : ['/agreement record F kind:formal partners:Mitra', '/agreement commit P-1 what:Ada due:besok partner:Mitra']),
    ...(line.includes('/strategy propose')
      ? []
      : [
          '/strategy propose G change:x rationale:y closes:3d',
          ...(line === ':skip 25h' ? ['/strategy propose H change:x rationale:y opens:1d closes:9d'] : []),
        ]),
    ...PUBLISH,
  ]);
  const paths = ['', '/indicators', '/activities', '/decisions', '/money', '/issues', '/partners'];
  const before = await Promise.all(paths.map(path => site.text(`/f/${site.id}${path}`)));
  await site.world.all(line);
  const after = await Promise.all(paths.map(path => site.text(`/f/${site.id}${path}`)));
  expect(after.some((html, i) => html !== before[i])).toBe(true);
});

it('many rows come a page at a time, and their addresses stay true while rows are added', async () => {
  const site = await aSite([...Array.from({ length: 60 }, (_, i) => `/activity log "Kegiatan ${i + 1}"`), ...PUBLISH]);
  const first = await site.text(`/f/${site.id}/activities`);
  expect(first.match(/<tr role="row">/g)).toHaveLength(51);
  const next = /href="([^"]*before=11[^"]*)"/.exec(first)![1]!.replaceAll('&amp;', '&');
  const second = await site.text(next);
  expect(second.match(/<tr role="row">/g)).toHaveLength(11);
  await site.world.all('/activity log Baru');
  expect((await site.text(next)).match(/K-\d+ Kegiatan/g)).toEqual(second.match(/K-\d+ Kegiatan/g));
  for (const before of ['x', '-1', '0', '99999999999', "1'--"])
    expect((await site.get(`/f/${site.id}/activities?before=${encodeURIComponent(before)}`)).status).toBe(200);
});

it('every answer carries its guards, and nothing but GET and HEAD is answered', async () => {
  const site = await aSite(['/activity log Gladi', ...PUBLISH]);
  for (const path of [
    '/',
    '/icon.svg',
    `/f/${site.id}`,
    `/f/${site.id}/activities.csv`,
    `/f/${site.id}/feed.atom`,
    '/nothing',
  ]) {
    const { headers } = await site.get(path);
    expect(headers.get('content-security-policy'), path).toMatch(
      /^default-src 'none'; style-src '(sha256-|unsafe-inline)/,
    );
    expect([
      path,
      headers.get('x-content-type-options'),
      headers.get('referrer-policy'),
      headers.get('set-cookie'),
    ]).toEqual([path, 'nosniff', 'no-referrer', null]);
    expect(headers.get('permissions-policy'), path).toContain('camera=()');
    expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin');
  }
  const post = await site.get(`/f/${site.id}`, {}, 'POST');
  expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  for (const path of [
    '/f/',
    '/f/other',
    '/f/x/y',
    `/f/${site.id}/x.csv`,
    `/f/${site.id}/activities/K-9`,
    `/f/${site.id}/activities/S-1`,
    `/f/${site.id}/charts/N-9.svg`,
    '/f/../healthz',
    '/f/%00',
    '/%2e%2e/etc',
    `/f/${'x'.repeat(999)}`,
  ])
    expect((await site.get(path)).status, path).toBe(path === '/f/../healthz' ? 200 : 404);
  expect(site.faults).toEqual([]);
});

it('a shared link shows a title and a sentence, and whole addresses where the installation knows its own', async () => {
  const site = await aSite(
    ['/strategy propose Gladi change:"Pindah" rationale:y closes:3d', ...PUBLISH].slice(1),
    'https://forum.example.org',
  );
  const html = await site.text(`/f/${site.id}`);
  expect(html).toContain('<meta property="og:title" content="Forum &lt;Uji&gt;">');
  expect(html).toContain(`<link rel="canonical" href="https://forum.example.org/f/${site.id}?lang=id">`);
  expect((await site.world.run('/forum publish')).text).toContain(`https://forum.example.org/f/${site.id}`);
});

it.each([
  // Without a proxy nobody is believed.
  ['203.0.113.9', '198.51.100.7', undefined, '203.0.113.9'],
  ['203.0.113.9', '198.51.100.7', 'http://x.example', '203.0.113.9'],
  // Behind one, the last address is what it saw; what came before is the visitor's own invention.
  ['127.0.0.1', '1.1.1.1, 198.51.100.7', 'https://x.example', '198.51.100.7'],
  ['::ffff:10.0.0.5', '198.51.100.7', 'https://x.example', '198.51.100.7'],
  ['100.64.3.4', '198.51.100.7', 'https://x.example', '198.51.100.7'],
  ['169.254.7.8', '198.51.100.7', 'https://x.example', '198.51.100.7'],
  ['fe80::1', '198.51.100.7', 'https://x.example', '198.51.100.7'],
  ['fd00::2', '198.51.100.7', 'https://x.example', '198.51.100.7'],
  ['::1', '198.51.100.7', 'https://x.example', '198.51.100.7'],
  ['100.128.0.1', '198.51.100.7', 'https://x.example', '100.128.0.1'],
  ['127.0.0.1', 'nonsense', 'https://x.example', '127.0.0.1'],
  ['127.0.0.1', undefined, 'https://x.example', '127.0.0.1'],
  // A caller from outside is no proxy of ours.
  ['203.0.113.9', '198.51.100.7', 'https://x.example', '203.0.113.9'],
  // A network of IPv6 is one visitor.
  ['2001:db8:1:2:3:4:5:6', undefined, undefined, '2001:db8:1:2'],
  ['2001:db8::6', undefined, undefined, '2001:db8:0:0'],
])('the visitor of %s, forwarded %s, at %s is %s', (remoteAddress, forwarded, publicUrl, visitor) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  expect(visitorOf({ socket: { remoteAddress }, headers }, publicUrl)).toBe(visitor);
});

it('results and metadata stand there in the forms that others ask for, in the language that is asked', async () => {
  const site = await aSite([
    '/goal add Pangan',
    '/indicator add Warga unit:orang direction:up baseline:0 target:10 due:31/12/2026 frequency:monthly goal:T-1',
    '/indicator report N-1 value:4',
    '/indicator add Kader unit:orang frequency:monthly',
    ...PUBLISH,
  ]);
  // The unit of what nobody has reported yet stands there too.
  expect(await (await site.get(`/f/${site.id}/indicators`)).text()).toContain('belum ada nilai (orang)');
  const iati = await site.get(`/f/${site.id}/iati.xml`);
  expect(iati.headers.get('access-control-allow-origin')).toBe('*');
  expect(iati.headers.get('content-type')).toContain('application/xml');
  expect(await iati.text()).toMatch(/"2\.03".*T-1 Pangan.*N-1 Warga.*"4"/s);
  const moved = await site.get(`/f/${site.id}/iati.json`);
  expect([moved.status, moved.headers.get('location')]).toEqual([301, `/f/${site.id}/iati.xml`]);
  const metadata = (await (await site.get(`/f/${site.id}/indicators/N-1.json?lang=en`)).json()) as {
    indikator: { nama_indikator: string; dapat_diakses_umum: string };
  };
  expect([metadata.indikator.nama_indikator, metadata.indikator.dapat_diakses_umum]).toEqual(['Warga', 'yes']);
  expect((await site.get(`/f/${site.id}/indicators/N-3.json`)).status).toBe(404);
});

it('a vote of very many is told by its tally, and a withdrawn one has no positions', async () => {
  const site = await aSite([
    '/partner add Lembaga sector:ngo',
    '/partner assign sari partner:Lembaga role:representative',
    '/strategy propose Ramai change:x rationale:y closes:1d',
    '/strategy propose Ditarik change:x rationale:y closes:9d',
    '/strategy vote S-2 agree',
    '/strategy withdraw S-2 reason:"Keadaan berubah"',
  ]);
  const { electors } = site.store.tables;
  const many = Array.from({ length: 300 }, (_, i) => ({
    forumId: site.id,
    strategy: 1,
    unit: i + 10,
    name: `P${i}`,
    sector: null,
  }));
  await site.store.write(site.id, tx => tx.insert(electors).values(many));
  await site.world.all('/strategy vote S-1 agree', ':skip 2d', ...PUBLISH);
  const page = await site.text(`/f/${site.id}/decisions/S-1`);
  expect(page).toContain('Ada 301 pemilih');
  expect(page).not.toContain('P7');
  expect(await site.text(`/f/${site.id}/decisions/S-2`)).not.toContain('Lembaga');
});
