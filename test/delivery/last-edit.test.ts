import { expect, it } from 'vitest';
import type { SendResult } from '../../src/contract/act.ts';
import { view } from '../../src/contract/view.ts';
import { markStale } from '../../src/delivery/posts.ts';
import { databases } from '../databases.ts';
import { START } from '../world.ts';
import { aForum, aSender } from './letters.ts';

it.each(databases)(
  'what is edited for the last time while another edit is asked for is not written a second time ($name)',
  async ({ open }) => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'T1');
    const at = { now: START };
    const change = () => store.write('f', tx => markStale(tx, 'f', [{ kind: 'reminder', subject: 'a' }], at.now));
    const sent: (string | null)[] = [];
    const take = async ({ previous }: { previous: string | null }): Promise<SendResult> => {
      sent.push(previous);
      // What is owed changes once more while the last word is on its way.
      if (previous) await change();
      return { kind: 'sent', ref: 'm1' };
    };
    const reminder = {
      keptCurrent: false,
      follows: true as const,
      view: async ({ standsSince }: { standsSince: Date | null }) =>
        standsSince ? { last: view('replaced') } : view('owed'),
    };
    const sender = aSender(store, at, 'slack', take, { subjects: { reminder } });
    await forum.write('C1', 'a', 'reminder');
    await sender.deliver('slack');
    await change();
    for (let n = 1; n <= 3; n++) {
      at.now = new Date(START.getTime() + n * 60_000);
      await sender.deliver('slack');
    }
    expect(sent).toEqual([null, 'm1']);
    expect((await forum.rows()).map(one => one.state)).toEqual(['sent', 'suppressed']);
    await store.close();
  },
);
