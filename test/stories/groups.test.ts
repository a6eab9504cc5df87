import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('groups of people on $name', ({ open }) => {
  it('are declared, asked in fields of their own, typed shortly, and added up with those unknown apart', async () => {
    await using world = await aWorld({ store: await open() });
    const { activities, forums } = world.store.tables;
    await world.all(
      '/forum setup Uji announce:umum',
      '/partner add BPBD sector:government',
      '/partner assign budi partner:BPBD role:representative',
      '/forum data groups:"jenis kelamin; umur; Pekerjaan: petani/nelayan (kegiatan)"',
    );
    const [forum] = await world.store.read.select().from(forums);
    expect(forum!.settings.groups).toEqual([
      { key: 'sex', asked: ['activities', 'indicators'] },
      { key: 'age', asked: ['activities', 'indicators'] },
      { key: 'Pekerjaan', groups: ['petani', 'nelayan'], asked: ['activities'] },
    ]);
    for (const wrong of [
      'Pekerjaan: satu',
      'Pekerjaan: perempuan/anak',
      'hobi',
      'A: x/y; B: y/z',
      'sex (rumah)',
      'sex; jenis kelamin',
    ])
      expect([wrong, (await world.run(`/forum data groups:"${wrong}"`)).error?.code]).toEqual([
        wrong,
        'invalid_option',
      ]);

    // The sum need not be typed where everybody was counted; groups and women agree, and never exceed the whole.
    const card = await world.run('@budi /activity log Latihan date:20/11/2026 groups:"L=41 P=27; 60+=5; nelayan=9"');
    expect(card.text).toContain('68 (perempuan 27)');
    expect(card.text).toContain('perempuan 27, laki-laki 41, 60 tahun ke atas 5, nelayan 9');
    await world.all(
      '@budi /activity log Rapat date:21/11/2026 participants:30 women:12',
      '@budi /activity log Sapa date:22/11/2026 groups:"P=4"',
      '@budi /activity edit K-2 groups:"L=10"',
    );
    const codes = async (line: string) => (await world.run(`@budi ${line}`)).error?.code;
    expect(await codes('/activity edit K-2 groups:"L=19"')).toBe('invalid_option');
    expect(await codes('/activity edit K-2 participants:21')).toBe('invalid_option');
    expect(await codes('/activity edit K-2 women:5 groups:"P=6"')).toBe('invalid_option');
    expect(await codes('/activity log X groups:"RW 5=6"')).toBe('invalid_option');
    expect(await codes('/activity log X groups:"banyak"')).toBe('invalid_option');
    await world.all('@budi /activity edit K-1 groups:"nelayan=-"');
    const rows = (await world.store.read.select().from(activities)).sort((a, b) => a.number - b.number);
    expect(rows.map(one => [one.participants, one.groups])).toEqual([
      [68, { women: 27, men: 41, age_60: 5 }],
      [30, { women: 12, men: 10 }],
      [null, { women: 4 }],
    ]);
    const { text } = await world.run('/forum data');
    // 68 + 30 + at least 4 people.
    expect(text).toContain('102 orang');
    expect(text).toContain('jenis kelamin: perempuan 43, laki-laki 51, tidak diketahui 8');
    expect(text).toContain('umur: 60 tahun ke atas 5, tidak diketahui 97');
    const digest = await world.run('/digest now');
    expect(digest.text).toContain('jenis kelamin: perempuan 43, laki-laki 51, tidak diketahui 8');

    // A form has a field for each group that is asked; what is filled in comes together.
    const form = await world.run('@budi /activity log');
    expect(form.text).toContain('Laki-laki');
    expect(form.text).toContain('0–4 tahun');
    expect(form.text).toContain('Petani');
    await world.run('@budi :fill judul="Kerja bakti" laki-laki=7 petani=3 perempuan=8');
    const filled = (await world.store.read.select().from(activities)).find(one => one.title === 'Kerja bakti');
    expect([filled?.participants, filled?.groups]).toEqual([15, { women: 8, men: 7, petani: 3 }]);
    expect(world.logged).toEqual([]);
  });

  it('of a value are held to it, by name in either language', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Uji announce:umum',
      '/partner add BPBD sector:government',
      '/partner assign budi partner:BPBD role:representative',
      '/indicator add Latih unit:orang frequency:monthly partner:BPBD baseline:0 target:900',
    );
    const report = (period: string, rest: string) => world.run(`@budi /indicator report N-1 ${rest} period:${period}`);
    expect((await report('2026-10', '60 parts:"L=41 P=27"')).error?.code).toBe('invalid_option');
    expect((await report('2026-10', '60 parts:"L=41 P=27" confirm:yes')).error?.code).toBe('invalid_option');
    // Everybody was counted and the sum is another: asked. One group alone leaves the rest unknown.
    expect((await report('2026-10', '70 parts:"L=41 P=27"')).error?.code).toBe('conflict');
    expect((await report('2026-09', '70 parts:"P=27, RT 5=70"')).text).toContain('perempuan 27, RT 5 70');
    expect((await report('2026-10', '68 parts:"male=41 female=27"')).text).toContain('perempuan 27, laki-laki 41');
    const made = await world.store.read.select().from(world.store.tables.reports);
    expect(made.map(one => one.parts)).toEqual([
      { women: '27', 'RT 5': '70' },
      { men: '41', women: '27' },
    ]);
    expect(world.logged).toEqual([]);
  });
});
