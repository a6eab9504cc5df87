import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { type Hand, handsOn, type Seen } from './hands.ts';

type Line = readonly [command: string, action: string, options?: Readonly<Record<string, string>>];

/** Lines that nobody may run who sits nowhere, whatever they are on their platform. */
const FORBIDDEN: readonly Line[] = [
  ['strategy', 'vote', { strategy: 'S-1', choice: 'agree' }],
  ['strategy', 'proxy', { strategy: 'S-1', partner: 'Palang' }],
  ['strategy', 'amend', { strategy: 'S-1', change: 'z' }],
  ['strategy', 'withdraw', { strategy: 'S-1', reason: 'x' }],
  ['strategy', 'close', { strategy: 'S-1', reason: 'x' }],
  ['poll', 'vote', { poll: 'J-1', choice: '1' }],
  ['poll', 'close', { poll: 'J-1', reason: 'x' }],
  ['poll', 'withdraw', { poll: 'J-1', reason: 'x' }],
  ['poll', 'accept', { poll: 'J-1' }],
  ['finance', 'approve', { entry: 'U-1' }],
  ['finance', 'reverse', { entry: 'U-1', reason: 'x' }],
  ['activity', 'cancel', { activity: 'K-1', reason: 'x' }],
  ['activity', 'edit', { activity: 'K-1', title: 'x' }],
  ['action', 'done', { action: 'A-1', result: 'x' }],
  ['action', 'cancel', { action: 'A-1', reason: 'x' }],
  ['partner', 'edit', { partner: 'Palang', contact: 'x' }],
  ['partner', 'archive', { partner: 'Palang' }],
  ['indicator', 'target', { indicator: 'N-1', value: '1', reason: 'x' }],
  ['goal', 'close', { goal: 'T-1', outcome: 'x' }],
  ['forum', 'rules', { shortest: '1h' }],
  ['import', 'undo', { import: '1' }],
  ['issue', 'show', { issue: 'I-1' }],
  ['strategy', 'vote', { strategy: 'S-9', choice: 'agree' }],
];

const isRefused = ({ text }: Seen): boolean => /Belum tersimpan|Belum bisa/.test(text);

it.each(databases)(
  'R1, R5: strangers do nothing of others’ on either platform, by lines or by buttons ($name)',
  async ({ open }) => {
    await using app = await handsOn(await open());
    const { ana } = app.hands;
    const [budi, eve] = [app.onDiscord('Budi'), app.onDiscord('Eve')];
    const [dewi, eko] = [app.onSlack('Dewi'), app.onSlack('Eko')];
    for (const hand of [budi, dewi, eve, eko]) await hand.run('me', 'show');
    await ana.run('partner', 'add', { name: 'Palang' });
    await ana.run('partner', 'add', { name: 'Hijau' });
    await ana.run('goal', 'add', { title: 'Siaga' });
    await ana.run('indicator', 'add', { name: 'Posko', frequency: 'monthly', partner: 'Palang' });
    await ana.run('forum', 'settings', { approval: '1.000.000' });
    const store = app.store;
    const { members, seats, partners } = store.tables;
    await store.write(null, async tx => {
      const all = await tx.select().from(members);
      const [palang, hijau] = await tx.select().from(partners);
      for (const [name, partner] of [
        ['Budi', palang!],
        ['Dewi', hijau!],
      ] as const) {
        const { forumId, number: member } = all.find(one => one.name.toLowerCase() === name.toLowerCase())!;
        await tx.insert(seats).values({
          forumId,
          member,
          partner: partner.number,
          role: 'representative',
          since: app.clock.now(),
        });
      }
    });
    await budi.run('finance', 'record', { purpose: 'Tenda', direction: 'in', amount: '5jt', partner: 'Palang' });
    await budi.run('activity', 'plan', { title: 'Gladi', date: '30/12/2026', partners: 'Palang' });
    await budi.run('issue', 'raise', { title: 'Rahasia', private: 'ya' });
    await budi.run('action', 'add', { title: 'Cetak', due: '1/2/2027' });
    await budi.run('strategy', 'propose', { title: 'Usul', change: 'x', rationale: 'y', closes: '5d' });
    await budi.run('poll', 'create', { title: 'Hari', options: 'Senin; Selasa', basis: 'partner', closes: '3d' });

    const before = await store.read.select().from(store.tables.events);
    const done: string[] = [];
    for (const hand of [eve, eko])
      for (const line of FORBIDDEN) {
        const [command, action, options] = line;
        const seen = await hand.tries(command, action, options);
        if (!isRefused(seen)) done.push(`${hand.name}: /${command} ${action}: ${seen.text}`);
      }
    /** Presses a button of a post in the name of somebody whom it is not for. */
    const presses = async (hand: Hand, words: string, label: string) => {
      const seen = await (await hand.post(words)).press(label);
      if (!isRefused(seen)) done.push(`${hand.name} pressed ${label} of ${words}: ${seen.text}`);
    };
    for (const hand of [eve, eko]) {
      await presses(hand, 'S-1', 'Setuju');
      await presses(hand, 'J-1', 'Senin');
    }
    expect(done).toEqual([]);
    expect(await store.read.select().from(store.tables.events)).toEqual(before);

    // Who has left, and whose partner is archived, press what still stands in the channel.
    await (await dewi.post('J-1')).press('Selasa');
    await store.write(null, async tx => {
      const budiNow = (await tx.select().from(members)).find(one => one.name.toLowerCase() === 'budi')!;
      await tx.delete(seats).where(eq(seats.member, budiNow.number));
    });
    await ana.run('partner', 'archive', { partner: 'Hijau', reason: 'bubar' });
    for (const hand of [budi, dewi]) {
      await presses(hand, 'S-1', 'Setuju');
      await presses(hand, 'J-1', 'Senin');
    }
    expect(done).toEqual([]);
    expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
    expect([app.discord.pings.everyone, app.slack.pings]).toEqual([false, []]);
  },
);
