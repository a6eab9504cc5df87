import { eq } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import type { PostTypes } from '../../src/contract/post-type.ts';
import { view } from '../../src/contract/view.ts';
import { claim, LEASE_MS } from '../../src/delivery/claims.ts';
import type { Delivery } from '../../src/delivery/delivery.ts';
import { isApart } from '../../src/delivery/lanes.ts';
import { voidWrongLeases } from '../../src/schedule/skewed-leases.ts';
import { databases } from '../databases.ts';
import { START } from '../world.ts';
import { aForum, recorderAt } from './letters.ts';

const sent = { kind: 'sent', post: null } as const;
const afterLease = new Date(START.getTime() + 61_000);

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

it.each(databases)(
  'of two claims of one delivery that are recorded together the newer one counts ($name)',
  async ({ open }) => {
    const store = await open();
    onTestFinished(() => store.close());
    const forum = await aForum(store, 'slack', 'T1');
    await forum.write('a', 'satu');
    await forum.write('b', 'dua');
    const [older, other] = (await claim(store, START, 2)) as [Delivery, Delivery];
    const [newer] = (await claim(store, afterLease, 1)) as [Delivery];
    expect([newer.seq, newer.claim]).toEqual([older.seq, older.claim + 1]);
    const recorder = recorderAt(store, afterLease);
    expect(await Promise.all([older, newer, other].map(one => recorder.begin(one)))).toEqual([false, true, true]);
    const ended = [older, newer, other].map(delivery => recorder.settle({ delivery, outcome: sent }));
    expect(await Promise.all(ended)).toEqual([false, true, true]);
  },
);

it('an act that holds one delivery keeps no other waiting (postgres)', async () => {
  const store = await databases.find(one => one.name === 'postgres')!.open();
  onTestFinished(() => store.close());
  const forum = await aForum(store, 'slack', 'T1');
  for (const subject of ['a', 'b', 'c', 'd']) await forum.write(subject, subject);
  const due = await claim(store, START, 4);
  const [held, ...free] = due as [Delivery, ...Delivery[]];
  const { deliveries: d } = store.tables;
  const recorder = recorderAt(store, START);
  const gate = (): { readonly passed: Promise<void>; open(): void } => {
    let open = (): void => {};
    return { passed: new Promise(done => (open = done)), open: () => open() };
  };
  const [isHeld, isOver] = [gate(), gate()];
  const act = store.write(null, async tx => {
    await tx.update(d).set({ staleAt: START }).where(eq(d.seq, held.seq));
    isHeld.open();
    await isOver.passed;
  });
  await isHeld.passed;
  let isBegun = false;
  const waits = recorder.begin(held).then(mine => {
    isBegun = mine;
  });
  expect(await Promise.all(free.map(one => recorder.begin(one)))).toEqual([true, true, true]);
  const ended = free.map(delivery => recorder.settle({ delivery, outcome: sent }));
  expect(await Promise.all(ended)).toEqual([true, true, true]);
  expect(isBegun).toBe(false);
  isOver.open();
  await Promise.all([act, waits]);
  expect(isBegun).toBe(true);
});

it.each(databases)(
  'a minute is left of a lease when sending begins, however late that is ($name)',
  async ({ open }) => {
    const store = await open();
    onTestFinished(() => store.close());
    const forum = await aForum(store, 'slack', 'T1');
    for (const subject of ['a', 'b', 'c']) await forum.write(subject, subject);
    const due = await claim(store, START, 3);
    for (const [i, waited] of [0, 900, 30_000].entries()) {
      const now = new Date(START.getTime() + waited);
      expect(await recorderAt(store, now).begin(due[i]!)).toBe(true);
      const row = (await forum.rows()).find(one => one.seq === due[i]!.seq)!;
      expect(row.leasedUntil).toEqual(due[i]!.leasedUntil);
      expect(row.nextAt).toEqual(row.leasedUntil);
      expect(row.leasedUntil!.getTime()).toBeGreaterThanOrEqual(now.getTime() + LEASE_MS);
    }
  },
);

it.each(databases)(
  'a lease of a clock that ran ahead, which was voided meanwhile, is another one when sending begins ($name)',
  async ({ open }) => {
    const store = await open();
    onTestFinished(() => store.close());
    const forum = await aForum(store, 'slack', 'T1');
    await forum.write('a', 'a');
    const [one] = (await claim(store, new Date(START.getTime() + 3_600_000), 1)) as [Delivery];
    await store.write(null, tx => voidWrongLeases(tx, START));
    expect(await recorderAt(store, START).begin(one)).toBe(true);
    const [row] = await forum.rows();
    const wanted = new Date(START.getTime() + LEASE_MS);
    expect([row!.leasedUntil, row!.nextAt]).toEqual([wanted, wanted]);
    expect(await claim(store, START, 1)).toEqual([]);
  },
);

it('one topic of two forums is two posts: the second is made while the first is recorded', () => {
  const [one, other] = ['f1', 'f2'].map(
    forumId => ({ forumId, topic: 'card', subject: '1', member: null, occurrence: '1' }) as Delivery,
  );
  const subjects: PostTypes = { card: { keptCurrent: true, view: async () => view('x') } };
  expect(isApart([other!], [one!], subjects)).toBe(true);
  expect(isApart([one!], [one!], subjects)).toBe(false);
});
