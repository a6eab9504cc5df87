import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/partner add A sector:government',
  '/partner add B sector:ngo',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
  '/digest schedule "0 8 1 1 *"',
] as const;

describe.each(databases)('an indicator on $name', ({ open }) => {
  it('has thresholds as data: what was amber is green once the forum says so, in a new version', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/indicator add Akses unit:orang baseline:1850 target:3000 due:31/12/2026 partner:A',
      '/indicator target N-1 value:2700 period:"Q3 2026"',
      '@ani /indicator report N-1 value:2480 period:"Q3 2026"',
    );
    expect((await world.run('/indicator show N-1')).text).toContain('▲ kuning 74,1%');
    const edited = await world.run('/indicator edit N-1 green:74 amber:50 source:BPS definition:"Per kepala"');
    expect(edited.text).toContain('N-1 diubah, sekarang versi 2');
    for (const said of ['● hijau 74,1%', 'hijau ≥ 74%, kuning ≥ 50%', 'BPS', 'Per kepala'])
      expect(edited.text).toContain(said);
    expect((await world.run('/indicator edit N-1 green:40')).error?.code).toBe('invalid_option');
    expect((await world.run('/indicator edit N-1')).error?.code).toBe('missing_option');
    expect((await world.run('@ani /indicator edit N-1 green:10')).error?.code).toBe('forbidden');
  });

  it.each([
    ['skp', '100', 'SKP: baik'],
    ['skp', '85', 'SKP: cukup'],
    ['skp', '40', 'SKP: sangat kurang'],
    ['permendagri_86', '76', 'Permendagri 86/2017: tinggi'],
  ])('may carry the grades of %s: %s of 100 is %s', async (scale, value, said) => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/indicator add Akses target:100 due:31/12/2026 partner:A');
    await world.all(
      `/indicator edit N-1 scale:${scale}`,
      '/indicator target N-1 value:100 period:"Q3 2026"',
      `@ani /indicator report N-1 value:${value} period:"Q3 2026"`,
    );
    expect((await world.run('/indicator show N-1')).text).toContain(said);
  });

  it('that needs evidence takes no report without, and keeps what was typed', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/indicator add Gladi frequency:monthly partner:A evidence:yes');
    const refused = await world.run('@ani /indicator report N-1 value:3 period:okt note:"dua di sekolah"');
    expect(refused.error).toMatchObject({ code: 'missing_option' });
    expect(refused.text).toContain('memerlukan bukti');
    expect((await world.run('@ani :fill evidence=https://contoh.id/hadir')).text).toContain('tersimpan');
    const [made] = await world.store.read.select().from(world.store.tables.reports);
    expect([made?.value, made?.note]).toEqual(['3', 'dua di sekolah']);
  });

  it('R6: that is due on other days is reminded of by them from then on, and a retired one no more', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/indicator add Gladi frequency:monthly partner:A', ':skip 8d');
    // November's report was due on 10 December, and its first reminder went out on 1 December.
    await world.all('/indicator edit N-1 due_days:20');
    const told: string[] = [];
    for (let day = 2; day <= 30; day++) {
      const { posts } = await world.run(':skip 1d');
      if (posts.some(post => post.to === '@ani')) told.push(`${day} Dec`);
    }
    // Due on Monday 21 December now; the first reminder was said already, and is not said again.
    expect(told).toEqual(['20 Dec', '21 Dec', '24 Dec']);
    await world.all('/indicator retire N-1 reason:"diganti"', ':skip 1h');
    expect((await world.run(':skip 60d')).posts.filter(post => post.to === '@ani')).toEqual([]);
    expect((await world.run('/indicator retire N-1 reason:lagi')).error?.code).toBe('closed');
    expect((await world.run('/indicator show N-1')).text).toContain('dihentikan: diganti');
  });

  it('says what is missing, which is a status and never a colour', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/indicator add Gladi target:5 frequency:monthly partner:"A, B"', ':skip 10d');
    await world.all('@ani /indicator report N-1 value:5 period:nov');
    const missing = async (): Promise<string> =>
      /Ditunggu\W+(.*)/.exec((await world.run('/indicator show N-1')).text)?.[1] ?? '';
    expect(await missing()).toBe('2026-11 B: ditunggu');
    await world.all(':skip 8d', '/indicator return N-1 period:nov partner:A reason:x');
    expect(await missing()).toBe('2026-11 A: dikembalikan; 2026-11 B: terlambat');
    await world.all('@budi /indicator none N-1 reason:rusak period:nov');
    expect((await world.run('/indicator show N-1')).text).toContain('B: tidak ada data (rusak)');
  });

  it('may get other reporters; whoever a remaining partner named stays', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/indicator add Gladi frequency:monthly partner:"A, B"',
      '/partner assign citra partner:A',
      '@ani /indicator handover N-1 member:citra',
      '/indicator edit N-1 partner:A',
    );
    const rows = await world.store.read.select().from(world.store.tables.indicatorPartners);
    expect(rows.map(row => [row.partner, row.member === null])).toEqual([[1, false]]);
    expect((await world.run('@budi /indicator report N-1 value:1')).error?.code).toBe('forbidden');
  });

  it('takes a share from its two numbers alone, and refuses a value that contradicts them', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/indicator add "Terjangkau" unit:% target:80 frequency:monthly partner:A');
    const wrong = await world.run('@ani /indicator report N-1 60 numerator:8900 denominator:15200 period:okt');
    expect(wrong.error?.code).toBe('invalid_option');
    expect(wrong.text).toContain('menghasilkan 58,55%, bukan 60%');
    expect((await world.run('@ani /indicator report N-1 period:okt')).error?.code).toBe('missing_option');
    expect((await world.run('@ani /indicator report N-1 numerator:8900 period:okt')).error?.code).toBe(
      'missing_option',
    );
    await world.all('@ani /indikator lapor N-1 pembilang:8900 penyebut:15200 periode:okt');
    expect((await world.run('/indicator show N-1')).text).toContain('58,55%');
    await world.all('@ani /indicator report N-1 58,6 numerator:8900 denominator:15200 period:okt');
    // The button opens the form, as nothing says the value yet.
    await world.all('@ani :click "Lapor sekarang"');
    await world.all('@ani :fill numerator=9000 denominator=15000 period=okt');
    expect((await world.run('/indicator show N-1')).text).toContain('60%');
    expect(world.logged).toEqual([]);
  });

  it('that the forum itself reports is handed over to nobody', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/indicator add Gladi frequency:monthly');
    const refused = await world.run('/indicator handover N-1 member:citra');
    expect(refused.error?.code).toBe('conflict');
    expect(refused.text).toContain('/indikator ubah N-1');
  });

  it('tells the way from red to a new target: report, issue, proposal, decision', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/indicator add "Terjangkau peringatan dini" unit:% baseline:41 target:80 due:31/12/2026 partner:A',
      '/indicator target N-1 value:70 period:"Q3 2026"',
      '@ani /indicator report N-1 value:58.6 period:"Q3 2026"',
    );
    expect((await world.run('@ani /indicator show N-1')).text).toContain('■ merah 60,7%');
    expect((await world.run('@ani :click "Laporkan isu"')).text).toContain('Isu I-1');
    await world.run('@ani :click "Usulkan perubahan"');
    const proposed = await world.run(
      '@ani :fill title="Pindahkan sensor" rationale="N-1 merah" target=72 closes="3 hari"',
    );
    expect([proposed.ok, proposed.text]).toEqual([true, expect.stringContaining('S-1')]);
    await world.all('@ani /strategy vote S-1 agree', '@budi /strategy vote S-1 agree', ':skip 4d');
    const shown = (await world.run('/indicator show N-1')).text;
    const story = shown.slice(shown.indexOf('Cerita'));
    expect(story).toContain('target 2026-Q3 menjadi 70');
    expect(story).toContain('isu I-1 N-1 Terjangkau peringatan dini');
    expect(story).toContain('usulan S-1 Pindahkan sensor: lulus, target menjadi 72');
    expect(story.indexOf('isu I-1')).toBeLessThan(story.indexOf('usulan S-1'));
  });
});

it.each(databases)(
  'a red indicator whose long name has a sign at the end of the title is shown ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup "Forum Uji"',
      `/indicator add "${'a'.repeat(55)}🌊 naik" unit:cm direction:up baseline:0 target:100 due:31/12/2026 frequency:monthly`,
      '/indicator report N-1 value:1 period:nov',
      // A period that still runs is provisional: it is red once it is over.
      ':skip 10d',
    );
    const shown = await world.run('/indicator show N-1');
    expect(shown.text).toContain('merah');
    expect(shown.text.isWellFormed()).toBe(true);
  },
);
