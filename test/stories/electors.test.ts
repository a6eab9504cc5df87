import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

describe.each(databases)('electors of a vote by member on $name', ({ open }) => {
  it('R23: are those who came by themselves, or were given a seat or coordination, before it opened', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup "Forum Uji"',
      '/partner add A',
      '/partner assign wakil partner:A role:representative',
      '/forum coordinator wakilketua action:add',
      '/issue raise Saluran',
      '/issue assign I-1 member:disebut',
      '/issue raise Sirene',
      '/issue assign I-2 member:datang',
      '@datang /issue list',
      '@baca /goal list',
      '/strategy propose S1 rationale:y closes:3d basis:member urgent:uji',
      '@terlambat /goal list',
    );
    const { electors } = store.tables;
    const names = (await store.read.select().from(electors)).map(one => one.name).sort();
    expect(names).toEqual(['baca', 'datang', 'sari', 'wakil', 'wakilketua']);
    expect((await world.run('@disebut /strategy vote S-1 agree')).ok).toBe(false);
    expect((await world.run('@datang /strategy vote S-1 agree')).ok).toBe(true);
    expect(world.logged).toEqual([]);
  });

  it('R23: completing a line for somebody new writes nothing', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup "Forum Uji"', '/goal add "Sungai bersih"');
    const found = await world.session.completions('@baru /goal show sung');
    expect(found.candidates).toContain('T-1');
    expect(await store.read.select().from(store.tables.members)).toHaveLength(1);
  });
});
