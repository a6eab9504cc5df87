import { describe, expect, it } from 'vitest';
import { newestWith } from '../../src/domain/activity-words.ts';
import { searchedWords } from '../../src/storage/words.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

/** Number of activities: more than are looked through before full-text search is asked. */
const MANY = 1_300;
/** Words that many, some and few have, old and new ones, and one of each tenth entry that only begins like another. */
const titleOf = (n: number): string =>
  [
    n % 8 ? 'rapat' : 'evakuasi',
    n % 10 ? '' : 'evaluasi',
    n < 40 ? 'perdana' : '',
    n === 77 || n === 1_250 ? 'langka' : '',
    `ke-${n}`,
  ].join(' ');

const TYPED = [
  'evak',
  'evakuasi',
  'eva',
  'perdana',
  'perd',
  'langka',
  'rapat perd',
  'perdana rapat',
  '77',
  'ke 77',
  'ke-7',
];

describe.each(databases)('activities by words on $name', ({ open }) => {
  it('are the newest ones that have them, wherever in a long record they stand', async () => {
    await using world = await aWorld({ store: await open() });
    const { store } = world;
    await world.all('/forum setup Uji');
    const [forum] = await store.read.select().from(store.tables.forums);
    const forumId = forum!.id;
    const other = { ...forum!, id: 'other' };
    const rows = (of: string) =>
      Array.from({ length: MANY }, (_, i) => ({
        forumId: of,
        number: i + 1,
        title: titleOf(i + 1),
        kind: 'training' as const,
        state: i % 3 ? ('done' as const) : ('undone' as const),
        date: '2026-11-01',
        search: searchedWords(titleOf(i + 1)).join(' '),
        createdBy: 1,
        createdAt: START,
      }));
    await store.write(null, async tx => {
      await tx.insert(tx.tables.forums).values(other);
      const { members } = tx.tables;
      await tx.insert(members).values({ ...(await tx.select().from(members))[0]!, forumId: other.id, number: 1 });
      for (const of of [other.id, forumId])
        for (let i = 0; i < MANY; i += 500) await tx.insert(tx.tables.activities).values(rows(of).slice(i, i + 500));
    });
    const has = (search: string, words: readonly string[]): boolean =>
      words.every((word, i) =>
        search
          .split(' ')
          .some(one => (i < words.length - 1 || /^\d+$/.test(word) ? one === word : one.startsWith(word))),
      );
    const model = (typed: string, most: number): number[] =>
      rows(forumId)
        .filter(row => row.state !== 'undone' && has(row.search, searchedWords(typed)))
        .map(row => row.number)
        .reverse()
        .slice(0, most);
    for (const most of [50, 500])
      for (const typed of TYPED) {
        const found = await newestWith(store.read, forumId, typed, most);
        expect([typed, found.map(row => row.number)]).toEqual([typed, model(typed, most)]);
      }
    expect(await newestWith(store.read, forumId, '---', 50)).toEqual([]);
  });
});
