import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { sized } from '../sizes.ts';
import { aWorld } from '../world.ts';

const partners = (...names: string[]): string[] =>
  names.flatMap(name => [
    `/partner add ${name} sector:ngo`,
    `/partner assign wakil_${name.toLowerCase()} partner:${name} role:representative`,
  ]);

const SETUP = ['/forum setup "Forum Uji" announce:umum coordinators:koor', '/digest schedule "0 8 1 1 *"'] as const;

describe.each(databases)('the partnership on $name', ({ open }) => {
  it('is computed from the record: 94.0, 95.8, 65.0 and not enough yet', async () => {
    await using world = await aWorld({ store: await open() });
    const meet = async (n: number, invited: string, came: string) => {
      await world.all(
        `/activity plan Rapat${n} kind:meeting partners:"${invited}"`,
        `/activity done K-${n} result:baik`,
        `/activity attendance K-${n} partners:"${came}"`,
      );
    };
    await world.all(
      ...SETUP,
      ...partners('Bpbd', 'Ngo', 'Pt'),
      '/indicator add N1 unit:orang target:9 frequency:monthly partner:"Bpbd, Ngo"',
      '/agreement record Nota partners:"Bpbd, Ngo, Pt"',
      ...['bpbd', 'ngo', 'pt'].map(name => `@wakil_${name} /agreement confirm P-1`),
      ...[...Array(5).fill('Bpbd'), ...Array(5).fill('Ngo'), 'Pt', 'Pt'].map(
        name => `/agreement commit P-1 what:x due:1/2/2027 partner:${name}`,
      ),
      ':skip 11d',
      '@wakil_bpbd /indicator report N-1 value:1',
      '@wakil_ngo /indicator report N-1 value:1',
      ':skip 15d',
      '/indicator add N2 unit:orang target:9 frequency:monthly partner:Pt',
      '/strategy propose S1 change:x rationale:y closes:3d',
      '@wakil_bpbd /strategy vote S-1 agree',
      '@wakil_ngo /strategy vote S-1 agree',
      ':skip 16d',
      '@wakil_bpbd /indicator report N-1 value:2',
      '@wakil_ngo /indicator report N-1 value:2',
      '@wakil_pt /indicator report N-2 value:2',
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(item => `/agreement kept P-1 item:${item}`),
      ':skip 31d',
      '@wakil_bpbd /indicator report N-1 value:3',
      '@wakil_ngo /indicator report N-1 value:3',
      ...partners('Baru'),
      '/agreement record Gotong-royong kind:informal partners:"Baru, Ngo"',
      '/agreement commit P-2 what:x due:10/2/2027 partner:Baru',
      '/agreement kept P-2 item:1',
      '/strategy propose S2 change:x rationale:y closes:3d',
      ...['bpbd', 'ngo', 'pt', 'baru'].map(name => `@wakil_${name} /strategy vote S-2 agree`),
      ':skip 13d',
    );
    await meet(1, 'Bpbd, Ngo, Pt', 'Bpbd, Pt');
    await meet(2, 'Bpbd, Ngo, Pt', 'Bpbd, Ngo, Pt');
    await meet(3, 'Bpbd, Ngo, Pt', 'Bpbd, Ngo');
    await meet(4, 'Bpbd, Ngo, Pt', 'Bpbd, Ngo');
    await meet(5, 'Bpbd, Ngo, Pt, Baru', 'Bpbd, Ngo, Baru');
    await meet(6, 'Bpbd, Ngo, Pt, Baru', 'Bpbd, Ngo, Pt, Baru');
    const { text } = await world.run('/partnership score from:24/11/2026');
    const row = (name: string): string => text.split('\n').find(line => line.includes(name)) ?? '';
    expect(row('Bpbd')).toMatch(/6\/6.*3\/3.*4\/5.*2\/2.*94,0/);
    expect(row('Ngo')).toMatch(/5\/6.*3\/3.*5\/5.*2\/2.*95,8/);
    expect(row('Pt')).toMatch(/3\/6.*1\/2.*2\/2.*1\/2.*65,0/);
    expect(row('Baru')).toMatch(/2\/2.*–.*1\/1.*1\/1.*belum cukup data/);
    const own = (await world.run('@wakil_pt /partnership score from:24/11/2026')).text;
    expect(own).toContain('65,0');
    expect(own).not.toContain('94,0');
    expect((await world.run('@wakil_pt /partnership score partner:Ngo')).error?.code).toBe('forbidden');
    expect((await world.run('@tamu /partnership score')).error?.code).toBe('forbidden');
    expect(world.logged).toEqual([]);
  });

  it('invites partners to what is planned, counts who comes, reminds the day before and notes who came', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...SETUP,
      ...partners('A', 'B', 'C'),
      '/activity plan Gladi date:30/11/2026 location:"Balai, RW 5"',
    );
    expect((await world.run('/activity show K-1')).text).toContain('hadir 0, tidak 0, mungkin 0, belum menjawab 3');
    await world.all(
      '@wakil_a :click Hadir',
      '@wakil_b :click "Tidak hadir"',
      '@wakil_c /activity attend K-1 answer:maybe',
    );
    expect((await world.run('@wakil_a :click Hadir')).text).toContain('hadir 1, tidak 1, mungkin 1, belum menjawab 0');
    expect((await world.run('@tamu /activity attend K-1 answer:yes')).error?.code).toBe('forbidden');
    const ics = await world.run('/activity calendar K-1');
    expect(ics.text).toContain('K-1.ics');
    const { posts } = await world.run(':skip 6d');
    const reminded = posts.filter(post => post.text.startsWith('Besok')).map(post => post.to);
    expect(reminded).toEqual(['@wakil_a', '@wakil_c']);
    const done = await world.run('/activity done K-1 result:lancar');
    expect(done.text).toContain('belum dicatat; silakan catat siapa yang datang');
    expect((await world.run('/activity attendance K-1 partners:"A, C"')).text).toContain('datang 2 dari 3 mitra: A, C');
    expect((await world.run('@wakil_b /activity attend K-1 answer:yes')).error?.code).toBe('closed');
  });

  it('R19: takes one answer of a partner, however its alternates are exchanged', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...SETUP, ...partners('A', 'B', 'C', 'D'), '/partnership pulse');
    const answer = (who: string, score: number) =>
      world.run(`@${who} /partnership answer pulse:1 theme:1 score:${score}`);
    for (const name of ['a', 'b', 'c', 'd']) expect((await answer(`wakil_${name}`, 3)).ok).toBe(true);
    for (const alternate of ['eni', 'feri', 'gita']) {
      await world.all(`/partner assign ${alternate} partner:A role:alternate`);
      await answer(alternate, 5);
      await world.all(`/partner unassign ${alternate}`);
    }
    await world.all('/partner unassign wakil_a', '/partner assign hani partner:A role:representative');
    await answer('hani', 5);
    const counts = await store.read.select().from(store.tables.pulseCounts);
    expect(counts.filter(row => row.theme === 1).map(row => [row.score, row.n])).toEqual([[3, 4]]);
  });

  it('tells its health in one view: figures, last pulse, what is open and late, and the last assessments', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...SETUP, ...partners('A', 'B', 'C', 'D'));
    const empty = (await world.run('/partnership score')).text;
    for (const absent of ['Kepercayaan di forum', 'Tindakan yang terlambat', 'Penilaian'])
      expect(empty).not.toContain(absent);
    await world.all('/partnership pulse');
    for (const name of ['a', 'b', 'c', 'd'])
      for (let theme = 1; theme <= 6; theme++)
        await world.all(`@wakil_${name} /partnership answer pulse:1 theme:${theme} score:4`);
    await world.all(
      '/agreement record Nota partners:"A, B"',
      '/agreement commit P-1 what:"Kirim perahu" due:1/12/2026 partner:A',
      '/action add "Perbaiki pompa" who:wakil_b due:30/11/2026',
      '@wakil_a /assessment start readiness-10 object:A',
      '@wakil_a /assessment answer B-1 question:1 answer:2',
      '@wakil_a /assessment close B-1 confirm:yes',
      '/assessment start destana object:"Kampung Sungai"',
      '/assessment close B-2 confirm:yes',
      '@wakil_b /assessment start readiness-10 object:B',
      ':skip 15d',
    );
    const forum = (await world.run('/partnership score')).text;
    expect(forum).toMatch(/Kepercayaan.*4(,0)? dari 5 \(n = 4\)/);
    expect(forum).toContain('Tindakan yang terlambat');
    expect(forum).toContain('Perbaiki pompa');
    expect(forum).toMatch(/B-2 Kampung Sungai/);
    expect(forum).toMatch(/B-1 A/);
    // What is still being answered is no result, and is not shown as one.
    expect(forum).not.toContain('B-3');
    // A partner sees its own, and no other's.
    const own = (await world.run('@wakil_a /partnership score')).text;
    expect(own).toMatch(/Kepercayaan di forum.*4(,0)? dari 5/);
    expect(own).toContain('Kirim perahu');
    expect(own).toContain('B-1 A');
    for (const others of ['Perbaiki pompa', 'B-2', 'B-3']) expect(own).not.toContain(others);
    expect((await world.run('@wakil_a /partnership score partner:B')).error?.code).toBe('forbidden');
    expect(world.logged).toEqual([]);
  });

  it('asks for its pulse without names: mean, spread and n, nothing below four answers, no way back to a person', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(...SETUP, ...partners('A', 'B', 'C', 'D', 'E'));
    const sent = await world.run('/partnership pulse');
    expect(sent.posts.map(post => post.to)).toEqual(['a', 'b', 'c', 'd', 'e'].map(name => `@wakil_${name}`));
    const scores = { a: 5, b: 4, c: 4, d: 2 };
    for (const [name, score] of Object.entries(scores))
      for (let theme = 1; theme <= 6; theme++)
        await world.all(`@wakil_${name} /partnership answer pulse:1 theme:${theme} score:${score}`);
    for (const name of ['a', 'b', 'c']) await world.all(`@wakil_${name} /partnership answer pulse:1 theme:7 score:5`);
    const twice = await world.run('@wakil_a /partnership answer pulse:1 theme:1 score:1');
    expect(twice.text).not.toContain('1/7');
    expect((await world.run('@tamu /partnership answer pulse:1 theme:1 score:5')).error?.code).toBe('forbidden');
    expect((await world.run('/partnership results')).text).toContain('Belum ada survei');
    expect((await world.run('/partnership pulse')).text).toContain('4 orang sudah mulai menjawab');
    const { drafts } = store.tables;
    await world.run('@wakil_e /partnership answer pulse:1 theme:1 score:9');
    // What waits to be mended in another forum is that one's.
    const [mine] = (await store.read.select().from(drafts)).filter(draft => draft.action === 'yp');
    await store.write(null, tx => tx.insert(drafts).values({ ...mine!, id: 'lain', workspace: 'lain' }));
    const closed = (await world.run(':skip 15d')).posts.find(post => post.to === '#umum')!;
    expect(closed.text).toMatch(/Saling membutuhkan.*3,8.*1,1.*4/);
    expect(closed.text).not.toContain('Belajar bersama');
    expect((await world.run('@wakil_e /partnership answer pulse:1 theme:1 score:5')).error?.code).toBe('closed');
    const { pulses, pulseMarks, pulseCounts, events } = store.tables;
    expect(await store.read.select().from(pulseMarks)).toEqual([]);
    expect((await store.read.select().from(pulses)).map(row => row.salt)).toEqual([null]);
    const counts = await store.read.select().from(pulseCounts);
    expect(Object.keys(counts[0]!)).toEqual(['forumId', 'pulse', 'theme', 'score', 'n']);
    expect(counts.every(row => row.theme < 7)).toBe(true);
    const told = (await store.read.select().from(events)).filter(event => event.kind.startsWith('pulse'));
    expect(told.map(event => event.kind)).toEqual(['pulse.opened']);
    const waiting = (await store.read.select().from(drafts)).filter(draft => draft.action === 'yp');
    expect(waiting.map(draft => draft.workspace)).toEqual(['lain']);
  });

  it('is mended in a private talk, with a mediator, steps that are reminded of, and an outcome', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...SETUP, ...partners('A', 'B'));
    const opened = await world.run('/kemitraan evaluasi A penengah:laras');
    expect(opened.text).toContain('Dialog dibuka');
    expect(opened.posts.map(post => post.to)).toEqual(['@wakil_a', '@laras']);
    expect((await world.run('@wakil_b /partnership review A')).error?.code).toBe('forbidden');
    expect((await world.run('@wakil_b /partnership statement A text:x')).error?.code).toBe('not_found');
    await world.all('@wakil_a /partnership statement A text:"Kami kekurangan orang"');
    const step = await world.run('@laras /partnership step A what:"Pelapor baru" due:1/12/2026');
    expect(step.text).toContain('Kami kekurangan orang');
    // The day before, on the day, after three days; after seven the others in the talk are told.
    const reminded = await world.run(':skip 8d');
    expect(reminded.posts.map(post => post.to)).toEqual(['@wakil_a', '@wakil_a']);
    expect((await world.run('@wakil_a /partnership conclude A outcome:x')).error?.code).toBe('forbidden');
    expect((await world.run('@laras /partnership conclude A outcome:"Peran disepakati ulang"')).text).toContain(
      'Dialog ditutup',
    );
    expect((await world.run('/partnership statement A text:x')).error?.code).toBe('not_found');
    const again = await world.run('@wakil_a /partnership review A');
    expect(again.text).toContain('Dialog sebelumnya, ditutup 2 Desember 2026');
    expect(again.text).toContain('Peran disepakati ulang');
    expect(again.text).toContain('A-1 Pelapor baru · A · Sel, 1 Des 2026 (■ terlambat)');
  });

  it('keeps reminding of a step after the talk was concluded, until it is done, and shows it to those in the talk alone', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...SETUP,
      ...partners('A', 'B'),
      '/partnership review A mediator:laras',
      '/partnership step A what:Pelapor due:1/12/2026',
      '/partnership step A what:Jadwal due:2/12/2026',
      '/partnership conclude A outcome:Sepakat',
    );
    expect((await world.run('@wakil_b /partnership done A step:1')).error?.code).toBe('not_found');
    expect((await world.run('@wakil_a /partnership done A step:3')).error?.code).toBe('not_found');
    const marked = await world.run('@wakil_a /kemitraan terlaksana A langkah:1');
    expect(marked.text).toContain('Tindakan A-1 selesai');
    expect(marked.text).toContain('A-1 Pelapor · A · Sel, 1 Des 2026 (✓ selesai)');
    expect((await world.run('/partnership done A step:1')).error?.code).toBe('closed');
    const { posts } = await world.run(':skip 16d');
    expect(posts.map(post => post.to)).toEqual(['@wakil_a', '@wakil_a', '@wakil_a', '@laras', '@sari']);
    expect(posts[0]!.text).toContain('A-2 Jadwal');
    const shown = (await world.run('@laras /partner show A')).text;
    expect(shown).toContain('Sepakat');
    expect(shown).toMatch(/A-2 Jadwal.*terlambat/);
    expect((await world.run('@wakil_b /partner show A')).text).not.toContain('Sepakat');
    await world.all('@wakil_a /partnership review A', '/partnership step A what:Rapat due:1/1/2027');
    expect((await world.run('/partnership review A')).text).toContain('A-3 Rapat');
    // Steps go by their old numbers too.
    await world.all('/partnership done A step:2', '/action done A-3');
    expect((await world.run('/help partnership')).text).not.toContain('jawab');
    expect(world.logged).toEqual([]);
  });
});

