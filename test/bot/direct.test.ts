import { expect, it } from 'vitest';
import { DIRECT } from '../../src/contract/act.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

it.each(databases)('a message of one forum is never answered in another ($name)', async ({ open }) => {
  const store = await open();
  await using world = await aWorld({ store });
  let n = 0;
  const say = (workspace: string, line: string, message?: string, account = 'ani') =>
    world.bot.perform({
      key: `d${++n}`,
      place: { platform: 'discord', workspace, channel: null, ...(message && { message }) },
      who: { account, home: '', name: account, admin: true },
      ask: { kind: 'typed', line },
      memberOf: () => null,
      channelOf: () => null,
    });
  await say('one', '/forum setup Satu');
  await say('one', '/goal add Tujuan');
  // With one forum there is nothing to mistake.
  expect((await say(DIRECT, '/goal show T-1', 'gone')).kind).toBe('view');
  await say('two', '/forum setup Dua');
  await say('three', '/forum setup Tiga', undefined, 'budi');
  const { deliveries, forums } = store.tables;
  const all = new Map((await store.read.select().from(forums)).map(one => [one.name, one.id]));
  const stop = { platform: 'discord', workspace: 'x', channel: null, channelName: null, member: 1 } as const;
  const row = { topic: 'x', subject: '1', due: START, state: 'sent', claim: 0, nextAt: null, occurrence: 'x' } as const;
  await store.write(null, async tx => {
    for (const [name, ref] of [
      ['Satu', 'm1'],
      ['Tiga', 'm3'],
    ] as const)
      await tx.insert(deliveries).values({ ...stop, ...row, forumId: all.get(name)!, ref });
  });
  expect((await say(DIRECT, '/goal show T-1', 'm1')).kind).toBe('view');
  // Which forum wrote it is forgotten; or it is one that does not know the person.
  for (const message of ['gone', 'm3'])
    expect(await say(DIRECT, '/goal show T-1', message)).toMatchObject({
      kind: 'refused',
      code: 'closed',
      message: [expect.stringContaining('server forum itu')],
    });
  // W26: whoever is in several forums is asked once which one is meant by what they type.
  const asked = await say(DIRECT, '/goal list');
  if (asked.kind !== 'refused') throw new Error('not asked');
  expect(asked.code).toBe('conflict');
  const [menu] = asked.view.controls.flat();
  if (menu?.kind !== 'select') throw new Error('no menu');
  expect(menu.choices.map(one => one.label)).toEqual(['Satu', 'Dua']);
  // A forum that does not know the person cannot be chosen.
  for (const line of ['/me forum Tiga', '/me forum']) expect((await say(DIRECT, line)).kind).toBe('refused');
  expect((await say(DIRECT, `/me forum ${menu.choices[0]!.value}`)).kind).toBe('view');
  const goals = async () => JSON.stringify(await say(DIRECT, '/goal list'));
  expect(await goals()).toContain('T-1');
  expect((await say(DIRECT, '/me forum dua')).kind).toBe('view');
  expect(await goals()).not.toContain('T-1');
  // In a place of its own a forum is never left for another.
  expect((await say('one', '/me forum Dua')).kind).toBe('refused');
  expect((await say('two', '/goal list')).kind).toBe('view');
});
