import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { claim, presentOf } from '../../src/delivery/claims.ts';
import type { Delivery } from '../../src/delivery/delivery.ts';
import { enqueue } from '../../src/delivery/outbox.ts';
import { markStale } from '../../src/delivery/posts.ts';
import { claimDue, finish, giveBack, plan, planned } from '../../src/schedule/occurrences.ts';
import { voidWrongLeases } from '../../src/schedule/skewed-leases.ts';
import { openStore } from '../../src/storage/open.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases, newPostgresUrl } from '../databases.ts';
import { START } from '../world.ts';
import { aForum, aSender, recorderAt } from './letters.ts';

/** Occurrences that these tests plan, none of which failed before. */
const VOTES = { kinds: ['vote_closes'], except: [] };

const atSecond = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);
const sent = (channel: string) => ({ kind: 'sent', post: { channel, ref: 'm1', hash: 'h' } }) as const;

async function forums(store: Store, ...ids: string[]): Promise<void> {
  await store.write(null, tx =>
    tx
      .insert(tx.tables.forums)
      .values(
        ids.map(id => ({ id, name: id, locale: 'id' as const, zone: 'Asia/Jakarta', settings: {}, createdAt: START })),
      ),
  );
}

/** Puts a message for a channel into the outbox. */
const post = (store: Store, subject: string, channel: string): Promise<void> =>
  store.write('f', tx =>
    enqueue(tx, 'f', {
      topic: { kind: 'activity', subject },
      to: { channel: { platform: 'slack', workspace: 'T1', id: channel, name: channel } },
      due: START,
      occurrence: `${subject}@${channel}`,
    }),
  );
const subjects = (claimed: readonly Delivery[]): string[] => claimed.map(one => `${one.subject}@${one.channel}`);

describe.each(databases)('what two processes send, on $name', ({ open }) => {
  it('a channel is one process’s until it is done there; other channels are free', async () => {
    const store = await open();
    await forums(store, 'f');
    await post(store, '1', 'a');
    const [first] = await claim(store, START, 10);
    await post(store, '2', 'a');
    await post(store, '3', 'b');
    expect(subjects(await claim(store, atSecond(1), 10))).toEqual(['3@b']);
    expect(await recorderAt(store, atSecond(1)).begin(first!)).toBe(true);
    expect(await claim(store, atSecond(30), 10)).toEqual([]);
    await recorderAt(store, atSecond(30)).settle({ delivery: first!, outcome: sent('a') });
    expect(subjects(await claim(store, atSecond(30), 10))).toEqual(['2@a']);
    await store.close();
  });

  it('a newer state waits for the older one that is on its way, and stands in the end', async () => {
    const store = await open();
    await forums(store, 'f');
    await post(store, '1', 'a');
    const [first] = await claim(store, START, 10);
    await recorderAt(store, START).settle({ delivery: first!, outcome: sent('a') });
    const stale = () => store.write('f', tx => markStale(tx, 'f', [{ kind: 'activity', subject: '1' }], atSecond(60)));
    await stale();
    const [older] = await claim(store, atSecond(120), 10);
    expect(await recorderAt(store, atSecond(120)).begin(older!)).toBe(true);
    await stale();
    expect(await claim(store, atSecond(130), 10)).toEqual([]);
    expect(await recorderAt(store, atSecond(131)).settle({ delivery: older!, outcome: sent('a') })).toBe(false);
    expect(subjects(await claim(store, atSecond(131), 10))).toEqual(['1@a']);
    await store.close();
  });

  it('sending that takes long keeps its channel; a process that died loses it after a minute', async () => {
    const store = await open();
    await forums(store, 'f');
    await post(store, '1', 'a');
    const [first] = await claim(store, START, 10);
    await recorderAt(store, atSecond(50)).begin(first!);
    expect(await claim(store, atSecond(100), 10)).toEqual([]);
    const [again] = await claim(store, atSecond(111), 10);
    expect([again!.seq, again!.startedAt]).toEqual([first!.seq, atSecond(50)]);
    await store.close();
  });

  it('what a clock that ran ahead took, and its process did not end, is free again within the minute', async () => {
    const store = await open();
    await forums(store, 'f');
    const tick = (at: Date) => store.write(null, tx => voidWrongLeases(tx, at));
    const both = async (at: Date) => [
      subjects(await claim(store, at, 10)),
      (await claimDue(store, at, 10, VOTES)).map(one => one.subject),
    ];
    await post(store, '1', 'a');
    await store.write('f', tx => plan(tx, 'f', planned('vote_closes', '1', START)));
    expect(await both(atSecond(3_600))).toEqual([['1@a'], ['1']]);
    await post(store, '2', 'a');
    await store.write('f', tx => plan(tx, 'f', planned('vote_closes', '2', START)));
    expect(await both(atSecond(1))).toEqual([[], []]);
    await tick(atSecond(2));
    const freed = await both(atSecond(2));
    expect(freed.map(one => one.sort())).toEqual([
      ['1@a', '2@a'],
      ['1', '2'],
    ]);
    // What a clock took that is only some seconds ahead stays its own.
    await tick(atSecond(-20));
    expect(await both(atSecond(3))).toEqual([[], []]);
    await store.close();
  });

  it('Y13: what a clock years ahead wrote goes out within a minute, and what waits for its time waits', async () => {
    const store = await open();
    await forums(store, 'f');
    const { deliveries: d } = store.tables;
    const day = 86_400;
    for (const [subject, due] of [
      ['1', atSecond(4_398 * 3_600)],
      ['2', atSecond(day)],
      ['3', START],
    ] as const) {
      await post(store, subject, subject);
      await store.write('f', tx => tx.update(d).set({ due, nextAt: due }).where(eq(d.subject, subject)));
    }
    await store.write(null, tx => voidWrongLeases(tx, atSecond(60)));
    expect(subjects(await claim(store, atSecond(60), 10)).sort()).toEqual(['1@1', '3@3']);
    expect(subjects(await claim(store, atSecond(day), 10))).toContain('2@2');
    await store.close();
  });

  it('Y14: a card that was edited by a clock three days ahead is edited again at once by the right one', async () => {
    const store = await open();
    await forums(store, 'f');
    await post(store, '1', 'a');
    const [first] = await claim(store, START, 10);
    await recorderAt(store, START).settle({ delivery: first!, outcome: sent('a') });
    const ahead = 3 * 86_400;
    const stale = (at: Date) => store.write('f', tx => markStale(tx, 'f', [{ kind: 'activity', subject: '1' }], at));
    await stale(atSecond(ahead));
    const [edit] = await claim(store, atSecond(ahead), 10);
    await recorderAt(store, atSecond(ahead)).settle({ delivery: edit!, outcome: sent('a') });
    await stale(atSecond(ahead + 1));
    // Set back: what was asked for then is due within the minute, and what is asked for now within the pause.
    await store.write(null, tx => voidWrongLeases(tx, atSecond(100)));
    const [again] = await claim(store, atSecond(100), 10);
    await recorderAt(store, atSecond(100)).settle({ delivery: again!, outcome: sent('a') });
    await stale(atSecond(110));
    expect(subjects(await claim(store, atSecond(130), 10))).toEqual(['1@a']);
    await store.close();
  });

  it('what falls due in a forum happens in order, in one process; another forum is free', async () => {
    const store = await open();
    await forums(store, 'f', 'g');
    const due = (forum: string, subject: string) =>
      store.write(forum, tx => plan(tx, forum, planned('vote_closes', subject, START)));
    await due('f', '1');
    const [first] = await claimDue(store, START, 10, VOTES);
    await due('f', '2');
    await due('g', '3');
    const keys = async (at: Date) => (await claimDue(store, at, 10, VOTES)).map(one => one.subject);
    expect(await keys(atSecond(1))).toEqual(['3']);
    await store.write('f', tx => finish(tx, first!, 'done', null, atSecond(2)));
    const [second] = await claimDue(store, atSecond(2), 10, VOTES);
    expect(second!.subject).toBe('2');
    expect(await keys(atSecond(3))).toEqual([]);
    await giveBack(store, second!);
    expect(await keys(atSecond(3))).toEqual(['2']);
    await store.close();
  });
});

