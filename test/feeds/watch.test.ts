import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/app/settings.ts';
import { examine } from '../../src/cli/doctor.ts';
import { createLog } from '../../src/contract/log.ts';
import { createWatch } from '../../src/feeds/watch.ts';
import { catalogue } from '../../src/language/messages.ts';
import { plain } from '../../src/language/text.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { newFolder } from '../program.ts';
import { aWorld, START } from '../world.ts';
import { type Answer, type Made, madeAlert, madeFeed, reference } from './made-feed.ts';

const RAIN: Made = { id: 'YK-1', sent: '2026-11-24T07:55:00+07:00' };

/** A forum in Gondokusuman that watches a made feed, and the watch with a clock of the test's own. */
async function watched({ store }: { store?: Store } = {}) {
  const feed = await madeFeed();
  const world = await aWorld({ alertFeeds: [feed.address], ...(store && { store }) });
  await world.all(
    '/forum setup "Forum Kali" announce:umum coordinators:koor',
    '/forum data area:34.71.03',
    '/forum alerts feed:127.0.0.1',
  );
  const logged: string[] = [];
  const log = createLog(
    { level: 'warn', format: 'json' },
    () => START,
    line => logged.push(line),
  );
  let deadline = new AbortController();
  const watch = createWatch({
    store: world.store,
    clock: world.clock,
    log,
    feeds: [feed.address],
    agent: 'Rembug',
    deadline: () => deadline.signal,
  });
  return {
    ...world,
    feed,
    watch,
    logged,
    /** Ends what is under way as the time limit would. */
    overdue(): void {
      deadline.abort();
      deadline = new AbortController();
    },
    /** A minute later: looks, then tells what was posted. */
    async look(skip = ':skip 1m') {
      await world.run(skip);
      await watch.pass();
      return (await world.run(':skip 0m')).posts;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      watch.stop();
      await feed[Symbol.asyncDispose]();
      await world[Symbol.asyncDispose]();
    },
  };
}

const firstLine = (posts: readonly { to: string; text: string }[]): string[] =>
  posts.map(post => `${post.to} ${post.text.split('\n')[0]}`);

describe.each(databases)('a feed of official alerts on $name', ({ open }) => {
  it('becomes a draft that nobody gets until a coordinator sends it', async () => {
    await using world = await watched({ store: await open() });
    world.feed.list(RAIN, { ...RAIN, id: 'JB-1', province: 'Jawa Barat', where: 'Kota Bandung' });
    const posts = await world.look();
    expect(firstLine(posts)).toEqual([
      '#koor ! Peringatan resmi dari Badan Cuaca Contoh: Hujan Lebat dan Petir, WASPADA',
    ]);
    for (const said of [
      'Hujan lebat di Kota Yogyakarta & sekitarnya.',
      'Menjauh dari sungai.',
      'contoh.go.id/YK-1',
      '#umum',
    ])
      expect(posts[0]!.text).toContain(said);
    expect(await world.look()).toEqual([]);
    expect((await world.run('@budi /forum pass_on alert:1')).error?.code).toBe('forbidden');
    const sent = await world.run(':click "Kirim sebagai peringatan"');
    expect(firstLine(sent.posts.filter(post => post.to === '#umum'))).toEqual([
      '#umum ‼ PERINGATAN DINI: Hujan Lebat dan Petir, WASPADA',
    ]);
    expect(sent.posts.find(post => post.to === '#umum')!.text).toContain('Sumber: Badan Cuaca Contoh');
    expect((await world.run('/forum pass_on alert:1')).error?.code).toBe('closed');
    expect((await world.run('/forum decline_alert alert:1')).error?.code).toBe('closed');
    expect((await world.run('/forum pass_on alert:9')).error?.code).toBe('not_found');
    expect(world.logged).toEqual([]);
  });

  it('is asked once a minute by one of several processes, and rests longer each time it fails', async () => {
    await using world = await watched({ store: await open() });
    world.feed.list(RAIN);
    await world.look();
    await world.watch.pass();
    expect(world.feed.asked.map(one => one.path)).toEqual(['/rss', '/YK-1.xml']);
    const other = createWatch({
      store: world.store,
      clock: world.clock,
      log: createLog(
        { level: 'error', format: 'json' },
        () => START,
        () => undefined,
      ),
      feeds: [world.feed.address],
      agent: 'Rembug',
    });
    await other.pass();
    expect(world.feed.asked.length).toBe(2);
    await world.look();
    expect(world.feed.asked.slice(2)).toEqual([{ path: '/rss', etag: '"v1"' }]);
    world.feed.pages.delete('/rss');
    const turns: boolean[] = [];
    for (let minute = 0; minute < 8; minute++) {
      const before = world.feed.asked.length;
      await world.look();
      turns.push(world.feed.asked.length > before);
    }
    expect(turns).toEqual([true, true, false, true, false, false, false, true]);
  });
});

