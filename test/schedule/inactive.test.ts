import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { retain } from '../../src/schedule/retention.ts';
import { StorageFault } from '../../src/storage/faults.ts';
import type { Store } from '../../src/storage/store.ts';
import { databases } from '../databases.ts';
import { aWorld, START } from '../world.ts';

const later = (days: number): Date => new Date(START.getTime() + days * 86_400_000);
const named = async (store: Store) =>
  (await store.read.select().from(store.tables.members)).map(one => one.name).sort();

describe.each(databases)('members who were long unseen on $name', ({ open }) => {
  it('whoever only reads is seen, once a day, and stays; whoever is away goes', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup Uji', '/forum settings inactive:6', '@baca /goal list', '@pergi /goal list');
    const seen = async () => {
      const rows = await store.read
        .select()
        .from(store.tables.accounts)
        .where(eq(store.tables.accounts.account, 'baca'));
      return rows[0]!.lastSeenAt.toISOString();
    };
    await world.all(':skip 10h', '@baca /goal list');
    expect(await seen()).toBe('2026-11-24T00:00:00.000Z');
    await world.all(':skip 20h', '@baca /goal list');
    expect(await seen()).toBe('2026-11-25T00:00:00.000Z');
    await world.all(':skip 90d', '@baca /goal list');
    await retain(store, later(200), true);
    expect(await named(store)).toEqual(['#3', 'baca', 'sari']);
  });

  it('a member reads on where that cannot be noted', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup Uji', '/goal add Satu');
    const full = { ...store, write: () => Promise.reject(new StorageFault('full', 'test')) };
    const tomorrow = await aWorld({ store: full, start: new Date(START.getTime() + 2 * 86_400_000) });
    const [place] = await store.read.select().from(store.tables.places);
    const answer = await tomorrow.bot.perform({
      key: 'k',
      place: { platform: 'console', workspace: place!.workspace, channel: null },
      who: { account: 'sari', home: '', name: 'sari', admin: false },
      ask: { kind: 'typed', line: '/goal list' },
      memberOf: () => null,
      channelOf: () => null,
    });
    expect([answer.kind, JSON.stringify(answer)]).toEqual(['view', expect.stringContaining('Satu')]);
  });

  it('whoever reports, mediates, sits, owns an issue or was linked stays until that is over', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji',
      '/forum settings inactive:6',
      '/partner add A sector:ngo',
      '/partner add B sector:ngo',
      '/partner assign sari partner:A role:representative',
      ...['lapor', 'tengah', 'wakil', 'milik', 'satu', 'dua', 'luang'].map(who => `@${who} /goal list`),
      '/indicator add Gladi frequency:monthly partner:A',
      '/partnership review B mediator:tengah',
      '/partner assign wakil partner:B role:representative',
      '/issue raise Retak',
      '/issue assign I-1 member:milik',
    );
    // Reports may have been handed to somebody without a seat, before a seat was asked for.
    const { indicatorPartners, members } = store.tables;
    const lapor = (await store.read.select().from(members)).find(one => one.name === 'lapor')!.number;
    await store.write(null, tx => tx.update(indicatorPartners).set({ member: lapor }));
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await world.run('@satu /me link')).text)![0];
    await world.all(
      `@dua /me link ${code}`,
      '@dua :click "Ya, akun saya"',
      '@satu :click "Ya, itu saya"',
      ':skip 100d',
      '@satu /goal list',
    );
    const before = await named(store);
    await retain(store, later(200), true);
    expect(await named(store)).toEqual(['#8', ...before.filter(name => name !== 'luang')].sort());
    const { indicators, reviews, issues } = store.tables;
    await store.write(null, async tx => {
      await tx.update(indicators).set({ retiredAt: START });
      await tx.update(reviews).set({ closedAt: START, outcome: 'x' });
      await tx.update(issues).set({ state: 'resolved', resolution: 'x', resolvedAt: START });
    });
    await retain(store, later(201), true);
    const left = await named(store);
    for (const who of ['lapor', 'tengah', 'milik']) expect(left, who).not.toContain(who);
    expect(left).toEqual(expect.arrayContaining(['sari', 'wakil', 'satu']));
  });

  it('whoever may vote stays while the vote is open', async () => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all(
      '/forum setup Uji',
      '/forum settings inactive:6',
      '@pilih /goal list',
      '/strategy propose S1 change:x rationale:y closes:3d basis:member quorum:1 urgent:uji',
      '@luang /goal list',
    );
    await retain(store, later(200), true);
    expect(await named(store)).toEqual(['#3', 'pilih', 'sari']);
    const { strategies } = store.tables;
    await store.write(null, tx => tx.update(strategies).set({ closedAt: later(3), outcome: 'no_quorum' }));
    await retain(store, later(201), true);
    expect(await named(store)).toEqual(['#2', '#3', 'sari']);
  });
});