it('many that claim at once on PostgreSQL share the work: each message goes to one, a channel never to two', async () => {
  const url = await newPostgresUrl();
  const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url)));
  await forums(stores[0]!, 'f');
  for (let n = 0; n < 120; n++) await post(stores[0]!, String(n), `c${n % 30}`);
  const taken = await Promise.all(stores.map(store => claim(store, START, 25)));
  const all = taken.flat().map(one => one.seq);
  expect(new Set(all).size).toBe(all.length);
  const owners = new Map<string, Set<number>>();
  for (const [n, some] of taken.entries())
    for (const one of some) owners.set(one.channel!, (owners.get(one.channel!) ?? new Set()).add(n));
  expect([...owners.values()].filter(one => one.size > 1)).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(25);
  for (const store of stores) await store.close();
});

it('Y17: two processes whose clocks are 90 s apart send nothing twice, since leases go by the database’s clock', async () => {
  const url = await newPostgresUrl();
  const [store, other] = [await openStore(url), await openStore(url)];
  const forum = await aForum(store, 'slack', 'T1');
  const cards = Array.from({ length: 10 }, (_, n) => String(n));
  for (const subject of cards) await forum.write(`c${subject}`, subject);
  const sent: string[] = [];
  let arrive = (): void => {};
  const arrived = new Promise<void>(done => {
    arrive = done;
  });
  let release = (): void => {};
  const held = new Promise<void>(done => {
    release = done;
  });
  const now = await presentOf(store.read);
  const senderOf = (on: Store, at: Date, isSlow: boolean) =>
    aSender(
      on,
      { now: at },
      'slack',
      async ({ target }) => {
        if (isSlow) {
          arrive();
          await held;
        }
        sent.push(target.kind === 'channel' ? target.channel : target.kind);
        return { kind: 'sent', ref: String(sent.length) };
      },
      { present: () => presentOf(on.read) },
    );
  const slow = senderOf(store, now, true).deliver('slack');
  await arrived;
  await senderOf(other, new Date(now.getTime() + 90_000), false).deliver('slack');
  release();
  await slow;
  expect(sent.sort()).toEqual(cards.map(n => `c${n}`));
  for (const one of [store, other]) await one.close();
});
