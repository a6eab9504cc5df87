import { expect, it } from 'vitest';
import { databases } from '../databases.ts';
import { handsOn } from './hands.ts';

const DAY_MS = 86_400_000;

it.each(databases)(
  'a drafted figure is taken as it is on one platform, and changed in a form on the other ($name)',
  async ({ open }) => {
    await using app = await handsOn(await open());
    const { ana } = app.hands;
    const budi = app.onDiscord('Budi');
    const dewi = app.onSlack('Dewi');
    for (const hand of [budi, dewi]) await hand.run('me', 'show');
    await ana.run('partner', 'add', { name: 'Palang' });
    await ana.run('partner', 'add', { name: 'Hijau' });
    const { store } = app;
    const { members, seats, partners, reports } = store.tables;
    await store.write(null, async tx => {
      const [all, there] = [await tx.select().from(members), await tx.select().from(partners)];
      for (const [name, partner] of [
        ['budi', there[0]!],
        ['dewi', there[1]!],
      ] as const) {
        const { forumId, number: member } = all.find(one => one.name.toLowerCase() === name)!;
        const seat = {
          forumId,
          member,
          partner: partner.number,
          role: 'representative',
          since: app.clock.now(),
        } as const;
        await tx.insert(seats).values(seat);
      }
    });
    const trained = { name: 'Warga terlatih', unit: 'orang', frequency: 'monthly', kind: 'flow', aggregate: 'sum' };
    await ana.run('indicator', 'add', { ...trained, partner: 'Palang, Hijau' });
    const fill = { indicator: 'N-1', from: 'activities', of: 'training', measure: 'participants' };
    await ana.run('indicator', 'fill', fill);
    const training = { title: 'Pelatihan', kind: 'training', date: '20/11/2026' };
    await budi.run('activity', 'log', { ...training, participants: '40', partners: 'Palang' });
    await dewi.run('activity', 'log', { ...training, participants: '30', partners: 'Hijau', title: 'Gladi ruang' });
    await app.passes(8 * DAY_MS);

    expect((await (await budi.told('40 orang')).press('Benar')).text).toContain('40');
    // The form begins with the drafted figure, and what is written in it is reported.
    const form = await (await dewi.told('30 orang')).press('Ubah');
    expect((await form.fill({ value: '28', note: 'Dua orang pulang' })).text).toContain('28');
    const rows = await store.read.select().from(reports);
    expect(rows.map(one => [one.partner, Number(one.value), one.note]).sort()).toEqual([
      [1, 40, null],
      [2, 28, 'Dua orang pulang'],
    ]);
    expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
  },
);
