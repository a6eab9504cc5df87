import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Adapter, Outgoing, SendResult } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import type { PostTypes } from '../../src/contract/post-type.ts';
import { note, text, view } from '../../src/contract/view.ts';
import { enqueue } from '../../src/delivery/outbox.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { addMember, seeAccount } from '../../src/domain/people.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';

type Platform = 'discord' | 'slack';

/** A forum on two platforms with one member, whose direct messages the platforms in `closed` refuse. */
async function anApp(store: Store, closed: Set<Platform>, on: readonly Platform[] = ['discord', 'slack']) {
  let at = new Date('2026-11-24T01:00:00Z');
  const { forums, places, channels, accounts } = store.tables;
  const accountOn = (platform: Platform) => ({ platform, home: '', account: 'a1', name: 'Ani', workspace: 'W' });
  await store.write(null, async tx => {
    const forum = { id: 'f', name: 'f', locale: 'id', zone: 'Asia/Jakarta', settings: {}, createdAt: at } as const;
    await tx.insert(forums).values(forum);
    for (const platform of on) {
      const place = { platform, workspace: 'W', forumId: 'f' };
      await tx.insert(places).values({ ...place, name: 'x', joinedAt: at, leftAt: null });
      await tx.insert(channels).values({ ...place, purpose: 'announce', channel: `${platform}C`, name: 'umum' });
      await tx.insert(channels).values({ ...place, purpose: 'coordinators', channel: `${platform}K`, name: 'koor' });
    }
    const [first, second] = on;
    await addMember(tx, 'f', accountOn(first!), at);
    if (second)
      await tx.insert(accounts).values({ ...accountOn(second), forumId: 'f', member: 1, lastSeenAt: new Date(0) });
  });
  const sent: string[] = [];
  const adapterOf = (platform: Platform): Adapter => ({
    platform,
    limits: {} as Adapter['limits'],
    start: async () => {},
    stop: async () => {},
    health: () => ({ well: true, detail: '' }),
    async send({ target, view: made }: Outgoing): Promise<SendResult> {
      if (target.kind === 'direct' && closed.has(platform)) return { kind: 'forbidden', detail: 'closed' };
      const first = made.blocks[0];
      const says = first?.kind === 'text' ? JSON.stringify(first.text) : '';
      const to = 'name' in target ? target.name : '';
      sent.push(`${target.kind === 'direct' ? '@' : '#'}${to} on ${platform}: ${String(made.title)}${says}`);
      return { kind: 'sent', ref: 'm' };
    },
  });
  let crashes = false;
  const subjects: PostTypes = {
    open: {
      keptCurrent: false,
      get isPublic() {
        if (crashes) throw new Error('crash');
        return true;
      },
      view: async () => view('Lapor'),
    },
    private: { keptCurrent: false, view: async () => view('Rahasia', { blocks: [note('x')] }) },
    undelivered: { keptCurrent: false, view: async () => view('Tidak sampai', { blocks: [text('')] }) },
  };
  const log = createLog(
    { level: 'error', format: 'json' },
    () => at,
    () => {},
  );
  const adapters = [adapterOf('discord'), adapterOf('slack')];
  const sender = createSender({ store, clock: { now: () => at }, log, subjects, adapters });
  let n = 0;
  return {
    accounts,
    /** The process ends when it looks where the next refused message may go instead. */
    crashOnce() {
      crashes = true;
    },
    /** Returns what arrives where once the lease of a process that crashed has ended. */
    async again(): Promise<string[]> {
      crashes = false;
      at = new Date(at.getTime() + 61_000);
      await sender.deliver();
      return [...sent];
    },
    see: (platform: Platform) =>
      store.write('f', tx => seeAccount(tx, { forumId: 'f', number: 1 }, accountOn(platform), at)),
    /** Writes to the member and gives what arrived where. */
    async write(kind: 'open' | 'private'): Promise<string[]> {
      sent.length = 0;
      const letter = { topic: { kind, subject: String(++n) }, to: { member: 1 }, due: at, occurrence: `o${n}` };
      await store.write('f', tx => enqueue(tx, 'f', letter));
      await sender.deliver();
      at = new Date(at.getTime() + 60_000);
      return [...sent];
    },
    refusals: async (platform: Platform) =>
      (await store.read.select().from(accounts).where(eq(accounts.platform, platform)))[0]!.refusals,
  };
}

const IN_CHANNEL = JSON.stringify(['Untuk ', 'Ani', ', yang tidak dapat dikirimi pesan langsung:']);

describe.each(databases)('R10, P19: a direct message that is refused, on $name,', ({ open }) => {
  it('goes to the person’s account on the other platform', async () => {
    const store = await open();
    const app = await anApp(store, new Set(['discord']));
    expect(await app.write('private')).toEqual(['@Ani on slack: Rahasia']);
    await store.close();
  });

  it('stands in the channel where they were seen last, with their name, when both refuse', async () => {
    const store = await open();
    const app = await anApp(store, new Set(['discord', 'slack']));
    expect(await app.write('open')).toEqual([`#umum on slack: Lapor${IN_CHANNEL}`]);
    await store.close();
  });

  it('never stands in a channel when it is private: the coordinators are told that it did not arrive', async () => {
    const store = await open();
    const app = await anApp(store, new Set(['discord', 'slack']));
    expect((await app.write('private')).sort()).toEqual([
      '#koor on discord: Tidak sampai""',
      '#koor on slack: Tidak sampai""',
    ]);
    await store.close();
  });

  it('is not tried a fourth time, until the person is seen again', async () => {
    const store = await open();
    const closed = new Set<Platform>(['discord']);
    const app = await anApp(store, closed, ['discord']);
    for (let n = 0; n < 3; n++) await app.write('open');
    expect(await app.refusals('discord')).toBe(3);
    closed.clear();
    expect(await app.write('open')).toEqual([`#umum on discord: Lapor${IN_CHANNEL}`]);
    await app.see('discord');
    expect(await app.write('open')).toEqual(['@Ani on discord: Lapor']);
    await store.close();
  });

  it('is forgotten once one arrives: refusals count in a row', async () => {
    const store = await open();
    const closed = new Set<Platform>(['discord']);
    const app = await anApp(store, closed, ['discord']);
    await app.write('open');
    closed.clear();
    await app.write('open');
    expect(await app.refusals('discord')).toBe(0);
    await store.close();
  });

  it('is lost by no crash: that it was refused and where it goes instead is written down together', async () => {
    const store = await open();
    const app = await anApp(store, new Set(['discord']), ['discord']);
    app.crashOnce();
    await expect(app.write('open')).rejects.toThrow('crash');
    expect(await app.again()).toEqual([`#umum on discord: Lapor${IN_CHANNEL}`]);
    await store.close();
  });
});
