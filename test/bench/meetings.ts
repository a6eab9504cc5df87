import { handlers } from '../../src/app/app.ts';
import { addDays, dateIn, instantAt } from '../../src/domain/calendar.ts';
import { forumById } from '../../src/domain/forums.ts';
import { catalogue } from '../../src/language/messages.ts';
import { createMaker } from '../../src/reports/maker.ts';
import { planned } from '../../src/schedule/occurrences.ts';
import { runDue } from '../../src/schedule/run.ts';
import { forumCalendar } from '../../src/site/calendar.ts';
import { linksOf } from '../../src/site/routes.ts';
import { createSite } from '../../src/site/site.ts';
import { countedIds } from '../world.ts';
import { aForum, START } from './forum.ts';
import { measure, ms, ratio } from './measure.ts';
import { row, section } from './page.ts';

const SERIES = 10_000;
const FEW_SERIES = 100;
const DUE = 50;
const AHEAD = 8;
const PIECE = 500;
const ENTRIES = 5_000;
const FEW_ENTRIES = 100;
const MAXIMUM_CALENDAR_MS = 50;
const MAXIMUM_GROWTH = 2;
const ZONE = 'Asia/Jakarta';
const HERE = { path: '/calendar.ics', query: {}, locale: 'id', publicUrl: 'https://forum.example' };
const quiet = { debug() {}, info() {}, warn() {}, error: console.error };

type Forum = Awaited<ReturnType<typeof aForum>>;

/** Puts weekly series into the tables, each with its eight activities ahead. */
async function fillSeries({ store, forumId }: Forum, from: number, to: number): Promise<void> {
  const today = dateIn(START, ZONE);
  const template = {
    ...{ title: 'Rapat', kind: 'meeting' as const, location: 'Balai', goal: null, partners: [], invited: [] },
    ...{ members: [], seats: null, area: null },
  };
  for (let i = from; i <= to; i += PIECE)
    await store.write(null, async tx => {
      const numbers = Array.from({ length: Math.min(PIECE, to - i + 1) }, (_, k) => i + k);
      const dates = Array.from({ length: AHEAD }, (_, k) => addDays(today, 1 + 7 * k));
      await tx.insert(tx.tables.series).values(
        numbers.map(number => ({
          ...{ forumId, number, recurrence: { every: 'week' as const, interval: 1, days: [3] }, template },
          ...{ holidays: 'keep' as const, start: dates[0]!, last: null, count: null, made: dates.at(-1)! },
          ...{ time: '09:00', until: '11:00', zone: ZONE, createdBy: 1, createdAt: START, changedAt: START },
        })),
      );
      for (const [k, date] of dates.entries())
        await tx.insert(tx.tables.activities).values(
          numbers.map(number => ({
            ...{ forumId, number: (number - 1) * AHEAD + k + 1, title: 'Rapat', kind: 'meeting' as const, date },
            ...{ state: 'planned' as const, search: 'rapat', createdBy: 1, createdAt: START, slot: date },
            ...{ series: number, time: '09:00', until: '11:00', zone: ZONE },
          })),
        );
      // The same number is over at one instant in a forum of a hundred as in one of ten thousand.
      const at = (number: number): Date => instantAt(addDays(today, number <= DUE ? 1 : 8), '11:00', ZONE);
      await tx.insert(tx.tables.occurrences).values(
        numbers.map(number => ({
          ...planned('series', `${number}:${dates[0]}`, at(number)),
          ...{ forumId, state: 'pending' as const },
        })),
      );
      await tx
        .insert(tx.tables.counters)
        .values({ forumId, thing: 'activity', last: to * AHEAD })
        .onConflictDoNothing();
    });
}

