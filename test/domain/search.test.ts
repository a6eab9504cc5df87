import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { addActivities } from '../../src/domain/activities.ts';
import { renewSearch } from '../../src/domain/search.ts';
import { soughtIn } from '../../src/storage/words.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { aWorld, START } from '../world.ts';

const LONG = Array.from({ length: 60 }, (_, i) => `hal${i}`).join(' ');
const OLD = 'hasil di bpbd.sleman.go.id/laporan-akhir';

describe.each(databases)('searching on $name', ({ open }) => {
  it('finds the end of a long result, and the place', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', `/activity log Gladi location:Cangkringan result:"${LONG} penutup"`);
    for (const word of ['hal0', 'hal59', 'penutup', 'cangkringan'])
      expect((await world.run(`/activity search ${word}`)).text, word).toContain('Gladi');
    expect((await world.run('/activity search tiada')).text).not.toContain('Gladi');
  });

  it.each([
    ['/partner add', '/partner show'],
    ['/goal add', '/goal show'],
    ['/issue raise', '/issue show'],
    ['/indicator add', '/indicator show'],
    ['/strategy propose', '/strategy show'],
    ['/agreement record', '/agreement show'],
    ['/finance record', '/finance show'],
    ['/activity log', '/activity show'],
  ])('what %s made is found by words of its name, all of them and in any order', async (make, show) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', '/partner add Umum', '/partner assign sari partner:Umum role:representative');
    const rest: Readonly<Record<string, string>> = { '/finance record': 'direction:in amount:5000' };
    for (const name of ['Rumah Siaga Banjir', 'Rumah Siaga Gempa', 'Pos Banjir'])
      await world.all(`${make} "${name}" ${rest[make] ?? ''}`);
    expect((await world.run(`${show} "BANJIR rumah"`)).text).toContain('Rumah Siaga Banjir');
    expect((await world.run(`${show} "rumah"`)).error?.code).toBe('ambiguous');
    expect((await world.run(`${show} "rumah pos"`)).error?.code).toBe('not_found');
  });

  it('what was written by an earlier rule is made anew once, in as many pages as it takes', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup Uji', `/activity log "Kunjungan" result:"${OLD}"`);
    const { activities: a, facts } = store.tables;
    const [one] = await store.read.select().from(a);
    const { seq: _, ...row } = one!;
    await store.write(null, async tx => {
      // The old ones stand on three pages.
      const more = Array.from({ length: 1_100 }, (_, i) => ({
        ...row,
        number: i + 2,
        ...(i % 550 === 549 && { search: OLD }),
      }));
      for (let n = 0; n < more.length; n += 100) await tx.insert(a).values(more.slice(n, n + 100));
      await tx.update(a).set({ search: OLD }).where(eq(a.number, 1));
    });
    await renewSearch(store);
    const texts = await store.read.selectDistinct({ search: a.search }).from(a);
    expect(texts).toEqual([{ search: 'kunjungan hasil di bpbd sleman go id laporan akhir' }]);
    expect((await world.run('/activity search sleman')).text).toContain('Kunjungan');
    expect(await store.read.select().from(facts).where(eq(facts.name, 'search'))).toHaveLength(1);
    await store.write(null, tx => tx.update(a).set({ search: OLD }).where(eq(a.number, 1)));
    await renewSearch(store);
    expect(await store.read.select().from(a).where(eq(a.search, OLD))).toHaveLength(1);
  });

  it.each([
    ["Jum'at sehat", ['jumat', 'Jum’at', 'jum`at', 'JUMAT SEHAT'], ['sabtu']],
    ['Lomba anak-anak', ['anak2', 'anak-anak', 'anak', 'lomba anak2'], ['anak3', 'bapak2']],
    ['Lomba bapak2 dan ibu2', ['bapak-bapak', 'ibu2', 'bapak'], ['anak2']],
    ['Ajak anak-anaknya', ['anak2nya', 'anak-anaknya'], ['anak2mu']],
    ['Kerja bakti RT 05/RW 03', ['RT05', 'rt 5', 'RT 05', 'RW03', 'rt05/rw03', 'rw 3'], ['RT 50', 'RT 04', 'RW 0']],
    ['Kerja bakti RT50', ['RT 50', 'rt50'], ['RT 5', 'RT05']],
    ['Bagi 5kg beras, berkas laporan_03/RW.pdf', ['5 kg', '5kg', 'laporan 3 rw', '03/RW'], ['50kg']],
    ['Pengajian Al-Qur’an', ["Al Qur'an", 'quran'], ['hadis']],
  ])('as people write: %s', async (title, found, missed) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji', `/activity log "${title}"`);
    for (const typed of found)
      expect([typed, (await world.run(`/activity search "${typed}"`)).text.includes('K-1')]).toEqual([typed, true]);
    for (const typed of missed)
      expect([typed, (await world.run(`/activity search "${typed}"`)).text.includes('K-1')]).toEqual([typed, false]);
    expect((await world.run(`/activity show "${title}"`)).text).toContain('K-1');
  });
});

const PIECES = [
  "Jum'at",
  'jumat',
  'anak2',
  'anak-anak',
  'RT05',
  'RT 05',
  'RT 03/RW 05',
  'laporan_03/RW.pdf',
  'bpbd.go.id',
];
const WORDS = [
  ...PIECES,
  'Al-Qur’an',
  '5kg',
  '50 kg',
  'c++',
  '03/RW',
  'évakuasi',
  'a.b.c',
  '2026-11-05',
  'x@y.id',
  '1.234,5',
  '–',
];

it('whatever is written and typed, both databases find the same', async () => {
  const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map(words => words.join(' '));
  const [titles, typed] = [fc.sample(text, { numRuns: 60, seed: 25 }), fc.sample(text, { numRuns: 80, seed: 26 })];
  const found = await Promise.all(
    databases.map(async ({ open }) => {
      await using world = await aWorld({ store: await open() });
      await world.all('/forum setup Uji');
      const { store } = world;
      const [forum] = await store.read.select().from(store.tables.forums);
      const rest = {
        kind: 'other',
        date: '2026-11-02',
        location: null,
        participants: null,
        groups: null,
        goal: null,
      } as const;
      const done = { result: null, state: 'done', cancelReason: null, createdBy: 1, partners: [] } as const;
      await store.write(forum!.id, tx =>
        addActivities(
          tx,
          forum!.id,
          titles.map(title => ({ ...rest, ...done, title })),
          START,
        ),
      );
      const all: string[][] = [];
      // The last word as it stands while somebody types it.
      for (const one of [...typed, ...WORDS, ...WORDS.map(word => word.slice(0, 3))]) {
        const { activities: a } = store.tables;
        const { from, where } = store.read.matching(store.read.queryOf(soughtIn(one)));
        const rows = await store.read
          .select({ number: sql<number>`${a.number}` })
          .from(from)
          .where(where);
        all.push([one, ...rows.map(row => `K-${row.number}`).sort()]);
      }
      return all;
    }),
  );
  expect(found[1]).toEqual(found[0]);
  expect(found[0]!.filter(([, ...codes]) => codes.length).length).toBeGreaterThan(WORDS.length);
});
