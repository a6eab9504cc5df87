import { expect, it } from 'vitest';
import { createRate } from '../../adapters/web/rate.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { startHouse } from '../../src/start.ts';
import { openStore } from '../../src/storage/open.ts';
import { aWorld } from '../world.ts';

async function aSite(...lines: string[]) {
  const store = await openStore('file::memory:');
  const world = await aWorld({ store });
  await world.all('/forum setup "Forum <Uji>"', ...lines);
  const [forum] = await store.read.select().from(store.tables.forums);
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const ground = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const house = await startHouse(ground, readSettings({ PORT: '0' }), []);
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${house.port}${path}`, { headers });
  return { world, id: forum!.id, get, [Symbol.asyncDispose]: () => house.stop() };
}

it('a forum has no page until it chooses to, and none once it chooses not to', async () => {
  await using site = await aSite();
  expect((await site.get(`/f/${site.id}`)).status).toBe(404);
  expect((await site.world.run('@budi /forum settings public:yes')).error?.code).toBe('forbidden');
  await site.world.all('/forum settings public:yes');
  expect((await site.world.run('/forum show')).text).toContain(`/f/${site.id}`);
  expect((await site.get(`/f/${site.id}`)).status).toBe(200);
  await site.world.all('/forum settings public:no');
  expect((await site.get(`/f/${site.id}`)).status).toBe(404);
  for (const path of ['/f/', '/f/other', `/f/${site.id}/x.csv`, '/f/../healthz', '/f/%00'])
    expect((await site.get(path)).status, path).not.toBe(500);
});

it('the page shows the record in either language, without names of people, private issues or anything that runs', async () => {
  await using site = await aSite(
    '/forum settings public:yes',
    '/activity log "<script>alert(1)</script>" participants:5',
    '/issue raise Terbuka',
    '/issue raise Rahasia private:yes',
    '/finance record Iuran direction:in amount:1jt',
  );
  const page = await site.get(`/f/${site.id}`);
  const html = await page.text();
  expect(html).toContain('<html lang="id">');
  expect(html).toContain('Forum &lt;Uji&gt;: catatan terbuka');
  expect(html).toContain('&lt;script&gt;alert(1)');
  expect(html).not.toMatch(/<script|sari|Rahasia|src=/);
  expect(html).toContain('<td class="n">1.000.000</td>');
  expect(Buffer.byteLength(html)).toBeLessThan(100_000);
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
  const english = await (await site.get(`/f/${site.id}?lang=en`)).text();
  expect(english).toContain('<html lang="en">');
  expect(english).toContain('the open record');
});

it('each table is there as CSV and JSON, and what a reader has already is not sent again', async () => {
  await using site = await aSite('/forum settings public:yes', '/issue raise "=1+1"');
  const csv = await site.get(`/f/${site.id}/issues.csv`);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(await csv.text()).toContain("'=1+1");
  const json = (await (await site.get(`/f/${site.id}/issues.json?lang=en`)).json()) as { Title: string }[];
  expect(json.map(row => row.Title)).toEqual(['=1+1']);
  const etag = csv.headers.get('etag')!;
  const again = await site.get(`/f/${site.id}/issues.csv`, { 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  await site.world.all('/issue raise Baru');
  expect((await site.get(`/f/${site.id}/issues.csv`, { 'if-none-match': etag })).status).toBe(200);
});

it('an address that asks too often is asked to wait, and memory stays bounded', () => {
  let at = 0;
  const rate = createRate(() => at);
  expect(Array.from({ length: 121 }, () => rate.allows('a')).filter(Boolean)).toHaveLength(120);
  expect(rate.allows('b')).toBe(true);
  at = 60_000;
  expect(rate.allows('a')).toBe(true);
  for (let i = 0; i < 9_999; i++) rate.allows(`x${i}`);
  expect(rate.allows('one too many')).toBe(false);
});
