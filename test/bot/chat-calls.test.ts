import { describe, expect, it } from 'vitest';
import { DiscordAdapter } from '../../adapters/discord/index.ts';
import { SlackAdapter } from '../../adapters/slack/index.ts';
import { ReadActContext } from '../../src/bot/act-contexts.ts';
import { placed } from '../../src/bot/direct.ts';
import { DIRECT, type Outgoing } from '../../src/contract/act.ts';
import { view } from '../../src/contract/view.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

const post: Outgoing = {
  nonce: '1',
  target: { kind: 'channel', workspace: 'w', channel: 'c', name: 'umum' },
  view: view('Halo'),
  previous: null,
};

describe.each(databases)('inside a unit of work ($name)', ({ open }) => {
  it.each([DiscordAdapter, SlackAdapter])('%o sends nothing', async adapter => {
    const store = await open();
    const send = adapter.prototype.send as (post: Outgoing) => Promise<unknown>;
    await expect(store.write('f', () => send(post))).rejects.toThrow('a chat call inside a unit of work');
    await store.close();
  });

  it('no platform is asked: neither who is there nor what we may', async () => {
    await using world = await aWorld({ store: await open() });
    const { store, bot } = world;
    const act = {
      key: 'a1',
      place: { platform: 'discord', workspace: 'one', channel: null },
      who: { account: 'ani', home: '', name: 'Ani', admin: true },
      ask: { kind: 'typed', line: '/forum setup Uji' },
      memberOf: () => null,
      channelOf: () => null,
      isThere: async () => true,
      lacks: async () => [],
    } as const;
    await bot.perform(act);
    const direct = { ...act, place: { ...act.place, workspace: DIRECT } };
    expect((await placed(store.read, bot.registry, direct)).place.workspace).toBe('one');
    const why = 'a chat call inside a unit of work';
    await expect(store.write('f', tx => placed(tx, bot.registry, direct))).rejects.toThrow(why);
    const known = { forum: null, member: null, actor: null, locale: 'id', zone: 'Asia/Jakarta' } as never;
    const lacks = (db: typeof store.read) => new ReadActContext(bot.registry, act, known, db, START).lacks('c');
    expect(await lacks(store.read)).toEqual([]);
    await expect(store.write('f', tx => lacks(tx))).rejects.toThrow(why);
  });
});
