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
});
