import { expect, it } from 'vitest';
import { readSettings } from '../../src/app/settings.ts';
import { startApp } from '../../src/app/start.ts';
import { createLog } from '../../src/contract/log.ts';
import { databases } from '../databases.ts';
import { newSqliteStore } from '../migrated.ts';
import { aWorld, handed } from '../world.ts';
import { crawled, PUBLISH, served } from './page.ts';

/** Something of everything, so that every question that the page asks has an answer. */
const EVERYTHING = [
  '/forum setup "Forum Uji"',
  '/forum settings approval:500rb public_names:yes',
  '/partner add Mitra sector:ngo focus:air',
  '/partner assign sari partner:Mitra role:representative',
  '/partner add Kedua sector:community',
  '/partner assign budi partner:Kedua role:representative',
  '/goal add Pangan due:31/12/2026',
  '/goal add Air',
  '/goal close T-2 outcome:Tercapai',
  '/indicator add Warga unit:orang direction:up baseline:0 target:10 due:31/12/2026 frequency:monthly goal:T-1 partner:Mitra',
  '/indicator report N-1 value:4',
  '/activity log Gladi participants:10 women:4 partners:"Mitra, Kedua" goal:T-1 result:Baik evidence:"Foto"',
  '/activity plan Rapat date:besok',
  '/issue raise Saluran severity:high partner:Mitra due:besok',
  '/issue raise Sensor',
  '/issue resolve I-2 resolution:Diganti',
  '/finance record Iuran direction:in amount:1jt partner:Mitra',
  '@budi /finance approve U-1',
  '/finance record Sewa direction:out amount:600rb activity:K-1 date:1/10/2026',
  '/finance record Teh direction:out amount:10rb',
  '/finance reverse U-3 reason:Keliru',
  '/agreement record MOU kind:formal partners:"Mitra, Kedua" signed:1/1/2026 expires:31/12/2026',
  '/agreement commit P-1 what:Hadir due:besok partner:Mitra',
  '/agreement kept P-1 item:1',
  '/strategy propose Pindah change:Sabtu rationale:Warga closes:1d goal:T-1 issue:I-1',
  '/strategy vote S-1 agree',
  '@budi /strategy vote S-1 agree',
  '/strategy propose Nanti change:x rationale:y opens:5d closes:9d',
  '/strategy propose Anggota change:x rationale:y closes:9d basis:member method:majority urgent:uji',
  ':skip 2d',
  ...PUBLISH,
];

it('both databases give the same pages, byte by byte', async () => {
  const all: Map<string, string>[] = [];
  for (const { open } of databases) {
    const store = await open();
    const world = await aWorld({ store });
    await world.all(...EVERYTHING);
    const [forum] = await store.read.select().from(store.tables.forums);
    const site = await served(store);
    site.skip(2);
    const pages = await crawled(site, `/f/${forum!.id}`);
    // The forum's id, and what is made of it, is another in each world.
    const same = (text: string): string =>
      text
        .replaceAll(forum!.id, 'ID')
        .replace(/urn:uuid:[\w-]+/g, 'urn:uuid')
        .replace(/[0-9a-f]{64}/g, 'hash');
    all.push(new Map([...pages].map(([path, text]) => [same(path), same(text)])));
    expect(site.faults).toEqual([]);
    await site.stop();
    await store.close();
  }
  const [sqlite, postgres] = all;
  expect([...postgres!.keys()].sort()).toEqual([...sqlite!.keys()].sort());
  for (const [path, text] of sqlite!) expect(postgres!.get(path), path).toBe(text);
  expect(sqlite!.size).toBeGreaterThan(50);
});

it('the house serves it: its own clock, its own painter, its own port', async () => {
  const store = await newSqliteStore();
  const world = await aWorld({ store });
  await world.all('/forum setup Uji', ...PUBLISH);
  const [forum] = await store.read.select().from(store.tables.forums);
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const app = await startApp(
    services,
    readSettings({ PORT: '0', METRICS_ADDRESS: '', PUBLIC_URL: 'https://x.example' }),
    [],
    handed(),
  );
  const page = await fetch(`http://127.0.0.1:${app.port}/f/${forum!.id}`);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(`https://x.example/f/${forum!.id}`)]);
  await app.stop();
});
