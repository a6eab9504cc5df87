import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

/** The clock begins on Tuesday, 24 November 2026. */
const FORUM = [
  '/forum setup Uji announce:umum coordinators:koor',
  '/digest schedule "0 8 1 1 *"',
  '/partner add BPBD',
  '/partner add PMI',
  '/partner assign ani partner:BPBD role:representative',
  '/partner assign budi partner:PMI role:representative',
] as const;

type Post = { readonly to: string; readonly text: string };
const about = (posts: readonly Post[], code: string): string[] =>
  posts.filter(post => post.text.includes(code)).map(post => post.to);

describe.each(databases)('actions on $name', ({ open }) => {
  it('come from what was carried, decided or raised, by a button that opens the form', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/strategy propose Pompa change:"Dua pompa" rationale:x method:majority closes:3d',
      '@ani /strategy vote S-1 agree',
      '@budi /strategy vote S-1 agree',
      '/strategy close S-1 reason:semua',
      '@ani /strategy show S-1',
      '@ani :click "Catat tindakan"',
    );
    expect((await world.run('@ani :fill judul="Beli pompa" tenggat=1/12/2026')).text).toContain('Dari: S-1');
    await world.all(
      '/poll create Warna options:"Merah; Biru" closes:3d',
      '@ani /poll vote J-1 choice:1',
      '@budi /poll vote J-1 choice:1',
      '/poll close J-1',
      '@budi /poll show J-1',
      '@budi :click "Catat tindakan"',
    );
    expect((await world.run('@budi :fill judul="Beli cat"')).text).toContain('Dari: J-1');
    await world.all('@ani /issue raise Bocor', '@ani /issue show I-1', '@ani :click "Catat tindakan"');
    expect((await world.run('@ani :fill judul=Tambal')).text).toContain('Dari: I-1');
    await world.all('/strategy show S-1');
    expect((await world.run(':click "Lihat tindakan"')).text).toMatch(/A-1 Beli pompa/);
    // What was not carried leads to nothing that is to be done.
    await world.all('/strategy propose Lain change:x rationale:x closes:2d', '/strategy withdraw S-2 reason:x');
    expect((await world.run('/strategy show S-2')).text).not.toContain('Catat tindakan');
    expect(world.logged).toEqual([]);
  });

  it('whoever does one puts its reminders off; the coordinators still hear that it is late', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/action add Pompa who:ani due:25/11/2026',
      '/action add Perahu who:ani due:25/11/2026',
      '/action add Tenda who:budi due:25/11/2026',
    );
    const first = await world.run(':skip 24h');
    expect(first.posts.find(post => post.to === '@ani')?.text).toMatch(/2 tindakan[\s\S]*Pompa[\s\S]*Perahu/);
    // Somebody else's, one that is over, another thing, and a time that has passed.
    const code = async (line: string) => (await world.run(line)).error?.code;
    expect(await code('@budi /reminder snooze A-1 until:2d')).toBe('forbidden');
    expect(await code('/reminder snooze A-1 until:2d')).toBe('forbidden');
    expect(await code('@ani /reminder snooze I-1 until:2d')).toBe('invalid_option');
    expect(await code('@ani /reminder snooze A-9 until:2d')).toBe('not_found');
    expect(await code('@ani /reminder snooze A-1 until:kemarin')).toBe('invalid_option');
    await world.all('@budi /action done A-3');
    expect(await code('@budi /reminder snooze A-3 until:2d')).toBe('closed');
    expect((await world.run('@ani /reminder snooze A-1 until:"30/11/2026 10.00"')).text).toContain('A-1 ditunda');
    expect((await world.run('/reminder list')).text).toContain('pengingat tindakan yang ditunda A-1');
    const later = await world.run(':skip 4d');
    const told = later.posts.filter(post => post.to === '@ani').map(post => post.text);
    expect(told.some(text => text.includes('Perahu'))).toBe(true);
    expect(told.some(text => text.includes('Pompa'))).toBe(false);
    const again = await world.run(':skip 2d');
    expect(again.posts.filter(post => post.to === '@ani').map(post => post.text.split('\n')[0])).toEqual([
      expect.stringContaining('Pengingat yang Anda tunda: A-1'),
    ]);
    const late = await world.run(':skip 3d');
    expect(about(late.posts, 'A-1')).toEqual(['#koor']);
    // Put off once more, and done before it comes back.
    await world.all(
      '@ani /reminder snooze A-1 until:2d',
      '@ani /reminder snooze A-1 until:3d',
      '@ani /action done A-1',
    );
    expect(about((await world.run(':skip 4d')).posts, 'A-1')).toEqual([]);
    expect(world.logged).toEqual([]);
  });

  it('a private one that is put off stands in no list, and one that was handed on is not reminded of', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani /issue raise Logo private:yes mediator:sari',
      '@ani /action add Bicara from:I-1 due:30/11/2026',
      '@ani /reminder snooze A-1 until:"27/11/2026 10.00"',
      '/action add Pompa who:ani due:30/11/2026',
      '@ani /reminder snooze A-2 until:"27/11/2026 10.00"',
      '/action hand A-2 member:budi',
    );
    const list = (await world.run('@budi /reminder list')).text;
    expect(list).not.toContain('A-1');
    const { posts } = await world.run(':skip 75h');
    expect([about(posts, 'A-1'), about(posts, 'A-2')]).toEqual([['@ani'], []]);
    expect(world.logged).toEqual([]);
  });

  it('after an outage over two reminders each hears once, the latest, past their quiet hours; the coordinators too', async () => {
    const store = await open();
    const before = await aWorld({ store });
    await before.all(
      ...FORUM,
      '@ani /me quiet from:20.00 to:12.00',
      '/action add Pompa who:ani due:28/11/2026',
      '/action add Perahu who:budi due:28/11/2026',
    );
    // Away from the day before (27 November) until a week after it was due.
    const up = await aWorld({ store, start: new Date('2026-12-06T10:30:00+07:00') });
    const { posts } = await up.run('#');
    expect(about(posts, 'A-1')).toEqual(['#koor']);
    expect(about(posts, 'A-2').sort()).toEqual(['#koor', '@budi']);
    const later = (await up.run(':skip 2h')).posts;
    expect([about(later, 'A-1'), about(later, 'A-2')]).toEqual([['@ani'], []]);
    expect((await up.run(':skip 2w')).posts).toEqual([]);
    expect([before.logged, up.logged]).toEqual([[], []]);
    await store.close();
  });
});
