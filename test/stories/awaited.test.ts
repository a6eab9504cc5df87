import { describe, expect, it } from 'vitest';
import { lateActions, ownActions } from '../../src/domain/actions/lists.ts';
import { isAwaited } from '../../src/domain/actions/people.ts';
import { actionByNumber } from '../../src/domain/actions/store.ts';
import { ownWork } from '../../src/domain/own-work.ts';
import { actorOf, memberByNumber, membersNamed } from '../../src/domain/people.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

const FORUM = [
  '/forum setup Uji coordinators:koor',
  '/partner add A sector:government',
  '/partner add B sector:ngo',
  '/partner assign ani partner:A role:representative',
  '/partner assign adi partner:A role:member',
  '/partner assign budi partner:B role:representative',
  '/agreement record Bersama kind:informal partners:"A, B"',
  '/action add "Pinjam pompa" who:A due:1/12/2026 from:P-1',
  '@adi /action add "Cek pompa" due:2/12/2026',
  '/action add "Beli selang" who:A due:3/12/2026',
] as const;

describe.each(databases)('what is awaited on $name', ({ open }) => {
  /** The actions that each place has for a person, and of which the late ones are told. */
  async function places(world: Awaited<ReturnType<typeof aWorld>>, name: string) {
    const db = world.store.read;
    const [forum] = await db.select().from(world.store.tables.forums);
    const [found] = await membersNamed(db, forum!.id, name, 1);
    const member = (await memberByNumber(db, forum!.id, found!.number))!;
    const seer = { db, forumId: forum!.id, actor: await actorOf(db, member), now: START };
    const numbers = (rows: readonly { number: number }[]): number[] => rows.map(row => row.number).sort();
    const single: number[] = [];
    for (const number of [1, 2, 3])
      if (await isAwaited(db, (await actionByNumber(db, forum!.id, number))!)) single.push(number);
    return {
      tasks: numbers((await ownWork(seer, 99)).actions),
      reminded: numbers(await ownActions(seer, { limit: 99 })),
      late: numbers(await lateActions(db, forum!.id, '2027-01-01')),
      single,
    };
  }

  it('is the same in tasks, reminders, lists and deadlines: what an agreement held ends with it', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM);
    expect(await places(world, 'ani')).toEqual({ tasks: [1, 3], reminded: [1, 3], late: [1, 2, 3], single: [1, 2, 3] });
    await world.all('/agreement end P-1 reason:selesai');
    expect(await places(world, 'ani')).toEqual({ tasks: [3], reminded: [3], late: [2, 3], single: [2, 3] });
    expect((await world.run('@ani /me tasks')).text).not.toContain('Pinjam pompa');
    expect(world.logged).toEqual([]);
  });

  it('is nothing of a partner that was archived, and all of it again when it comes back', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(...FORUM, '/partner archive A reason:usai');
    expect(await places(world, 'adi')).toEqual({ tasks: [], reminded: [], late: [], single: [] });
    await world.all('/partner restore M-1');
    expect((await places(world, 'ani')).late).toEqual([1, 2, 3]);
    expect(world.logged).toEqual([]);
  });
});
