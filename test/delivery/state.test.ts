import { describe, expect, it } from 'vitest';
import { claim } from '../../src/delivery/claims.ts';
import { enqueue } from '../../src/delivery/outbox.ts';
import { markStale } from '../../src/delivery/posts.ts';
import { outboxState } from '../../src/delivery/waiting.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';
import { recorderAt } from './letters.ts';

const atMinute = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);
const topic = { kind: 'activity', subject: '1' };

/** Puts a message for a channel on Slack into the outbox. */
const post = (store: Store, forum: string): Promise<void> =>
  store.write(forum, tx =>
    enqueue(tx, forum, {
      topic,
      to: { channel: { platform: 'slack', workspace: 'T1', id: 'a', name: 'a' } },
      due: START,
      occurrence: 'x',
    }),
  );

describe.each(databases)('how long messages wait, on $name', ({ open }) => {
  it('an edit waits since it was asked for, however old the post and however often it was edited', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji');
    const { store } = world;
    const [forum] = await store.read.select().from(store.tables.forums);
    await post(store, forum!.id);
    for (const minute of [0, 1, 30]) {
      if (minute) await store.write(forum!.id, tx => markStale(tx, forum!.id, [topic], atMinute(minute)));
      expect(await outboxState(store, ['slack'])).toEqual({ depth: 1, oldest: atMinute(minute) });
      const [one] = await claim(store, atMinute(minute), 10, 'slack');
      const sent = { kind: 'sent', post: { channel: 'a', ref: 'm1', hash: String(minute) } } as const;
      await recorderAt(store, atMinute(minute)).settle({ delivery: one!, outcome: sent });
    }
  });

  it('what is for a platform that does not run here does not count', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji');
    const { store } = world;
    const [forum] = await store.read.select().from(store.tables.forums);
    await post(store, forum!.id);
    expect(await outboxState(store, ['discord', 'console'])).toEqual({ depth: 0, oldest: null });
    expect(await outboxState(store, [])).toEqual({ depth: 0, oldest: null });
    expect(await outboxState(store, ['discord', 'slack'])).toEqual({ depth: 1, oldest: START });
  });
});
