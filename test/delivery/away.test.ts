import { expect, it, onTestFinished } from 'vitest';
import type { SendResult } from '../../src/contract/act.ts';
import type { Delivery } from '../../src/delivery/delivery.ts';
import { inLanes } from '../../src/delivery/lanes.ts';
import { openStore } from '../../src/storage/open.ts';
import { databases } from '../databases.ts';
import { holdClock } from '../hurry.ts';
import { startPostgres } from '../postgres.ts';
import { START } from '../world.ts';
import { aForum, aSender } from './letters.ts';

const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);

it('what was sent while the database went away is recorded when it is back, and sent again by nobody', async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const [store, other] = [await openStore(server.url), await openStore(server.url)];
  onTestFinished(async () => {
    await Promise.all([store.close(), other.close()]);
  });
  const forum = await aForum(store, 'slack', 'T1');
  await forum.write('a', 'satu');
  const at = { now: START };
  const sent: string[] = [];
  const send = async (nonce: string): Promise<SendResult> => {
    sent.push(nonce);
    if (sent.length === 1) await server.pause();
    return { kind: 'sent', ref: 'm1' };
  };
  let hear = (): void => {};
  const waits = new Promise<void>(done => (hear = done));
  const heard = (line: string): void => {
    if (line.includes('not recorded yet')) hear();
  };
  const first = aSender(store, at, 'slack', ({ nonce }) => send(nonce), { heard });
  const second = aSender(other, at, 'slack', ({ nonce }) => send(nonce));
  const clock = holdClock();
  const sending = first.deliver('slack');
  await clock.over(waits);
  // The lease has ended, and both look for what is due as soon as the database is back.
  at.now = after(90);
  await clock.over(expect(second.deliver('slack')).rejects.toThrow());
  await server.start();
  // While it waited to record it also looked for more, and was told that the database is away.
  await Promise.allSettled([sending, first.deliver('slack'), second.deliver('slack')]);
  // A database that was away is left alone for a moment; then both look again.
  clock.leap(60_000);
  await Promise.all([first.deliver('slack'), second.deliver('slack')]);
  expect(sent).toHaveLength(1);
  expect((await forum.rows()).map(one => [one.state, one.reason])).toEqual([['sent', null]]);
});

it('what goes wrong with one place is told once the others are done, and none is begun after it', async () => {
  const rows = ['a', 'b'].map(channel => ({ platform: 'slack', workspace: 'T1', channel }) as Delivery);
  let release = (): void => {};
  const held = new Promise<void>(done => (release = done));
  let ended = false;
  let given = 0;
  const work = inLanes(
    async () => (given++ ? [] : rows),
    async ([one]) => {
      if (one!.channel === 'a') throw new Error('a fault of ours');
      await held;
      ended = true;
    },
    () => false,
  ).then(
    () => 'done',
    () => `ended: ${ended}`,
  );
  for (let n = 0; n < 20; n++) await new Promise(setImmediate);
  release();
  expect(await work).toBe('ended: true');
  expect(given).toBe(1);
});

it.each(databases)('a topic of a newer program waits for it, and is given up after a day ($name)', async ({ open }) => {
  const store = await open();
  const forum = await aForum(store, 'slack', 'T1');
  await forum.write('a', 'satu');
  const at = { now: START };
  const sent: string[] = [];
  const send = async ({ nonce }: { nonce: string }): Promise<SendResult> => {
    sent.push(nonce);
    return { kind: 'sent', ref: nonce };
  };
  const older = aSender(store, at, 'slack', send, { subjects: {} });
  const newer = aSender(store, at, 'slack', send);
  await older.deliver('slack');
  expect((await forum.rows()).map(one => [one.state, one.tries])).toEqual([['pending', 0]]);
  at.now = after(61);
  await newer.deliver('slack');
  expect((await forum.rows()).map(one => [one.state, one.tries])).toEqual([['sent', 1]]);
  await forum.write('a', 'dua');
  at.now = after(2 * 86_400);
  await older.deliver('slack');
  expect((await forum.rows()).map(one => one.state)).toEqual(['sent', 'failed']);
  expect(sent).toHaveLength(1);
  await store.close();
});
