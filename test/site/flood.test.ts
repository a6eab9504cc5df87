import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createRate } from '../../adapters/web/rate-limit.ts';
import type { Painter } from '../../src/contract/painter.ts';
import { createMaker } from '../../src/reports/maker.ts';
import { tableFile } from '../../src/reports/public/tables.ts';
import { Busy, Semaphore } from '../../src/runtime/semaphore.ts';
import { contentOf } from '../../src/site/http-response.ts';
import { asked, read } from '../../src/site/routes.ts';
import { createSite } from '../../src/site/site.ts';
import type { Reader } from '../../src/storage/store.ts';
import { fillActivities } from '../bench/forum.ts';
import { START } from '../world.ts';
import { aSite, PUBLISH } from './page.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

const LINES = [
  '/activity log Gladi',
  '/indicator add Warga unit:orang direction:up baseline:0 target:10 due:31/12/2026 frequency:monthly',
  '/indicator report N-1 value:4',
];

/** A site whose questions to the database and whose pictures are counted. */
async function aCountedSite(lines: readonly string[]) {
  const served = await aSite(lines);
  const counts = { asked: 0, painted: 0 };
  const db = served.store.read;
  const counting = new Proxy(db, {
    get(target, name) {
      if (/^select/.test(String(name))) counts.asked++;
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as Reader;
  const painter: Painter = {
    svg: async () => `<svg>${++counts.painted}</svg>`,
    png: () => Promise.reject(new Error('not asked for')),
  } as unknown as Painter;
  const store = { ...served.store, read: counting };
  const site = createSite({ store, painter, maker: createMaker(store, silent), publicUrl: undefined });
  const get = async (address: string) => {
    const [path = '', query = ''] = address.split('?');
    const before = counts.asked;
    const answer = await site({ path, query: new URLSearchParams(query), has: null, zip: false }, START);
    return { status: answer.status, asked: counts.asked - before };
  };
  return { ...served, get, counts };
}

it('an unknown query makes nothing anew', async () => {
  const { id, get, counts } = await aCountedSite([...LINES, ...PUBLISH]);
  for (const path of ['', '/activities', '/activities/K-1', '/activities.json', '/feed.atom', '/charts/N-1.svg']) {
    expect((await get(`/f/${id}${path}`)).status, path).toBe(200);
    // Which forum, which state of its record, and for a number how far they go: what is kept costs no more.
    for (const query of ['before=7', 'before=999999999', 'x=1', 'theme=blue', 'lang=xx', '%00'])
      expect((await get(`/f/${id}${path}?${query}`)).asked, `${path}?${query}`).toBeLessThanOrEqual(3);
  }
  // A chart has two colours, whoever asks for more; its name is written in one way.
  await get(`/f/${id}/charts/N-1.svg?theme=dark&before=3`);
  expect(counts.painted).toBe(2);
  expect((await get(`/f/${id}/charts/N-01.svg`)).status).toBe(404);
  // Only a chart has colours.
  await get(`/f/${id}/issues`);
  expect((await get(`/f/${id}/issues?theme=dark`)).asked).toBe(2);
});

it('a preview that is asked for again is not made again', async () => {
  const { get, world } = await aCountedSite(LINES);
  const { text } = await world.run('/forum publish');
  const [address] = /\/f\/[\w-]+\/preview\/[\w-]+/.exec(text)!;
  expect((await get(address)).asked).toBeGreaterThan(5);
  expect(await get(`${address}?before=9&x=2`)).toEqual({ status: 200, asked: 2 });
});

it('a query means something only where there is something to ask', () => {
  const thing = (path: string) => (read(`/f/x${path}`) as { thing: Parameters<typeof asked>[0] }).thing;
  const of = (path: string, query: string) => asked(thing(path), new URLSearchParams(query));
  expect(of('/money', 'before=12&theme=dark&lang=en')).toEqual({ locale: 'en', before: 12, area: null, dark: false });
  expect(of('/money.csv', 'before=12')).toEqual({ locale: null, before: null, area: null, dark: false });
  expect(of('/charts/money.svg', 'before=12&theme=dark')).toEqual({
    locale: null,
    before: null,
    area: null,
    dark: true,
  });
  // What IATI is given stands in the forum's words.
  expect(of('/iati.xml', 'lang=en').locale).toBe(null);
});

it('two things are made at a time, some wait their turn, and more are refused', async () => {
  const turns = new Semaphore(2, 1);
  const order: string[] = [];
  const ends: (() => void)[] = [];
  const task = (name: string) =>
    turns.run(async () => {
      order.push(name);
      await new Promise<void>(end => ends.push(end));
    });
  const all = [task('a'), task('b'), task('c')];
  await expect(task('d')).rejects.toThrow(Busy);
  expect(order).toEqual(['a', 'b']);
  ends[0]!();
  await all[0];
  expect(order).toEqual(['a', 'b', 'c']);
  for (const end of ends) end();
  await Promise.all(all);
  // A place that a failure held is free again.
  for (let i = 0; i < 3; i++) await expect(turns.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(turns.run(async () => 'made')).resolves.toBe('made');
});

it('who asks for more than is made is told to come back', async () => {
  const { id, store } = await aSite([...LINES, ...PUBLISH]);
  const open: ((svg: string) => void)[] = [];
  let isHeld = true;
  const svg = () => (isHeld ? new Promise<string>(done => open.push(done)) : Promise.resolve('<svg/>'));
  const painter = { svg } as unknown as Painter;
  const site = createSite({ store, painter, maker: createMaker(store, silent), publicUrl: undefined });
  const get = (theme: string, lang: string, path: string) =>
    site({ path, query: new URLSearchParams({ theme, lang }), has: null, zip: false }, START);
  const chart = `/f/${id}/charts/N-1.svg`;
  const first = get('light', 'id', chart);
  const second = get('dark', 'id', chart);
  while (open.length < 2) await turn();
  // One more than may wait: whichever of them comes last is refused at once.
  const more = Array.from({ length: 41 }, (_, i) => get('light', 'en', `/f/${id}/activities/K-${i + 1}`));
  const equal = get('light', 'id', chart);
  const busy = await Promise.race(more);
  expect([busy.status, busy.headers['retry-after']]).toEqual([503, '5']);
  // On a busy machine one that gave up waiting may ask again.
  isHeld = false;
  for (const done of open) done('<svg/>');
  expect((await Promise.all([first, second, equal])).map(one => one.status)).toEqual([200, 200, 200]);
  expect((await Promise.all(more)).filter(one => one.status === 503)).toHaveLength(1);
});

it.each(['csv', 'json'] as const)('a long table as %s is written in pieces, and others have their turn', async as => {
  const { store, id } = await aSite(PUBLISH);
  await fillActivities(store, id, 1, 3_000);
  const [forum] = await store.read.select().from(store.tables.forums);
  const { catalogue } = await import('../../src/language/messages.ts');
  const render = {
    ...{ db: store.read, forumId: id, m: catalogue.id, locale: 'id' as const },
    ...{ zone: 'Asia/Jakarta', now: START },
  };
  const pieces = [...(await tableFile(render, forum!, 'activities', as))];
  expect(pieces.length).toBeGreaterThan(6);
  let [turns, done] = [0, false];
  const others = (async () => {
    while (!done) {
      await turn();
      turns++;
    }
  })();
  const content = await contentOf(as, pieces);
  done = true;
  await others;
  expect(turns).toBeGreaterThanOrEqual(pieces.length - 1);
  const text = Buffer.from(content.plain).toString('utf8');
  // In pieces or whole, it is the same text with the same tag.
  expect((await contentOf(as, text)).etag).toBe(content.etag);
  if (as === 'json') expect(JSON.parse(text)).toHaveLength(3_000);
  else expect(text.match(/\r\n/g)).toHaveLength(3_001);
});

it('an address that asks too often is asked to wait, and memory stays bounded', () => {
  let at = 0;
  const rate = createRate(() => at);
  expect(Array.from({ length: 301 }, () => rate.allows('192.0.2.1')).filter(Boolean)).toHaveLength(300);
  expect(rate.allows('192.0.2.2')).toBe(true);
  at = 60_000;
  expect(rate.allows('192.0.2.1')).toBe(true);
});

it('a flood from very many addresses refuses nobody else: those who are new are counted by their network', () => {
  const rate = createRate(() => 0);
  for (let i = 0; i < 10_000; i++) rate.allows(`198.18.${i >> 8}.${i & 255}`);
  expect(rate.allows('203.0.113.9')).toBe(true);
  expect(rate.allows('2001:db8:1:2')).toBe(true);
  // Whoever was there before the flood is still counted alone.
  expect(rate.allows('198.18.0.1')).toBe(true);
  const more = (network: (i: number) => string) =>
    Array.from({ length: 3_500 }, (_, i) => rate.allows(network(i))).filter(Boolean).length;
  expect(more(i => `198.19.${i >> 8}.${i & 255}`)).toBe(3_000);
  expect(more(i => `2001:db8:7:${i.toString(16)}`)).toBe(3_000);
  expect(rate.allows('203.0.113.10')).toBe(true);
  // So many networks that they are counted by larger ones.
  for (let i = 0; i < 11_000; i++) rate.allows(`2001:${(i >> 4).toString(16)}:${i & 15}:1`);
  expect(rate.allows('192.0.2.1')).toBe(true);
});