it.each(databases)(
  'a talk is offered in the digest once a partner has taken part less twice in a row, and not before ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(...SETUP, ...partners('A', 'B'), '/agreement record Nota partners:"A, B"');
    let [activity, item, vote] = [0, 0, 0];
    const quarter = async (day: string, due: string, times: number) => {
      for (let n = 0; n < 3; n++) {
        activity++;
        const came = n < times ? 'A, B' : 'B';
        await world.all(
          `/activity plan Rapat date:${day} partners:"A, B"`,
          `/activity done K-${activity}`,
          `/activity attendance K-${activity} partners:"${came}"`,
        );
      }
      for (let n = 0; n < 6; n++) {
        item++;
        await world.all(`/agreement commit P-1 what:x due:${due} partner:A`, `/agreement kept P-1 item:${item}`);
      }
      vote++;
      await world.all(
        `/strategy propose S${vote} change:x rationale:y closes:3d`,
        `@wakil_a /strategy vote S-${vote} agree`,
      );
    };
    await quarter('2026-11-24', '2026-11-30', 3);
    await world.all(':skip 91d');
    await quarter('2027-02-23', '2027-03-01', 2);
    await world.all(':skip 68d');
    expect((await world.run('/digest now')).text).not.toContain('menurun dua kali');
    await world.all(':skip 23d');
    await quarter('2027-05-25', '2027-06-01', 0);
    await world.all(':skip 68d');
    const digest = (await world.run('/digest now')).text;
    expect(digest).toMatch(/Keterlibatan menurun dua kali berturut-turut:? A\n/);
    expect((await world.run(':click "Buka dialog"')).text).toContain('Dialog dengan A');
  },
);

