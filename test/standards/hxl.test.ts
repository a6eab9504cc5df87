import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { EVER } from '../../src/domain/calendar.ts';
import { catalogue } from '../../src/language/messages.ts';
import { hxlText } from '../../src/reports/hxl.ts';
import { databases } from '../databases.ts';
import { aSite } from '../site/page.ts';
import { aWorld, START } from '../world.ts';

it.each(databases)('who does what where has a row of HXL hashtags, codes and groups on $name', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all(
    '/forum setup Forum',
    '/partner add BPBD sector:government',
    '/partner add PMI sector:ngo',
    '/goal add Siap sector:43060',
    '/activity log "=Pelatihan" date:1/10/2026 partners:"BPBD, PMI" goal:T-1 participants:45 women:20 area:"34.71.03.1005; Kab. Sleman" location:"Balai RW 5"',
    '/activity log Rapat date:2/10/2026',
    '/activity log Keliru',
    '/activity undo K-3',
  );
  const { store } = world;
  const [forum] = await store.read.select().from(store.tables.forums);
  for (const locale of ['id', 'en'] as const) {
    const context = { db: store.read, forumId: forum!.id, m: catalogue[locale], locale, zone: forum!.zone, now: START };
    const [heads, tags, first, second, ...others] = parse(await hxlText(context, EVER), { bom: true }) as string[][];
    expect(heads).toHaveLength(tags!.length);
    expect(tags!.filter(tag => !/^#[a-z][a-z0-9]*(\+[a-z][a-z0-9_]*)*$/.test(tag))).toEqual([]);
    const row = Object.fromEntries(tags!.map((tag, i) => [tag, first![i]]));
    expect(row).toMatchObject({
      '#activity+code': 'K-1',
      '#activity+name': "'=Pelatihan",
      '#org+name+list': 'BPBD | PMI',
      '#sector+code': '43060',
      '#adm1+code': '34',
      '#adm2+code': '34.04 | 34.71',
      '#adm3+code': '34.71.03',
      '#adm4+code': '34.71.03.1005',
      '#loc+name': 'Balai RW 5',
      '#date+start': '2026-10-01',
      '#reached': '45',
      '#reached+f': '20',
    });
    expect([second![0], others]).toEqual(['K-2', []]);
  }
  expect((await world.run('/report 2026 format:hxl')).text).toContain('-hxl.csv');
});

it('stands at the public page as well, in the language of whoever asks', async () => {
  const site = await aSite([
    '/activity log Gladi date:1/10/2026 area:34.71.03',
    '/forum publish',
    '/forum publish confirm:yes',
  ]);
  expect(await site.text(`/f/${site.id}/activities`)).toContain('/hxl.csv');
  const [heads, tags, row] = parse(await site.text(`/f/${site.id}/hxl.csv?lang=en`), { bom: true }) as string[][];
  expect([heads![0], tags![0], row![tags!.indexOf('#adm3+code')]]).toEqual(['Code', '#activity+code', '34.71.03']);
});
