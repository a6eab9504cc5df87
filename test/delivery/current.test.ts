import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Adapter, Outgoing, SendResult } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import type { PostTypes } from '../../src/contract/post-type.ts';
import { view } from '../../src/contract/view.ts';
import { enqueue } from '../../src/delivery/outbox.ts';
import { markStale, markStaleFor } from '../../src/delivery/posts.ts';
import { createSender } from '../../src/delivery/sender.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';

const FORUM = 'f';
const topic = { kind: 'card', subject: '1' };

/** A forum with one channel and one member, a card or a note whose words are the forum's name, and a platform that does what `answers` says. */
async function aPost(
  store: Store,
  answers: (post: Outgoing, n: number) => Promise<SendResult> | SendResult,
  first = topic,
) {
  let at = new Date('2026-11-24T01:00:00Z');
  const { forums, places, channels } = store.tables;
  await store.write(null, async tx => {
    const forum = { id: FORUM, name: 'v0', locale: 'id', zone: 'Asia/Jakarta', settings: {}, createdAt: at } as const;
    await tx.insert(forums).values(forum);
    const place = { platform: 'slack', workspace: 'T1', forumId: FORUM } as const;
    await tx.insert(places).values({ ...place, name: 'x', joinedAt: at, leftAt: null });
    await tx.insert(channels).values({ ...place, purpose: 'announce', channel: 'C1', name: 'umum' });
    const person = {
      forumId: FORUM,
      number: 1,
      name: 'ani',
      folded: 'ani',
      coordinator: false,
      createdAt: at,
    } as const;
    await tx.insert(store.tables.members).values(person);
    const account = { forumId: FORUM, platform: 'slack', home: 'T1', account: 'U1', member: 1, name: 'ani' } as const;
    await tx.insert(store.tables.accounts).values({ ...account, workspace: 'T1', lastSeenAt: at });
    const to = first.kind === 'card' ? ({ purpose: 'announce' } as const) : { member: 1 };
    await enqueue(tx, FORUM, { topic: first, to, due: at, occurrence: 'first' });
  });
  /** Messages that stand, by reference; and every call that was made. */
  const standing = new Map<string, string>();
  const calls: string[] = [];
  const adapter: Adapter = {
    platform: 'slack',
    limits: {} as Adapter['limits'],
    start: async () => {},
    stop: async () => {},
    health: () => ({ well: true, detail: '' }),
    async send(post) {
      calls.push(`${post.previous ?? 'new'} ${String(post.view.title)}`);
      const result = await answers(post, calls.length);
      if (result.kind === 'sent') standing.set(result.ref, String(post.view.title));
      return result;
    },
  };
  const named: PostTypes[string]['view'] = async context => view((await context.db.select().from(forums))[0]!.name);
  const subjects: PostTypes = {
    card: { keptCurrent: true, view: named },
    note: { keptCurrent: false, follows: true, view: named },
  };
  const log = createLog(
    { level: 'error', format: 'json' },
    () => at,
    () => {},
  );
  const sender = createSender({ store, clock: { now: () => at }, log, subjects, adapters: [adapter] });
  return {
    standing,
    calls,
    sender,
    change: (name: string) =>
      store.write(FORUM, async tx => {
        await tx.update(forums).set({ name }).where(eq(forums.id, FORUM));
        await markStale(tx, FORUM, [topic], at);
        await markStaleFor(tx, FORUM, 'note', async () => [1], at);
      }),
    async later(ms: number) {
      at = new Date(at.getTime() + ms);
      await sender.deliver();
    },
  };
}

describe.each(databases)('a note to a person on $name', ({ open }) => {
  it('W13: that is out of date while it is first on its way is brought up to date once it stands', async () => {
    const store = await open();
    let change: (name: string) => Promise<void> = async () => {};
    const post = await aPost(
      store,
      async ({ previous }, n) => {
        if (n === 1) await change('v1');
        return { kind: 'sent', ref: previous ?? `m${n}` };
      },
      { kind: 'note', subject: '1' },
    );
    change = post.change;
    await post.sender.deliver();
    await post.later(5_000);
    expect([post.calls, [...post.standing]]).toEqual([['new v0', 'm1 v1'], [['m1', 'v1']]]);
    await store.close();
  });
});

describe.each(databases)('a card on $name', ({ open }) => {
  it('that changes while it is first on its way is brought up to date once it stands, as one message', async () => {
    const store = await open();
    const post = await aPost(store, async (_, n) => {
      if (n === 1) await post.change('v1');
      return { kind: 'sent', ref: 'm1' };
    });
    await post.sender.deliver();
    await post.later(3_000);
    expect(post.calls).toEqual(['new v0', 'm1 v1']);
    expect([...post.standing]).toEqual([['m1', 'v1']]);
    await store.close();
  });

  it('that changes before it is sent goes out once, as it is then', async () => {
    const store = await open();
    const post = await aPost(store, () => ({ kind: 'sent', ref: 'm1' }));
    await post.change('v1');
    await post.sender.deliver();
    await post.later(3_000);
    expect(post.calls).toEqual(['new v1']);
    await store.close();
  });

  it('R12: that has changed many times still gets its last state through, however often the platform asks to wait', async () => {
    const store = await open();
    let refusals = 30;
    const post = await aPost(store, (sent, _) => {
      if (sent.previous && String(sent.view.title) === 'v40' && refusals-- > 0)
        return { kind: 'later', afterMs: 1_000, detail: 'rate limit' };
      return { kind: 'sent', ref: 'm1' };
    });
    await post.sender.deliver();
    for (let n = 1; n <= 40; n++) {
      await post.change(`v${n}`);
      if (n % 4 === 0) await post.later(2_000);
    }
    for (let n = 0; n < 40; n++) await post.later(1_000);
    expect([...post.standing]).toEqual([['m1', 'v40']]);
    const failed = (await store.read.select().from(store.tables.deliveries)).filter(one => one.state !== 'sent');
    expect(failed).toEqual([]);
    await store.close();
  });
});
