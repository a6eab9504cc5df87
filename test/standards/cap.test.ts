import { XmlDocument } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import type { Announcement } from '../../src/domain/announcements.ts';
import type { Forum } from '../../src/domain/forums.ts';
import { readCap } from '../../src/feeds/read-cap.ts';
import { catalogue } from '../../src/language/messages.ts';
import { plain } from '../../src/language/text.ts';
import { readXml } from '../../src/language/xml-reader.ts';
import { capTime, capXml } from '../../src/reports/cap/alert.ts';
import { ALERT_LEVELS, CERTAINTIES, LIVES, ONSETS } from '../../src/storage/schema/announcements.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { aSite } from '../site/page.ts';
import { isLong } from '../sizes.ts';
import { aWorld, START } from '../world.ts';
import { faultsBySchema, hasSchema } from './schemas.ts';

const SCHEMA = 'CAP-v1.2.xsd';
const isPublished = hasSchema(SCHEMA);
const CAP = { c: 'urn:oasis:names:tc:emergency:cap:1.2' };
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/;

/** Reads what an independent reader finds at a path. */
function read(xml: string, path: string): string[] {
  using document = XmlDocument.fromString(xml);
  return document.find(path, CAP).map(one => one.content);
}

function faultsOf(xml: string): string[] {
  const times = read(xml, '//c:sent | //c:effective | //c:expires').filter(one => !TIME.test(one));
  const parts = ['//c:identifier', '//c:sender'].flatMap(path => read(xml, path)).filter(one => /[\s,<&]/.test(one));
  return [...times, ...parts, ...(isPublished ? faultsBySchema(xml, SCHEMA) : [])];
}

const forum = { id: 'abc', name: 'Forum <Uji> & "co"', zone: 'Asia/Jakarta', locale: 'id', settings: {} } as Forum;
const words = fc.oneof(
  fc.constant('<b>&]]>"\' {=1} \u202e𝔘'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
);
const moment = fc.option(fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }));
const warning = fc.record({
  number: fc.integer({ min: 1, max: 9999 }),
  content: words,
  event: words,
  life: fc.constantFrom(...LIVES),
  onset: fc.option(fc.constantFrom(...ONSETS)),
  level: fc.constantFrom(...ALERT_LEVELS),
  certainty: fc.option(fc.constantFrom(...CERTAINTIES)),
  area: fc.constantFrom(null, '34.71.03 Gondokusuman, Yogyakarta', '34.04 Kabupaten Sleman; 34.71 Kota Yogyakarta'),
  shapes: fc.constantFrom(null, '-7.78,110.37 2', '-7.7,110.3 -7.8,110.3 -7.8,110.4 -7.7,110.3\n-7.5,110.1 0.5'),
  source: fc.option(words),
  effective: moment,
  expires: moment,
  instruction: fc.option(words),
  exercise: fc.boolean(),
});

describe('early warnings in the Common Alerting Protocol', () => {
  it('of any kind keep the schema, and an independent reader finds in them what was said', () => {
    const zones = ['Asia/Jakarta', 'Asia/Jayapura', 'Europe/Amsterdam', 'UTC', 'America/St_Johns'];
    fc.assert(
      fc.property(fc.array(warning, { minLength: 1, maxLength: 4 }), fc.constantFrom(...zones), (life, zone) => {
        const all = life.map(one => ({ ...one, forumId: 'abc', sentAt: START, urgency: 'early_warning' }) as never);
        const last = all.at(-1)! as Announcement & { sentAt: Date };
        const xml = capXml({ ...forum, zone }, last, all.slice(0, -1), 'https://contoh.id/f/abc?a=1&b=2');
        expect(faultsOf(xml)).toEqual([]);
        expect(read(xml, '//c:status')).toEqual([last.exercise ? 'Exercise' : 'Actual']);
        expect(read(xml, '//c:info/c:language')).toEqual(['id-ID', 'en-US']);
        const areas = (last.area?.split('; ').length ?? 0) + (last.shapes === null ? 0 : 1);
        expect(read(xml, '//c:info[1]/c:area')).toHaveLength(areas);
        const shapes = read(xml, '//c:info[1]//c:polygon | //c:info[1]//c:circle');
        expect(shapes.sort()).toEqual((last.shapes?.split('\n') ?? []).sort());
        const back = readCap(readXml(xml));
        expect([back.identifier, back.sent, back.references.length]).toEqual([
          `rembug-abc-${last.number}`,
          START.toISOString(),
          life.length - 1,
        ]);
        expect(back.infos[0]!.areas.flatMap(one => one.shapes).sort()).toEqual(shapes.sort());
        expect(read(xml, '//c:references').flatMap(one => one.split(' '))).toHaveLength(life.length - 1);
      }),
      { numRuns: isLong ? 2000 : 500, seed: 12 },
    );
    // What looks for faults finds one.
    if (isPublished)
      expect(faultsBySchema('<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"/>', SCHEMA)).not.toEqual([]);
  });

  it('tell times with the offset of the zone, never with a Z', () => {
    expect(capTime(START, 'Asia/Jakarta')).toBe('2026-11-24T08:00:00+07:00');
    expect(capTime(START, 'UTC')).toBe('2026-11-24T01:00:00+00:00');
  });
});

