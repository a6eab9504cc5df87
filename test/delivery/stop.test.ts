import { like } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { createLog } from '../../src/contract/log.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { plan, planned } from '../../src/schedule/occurrences.ts';
import { runDue } from '../../src/schedule/run.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

it.each(databases)(
  'told to end, the message in hand is the last; the others are free at once ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji');
    const { store } = world;
    const [forum] = await store.read.select().from(store.tables.forums);
    const { enqueue } = await import('../../src/delivery/outbox.ts');
    await world.all('/goal add Satu', ...[1, 2, 3, 4, 5].map(n => `/activity log Gladi${n}`));
    await store.write(forum!.id, async tx => {
      for (let n = 0; n < 5; n++)
        await enqueue(tx, forum!.id, {
          topic: { kind: 'activity', subject: `${n + 1}` },
          to: { member: 1 },
          due: START,
          occurrence: `x${n}`,
        });
    });
    let stopped = false;
    const sent: string[] = [];
    const sender = (at: Date) =>
      createSender({
        store,
        clock: { now: () => at },
        log: createLog(
          { level: 'error', format: 'json' },
          () => at,
          () => {},
        ),
        subjects: postTypes,
        adapters: [
          {
            platform: 'console',
            async send({ nonce }) {
              sent.push(nonce);
              stopped = sent.length === 2;
              return { kind: 'sent', ref: nonce };
            },
          },
        ],
        stopped: () => stopped,
      });
    await sender(START).deliver('console');
    expect(sent).toHaveLength(2);
    stopped = false;
    await sender(new Date(START.getTime() + 1)).deliver('console');
    expect([sent.length, new Set(sent).size]).toEqual([5, 5]);
    const { deliveries: d } = store.tables;
    const rows = await store.read.select({ tries: d.tries }).from(d).where(like(d.occurrence, 'x%'));
    expect(rows).toEqual(Array(5).fill({ tries: 1 }));
  },
);

it.each(databases)(
  'told to end, what falls due and is in hand is the last; the others are free at once ($name)',
  async ({ open }) => {
    await using world = await aWorld({ store: await open() });
    await world.all('/forum setup Uji');
    const { store } = world;
    const [forum] = await store.read.select().from(store.tables.forums);
    await store.write(forum!.id, tx =>
      plan(tx, forum!.id, ...['1', '2', '3', '4'].map(subject => planned('x', subject, START))),
    );
    let stopped = false;
    const done: string[] = [];
    const pass = (at: Date) =>
      runDue({
        store,
        clock: { now: () => at },
        ids: { next: () => 'x' },
        log: { debug() {}, info() {}, warn() {}, error() {} },
        handlers: {
          x: {
            windowMs: 60_000,
            async run({ occurrence }) {
              done.push(occurrence.subject);
              stopped = done.length === 2;
              return 'done';
            },
          },
        },
        stopped: () => stopped,
      });
    expect([await pass(START), done]).toEqual([2, ['1', '2']]);
    stopped = false;
    expect([await pass(new Date(START.getTime() + 1)), done]).toEqual([2, ['1', '2', '3', '4']]);
  },
);
