import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const FORUM = [
  '/forum setup "Forum Uji" announce:umum coordinators:koor',
  '/partner add A sector:ngo',
  '/partner add B sector:ngo',
  '/partner assign wa partner:A role:representative',
  '/partner assign wb partner:B role:representative',
] as const;

describe.each(databases)('seats on $name', ({ open }) => {
  it('whoever was let into a partner reads no talk and no score of it, and approves no money', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/forum settings approval:"Rp 1.000.000"', '/partnership review A', '/partner join A');
    await world.all(
      '@wa /partnership statement A text:"Kami kekurangan orang"',
      '@tamu /partner join A',
      '@wa /partner request M-1 tamu accept',
    );
    const refused = async (line: string) => (await world.run(`@tamu ${line}`)).error?.code;
    expect(await refused('/partnership review A')).toBe('forbidden');
    expect(await refused('/partnership statement A text:x')).toBe('not_found');
    expect(await refused('/partnership step A what:x due:1/2/2027')).toBe('not_found');
    expect(await refused('/partnership score')).toBe('forbidden');
    expect(await refused('/partnership comment x')).toBe('forbidden');
    await world.all('@wb /finance record Sewa direction:out amount:9jt');
    expect(await refused('/finance approve U-1')).toBe('forbidden');
    await world.all('/partner assign pengganti partner:A role:alternate', '@pengganti /partnership score');
    expect((await world.run('@pengganti /partnership review A')).text).toContain('Kami kekurangan orang');
    expect((await world.run('@pengganti /finance approve U-1')).text).toContain('disetujui');
  });

  it('only a coordinator moves who sits elsewhere, and whoever is moved is told', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const taken = await world.run('@wa /partner assign wb partner:A');
    expect([taken.error?.code, taken.text.includes('Hanya koordinator')]).toEqual(['forbidden', true]);
    expect((await world.run('/partner show B')).text).toContain('wb (wakil)');
    const moved = await world.run('/partner assign wb partner:A role:alternate');
    expect(moved.posts).toEqual([{ to: '@wb', text: expect.stringContaining('Anda sekarang pengganti A') }]);
    // Within a partner its representative decides, as before.
    expect((await world.run('@wa /partner assign wb partner:A role:member')).posts).toEqual([]);
  });

  it('somebody who left is taken out of their seat, by their partner or a coordinator, and is told', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    expect((await world.run('@wa /partner unassign wb')).error?.code).toBe('forbidden');
    expect((await world.run('@tamu /partner unassign wb')).error?.code).toBe('forbidden');
    expect((await world.run('/partner unassign tamu')).error?.code).toBe('conflict');
    const out = await world.run('/mitra lepaskan wb');
    expect(out.posts).toEqual([{ to: '@wb', text: expect.stringContaining('tidak lagi tercatat') }]);
    expect((await world.run('/partner show B')).text).not.toContain('wb');
    expect((await world.run('@wb /partnership score')).error?.code).toBe('forbidden');
  });
});
