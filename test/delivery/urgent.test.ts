import { describe, expect, it } from 'vitest';
import type { Outgoing, SendResult } from '../../src/contract/act.ts';
import type { PostTypes } from '../../src/contract/post-type.ts';
import { view } from '../../src/contract/view.ts';
import { claim } from '../../src/delivery/claims.ts';
import { enqueue } from '../../src/delivery/outbox.ts';
import { markStale } from '../../src/delivery/posts.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';
import { aForum, aSender, recorderAt } from './letters.ts';

const atSecond = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);

const warn = (store: Store, channel: string, subject: string, at: Date): Promise<void> =>
  store.write('f', tx =>
    enqueue(tx, 'f', {
      topic: { kind: 'letter', subject },
      to: { channel: { platform: 'slack', workspace: 'T1', id: channel, name: channel } },
      due: at,
      occurrence: subject,
      urgent: true,
    }),
  );

/** Cards that may be said in a line, but for those that ask something. */
const CARDS: PostTypes = {
  letter: {
    keptCurrent: true,
    view: async (_, subject) => view(`kartu ${subject}`),
    line: async (_, subject) => (subject.startsWith('tanya') ? null : `baris ${subject}`),
  },
};

describe.each(databases)('what is urgent, on $name', ({ open }) => {
  it('R21: a warning is claimed first, and waits for no other message of its channel but a warning', async () => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'T1');
    for (const n of [1, 2, 3]) await forum.write('C1', String(n));
    const [first] = await claim(store, START, 1);
    await warn(store, 'C1', 'awas', START);
    await warn(store, 'C1', 'reda', START);
    const subjects = async (most: number) => (await claim(store, atSecond(1), most)).map(one => one.subject);
    expect(await subjects(1)).toEqual(['awas']);
    expect(await subjects(10)).toEqual([]);
    await recorderAt(store, START).settle({ delivery: first!, outcome: { kind: 'suppressed', reason: 'x' } });
    // The second warning keeps its turn behind the first, and what is no warning behind both.
    expect(await subjects(10)).toEqual([]);
    const [awas] = (await forum.rows()).filter(one => one.subject === 'awas');
    await recorderAt(store, START).settle({ delivery: awas!, outcome: { kind: 'sent', post: null } });
    expect(await subjects(10)).toEqual(['reda']);
    await store.close();
  });

  it('R21: behind 58 cards, at one message a second, it is the next to arrive; the cards come together', async () => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'T1');
    const at = { now: START };
    const sent: { text: string; at: number }[] = [];
    let free = START.getTime();
    const sender = aSender(
      store,
      at,
      'slack',
      async post => {
        const wait = free - at.now.getTime();
        if (wait > 0) return { kind: 'later', afterMs: wait, detail: 'rate limit' };
        free = at.now.getTime() + 1_000;
        sent.push({ text: JSON.stringify(post.view), at: at.now.getTime() - START.getTime() });
        return { kind: 'sent', ref: `${sent.length}.0` };
      },
      { subjects: CARDS },
    );
    for (let n = 1; n <= 58; n++) await forum.write('C1', n % 20 === 0 ? `tanya${n}` : String(n));
    await sender.deliver('slack');
    at.now = atSecond(2);
    await warn(store, 'C1', 'awas', at.now);
    for (let s = 3; s < 30; s++) {
      await sender.deliver('slack');
      at.now = atSecond(s);
    }
    expect(sent[1]).toMatchObject({ text: expect.stringContaining('kartu awas'), at: 2_000 });
    // 56 lines in three messages, two questions and the warning.
    expect(sent).toHaveLength(6);
    const said = sent.map(one => one.text).join();
    for (let n = 1; n <= 58; n++) expect(said).toContain(n % 20 === 0 ? `kartu tanya${n}` : `baris ${n}`);
    expect((await forum.rows()).every(row => row.state === 'sent')).toBe(true);
    await store.close();
  });

  it('R21: what is said in a line follows its thing as a card does, in one edit of the message', async () => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'T1');
    const at = { now: START };
    const sent: { text: string; previous: unknown }[] = [];
    const off = new Set<string>();
    const line = async (_: unknown, subject: string) => `baris ${subject}${off.has(subject) ? ' batal' : ''}`;
    const subjects: PostTypes = { letter: { keptCurrent: true, view: async (_, s) => view(`kartu ${s}`), line } };
    const take = async (post: Outgoing): Promise<SendResult> => {
      sent.push({ text: JSON.stringify(post.view), previous: post.previous });
      return { kind: 'sent', ref: `${post.previous ?? `${sent.length}.0`}` };
    };
    const sender = aSender(store, at, 'slack', take, { subjects });
    for (let n = 1; n <= 12; n++) await forum.write('C1', String(n));
    await sender.deliver('slack');
    expect(sent.map(one => one.previous)).toEqual([null]);
    for (const n of ['3', '11']) {
      off.add(n);
      await store.write('f', tx => markStale(tx, 'f', [{ kind: 'letter', subject: n }], at.now));
    }
    at.now = atSecond(5);
    await sender.deliver('slack');
    expect(sent.map(one => one.previous)).toEqual([null, '1.0']);
    for (let n = 1; n <= 12; n++) expect(sent[1]!.text).toContain(`baris ${n}${off.has(String(n)) ? ' batal' : ''}`);
    await store.close();
  });

  it('Y2: a gathered message that the platform does not take is sent line by line: only the bad one has failed', async () => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'T1');
    const sent: string[] = [];
    const logged: string[] = [];
    const take = async (post: Outgoing): Promise<SendResult> => {
      const text = JSON.stringify(post.view);
      if (/(kartu|baris) 7"/.test(text)) return { kind: 'invalid', detail: '/blocks/0: too long' };
      sent.push(text);
      return { kind: 'sent', ref: `${sent.length}.0` };
    };
    const heard = (line: string): void => void logged.push(line);
    const sender = aSender(store, { now: START }, 'slack', take, { subjects: CARDS, heard });
    for (let n = 1; n <= 25; n++) await forum.write('C1', String(n));
    await sender.deliver('slack');
    const others = Array.from({ length: 25 }, (_, n) => String(n + 1)).filter(n => n !== '7');
    const failed = (await forum.rows()).filter(row => row.topic === 'letter' && row.state !== 'sent');
    expect(failed.map(row => [row.subject, row.state])).toEqual([['7', 'failed']]);
    // The first twenty came one by one and in their order, the other five in a message.
    expect(sent).toHaveLength(20);
    expect(sent.slice(0, 19).map(text => /kartu (\d+)/.exec(text)?.[1])).toEqual(others.slice(0, 19));
    for (const n of others.slice(19)) expect(sent[19]).toContain(`baris ${n}`);
    // The message and the one bad card are told to the operator.
    expect(logged.filter(line => line.includes('a platform refused a message'))).toHaveLength(2);
    await store.close();
  });

  it('a few cards are posted one by one', async () => {
    const store = await open();
    const forum = await aForum(store, 'slack', 'T1');
    const sent: string[] = [];
    const sender = aSender(
      store,
      { now: START },
      'slack',
      async post => {
        sent.push(JSON.stringify(post.view));
        return { kind: 'sent', ref: `${sent.length}.0` };
      },
      { subjects: CARDS },
    );
    for (let n = 1; n <= 9; n++) await forum.write('C1', String(n));
    await sender.deliver('slack');
    expect(sent).toHaveLength(9);
    expect(sent.every(text => text.includes('kartu'))).toBe(true);
    await store.close();
  });

  it('an early warning is urgent, for those who have to agree to it as well; other announcements are not', async () => {
    await using world = await aWorld({ store: await open() });
    await world.all(
      '/forum setup Uji announce:umum coordinators:koor',
      '@budi /me show',
      '/forum coordinator budi action:add',
      '/forum announce Rapat',
      ':click "Ya, kirim"',
      '/forum announce "Air naik" urgency:early_warning',
      '/forum announce "Air naik sekali" urgency:early_warning reason:sendiri',
      ':click "Ya, kirim"',
      '/activity log Gladi',
    );
    const { deliveries: d } = world.store.tables;
    const urgent = (await world.store.read.select().from(d)).filter(one => one.urgent);
    expect(urgent.map(one => `${one.topic} ${one.subject}`).sort()).toEqual(['announcement 3', 'announcement_draft 2']);
  });
});
