import { expect, it } from 'vitest';
import { grantCoordination } from '../../src/cli/coordinator.ts';
import { openStore } from '../../src/storage/open.ts';
import { addresses, databases } from '../databases.ts';
import { runProgram } from '../program.ts';
import { aWorld } from '../world.ts';

it.each(addresses)(
  'a forum without coordinators gets one back by a verb of the program ($name)',
  async ({ newUrl }) => {
    const url = await newUrl();
    const store = await openStore(url);
    const world = await aWorld({ store });
    await world.all(
      '/forum setup "Forum Uji" announce:umum coordinators:koor',
      '@"Bu Ani" /me show',
      '@"bu ani 2" /me show',
    );
    const { members } = store.tables;
    await store.write(null, tx => tx.update(members).set({ coordinator: false }));
    await store.close();
    const run = (...args: string[]) => runProgram(['coordinator', ...args], { DATABASE_URL: url });
    expect(run('--forum', 'Forum Uji').status).toBe(64);
    expect(run('--forum', 'Lain', '--member', 'bu ani').status).toBe(1);
    expect(run('--forum', 'Forum Uji', '--member', 'ani').status).toBe(1);
    const made = run('--forum', 'forum uji', '--member', 'bu ani');
    expect([made.status, made.stdout]).toEqual([0, expect.stringContaining('Bu Ani')]);
    expect(run('--forum', 'Forum Uji', '--member', 'Bu Ani').stdout).toContain('already');
    const again = await openStore(url);
    const people = await again.read.select().from(again.tables.members).orderBy(again.tables.members.number);
    expect(people.filter(one => one.coordinator).map(one => one.name)).toEqual(['Bu Ani']);
    const { events } = again.tables;
    const written = (await again.read.select().from(events)).filter(one => one.kind === 'coordinator.added');
    expect(written.map(one => [one.member, one.number, one.data])).toEqual([[null, 2, { by: 'operator' }]]);
    await again.close();
  },
);

it.each(databases)(
  'the forum, its coordinators and the member are told who was made one by the operator ($name)',
  async ({ open }) => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup "Forum Uji" announce:umum coordinators:koor', '@ani /me show');
    const { members } = store.tables;
    const [, ani] = await store.read.select().from(members).orderBy(members.number);
    expect(await grantCoordination(store, ani!, world.clock.now())).toBe(true);
    expect(await grantCoordination(store, ani!, world.clock.now())).toBe(false);
    const { posts } = await world.run('@ani /forum show');
    expect(posts.map(post => post.to).sort()).toEqual(['#koor', '#umum', '@ani']);
    for (const post of posts) expect(post.text).toContain('pengelola pemasangan');
    await world.all('@ani /goal add "Air bersih"');
  },
);