/** Measures one series that goes on, among so many, ms. */
async function perDue(among: number): Promise<number> {
  const forum = await aForum();
  await fillSeries(forum, 1, among);
  const { store } = forum;
  const now = instantAt(addDays(dateIn(START, ZONE), 1), '12:00', ZONE);
  const since = performance.now();
  const done = await runDue({ store, clock: { now: () => now }, ids: countedIds(), log: quiet, handlers });
  const took = performance.now() - since;
  if (done < DUE) throw new Error(`${done} of ${DUE} series went on`);
  await store.close();
  return took / done;
}

/** Measures the forum's calendar with so many entries, ms: written anew, and as the page keeps it; and its size. */
async function calendarOf(entries: number) {
  const forum = await aForum();
  const { store, forumId } = forum;
  await store.write(null, async tx => {
    for (let i = 1; i <= entries; i += PIECE)
      await tx.insert(tx.tables.activities).values(
        Array.from({ length: Math.min(PIECE, entries - i + 1) }, (_, k) => ({
          ...{ forumId, number: i + k, title: `Rapat ke-${i + k}`, kind: 'meeting' as const, location: 'Balai, RW 5' },
          ...{ state: 'planned' as const, search: 'rapat', createdBy: 1, createdAt: START, zone: ZONE },
          ...{ date: addDays(dateIn(START, ZONE), (i + k) % 700), time: '09:00', until: '11:00' },
        })),
      );
  });
  const found = (await forumById(store.read, forumId))!;
  const render = { m: catalogue.id, locale: 'id', zone: ZONE, now: START, db: store.read, forumId } as const;
  const pageContext = {
    ...{ render, forum: found, links: linksOf({ id: forumId, preview: null }, HERE), today: dateIn(START, ZONE) },
    ...{ before: null, area: null, ledgerBroken: async () => null, previewUntil: null },
  };
  const { median: anew } = await measure(20, () => forumCalendar(pageContext as never));
  const { length } = await forumCalendar(pageContext as never);
  for (const line of ['/forum publish', '/forum publish confirm:yes']) await forum.run(line);
  const site = createSite({
    store,
    painter: { paint: null },
    maker: createMaker(store, quiet),
    publicUrl: undefined,
  } as never);
  const visit = { path: `/f/${forumId}/calendar.ics`, query: new URLSearchParams(), has: null, zip: true };
  const { median: kept } = await measure(20, async () => {
    const { status } = await site(visit, START);
    if (status !== 200) throw new Error(`the calendar answers ${status}`);
  });
  await store.close();
  return { anew, kept, bytes: length };
}

/** Measures meetings that repeat and calendars. */
export async function meetings(): Promise<void> {
  section('Meetings', '| what | few | many | grows by | bound |');
  const [few, many] = [await perDue(FEW_SERIES), await perDue(SERIES)];
  row(`a series that goes on, of ${FEW_SERIES} and of ${SERIES}`, ms(few), ms(many), ratio(many, few), '2×');
  const [small, large] = [await calendarOf(FEW_ENTRIES), await calendarOf(ENTRIES)];
  const size = `${(large.bytes / 2 ** 20).toFixed(1)} MB`;
  row(
    `a calendar of ${FEW_ENTRIES} and of ${ENTRIES} entries (${size}), warm`,
    ...[ms(small.kept), ms(large.kept), '', ms(MAXIMUM_CALENDAR_MS)],
  );
  row('the same, written anew after a change', ms(small.anew), ms(large.anew), '', '');
  const [one, other] = [small.anew / FEW_ENTRIES, large.anew / ENTRIES];
  row('of that each entry', ms(one), ms(other), ratio(other, one), '2×');
  const wrong = [
    many > MAXIMUM_GROWTH * few && `a series among many takes ${ms(many)}, among few ${ms(few)}`,
    large.kept > MAXIMUM_CALENDAR_MS && `the calendar takes ${ms(large.kept)}`,
    other > MAXIMUM_GROWTH * one && `an entry takes ${ms(other)}, among few ${ms(one)}`,
  ].filter(Boolean);
  if (wrong.length) process.exitCode = 1;
  for (const one of wrong) console.error(`too long: ${one}`);
}
