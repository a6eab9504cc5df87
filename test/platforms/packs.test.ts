import { expect, it } from 'vitest';
import { newSqliteStore } from '../migrated.ts';
import { handsOn } from './hands.ts';

it('indicators out of packs are chosen, changed and agreed on both platforms, and stand on the page', async () => {
  await using app = await handsOn(await newSqliteStore());
  const { ana, sari } = app.hands;
  const eka = app.onSlack('Eka');
  for (const hand of [ana, sari, eka]) await hand.run('me', 'show');
  const { members } = app.store.tables;
  await app.store.write(null, tx => tx.update(members).set({ coordinator: true }));

  // On Discord the form opens with the proposal's words, and what is changed there is kept.
  const packs = await ana.run('indicator', 'pack');
  expect(packs.text).toContain('Pangan yang diselamatkan');
  const food = await packs.choose('Paket …', 'ketahanan pangan');
  expect(food.text).toContain('SDG 12.3');
  const agreed = await (await food.choose('Pilih indikator …', 'Pangan yang diselamatkan')).fill({ unit: 'ton' });
  expect(agreed.text).toContain('N-1');

  const drills = await (await sari.run('indicator', 'pack')).choose('Paket …', 'gladi dan pelatihan');
  const second = await (await drills.choose('Pilih indikator …', 'Orang yang dilatih')).fill({});
  expect(second.text).toContain('N-2');

  // What the pack says of each stands on both cards, and on the public page.
  for (const hand of [ana, sari]) {
    const shown = (await hand.run('indicator', 'show', { indicator: 'N-1' })).text;
    expect(shown).toContain('Satuan: ton');
    expect(shown).toContain('SDG 12.3');
  }
  await ana.run('forum', 'publish');
  await ana.run('forum', 'publish', { confirm: 'yes' });
  const [forum] = await app.store.read.select().from(app.store.tables.forums);
  const page = await (await app.fetch(`/f/${forum!.id}/indicators`)).text();
  for (const said of ['Pangan yang diselamatkan', 'Orang yang dilatih']) expect(page).toContain(said);

  // Who does not coordinate reads the packs, and is told who adds indicators.
  await app.store.write(null, tx => tx.update(members).set({ coordinator: false }));
  const read = await (await eka.run('indicator', 'pack')).choose('Paket …', 'ketahanan pangan');
  expect((await read.choose('Pilih indikator …', 'Pangan yang diselamatkan')).text).toContain('koordinator');
  expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
});