describe('what follows an alert', () => {
  it('updates and cancels follow the warning that was sent, wherever they are', async () => {
    await using world = await watched();
    world.feed.list(RAIN);
    await world.look();
    await world.all(':click "Kirim sebagai peringatan"');
    const update: Made = {
      ...{ id: 'YK-2', sent: '2026-11-24T08:03:00+07:00', type: 'Update', references: reference(RAIN) },
      ...{ province: 'Jawa Tengah', where: 'Kab. Klaten', severity: 'Severe' },
    };
    world.feed.list(update);
    expect(firstLine(await world.look())).toEqual([
      '#koor ! Pembaruan resmi dari Badan Cuaca Contoh: Hujan Lebat dan Petir, SIAGA',
    ]);
    const sent = await world.run(':click "Kirim sebagai peringatan"');
    expect(firstLine(sent.posts)).toContain('#umum ‼ PEMBARUAN PERINGATAN: Hujan Lebat dan Petir, SIAGA');
    world.feed.list({
      ...{ id: 'YK-3', sent: '2026-11-24T08:10:00+07:00', type: 'Cancel' },
      references: `${reference(RAIN)} ${reference(update)}`,
      info: '',
    });
    expect(firstLine(await world.look())[0]).toMatch(/^#koor ! Pembatalan resmi dari/);
    const ended = await world.run(':click "Kirim sebagai peringatan"');
    expect(firstLine(ended.posts)).toContainEqual(expect.stringMatching(/^#umum PEMBATALAN PERINGATAN/));
    const { announcements: a } = world.store.tables;
    const rows = await world.store.read.select({ life: a.life, follows: a.follows }).from(a);
    expect(rows).toEqual([
      { life: 'alert', follows: null },
      { life: 'update', follows: 1 },
      { life: 'cancel', follows: 2 },
    ]);
  });

  it('a cancel of what was not sent only takes the draft back, and a double is offered once', async () => {
    await using world = await watched();
    world.feed.list(RAIN, { ...RAIN, id: 'YK-1' });
    world.feed.pages.set('/copy.xml', world.feed.text(madeAlert(RAIN)));
    await world.look();
    const copy = `<rss><channel><item><link>${world.feed.origin}/copy.xml</link></item></channel></rss>`;
    world.feed.pages.set('/rss', world.feed.text(copy));
    expect(await world.look()).toEqual([]);
    world.feed.list({ id: 'YK-2', sent: '2026-11-24T08:05:00+07:00', type: 'Cancel', references: reference(RAIN) });
    const posts = await world.look();
    expect(posts.map(post => post.text.includes('ada pesan yang lebih baru'))).toEqual([true]);
    expect((await world.run('/forum pass_on alert:1')).error?.code).toBe('closed');
  });

  it('an update of what was declined is offered only where it is graver', async () => {
    await using world = await watched();
    world.feed.list(RAIN);
    await world.look();
    await world.all(':click "Bukan untuk kami"');
    world.feed.list({ ...RAIN, id: 'YK-2', type: 'Update', references: reference(RAIN) });
    expect(await world.look()).toEqual([]);
    world.feed.list({ ...RAIN, id: 'YK-3', type: 'Update', references: reference(RAIN), severity: 'Extreme' });
    expect(firstLine(await world.look())).toEqual([
      '#koor ! Peringatan resmi dari Badan Cuaca Contoh: Hujan Lebat dan Petir, AWAS',
    ]);
  });

  it('once it has expired it is neither offered nor sent', async () => {
    await using world = await watched();
    world.feed.list({ ...RAIN, expires: '2026-11-24T08:00:30+07:00' }, { ...RAIN, id: 'YK-9' });
    expect((await world.look()).length).toBe(1);
    // What stands among the coordinators loses its buttons by itself, in place.
    const [after, ...more] = (await world.run(':skip 4h')).posts;
    expect([after!.to, after!.text.includes(plain(catalogue.id.announcement.expired)), more]).toEqual([
      '#koor',
      true,
      [],
    ]);
    expect(after!.text).not.toContain('[');
    expect((await world.run('/forum pass_on alert:1')).error?.code).toBe('closed');
    world.feed.list({ ...RAIN, id: 'YK-10', expires: null, sent: '2026-11-20T08:00:00+07:00' });
    expect(await world.look()).toEqual([]);
  });

  it('drills say so, and tests are not for people', async () => {
    await using world = await watched();
    world.feed.list({ ...RAIN, status: 'Test' }, { ...RAIN, id: 'YK-2', status: 'Exercise' });
    const posts = await world.look();
    expect(posts.length).toBe(1);
    expect(posts[0]!.text).toContain('INI LATIHAN');
    // Neither of them takes back what is meant in earnest.
    const later = { sent: '2026-11-24T08:05:00+07:00', type: 'Cancel', references: reference({ ...RAIN, id: 'YK-5' }) };
    world.feed.list(
      { ...RAIN, id: 'YK-5' },
      { ...later, id: 'YK-6', status: 'Test' },
      { ...later, id: 'YK-7', status: 'Exercise' },
    );
    expect(firstLine(await world.look())).toEqual([
      '#koor ! Peringatan resmi dari Badan Cuaca Contoh: Hujan Lebat dan Petir, WASPADA',
    ]);
  });
});

it.each([
  ['by code', { geocode: '34.71', province: 'Wilayah barat' }, true],
  ['by a code of another area', { geocode: '3404', province: 'Wilayah barat' }, false],
  [
    'of the whole province, without regencies',
    { where: 'seluruh wilayah', province: 'Daerah Istimewa Yogyakarta' },
    true,
  ],
  ['of the province, naming another regency', { where: 'Kab. Sleman', province: 'Daerah Istimewa Yogyakarta' }, false],
  ['of an area of no list, naming ours', { province: 'Lereng Merapi', where: 'Gondokusuman' }, true],
  ['of an area of no list', { province: 'Lereng Semeru', where: 'Lumajang' }, false],
])('an alert %s is offered or not', async (_, made, isOffered) => {
  await using world = await watched();
  world.feed.list({ ...RAIN, ...made });
  expect((await world.look()).length).toBe(isOffered ? 1 : 0);
});

it('a feed that is no feed disturbs nothing, and doctor names it', async () => {
  const store = await databases[0]!.open();
  await using world = await watched({ store });
  const { feed } = world;
  const hour = ':skip 2h';
  const states = async () => {
    const { alertFeeds: f } = world.store.tables;
    const [row] = await world.store.read.select().from(f);
    return row!.fault;
  };
  const bodies: [string, RegExp][] = [
    ['<html><br></html>', /^not_xml/],
    ['{"alerts":[]}', /^not_xml/],
    ['<!DOCTYPE rss [<!ENTITY a "b">]><rss><channel/></rss>', /^not_xml: document type/],
    ['<opml/>', /^not_cap/],
    [`<rss><channel>${' '.repeat(5 * 1024 * 1024)}</channel></rss>`, /^too_large/],
  ];
  for (const [body, fault] of bodies) {
    feed.pages.set('/rss', feed.text(body));
    expect(await world.look(hour)).toEqual([]);
    expect(await states()).toMatch(fault);
  }
  feed.pages.set('/rss', (_, response) => {
    response.writeHead(302, { location: 'http://localhost:1/rss' });
    response.end();
  });
  await world.look(hour);
  expect(await states()).toMatch(/^elsewhere/);
  feed.pages.set('/moved', feed.text('<rss><channel/></rss>'));
  feed.pages.set('/rss', (_, response) => {
    response.writeHead(302, { location: '/moved' });
    response.end();
  });
  await world.look(hour);
  expect(await states()).toBeNull();
  // Down: no answer at all, or that there is none now.
  const down: [Answer, RegExp][] = [
    [request => request.socket.destroy(), /^unreachable/],
    [(_, response) => response.writeHead(503).end('<rss/>'), /^status: HTTP 503/],
  ];
  for (const [answer, fault] of down) {
    feed.pages.set('/rss', answer);
    expect(await world.look(hour)).toEqual([]);
    expect(await states()).toMatch(fault);
  }
  // One byte at a time: the time limit ends it.
  feed.pages.set('/rss', (_, response) => {
    response.write('<rss>');
    world.overdue();
  });
  await world.look(hour);
  expect(await states()).toMatch(/^too_slow/);
  feed.pages.set('/rss', feed.text('<rss><channel/></rss>'));
  // A message that cannot be read hides no other.
  feed.list(
    { ...RAIN, id: 'YK-8', sent: '2026-11-25T01:00:00+07:00', expires: '2026-11-26T01:00:00+07:00' },
    { ...RAIN, id: 'rusak', sent: 'kemarin' },
  );
  expect((await world.look(hour)).length).toBe(1);
  expect(await states()).toMatch(/rusak\.xml: not_cap/);
  expect((await world.run('/forum alerts')).text).toContain('sedang tidak terbaca');
  const again = await world.run('/activity log "Kerja bakti"');
  expect(again.ok).toBe(true);
});

it('doctor tells how each allowed feed fares', async () => {
  const DATABASE_URL = `file:${newFolder()}/a.db`;
  const settings = readSettings({ DATABASE_URL, ALERT_FEEDS: 'https://contoh.go.id/a https://contoh.go.id/b' });
  const { openStore } = await import('../../src/storage/open.ts');
  const store = await openStore(DATABASE_URL);
  const { alertFeeds: f } = store.tables;
  const address = 'https://contoh.go.id/b';
  const told = async (fault: string | null): Promise<void> => {
    const row = { address, nextAt: START, failures: 3, fault };
    await store.write(null, async tx => {
      await tx.delete(f);
      await tx.insert(f).values(row);
    });
    const found = (await examine(settings, catalogue.en.cli)).filter(one => one.name === 'feeds');
    expect([fault, ...found.map(one => one.ok)]).toEqual([fault, true, fault === null]);
    if (fault) expect(found[1]!.detail).toContain(fault);
  };
  for (const fault of ['too_slow: no answer in time', 'too_large: x', 'not_xml: x', 'unreachable: ECONNREFUSED', null])
    await told(fault);
  await store.close();
});

it('only https addresses may be set, and only what is set may be watched', async () => {
  for (const wrong of ['http://contoh.go.id/a', 'ftp://contoh.go.id', 'https://a:b@contoh.go.id', 'bmkg'])
    expect(() => readSettings({ ALERT_FEEDS: wrong }), wrong).toThrow();
  expect(readSettings({ ALERT_FEEDS: ' https://a.id/x, https://b.id/y ' }).alertFeeds).toEqual([
    'https://a.id/x',
    'https://b.id/y',
  ]);
  await using world = await aWorld();
  await world.all('/forum setup Uji');
  expect((await world.run('/forum alerts feed:bmkg')).error?.code).toBe('not_found');
  await using other = await aWorld({ alertFeeds: ['https://www.contoh.go.id/alerts'] });
  await other.all('/forum setup Uji');
  expect((await other.run('/forum alerts feed:contoh')).error?.code).toBe('conflict');
  await other.all('/forum data area:34.71', '/forum alerts feed:contoh');
  expect((await other.run(':click "Jangan dipantau lagi"')).text).toContain('tidak ada yang dipantau');
});
