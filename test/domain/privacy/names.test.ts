import { describe, expect, it } from 'vitest';
import type { Act } from '../../../src/contract/act.ts';
import { databases } from '../../databases.ts';
import { aWorld } from '../../world.ts';

describe.each(databases)('names on $name', ({ open }) => {
  async function aForum() {
    const store = await open();
    const world = await aWorld({ store });
    await world.all('/forum setup Uji', '/partner add A sector:ngo');
    const [place] = await store.read.select().from(store.tables.places);
    let n = 0;
    /** Says something with one account, whatever it is called by now. */
    const say = (account: string, name: string, line: string, given: Partial<Act> = {}) =>
      world.bot.perform({
        key: `${++n}`,
        place: { platform: 'console', workspace: place!.workspace, channel: null },
        who: { account, home: '', name, admin: false },
        ask: { kind: 'typed', line },
        memberOf: () => null,
        channelOf: () => null,
        ...given,
      });
    const text = async () => {
      const rows: unknown[] = [];
      for (const table of Object.values(store.tables)) rows.push(await store.read.select().from(table as never));
      return JSON.stringify(rows);
    };
    return { store, world, say, text, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
  }

  it('a person is called as their account is by now, and each earlier name is forgotten with them', async () => {
    await using forum = await aForum();
    const { world, say, text } = forum;
    for (const name of ['Mawar', 'Kenanga', 'Anggrek']) await say('a1', name, '/activity log "Gladi banjir"');
    const members = async () => (await forum.store.read.select().from(forum.store.tables.members)).map(one => one.name);
    expect(await members()).toEqual(['sari', 'Anggrek']);
    await world.all('/partner edit A contact:Mawar', '/partner edit A contact:Kenanga');
    await say('a1', 'Anggrek', '/me forget confirm:ya');
    expect(await text()).not.toMatch(/Mawar|Kenanga|Anggrek/);
  });

  it('what somebody else was writing about the person names them no more', async () => {
    await using forum = await aForum();
    const { store, say, text } = forum;
    await say('a1', 'Mawar', '/goal list');
    const given = {
      member: { account: { account: 'a1', home: '', name: 'Mawar', admin: false } },
      partner: { typed: 'Tidak ada' },
    };
    await say('sari', 'sari', '', { ask: { kind: 'chosen', path: ['partner', 'assign'], given } });
    expect(await text()).toContain('Tidak ada');
    await say('a1', 'Mawar', '/me forget confirm:ya');
    expect((await store.read.select().from(store.tables.drafts)).map(one => one.given)).toEqual([
      { partner: { typed: 'Tidak ada' } },
    ]);
    expect(await text()).not.toContain('Mawar');
  });

  it('a number leads to nobody who was forgotten', async () => {
    await using forum = await aForum();
    const { say } = forum;
    await say('a1', 'Mawar', '/goal list');
    await say('a1', 'Mawar', '/me forget confirm:ya');
    const answer = await say('sari', 'sari', '/partner assign 2 partner:A');
    expect(answer).toMatchObject({ kind: 'refused', code: 'invalid_option', option: 'member' });
  });
});
