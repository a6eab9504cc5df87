import { describe, expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { aWorld } from '../world.ts';

const codeIn = (text: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)![0];

describe.each(databases)('a second place on $name', ({ open }) => {
  it('joins a forum by a code of one use, once a coordinator agrees; posts then go to both', async () => {
    const store = await open();
    await using here = await aWorld({ store, workspace: 'here' });
    const there = await aWorld({ store, workspace: 'there', actor: 'tuti' });
    await here.all('/forum setup "Forum Uji" announce:umum coordinators:koor');
    const code = codeIn((await here.run('/forum invite')).text);
    const kept = [
      await store.read.select().from(store.tables.invitations),
      await store.read.select().from(store.tables.acts),
    ];
    expect(JSON.stringify(kept)).not.toContain(code);
    const asked = await there.run(`/forum join ${code.toLowerCase().replaceAll('-', ' ')} announce:kabar`);
    expect(asked.text).toContain('Permintaan bergabung terkirim');
    expect((await there.run('/activity list')).error?.code).toBe('not_found');
    const asking = [...asked.posts, ...(await here.run('/forum show')).posts];
    expect(asking.map(post => post.to).sort()).toEqual(['#koor', '@sari']);
    expect((await here.run('@budi /forum admit request:1')).error?.code).toBe('forbidden');
    expect((await here.run('/forum admit request:2')).error?.code).toBe('not_found');
    await here.all('/forum admit request:1');
    expect((await here.run('/forum admit request:1')).error?.code).toBe('closed');
    const posts = (await there.run('/activity log "Gladi bersama"')).posts.map(post => post.to).sort();
    expect(posts).toEqual(['#kabar', '#umum']);
    expect((await here.run('/activity list')).text).toContain('Gladi bersama');
    expect((await there.run(`/forum join ${code}`)).error?.code).toBe('conflict');
    expect([...here.logged, ...there.logged]).toEqual([]);
  });

  it('may leave again: nothing is sent there any more, the record stays, and the last place cannot', async () => {
    const store = await open();
    await using here = await aWorld({ store, workspace: 'here' });
    const there = await aWorld({ store, workspace: 'there', actor: 'tuti' });
    await here.all('/forum setup "Forum Uji" announce:umum coordinators:koor');
    expect((await here.run('/forum leave')).error?.code).toBe('conflict');
    const code = codeIn((await here.run('/forum invite')).text);
    await there.all(`/forum join ${code} announce:kabar`);
    await here.all('/forum admit request:1', '/forum coordinator tuti action:add');
    await there.all('/activity log Gladi');
    await there.run('/activity log Gladi participants:banyak');
    const waiting = async () => (await store.read.select().from(store.tables.drafts)).map(one => one.workspace);
    expect(await waiting()).toEqual(['there']);
    const asked = await there.run('/forum leave');
    expect(asked.text).toContain('Catatan, suara, dan riwayat tetap ada');
    const left = await there.run(':click "Ya, tinggalkan"');
    expect(left.text).toContain('tidak lagi termasuk Forum Uji');
    const { posts } = await here.run('/activity edit K-1 participants:9');
    expect([...left.posts, ...posts].map(post => post.to).sort()).toEqual(['#koor', '#umum']);
    expect((await there.run('/activity list')).error?.code).toBe('not_found');
    expect(await waiting()).toEqual([]);
    expect((await here.run('/activity list')).text).toContain('Gladi');
    await there.all('/forum setup "Forum Lain"');
  });

  it('R24: asks by platform, name and id whether a place may join, and is put out again from outside', async () => {
    const store = await open();
    await using here = await aWorld({ store, workspace: 'here' });
    const there = await aWorld({ store, workspace: 'there', actor: 'tuti' });
    await here.all('/forum setup "Forum Uji" announce:umum coordinators:koor');
    const joined = async (): Promise<string> => {
      const code = codeIn((await here.run('/forum invite')).text);
      const asked = await there.run(`/forum join ${code} announce:kabar`);
      return [...asked.posts, ...(await here.run('/forum show')).posts].map(post => post.text).join('\n');
    };
    expect(await joined()).toContain('there (console)');
    expect((await here.run('/forum remove there')).error?.code).toBe('not_found');
    expect((await here.run('/forum admit request:1')).text).toContain('there (console)');
    expect((await here.run('/forum show')).text).toContain('here (console), there (console)');
    await there.all('/activity log Gladi');

    expect((await here.run('@budi /forum remove there')).error?.code).toBe('forbidden');
    expect((await here.run('/forum remove here')).error?.code).toBe('conflict');
    expect((await here.run('/forum remove ther')).error?.code).toBe('ambiguous');
    const other = await here.run('/forum remove elsewhere');
    expect(other.error).toMatchObject({ code: 'not_found' });
    expect(other.text).toContain('there (console)');
    const asked = await here.run('/forum keluarkan There');
    expect(asked.error?.code).toBe('conflict');
    expect(asked.text).toContain('there (console)');
    expect((await there.run('/activity list')).text).toContain('Gladi');
    const removed = await here.run(':click "Ya, keluarkan"');
    expect(removed.text).toContain('Dikeluarkan dari forum: there (console)');
    const told = removed.posts.find(post => post.to === '#koor')!.text;
    expect(told).toContain('there (console)');
    expect(told).toContain('sari');
    // Those who are put out read it where they read the forum, and nothing after it.
    const last = removed.posts.find(post => post.to === '#kabar')!.text;
    for (const word of ['tidak lagi termasuk Forum Uji', 'sari', 'undangan']) expect(last).toContain(word);

    const { posts } = await here.run('/activity log Rapat');
    expect(posts.map(post => post.to)).toEqual(['#umum']);
    expect((await there.run('/activity list')).error?.code).toBe('not_found');
    expect((await here.run('/forum remove there')).error?.code).toBe('not_found');
    expect((await here.run('/activity list')).text).toContain('Gladi');
    await joined();
    await here.all('/forum admit request:2');
    expect((await there.run('/activity list')).text).toContain('Gladi');
    expect([...here.logged, ...there.logged]).toEqual([]);
  });

  it('R24: is known by the name it has today', async () => {
    const store = await open();
    await using here = await aWorld({ store, workspace: 'here' });
    await here.all('/forum setup "Forum Uji"');
    // As it was kept before places had names of their own.
    const { places } = store.tables;
    await store.write('x', async tx => void (await tx.update(places).set({ name: 'Forum Uji' })));
    expect((await here.run('/forum show')).text).toContain('here (console)');
  });

  it('is refused with a code that is used, too old, forged or another’s; guessing is written down and stopped', async () => {
    const store = await open();
    await using here = await aWorld({ store, workspace: 'here' });
    await here.all('/forum setup "Forum Uji" coordinators:koor');
    const used = codeIn((await here.run('/forum invite')).text);
    const old = codeIn((await here.run('/forum invite')).text);
    const there = await aWorld({ store, workspace: 'there', actor: 'tuti' });
    await there.all(`/forum join ${used}`, `/forum join ${used}`);
    expect((await store.read.select().from(store.tables.codeAttempts)).length).toBe(0);
    const thief = await aWorld({ store, workspace: 'thief', actor: 'maling' });
    expect((await thief.run(`/forum join ${used}`)).error?.code).toBe('not_found');
    const late = await aWorld({ store, workspace: 'late', start: new Date('2026-11-25T01:00:01Z') });
    expect((await late.run(`/forum join ${old}`)).error?.code).toBe('not_found');
    for (let i = 0; i < 4; i++) expect((await thief.run('/forum join AAAA-BBBB-CCCC')).error?.code).toBe('not_found');
    expect((await thief.run(`/forum join ${old}`)).error?.code).toBe('limit');
    const attempts = await store.read.select().from(store.tables.codeAttempts);
    expect(attempts.filter(one => one.workspace === 'thief')).toHaveLength(5);
    await thief.run(':skip 2h');
    expect((await thief.run(`/forum join ${old}`)).ok).toBe(true);
    await thief.all('/forum setup "Forum Maling"');
    expect((await here.run('/forum admit request:2')).error?.code).toBe('conflict');
  });
});

describe.each(databases)('one’s own data on $name', ({ open }) => {
  it('can be taken along, and be forgotten: the name and accounts go, what counts stays', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup "Forum Uji" announce:umum',
      '/partner add A sector:ngo',
      '/partner assign budi partner:A role:representative',
      '@budi /activity log "Bersih sungai" participants:5',
      '@budi /finance record Iuran direction:in amount:1jt',
      '/strategy propose S1 change:x rationale:y closes:3d',
      '/strategy propose S2 change:x rationale:y closes:3d basis:member urgent:uji',
      '@budi /strategy vote S-1 agree',
      '/issue raise Saluran',
      '/issue assign I-1 member:budi',
    );
    expect((await world.run('@budi /me export')).text).toContain('rembug.json');
    expect((await world.run('/me forget confirm:yes')).error?.code).toBe('conflict');
    const asked = await world.run('@budi /me forget');
    expect(asked.text).toContain('tidak dapat dikembalikan');
    expect((await world.run('/partner show A')).text).toContain('budi');
    await world.all('@budi :click "Ya, hapus"');
    for (const query of [
      '/partner show A',
      '/activity show K-1',
      '/finance show U-1',
      '/strategy show S-1',
      '/issue show I-1',
    ])
      expect((await world.run(query)).text).not.toContain('budi');
    const { members, accounts, electors } = store.tables;
    const names = JSON.stringify([
      await store.read.select().from(members),
      await store.read.select().from(accounts),
      await store.read.select().from(electors),
    ]);
    expect(names).not.toContain('budi');
    expect((await world.run('/finance summary')).text).toContain('Rp 1.000.000');
    await world.run(':skip 4d');
    expect((await world.run('/strategy show S-1')).text).toContain('lulus');
    expect((await world.run('@budi /me show')).text).toContain('belum ada');
    expect(world.logged).toEqual([]);
  });
});
