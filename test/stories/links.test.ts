import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)![0];

const FORUM = [
  '/forum setup "Forum Uji" announce:umum',
  '/partner add A sector:ngo',
  '/partner add B sector:ngo',
  '/partner assign ani partner:A role:representative',
  '/partner assign budi partner:B role:representative',
] as const;

describe.each(databases)('two accounts of one person on $name', ({ open }) => {
  it('become one after a code and a yes: one seat, one name, one vote', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/issue raise Saluran', '/issue assign I-1 member:ani2');
    const code = codeIn((await world.run('@ani /me link')).text);
    const { links, acts } = world.store.tables;
    const kept = [await world.store.read.select().from(links), await world.store.read.select().from(acts)];
    expect(JSON.stringify(kept)).not.toContain(code);
    const asked = await world.run(`@ani2 /saya tautkan ${code}`);
    expect(asked.posts.map(post => post.to)).toEqual(['@ani']);
    expect((await world.run('@ani2 /me same request:1')).error?.code).toBe('not_found');
    expect((await world.run('@ani :click "Ya, itu saya"')).text).toContain('Kedua akun sekarang satu orang');
    expect((await world.run('@ani /me same request:1')).error?.code).toBe('closed');
    expect((await world.run('@ani2 /me show')).text).toMatch(/Nama:? ani\b/);
    expect((await world.run('/issue show I-1')).text).toMatch(/Penanggung jawab:? ani\n/);
    expect((await world.run('@ani2 /activity log Gladi')).text).toContain('Mitra: A');
    expect((await world.run(`@cici /me link ${code}`)).error?.code).toBe('not_found');
    expect(world.logged).toEqual([]);
  });

  it('that are not, stay apart', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    const code = codeIn((await world.run('@ani /me link')).text);
    expect((await world.run(`@ani /me link ${code}`)).error?.code).toBe('not_found');
    await world.all(`@maling /me link ${code}`, '@ani :click "Bukan saya"');
    expect((await world.run('@maling /me show')).text).toContain('maling');
    const late = codeIn((await world.run('@ani /me link')).text);
    await world.run(':skip 11m');
    for (let i = 0; i < 5; i++) expect((await world.run(`@maling /me link ${late}`)).error?.code).toBe('not_found');
    expect((await world.run(`@maling /me link ${late}`)).error?.code).toBe('limit');
  });

  it('have one ballot in a vote of members that is open: the later one; what is closed stays', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      ...FORUM,
      '@ani2 /me show',
      '/strategy propose S1 change:x rationale:y closes:2d basis:member quorum:2 urgent:uji',
      '@ani /strategy vote S-1 agree',
      '@ani2 /strategy vote S-1 agree',
      ':skip 3d',
      '/strategy propose S2 change:x rationale:y closes:3d basis:member quorum:2 urgent:uji',
      '@ani /strategy vote S-2 agree',
      ':skip 1h',
      '@ani2 /strategy vote S-2 disagree',
      '@budi /strategy vote S-2 agree',
    );
    const before = (await world.run('/strategy export S-1 format:markdown')).text;
    const code = codeIn((await world.run('@ani /me link')).text);
    await world.all(`@ani2 /me link ${code}`);
    const told = await world.run('@ani :click "Ya, itu saya"');
    expect((await world.run('/strategy export S-1 format:markdown')).text).toBe(before);
    const { ballots } = world.store.tables;
    const inForce = (await world.store.read.select().from(ballots)).filter(one => one.strategy === 2 && one.inForce);
    expect(inForce.map(one => one.choice).sort()).toEqual(['agree', 'disagree']);
    await world.all('@ani2 /strategy vote S-2 agree');
    const now = (await world.store.read.select().from(ballots)).filter(one => one.strategy === 2 && one.inForce);
    expect(now.map(one => one.choice)).toEqual(['agree', 'agree']);
    // One person is one of the electorate, and is told which ballot counts.
    const { electors } = world.store.tables;
    const names = (await world.store.read.select().from(electors)).filter(one => one.strategy === 2);
    expect(names.map(one => one.name).sort()).toEqual(['ani', 'budi', 'sari']);
    expect(told.text).toContain('S-2: suara terakhir yang berlaku');
    expect(world.logged).toEqual([]);
  });
});
