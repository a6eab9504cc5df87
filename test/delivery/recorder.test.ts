import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { claim } from '../../src/delivery/claims.ts';
import type { Delivery } from '../../src/delivery/delivery.ts';
import { databases } from '../databases.ts';
import { START } from '../world.ts';
import { aForum, recorderAt } from './letters.ts';

const sent = { kind: 'sent', post: null } as const;

it.each(databases)('of many that are recorded together, each is fenced by its own claim ($name)', async ({ open }) => {
  const store = await open();
  const forum = await aForum(store, 'slack', 'T1');
  for (let n = 0; n < 40; n++) await forum.write(`c${n}`, String(n));
  const due = await claim(store, START, 40);
  const { deliveries: d } = store.tables;
  const lost = due.filter((_, i) => i % 3 === 0);
  for (const { seq, claim: mine } of lost)
    await store.write(null, tx =>
      tx
        .update(d)
        .set({ claim: mine + 1 })
        .where(eq(d.seq, seq)),
    );
  const recorder = recorderAt(store, START);
  const isLost = (one: Delivery): boolean => lost.includes(one);
  expect(await Promise.all(due.map(one => recorder.begin(one)))).toEqual(due.map(one => !isLost(one)));
  const ended = due.map(delivery => recorder.settle({ delivery, outcome: { ...sent, ref: `m${delivery.seq}` } }));
  expect(await Promise.all(ended)).toEqual(due.map(one => !isLost(one)));
  const wanted = due.map(one => (isLost(one) ? ['pending', null] : ['sent', `m${one.seq}`]));
  expect((await forum.rows()).map(row => [row.state, row.ref])).toEqual(wanted);
  await store.close();
});

it.each(databases)(
  'one whose consequences cannot be recorded takes nothing from the others ($name)',
  async ({ open }) => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'T1');
    for (const subject of ['1', '2', '3']) await forum.write(subject, subject);
    const due = await claim(store, START, 3);
    const recorder = recorderAt(store, START);
    const failed = { kind: 'failed', reason: 'x' } as const;
    const onFailure = async (): Promise<boolean> => {
      throw new RangeError('a bug');
    };
    const ended = await Promise.allSettled(
      due.map((delivery, i) =>
        recorder.settle(i === 1 ? { delivery, outcome: failed, onFailure } : { delivery, outcome: sent }),
      ),
    );
    expect(ended.map(one => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await forum.rows()).map(row => row.state)).toEqual(['sent', 'pending', 'sent']);
    await store.close();
  },
);
