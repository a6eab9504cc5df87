import { expect, it } from 'vitest';
import { newSqliteStore } from '../migrated.ts';
import { handsOn } from './hands.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

const MINUTES = [
  '# Rapat',
  'Keputusan: dua pompa',
  'Tindakan: cari penawaran; dewi; 27/11/2026',
  'Tindakan: siapkan gudang; Budi; 27/11/2026',
].join('\n');

it('minutes out of a file, a review and their actions are followed up on Discord and Slack', async () => {
  await using app = await handsOn(await newSqliteStore());
  const { ana, sari } = app.hands;
  const budi = app.onDiscord('Budi');
  const dewi = app.onSlack('Dewi');
  const eka = app.onSlack('Eka');
  for (const hand of [ana, budi, sari, dewi, eka]) await hand.run('me', 'show');
  await ana.run('partner', 'add', { name: 'PMI' });
  for (const [name, role] of [
    ['dewi · Slack', 'representative'],
    ['eka · Slack', 'alternate'],
  ] as const)
    await (await ana.tries('partner', 'assign', { partner: 'PMI', role })).choose('Siapa yang dimaksud?', name);

  // Uploaded on Discord; whoever is to do something hears of it where they are.
  await ana.run('activity', 'log', { title: 'Rapat', kind: 'meeting' });
  const file = { filename: 'notulen.md', bytes: Buffer.from(MINUTES) };
  const minutes = await ana.run('activity', 'minutes', { activity: 'K-1', file });
  expect(minutes.text).toContain('dua pompa');
  expect((await dewi.told('A-1')).text).toContain('cari penawaran');
  expect((await budi.told('A-2')).text).toContain('siapkan gudang');

  // Handed over on Slack, in their own time, with hours in which nothing comes.
  await dewi.run('action', 'hand', { action: 'A-1', member: 'eka' });
  expect((await eka.told('A-1')).text).toContain('cari penawaran');
  await eka.run('me', 'timezone', { timezone: 'WIT' });
  await eka.run('me', 'quiet', { from: '08.00', to: '15.00' });
  await ana.run('activity', 'plan', { title: 'Gladi', date: '1/12/2026', time: '09.00' });
  expect((await eka.run('activity', 'show', { activity: 'K-2' })).text).toContain('11.00 WIT');

  // The day before, at 09.00 WIB: Budi at once, Eka when her quiet hours end, at 13.00 WIB.
  await app.passes(2 * DAY_MS + 2 * HOUR_MS);
  const reminded = await budi.told('Pengingat');
  expect(reminded.text).toContain('A-2');
  await app.passes(4 * HOUR_MS);
  expect((await eka.told('Pengingat')).text).toContain('A-1');

  // Put off by a button; it comes again a day later.
  expect((await reminded.press('Tunda 1 hari')).text).toContain('A-2 ditunda');
  await app.passes(DAY_MS + HOUR_MS);
  expect((await budi.told('Pengingat yang Anda tunda')).text).toContain('A-2');

  // Away over the last two steps: each hears once, and the coordinators of what is late.
  await app.passes(9 * DAY_MS);
  expect((await ana.told('Terlambat')).text).toMatch(/A-1[\s\S]*A-2/);
  await (await budi.told('Pengingat')).press('Tandai selesai');
  expect((await sari.run('action', 'show', { action: 'A-2' })).text).toContain('selesai');

  // An issue is reviewed: asked on Slack, answered there, and a lesson becomes an action.
  await dewi.run('issue', 'raise', { title: 'Banjir Kali', severity: 'critical' });
  const drafted = await ana.run('issue', 'review', { issue: 'I-1' });
  expect(drafted.text).toContain('Banjir Kali');
  const answered = await (await (await dewi.told('I-1')).press('Beri tanggapan')).fill({ next: 'Sirene kedua' });
  expect(answered.text).toContain('Sirene kedua');
  const lesson = await (await ana.run('issue', 'review', { issue: 'I-1' })).press('Pelajaran jadi tindakan');
  expect((await lesson.fill({ title: 'Beli sirene', who: 'M-1 PMI' })).text).toContain('A-3');
  expect((await dewi.told('A-3')).text).toContain('Beli sirene');
  expect((await eka.run('action', 'list', { from: 'I-1' })).text).toContain('Beli sirene');
  expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
});
