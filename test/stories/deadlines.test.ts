import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor issues:isu',
  '/digest schedule "0 8 1 1 *"',
  '/partner add A sector:government',
  '/partner assign ani partner:A role:representative',
] as const;

const reminded = (posts: readonly { to: string; text: string }[]): string[] =>
  posts.filter(post => post.text.includes('Tenggat')).map(post => `${post.to} ${/[IT]-\d/.exec(post.text)?.[0]}`);

describe.each(databases)('a day by which something is to be done on $name', ({ open }) => {
  it('is reminded of once, the day before: the owner, else the partner, else the coordinators', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '/issue raise Saluran due:27/11/2026 partner:A',
      '/issue raise Sirene due:27/11/2026 partner:A',
      '/issue raise Jalan due:27/11/2026',
      '/issue raise Selesai due:27/11/2026',
      '/issue resolve I-4 resolution:beres',
      '/issue assign I-2 member:budi',
      '/issue raise Besok due:besok partner:A',
      '/goal add Siaga due:27/11/2026',
      '/goal add Pangan',
    );
    expect((await world.run('/reminder list')).text).toContain('tenggat isu I-1');
    expect(reminded((await world.run(':skip 26h')).posts)).toEqual(['@ani I-5']);
    expect(reminded((await world.run(':skip 24h')).posts)).toEqual(['@ani I-1', '@budi I-2', '#koor I-3', '#koor T-1']);
    expect(reminded((await world.run(':skip 3d')).posts)).toEqual([]);
    const digest = (await world.run('/digest now')).text;
    expect(digest).toContain('Lewat tenggat');
    for (const line of ['I-1 Saluran: 27 Nov 2026', 'I-5 Besok: 25 Nov 2026', 'T-1 Siaga: 27 Nov 2026'])
      expect(digest).toContain(line);
    expect(digest).not.toContain('I-4');
    await world.all('/goal close T-1 outcome:tercapai');
    expect((await world.run('/digest now')).text).not.toContain('T-1');
    expect(world.logged).toEqual([]);
  });

  it('of a private issue is told to its mediators alone, and stands in no list', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@budi /issue raise Rahasia private:yes mediator:ani due:27/11/2026');
    expect((await world.run('/reminder list')).text).not.toContain('I-1');
    expect(reminded((await world.run(':skip 3d')).posts)).toEqual(['@ani I-1']);
    expect((await world.run('/reminder list')).text).not.toContain('I-1');
    await world.all(':skip 3d');
    expect((await world.run('/digest now')).text).not.toContain('Rahasia');
  });

  it('moves with an edit of the issue, whose history tells what it said before', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '@budi /isu laporkan Salurn tenggat:27/11/2026 mitra:A', '@eko /me show');
    const edited = await world.run('@budi /isu ubah I-1 judul:Saluran tenggat:4/12/2026 uraian:"Jl. Code"');
    expect(edited.text).toContain('I-1 Saluran');
    expect(edited.posts.map(post => `${post.to} ${post.text}`)).toEqual([
      // The card that stands is brought up to date, and its thread says what was changed.
      expect.stringMatching(/^#isu ! I-1 Saluran[\s\S]*Tenggat: 4 Desember 2026/),
      '#isu budi: mengubah judul: Salurn → Saluran; uraian: – → Jl. Code; tenggat: 27 November 2026 → 4 Desember 2026',
    ]);
    expect((await world.run('/issue show Saluran')).text).toContain('mengubah judul: Salurn → Saluran');
    expect(await world.run('@eko /issue edit I-1 title:Lain')).toMatchObject({ error: { code: 'forbidden' } });
    expect(reminded((await world.run(':skip 4d')).posts)).toEqual([]);
    // Back to a day that was named before, it is reminded of on that day again.
    await world.all('/issue edit I-1 due:10/12/2026', '/issue edit I-1 due:4/12/2026');
    expect(reminded((await world.run(':skip 6d')).posts)).toEqual(['@ani I-1']);
    await world.all('/issue resolve I-1 resolution:beres');
    expect(await world.run('/issue edit I-1 title:Lain')).toMatchObject({ error: { code: 'closed' } });
    expect(world.logged).toEqual([]);
  });
});