it.each(databases)('a calendar file is folded, escaped and the same each time ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all(...SETUP, `/activity plan "${'Gladi; '.repeat(20)}" date:30/11/2026`);
  const first = await world.run('/activity calendar K-1');
  expect((await world.run('/activity calendar K-1')).text).toBe(first.text);
});

/** Everything in the database, with the ids of this world made the same in every world. */
async function dump(world: Awaited<ReturnType<typeof aWorld>>): Promise<string> {
  const { store } = world;
  const tables = Object.entries(store.tables).sort(([a], [b]) => a.localeCompare(b));
  const rows: [string, string[]][] = [];
  for (const [name, table] of tables)
    rows.push([name, (await store.read.select().from(table)).map(row => JSON.stringify(row)).sort()]);
  return JSON.stringify(rows).replaceAll(/w\d+x/g, 'w');
}

it.each(databases)(
  'once a survey is closed, nothing in the database depends on who gave which answer ($name)',
  async ({ open }) => {
    const people = ['a', 'b', 'c', 'd', 'e'];
    const after = async (scores: readonly number[]): Promise<string> => {
      await using world = await aWorld({ store: await open() });
      await world.all(...SETUP, ...partners(...people.map(name => name.toUpperCase())), '/partnership pulse');
      for (const [i, name] of people.entries())
        await world.all(`@wakil_${name} /partnership answer pulse:1 theme:1 score:${scores[i]}`);
      await world.all(':skip 15d');
      return await dump(world);
    };
    const answers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 5, maxLength: 5 });
    const shuffled = answers.chain(scores =>
      fc.tuple(fc.constant(scores), fc.shuffledSubarray(scores, { minLength: 5, maxLength: 5 })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([scores, others]) => {
        expect(await after(others)).toBe(await after(scores));
      }),
      { numRuns: sized(3, 10) },
    );
  },
);
