import { expect, it, onTestFinished, vi } from 'vitest';
import { forASecond } from '../../adapters/web/memory.ts';
import { startWeb } from '../../adapters/web/server.ts';
import { escaped } from '../../src/language/escape.ts';
import { aSite, PUBLISH } from './page.ts';

const indicator = (name: string, more = '') =>
  `/indicator add "${name}" unit:orang direction:up baseline:0 baseline_date:1/10/2026 target:10 due:31/12/2026 frequency:monthly ${more}`;

it('with very many indicators no goal is said to have none that has some, and every colour is counted', async () => {
  const first = Array.from({ length: 65 }, (_, i) => indicator(`Awal ${i + 1}`, 'goal:T-1'));
  const last = Array.from({ length: 5 }, (_, i) => indicator(`Akhir ${i + 1}`, i < 3 ? 'goal:T-2' : ''));
  const site = await aSite([
    ...['/goal add Pertama', '/goal add Kedua', '/goal add Kosong'],
    ...first,
    ...last,
    // A period that is over: what still runs has no colour.
    '/indicator report N-66 value:5 period:2026-10',
    ...PUBLISH,
  ]);
  const overview = await site.text(`/f/${site.id}?lang=en`);
  const none = /This goal has no indicators yet/g;
  expect(overview.match(none)).toHaveLength(1);
  expect(overview).toMatch(/<h3>T-2 Kedua<\/h3><p class="small"><a href="[^"]*before=65[^"]*">3 more indicators/);
  expect(overview).toMatch(
    /<h3>Other indicators<\/h3><p class="small"><a href="[^"]*before=68[^"]*">2 more indicators/,
  );
  // The sixty-sixth is met: it is counted, and the rest of the first goal can be reached.
  expect(overview).toMatch(/<span class="badge">★ beyond the period’s target<\/span> 1/);
  expect(overview).toMatch(/before=60[^"]*">5 more indicators/);
  const page = await site.text(`/f/${site.id}/indicators?lang=en`);
  expect(page.match(none)).toHaveLength(1);
  expect(page).toMatch(/before=65[^"]*">3 more indicators/);
  expect(page).toMatch(/<nav class="pages"[^>]*><a href="[^"]*before=20[^"]*">Next<\/a>/);
  expect(page).not.toMatch(/Earlier|Newest/);
  const third = await site.text(`/f/${site.id}/indicators?lang=id&before=60`);
  expect(third).toContain('Akhir 5');
  expect(third).toContain('>Ke awal</a>');
});

it('the feed tells what changed last, however long ago it was begun', async () => {
  const some = Array.from({ length: 31 }, (_, i) => i + 1);
  const site = await aSite([
    '/partner add Mitra sector:ngo',
    '/partner assign sari partner:Mitra role:representative',
    '/activity plan "Rencana lama" date:besok',
    '/strategy propose "Usul lama" change:x rationale:y closes:20d method:majority',
    ...some.flatMap(i => [
      `/activity log "Kegiatan ${i}"`,
      `/strategy propose "Usul ${i}" change:x rationale:y closes:2d method:majority`,
    ]),
    ':skip 3d',
    '/activity done K-1 result:Beres',
    ...PUBLISH,
  ]);
  const early = await site.text(`/f/${site.id}/feed.atom`);
  expect(early).toContain('K-1 Rencana lama');
  expect(early).not.toContain('Usul lama');
  await site.world.all(':skip 18d');
  site.skip(22);
  const late = await site.text(`/f/${site.id}/feed.atom`);
  expect(late).toContain('S-1 Usul lama');
  expect(late.match(/<entry>/g)).toHaveLength(50);
});

it('what anybody may ask about us is asked of the house once a second', async () => {
  let [at, asked] = [0, 0];
  const ask = forASecond(
    async () => ++asked,
    () => at,
  );
  expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
  at = 999;
  expect(await ask()).toBe(1);
  at = 1_000;
  expect(await ask()).toBe(2);
  at = 0;
  expect(await ask()).toBe(3);
});

it('the port asks the house once a second for health and for figures', async () => {
  let at = 0;
  const steady = vi.spyOn(performance, 'now').mockImplementation(() => at);
  onTestFinished(() => steady.mockRestore());
  const asked = { health: 0, metrics: 0 };
  const web = await startWeb(
    {
      health: async () => {
        asked.health++;
        return { failing: {}, noted: {} };
      },
      metrics: async () => String(++asked.metrics),
      metricsToken: 't',
      site: () => Promise.reject(new Error('not asked for')),
      routes: {},
      publicUrl: undefined,
      onError: () => {},
    },
    0,
  );
  onTestFinished(() => web.stop());
  const all = async () => {
    for (const path of ['/healthz', '/healthz', '/metrics', '/metrics'])
      expect(
        (await fetch(`http://127.0.0.1:${web.port}${path}`, { headers: { authorization: 'Bearer t' } })).status,
      ).toBe(200);
  };
  await all();
  expect(asked).toEqual({ health: 1, metrics: 1 });
  at += 1_000;
  await all();
  expect(asked).toEqual({ health: 2, metrics: 2 });
});

it('an outcome has the sign that it has in pictures, and IATI is said to be in the words it is in', async () => {
  const site = await aSite([
    '/partner add Mitra sector:ngo',
    '/partner assign sari partner:Mitra role:representative',
    '/strategy propose Sepi change:x rationale:y closes:1d method:majority',
    ':skip 2d',
    ...PUBLISH,
  ]);
  expect(await site.text(`/f/${site.id}/decisions/S-1`)).toContain('<span class="badge warning">▲ tidak kuorum</span>');
  const iati = await site.get(`/f/${site.id}/iati.xml?lang=en`);
  expect(iati.headers.get('content-language')).toBe('id');
});

it('what neither HTML nor XML can hold is left out, on the page and in what is printed', () => {
  expect(escaped('a\u0000\u0007\ud800<b title="\'">&\n')).toBe('a\ufffd&lt;b title=&quot;&#39;&quot;&gt;&amp;\n');
});

it('money by month and by partner are files too, with every row and no more counted than on the page', async () => {
  const site = await aSite([
    '/forum settings approval:5jt',
    '/partner add Mitra sector:ngo',
    '/finance record Iuran direction:in amount:1jt partner:Mitra',
    '/finance record Sewa direction:out amount:250rb',
    '/finance record Besar direction:in amount:9jt',
    ...PUBLISH,
  ]);
  const page = await site.text(`/f/${site.id}/money`);
  for (const name of ['money_months', 'money_partners']) expect(page).toContain(`/f/${site.id}/${name}.csv?lang=id`);
  const json = async (name: string) => JSON.parse(await site.text(`/f/${site.id}/${name}.json?lang=en`)) as object[];
  const rows = (await json('money_months')).map(row => Object.values(row));
  expect(rows).toEqual([[expect.stringMatching(/^2026-\d\d$/), 1_000_000, 250_000, 750_000, 750_000]]);
  expect((await json('money_partners')).map(row => Object.values(row))).toEqual(
    expect.arrayContaining([['Mitra', 1_000_000, 0, 1_000_000]]),
  );
  expect(await site.text(`/f/${site.id}/money_partners.csv`)).toMatch(/^\ufeff?.*\r\n/);
  expect((await site.get(`/f/${site.id}/money_years.csv`)).status).toBe(404);
});
