import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { expect, it } from 'vitest';
import { instantAt } from '../../src/domain/calendar.ts';
import { endOf, startOf } from '../../src/domain/slots.ts';
import { momentOf } from './calendar-readers.ts';
import { aSite, PUBLISH } from './page.ts';

const LIFE = [
  '/partner add BPBD sector:government',
  '/partner assign ani partner:BPBD role:representative',
  '@ani /activity plan "Rapat bulanan; koordinasi" repeat:"setiap Senin pertama 09.00-11.00 WIT 6 kali" location:"Balai, RW 5"',
  '@ani /activity move K-2 date:"12/1/2027 10.00-12.30 WIT"',
  '@ani /activity cancel K-3 reason:Libur',
  '@ani /activity plan Gladi date:"20 jan 13.00-15.30"',
  '@ani /activity plan Posko date:"2-4 feb 2027"',
  '@ani /activity plan Ronda date:"10/2/2027 22.00" until:"11/2/2027 04.00"',
  '@ani /activity move K-7 date:"21 jan 14.00"',
  '@ani /activity plan Batal date:"1/3/2027 08.00 Europe/Amsterdam"',
  '@ani /activity cancel K-10 reason:Hujan',
];

it('a forum’s calendar gives other programs the instants, ends, moves and cancellations of the record', async () => {
  const site = await aSite([...LIFE, ...PUBLISH]);
  const { world, id } = site;
  const answer = await site.get(`/f/${id}/calendar.ics`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  const text = await answer.text();
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const rows = await world.store.read.select().from(world.store.tables.activities);

  const component = new ICAL.Component(ICAL.parse(text));
  for (const one of component.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(one);
  const events = component.getAllSubcomponents('vevent').map(one => new ICAL.Event(one));
  const found = new Map<string, string>();
  const noted = (start: ICAL.Time, end: ICAL.Time, status: unknown): string =>
    [momentOf(start), momentOf(end), status].join(' ');
  for (const event of events.filter(one => !one.isRecurrenceException())) {
    if (!event.isRecurring()) {
      const status = event.component.getFirstPropertyValue('status');
      found.set(event.summary, noted(event.startDate, event.endDate, status));
      continue;
    }
    const iterator = event.iterator();
    for (let next = iterator.next(); next; next = iterator.next()) {
      const { startDate, endDate, item } = event.getOccurrenceDetails(next);
      found.set(
        `${event.summary} ${next.toString().slice(0, 10)}`,
        noted(startDate, endDate, item.component.getFirstPropertyValue('status')),
      );
    }
  }
  const expected = rows.map(one => {
    const key = one.slot === null ? one.title : `${one.title} ${one.slot}`;
    const at = (moment: Date, date: string): string =>
      one.time === null ? `${date}T00:00:00.000Z` : moment.toISOString();
    const start = at(startOf(one, 'Asia/Jakarta'), one.date);
    const day = (one.endDate ?? one.date) as string;
    const end = at(
      endOf(one, 'Asia/Jakarta'),
      new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10),
    );
    return [key, [start, end, one.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'].join(' ')] as const;
  });
  expect([...found].sort()).toEqual(expected.sort());

  const others = nodeIcal.sync.parseICS(text);
  const gladi = Object.values(others).find(one => one?.type === 'VEVENT' && one.summary === 'Gladi');
  if (gladi?.type !== 'VEVENT') throw new Error('no Gladi');
  expect(new Date(gladi.start).toISOString()).toBe(instantAt('2027-01-21', '14:00', 'Asia/Jakarta').toISOString());
  expect(new Date(gladi.end!).toISOString()).toBe(instantAt('2027-01-21', '16:30', 'Asia/Jakarta').toISOString());
  expect(String(gladi.sequence)).toBe('1');
  const series = Object.values(others).find(one => one?.type === 'VEVENT' && one.rrule);
  if (series?.type !== 'VEVENT') throw new Error('no series');
  expect(series.rrule!.all()).toHaveLength(6);
  expect(Object.keys(series.recurrences ?? {}).length).toBeGreaterThanOrEqual(2);

  const etag = answer.headers.get('etag')!;
  expect((await site.get(`/f/${id}/calendar.ics`, { 'if-none-match': etag })).status).toBe(304);
  await world.all('/forum settings public:no');
  expect((await site.get(`/f/${id}/calendar.ics`)).status).toBe(410);
});

it('a person’s calendar is theirs alone, and gone once its address is revoked', async () => {
  const site = await aSite([
    ...LIFE,
    '@dewi /activity list',
    '/indicator add Warga unit:orang baseline:0 target:10 due:31/12/2027 frequency:monthly partner:BPBD',
    '/action add "Cek pompa" who:ani due:10/12/2026',
  ]);
  const { world } = site;
  const said = (await world.run('@ani /calendar link alarm:30')).text;
  const path = /\/calendar\/\w+\.ics/.exec(said)![0];
  const answer = await site.get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('x-robots-tag')).toBe('noindex, nofollow');
  const text = (await answer.text()).replaceAll('\r\n ', '');
  expect(text).toContain('SUMMARY:Gladi');
  expect(text).toContain('Cek pompa');
  expect(text).toContain('TRIGGER:-PT30M');
  expect((await site.get(path, { 'if-none-match': answer.headers.get('etag')! })).status).toBe(304);
  site.skip(12);
  expect((await site.text(path)).replaceAll('\r\n ', '')).toContain('Laporan N-1 Warga');
  await world.all('@ani /activity attend K-7 answer:no');
  expect(await site.text(path)).not.toContain('SUMMARY:Gladi');
  const other = /\/calendar\/\w+\.ics/.exec((await world.run('@dewi /calendar link')).text)![0];
  expect(await site.text(other)).not.toContain('SUMMARY');
  await world.all('@ani /calendar revoke');
  expect((await site.get(path)).status).toBe(410);
  expect((await site.get('/calendar/0000000000000000000000.ics')).status).toBe(404);
  expect((await site.get(other)).status).toBe(200);
  // Of whoever has had their data forgotten nothing is left, not even that there was an address.
  await world.all('@dewi /me forget confirm:yes');
  expect((await site.get(other)).status).toBe(404);
});
