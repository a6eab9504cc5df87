import { describe, expect, it } from 'vitest';
import { newestWith, pageWith } from '../../src/domain/activity-words.ts';
import { searchWordsOf, soughtIn } from '../../src/storage/words.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { aWorld, START } from '../world.ts';

/** Number of activities: none, at the edges of what is shown at once, and more than are looked through for words. */
const SIZES = [0, 1, 25, 26, 101, 1_000, 1_300];

/** Words that nearly all, many, some, few and hardly any titles have, as people write them. */
const WORDS = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('Rapat', 'RAPAT', 'evakuasi', 'Évakuasi', 'RT 05', 'anak-anak') },
  { weight: 20, arbitrary: fc.constantFrom('evaluasi', 'banjir', "Jum'at", 'e', 'ke-7') },
  { weight: 3, arbitrary: fc.constantFrom('perdana', 'peran', 'K-12', 'São', '100%') },
  { weight: 1, arbitrary: fc.constantFrom('langka', 'lancar', 'ünik', 'x') },
);
const TITLE = fc.array(WORDS, { minLength: 1, maxLength: 4 }).map(words => words.join(' '));

const TYPED = [
  ...[
    '',
    '-',
    '%',
    '_',
    'e',
    'E',
    'ev',
    'evak',
    'EVAKUASI',
    'évak',
    'lan',
    'langka',
    'tiada',
    'k-12',
    'K12',
    '7',
    '07',
  ],
  ...[
    'rapat lan',
    'langka rapat',
    'langka evak',
    'evakuasi tiada',
    'rapat evak',
    'perdana per',
    'rt5 lan',
    '100%',
    "jum'",
  ],
  ...['x e', 'unik', 'sao', 'anak2 lancar', 'lancar anak2', 'rapat rapat', 'langka lancar'],
];

it('every word but the last is whole, and a number always is', () => {
  expect(soughtIn('evak langka')).toEqual([
    { word: 'evak', isBegun: false },
    { word: 'langka', isBegun: true },
  ]);
  expect(soughtIn('ke 7').at(-1)).toEqual({ word: '7', isBegun: false });
});

describe.each(databases)('activities by words on $name', ({ open }) => {
  it.each(SIZES)('are those that a search through all of %i finds, in its order', async size => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all('/forum setup Uji');
    const [forum] = await store.read.select().from(store.tables.forums);
    const forumId = forum!.id;
    const titles = fc.sample(TITLE, { numRuns: size, seed: size });
    const rows = (of: string) =>
      titles.map((title, i) => ({
        forumId: of,
        number: i + 1,
        title,
        kind: 'training' as const,
        state: i % 3 ? ('done' as const) : ('undone' as const),
        date: '2026-11-01',
        search: searchWordsOf(title).join(' '),
        createdBy: 1,
        createdAt: START,
      }));
    await store.write(null, async tx => {
      const { activities, forums, members } = tx.tables;
      await tx.insert(forums).values({ ...forum!, id: 'other' });
      await tx.insert(members).values({ ...(await tx.select().from(members))[0]!, forumId: 'other', number: 1 });
      for (const of of ['other', forumId])
        for (let i = 0; i < size; i += 500) await tx.insert(activities).values(rows(of).slice(i, i + 500));
    });
    const isFound = (search: string, typed: string): boolean =>
      soughtIn(typed).every(({ word, isBegun }) =>
        search.split(' ').some(one => (isBegun ? one.startsWith(word) : one === word)),
      );
    const model = (typed: string, before: number): number[] =>
      rows(forumId)
        .filter(row => row.state !== 'undone' && row.number < before && soughtIn(typed).length > 0)
        .filter(row => isFound(row.search, typed))
        .map(row => row.number)
        .reverse();
    for (const typed of TYPED)
      for (const before of [undefined, Math.ceil(size * 0.9)]) {
        const all = model(typed, before ?? Number.POSITIVE_INFINITY);
        for (const most of [25, 50, 500]) {
          const found = await newestWith(store.read, forumId, typed, most, before);
          expect([typed, before, ...found.map(row => row.number)]).toEqual([typed, before, ...all.slice(0, most)]);
        }
        const page = await pageWith(store.read, forumId, typed, before, 10);
        expect([typed, page.more, ...page.rows.map(row => row.number)]).toEqual([
          typed,
          all.length > 10,
          ...all.slice(0, 10),
        ]);
        const of = model(typed, Number.POSITIVE_INFINITY).length;
        expect([typed, await page.place()]).toEqual([typed, { of, passed: of - all.length }]);
      }
  });

  it('are suggested to whoever may see them, and to nobody else', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/activity log "Évakuasi langka"', '/activity log "Evakuasi biasa"');
    const act = {
      key: 'k',
      place: { platform: 'console', workspace: 'local', channel: null },
      who: { account: 'sari', home: '', name: 'sari', admin: false },
      ask: { kind: 'chosen', path: ['activity', 'show'], given: {} },
      memberOf: () => null,
      channelOf: () => null,
    } as const;
    const suggested = async (typed: string, workspace = 'local') =>
      (await world.bot.suggest({ ...act, place: { ...act.place, workspace } }, 'activity', typed)).map(
        one => one.value,
      );
    expect(await suggested('EVAK')).toEqual(['K-2', 'K-1']);
    expect(await suggested('langka évak')).toEqual(['K-1']);
    expect(await suggested('k-1')).toEqual(['K-1']);
    expect(await suggested('evak', 'elsewhere')).toEqual([]);
  });
});