const FORUM = ['/forum setup "Forum Uji" announce:umum coordinators:koor', '/forum coordinator ani action:add'];
const WARNING =
  '/forum announce "Air naik cepat" event:banjir level:awas when:now certainty:observed area:"Gondokusuman" expires:"25/11/2026 08.00" instruction:"Naik ke lantai dua"';

describe.each(databases)('the life of a warning on $name', ({ open }) => {
  it('is on its card: how grave, where, until when, what to do; updated, ended, a drill as such', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    expect((await world.run(WARNING)).text).toContain('AWAS'.toLowerCase());
    const [post] = (await world.run('@ani /forum send announcement:1')).posts;
    for (const said of [
      'PERINGATAN DINI: banjir, AWAS',
      'Gondokusuman, Yogyakarta',
      '25 Nov 2026 08.00',
      'Naik ke lantai dua',
      'belum:',
    ])
      expect(post!.text).toContain(said);
    await world.all('/forum update announcement:1 text:"Masih naik" reason:"Ani di lapangan"');
    const updated = await world.run('/forum send announcement:2');
    expect(updated.posts.find(one => one.text.includes('PEMBARUAN'))!.text).toContain('Masih naik');
    await world.all('/forum allclear announcement:1 text:"Air surut"');
    expect((await world.run('/forum send announcement:3')).error?.code).toBe('forbidden');
    const clear = await world.run('@ani /forum send announcement:3');
    expect(clear.posts.map(one => one.text).join()).toContain('KEADAAN AMAN: banjir');
    expect((await world.run('/forum update announcement:1 text:Lagi')).error?.code).toBe('closed');
    const { announcements: a } = world.store.tables;
    const follows = (await world.store.read.select().from(a)).map(one => [one.number, one.follows, one.life]);
    expect(follows).toEqual([
      [1, null, 'alert'],
      [2, 1, 'update'],
      [3, 2, 'all_clear'],
    ]);
    // A warning whose time has passed says so where it stands, and is not sent for the first time.
    await world.all(
      '/forum announce "Air naik lagi" event:banjir level:siaga expires:"24/11/2026 10.00" reason:Sendiri',
      '/forum send announcement:4',
      '/forum announce "Tidak terkirim" event:banjir level:siaga expires:"24/11/2026 10.00" reason:Sendiri',
    );
    const after = await world.run(':skip 3h');
    expect(after.posts.map(one => one.text.includes(plain(catalogue.id.announcement.expired)))).toEqual([true]);
    expect((await world.run('/forum send announcement:5')).error?.code).toBe('closed');
    expect((await world.run('/forum announce Rapat')).ok).toBe(true);
    expect((await world.run('/forum update announcement:6 text:x')).error?.code).toBe('conflict');
    expect((await world.run('/forum announce Air expires:1/1/2026')).error?.code).toBe('invalid_option');
    await world.all('/forum announce "Gladi" event:banjir level:siaga exercise:yes reason:gladi');
    const drill = await world.run('/forum send announcement:7');
    expect(drill.posts[0]!.text).toMatch(/LATIHAN – PERINGATAN DINI.*\n.*LATIHAN/s);
    expect(world.logged).toEqual([]);
  });
});

it('warnings stand at the public page, each and as a feed; what is no warning does not', async () => {
  const site = await aSite([
    `${WARNING} reason:sendiri`,
    '/forum send announcement:1',
    '/forum update announcement:1 text:Naik reason:sendiri cancel:yes',
    '/forum send announcement:2',
    '/forum announce RAHASIA',
    '/forum send announcement:3',
    '/forum publish',
    '/forum publish confirm:yes',
  ]);
  const first = await site.get(`/f/${site.id}/cap/1.xml`);
  expect(first.headers.get('content-type')).toContain('application/cap+xml');
  const [warned, cancelled] = [await first.text(), await site.text(`/f/${site.id}/cap/2.xml`)];
  expect([faultsOf(warned), faultsOf(cancelled)]).toEqual([[], []]);
  expect(read(cancelled, '//c:msgType')).toEqual(['Cancel']);
  expect(read(cancelled, '//c:references')[0]).toContain(read(warned, '//c:identifier')[0]!);
  const feed = await site.text(`/f/${site.id}/cap.atom`);
  expect(feed.match(/<entry>/g)).toHaveLength(2);
  expect(feed).not.toContain('RAHASIA');
  expect((await site.get(`/f/${site.id}/cap/3.xml`)).status).toBe(404);
});
