import { expect, it } from 'vitest';
import { forumById } from '../../src/domain/forums.ts';
import { catalogue } from '../../src/language/messages.ts';
import { forumCalendar } from '../../src/site/calendar.ts';
import type { PageContext } from '../../src/site/page-context.ts';
import { linksOf } from '../../src/site/routes.ts';
import { newSqliteStore } from '../migrated.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';
import { aWorld, START } from '../world.ts';
import { byIcalJs, byNodeIcal, type Read, recorded } from './calendar-readers.ts';

const ZONE = 'Asia/Jakarta';
const UNTIL = new Date('2030-01-01T00:00:00Z');
const zone = fc.constantFrom('WIB', 'WITA', 'WIT', 'Europe/Amsterdam', 'America/New_York');
const hour = fc.integer({ min: 6, max: 20 });
const day = fc
  .tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 1, max: 12 }))
  .map(([d, m]) => `${d}/${m}/2027`);
const hours = fc
  .tuple(hour, fc.integer({ min: 0, max: 59 }), fc.integer({ min: 1, max: 3 }), zone, fc.boolean())
  .map(([h, min, long, where, isOpen]) => {
    const minutes = String(min).padStart(2, '0');
    return isOpen ? `${h}.${minutes} ${where}` : `${h}.${minutes}-${h + long}.${minutes} ${where}`;
  });
const rule = fc.constantFrom(
  'setiap Senin',
  'setiap Selasa dan Jumat',
  'tiap dua minggu',
  'setiap tanggal 31',
  'setiap Senin pertama',
  'setiap Jumat terakhir bulan',
  'setiap Jumat Kliwon',
  'setiap hari',
);
const end = fc.constantFrom('', ' 5 kali', ' sampai 30/9/2027');
const which = fc.constantFrom('', ' which:following');
const holidays = fc.constantFrom('keep', 'skip', 'move');

/** One act of a forum; `#` stands for the code of some activity that there is. */
const act = fc.oneof(
  fc.tuple(day, hours).map(([on, at]) => `plan date:"${on} ${at}"`),
  day.map(on => `plan date:${on}`),
  fc
    .tuple(rule, hours, end, holidays)
    .map(([how, at, last, off]) => `plan repeat:"${how} ${at}${last}" holidays:${off}`),
  fc.tuple(rule, end, holidays).map(([how, last, off]) => `plan repeat:"${how}${last}" holidays:${off}`),
  fc.tuple(rule, end, zone).map(([how, last, where]) => `plan repeat:"${how} 22.00-04.00 ${where}${last}"`),
  fc.tuple(day, hours, which).map(([on, at, what]) => `move # date:"${on} ${at}" confirm:yes${what}`),
  fc.tuple(day, which).map(([on, what]) => `move # date:${on} confirm:yes${what}`),
  which.map(what => `cancel # reason:Hujan${what}`),
  fc.constant('edit # title:"Nama, lain; baru"'),
  fc.constant('edit # location:"Balai, RW 5"'),
  fc.constant('skip'),
);
const life = fc.array(fc.tuple(act, fc.nat(60)), { minLength: 4, maxLength: 14 });

/** Until when a series that has not ended lies in the record. */
const upTo = ({ made, last }: { made: string | null; last: string | null }): string =>
  last !== null && last < made! ? last : made!;

async function calendarAfter(acts: readonly (readonly [string, number])[]) {
  const store = await newSqliteStore();
  const world = await aWorld({ store });
  await world.all('/forum setup Uji', '/forum holiday 4/1/2027', '/forum holiday 5/1/2027');
  const { activities } = store.tables;
  for (const [n, [what, nth]] of acts.entries()) {
    const there = await store.read.select().from(activities);
    if (what === 'skip') await world.all(':skip 9d');
    else if (what.startsWith('plan')) await world.run(`/activity ${what.replace('plan', `plan "Kegiatan ${n}"`)}`);
    else if (there.length) await world.run(`/activity ${what.replace('#', `K-${1 + (nth % there.length)}`)}`);
  }
  const rows = await store.read.select().from(activities);
  const made = new Map<string, string>();
  for (const one of await store.read.select().from(store.tables.series)) {
    const { title } = one.template;
    const { start } = recorded({ ...one, endDate: null, date: upTo(one), title, state: 'planned' }, ZONE);
    if (start > (made.get(title) ?? '')) made.set(title, start);
  }
  const [{ id } = { id: '' }] = await store.read.select().from(store.tables.forums);
  const forum = (await forumById(store.read, id))!;
  const here = { path: '/calendar.ics', query: {}, locale: 'id', publicUrl: 'https://forum.example' };
  const page: PageContext = {
    render: { m: catalogue.id, locale: 'id', zone: ZONE, now: START, db: store.read, forumId: id } as never,
    ...{ forum, links: linksOf({ id, preview: null }, here), today: '2026-11-24', before: null, area: null },
    ...{ ledgerBroken: async () => null, previewUntil: null },
  };
  const text = await forumCalendar(page);
  const isSame = text === (await forumCalendar(page));
  const { logged } = world;
  await store.close();
  return { text, isSame, rows, made, logged };
}

const written = (all: readonly Read[]): string[] =>
  all.map(({ title, start, end, status }) => [title, start, end, status].join(' ')).sort();

it('after any life of changes two other programs read the instants, ends, moves and cancellations of the record', async () => {
  await fc.assert(
    fc.asyncProperty(life, async acts => {
      const { text, isSame, rows, made, logged } = await calendarAfter(acts);
      expect([isSame, logged]).toEqual([true, []]);
      const recordedRows = rows.filter(one => one.state !== 'undone').map(one => recorded(one, ZONE));
      // A series without an end goes on in a calendar beyond what was made of it: there only what was moved is compared.
      const isMade = (one: Read): boolean => one.start <= (made.get(one.title) ?? '');
      for (const read of [byIcalJs, byNodeIcal]) {
        const beyond = written(recordedRows.filter(one => !isMade(one)));
        const isKept = (one: Read): boolean => {
          if (isMade(one)) return true;
          const at = beyond.indexOf(written([one])[0]!);
          return at >= 0 && beyond.splice(at, 1).length > 0;
        };
        expect([read.name, written(read(text, UNTIL).filter(isKept))]).toEqual([read.name, written(recordedRows)]);
      }
    }),
    { numRuns: sized(4, 8), seed: 20261130 },
  );
});
