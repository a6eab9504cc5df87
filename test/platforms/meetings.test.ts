import { expect, it } from 'vitest';
import { newSqliteStore } from '../migrated.ts';
import { type Hand, handsOn } from './hands.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

it('a monthly meeting is planned, moved, invited to, attended, minuted and followed up on both platforms at once', async () => {
  const store = await newSqliteStore();
  await using app = await handsOn(store);
  const { ana, sari } = app.hands;
  const budi = app.onDiscord('Budi');
  const dewi = app.onSlack('Dewi');
  const everyone: readonly Hand[] = [ana, budi, sari, dewi];
  for (const hand of everyone) await hand.run('me', 'show');
  await dewi.run('me', 'timezone', { timezone: 'WIT' });
  await ana.run('partner', 'add', { name: 'BPBD' });
  await ana.run('partner', 'add', { name: 'PMI' });
  await ana.run('partner', 'assign', { member: app.ana as never, partner: 'BPBD', role: 'representative' });
  const asked = await ana.tries('partner', 'assign', { partner: 'PMI', role: 'representative' });
  await asked.choose('Siapa yang dimaksud?', 'dewi · Slack');

  // Planned on Discord, seen on both with its hours, each in their own zone.
  const planned = await ana.run('activity', 'plan', {
    title: 'Rapat',
    repeat: 'setiap Senin pertama 09.00-11.00',
    partners: 'BPBD, PMI',
  });
  expect(planned.text).toContain('Senin, 7 Desember 2026 09.00–11.00 WIB');
  expect((await dewi.run('activity', 'show', { activity: 'K-1' })).text).toContain('7 Des 2026 11.00 WIT');
  for (const hand of [budi, sari]) expect((await hand.post('K-1 Rapat')).text).toContain('setiap Senin pertama');

  // One is moved alone from Slack, one is cancelled, and from one on all are later.
  const moved = await dewi.run('activity', 'move', { activity: 'K-2', date: '11/1/2027' });
  expect(moved.text).toContain('Senin, 11 Januari 2027 09.00–11.00 WIB');
  await ana.run('activity', 'cancel', { activity: 'K-3', reason: 'Libur' });
  await ana.run('activity', 'move', { activity: 'K-4', time: '13.00', which: 'following' });
  for (const hand of everyone) {
    const list = (await hand.run('activity', 'list')).text;
    expect(list).toContain('11 Jan 2027 09.00–11.00 WIB');
    expect(list).toContain('1 Mar 2027 13.00–15.00 WIB');
    expect(list).toMatch(/1 Feb 2027 09\.00–11\.00 WIB.*dibatalkan/);
  }

  // Invitations with seats: yes, perhaps, no; who waits moves up.
  await ana.run('activity', 'invite', { activity: 'K-1', members: 'Budi, sari', seats: '2' });
  for (const hand of [budi, sari]) expect((await hand.told('K-1')).text).toContain('Rapat');
  expect((await (await budi.told('K-1')).press('Hadir')).text).toContain('Anda hadir di K-1');
  expect((await (await dewi.post('K-1 Rapat')).press('Hadir')).text).toContain('hadir di K-1');
  app.clock.skip(60_000);
  expect((await (await sari.told('K-1')).press('Hadir')).text).toContain('daftar tunggu');
  await (await budi.told('K-1')).press('Mungkin');
  expect((await sari.told('Ada kursi untuk Anda')).text).toContain('K-1');
  expect((await ana.run('activity', 'show', { activity: 'K-1' })).text).toContain('Kursi: 2 dari 2');

  // The agenda: proposed from both, ordered by the coordinator.
  await dewi.run('activity', 'agenda', { activity: 'K-1', point: 'Pompa' });
  await budi.run('activity', 'agenda', { activity: 'K-1', point: 'Perahu' });
  const ordered = await ana.run('activity', 'agenda', { activity: 'K-1', order: '2, 1' });
  expect(ordered.text).toMatch(/Perahu[\s\S]*Pompa/);

  // The day before and two hours before each is reminded where they are.
  await app.passes(12 * DAY_MS + HOUR_MS);
  for (const hand of [dewi, sari]) expect((await hand.told('Besok')).text).toContain('Perahu');

  // In the room the code is said, and typed on either platform.
  const [, sign] = /\b([0-9A-Z]{6})\b/.exec((await ana.run('activity', 'code', { activity: 'K-1' })).text)!;
  await app.passes(DAY_MS);
  for (const hand of [budi, sari])
    expect((await hand.run('activity', 'attend', { activity: 'K-1', code: sign! })).text).toContain('tercatat');
  expect((await dewi.tries('activity', 'attend', { activity: 'K-1', code: 'ZZZZZZ' })).text).toContain('Kode');

  // Minutes: a form that opens again from its own button, on both.
  await ana.run('activity', 'done', { activity: 'K-1' });
  let minutes = await ana.run('activity', 'minutes', { activity: 'K-1', text: 'Keputusan: beli dua pompa' });
  minutes = await (await minutes.press('Tulis notulen')).fill({ text: 'Tindakan: cari penawaran; dewi; 9/12/2026' });
  expect(minutes.text).toContain('A-1 cari penawaran');
  expect((await dewi.told('A-1')).text).toContain('cari penawaran');
  const onSlack = await dewi.run('activity', 'minutes', { activity: 'K-1' });
  const grown = await (await onSlack.press('Tulis notulen')).fill({
    text: 'Tindakan: siapkan gudang; BPBD; 10/12/2026',
  });
  expect(grown.text).toContain('A-2 siapkan gudang');
  // From a text file that is handed in with the same form, on either platform; a file of another kind is refused.
  const file = (words: string) => ({ filename: 'notulen.txt', bytes: Buffer.from(words), contentType: 'text/plain' });
  const read = await (await grown.press('Tulis notulen')).fill({ file: file('Keputusan: pompa di balai\n- hadir 12') });
  expect(read.text).toMatch(/pompa di balai[\s\S]*hadir 12/);
  const last = await (await minutes.press('Tulis notulen')).fill({ file: file('Keputusan: rapat lagi Senin') });
  expect(last.text).toContain('rapat lagi Senin');
  const none = await (await read.press('Tulis notulen')).fill({
    file: { ...file('x'), bytes: Buffer.from([0xff, 0xfe, 0]) },
  });
  expect(none.text).not.toContain('Notulen K-1 tercatat');

  // Actions: handed over, late, escalated, done.
  expect((await dewi.run('me', 'tasks')).text).toContain('A-1 cari penawaran');
  await app.passes(3 * DAY_MS);
  expect((await dewi.told('Pengingat')).text).toContain('A-1');
  await app.passes(9 * DAY_MS);
  for (const hand of [ana, dewi]) expect((await hand.run('action', 'list', { status: 'late' })).text).toContain('A-1');
  expect((await dewi.run('action', 'done', { action: 'A-1', result: 'Tiga penawaran' })).text).toContain('selesai');
  expect((await ana.run('action', 'show', { action: 'A-1' })).text).toContain('Tiga penawaran');

  // The calendar of a person, by a secret address.
  for (const hand of [budi, dewi]) {
    const [, path] = /https:\/\/forum\.example(\/\S+?\.ics)/.exec((await hand.run('calendar', 'link')).text) ?? [];
    expect(path, 'the address').toBeTruthy();
    const read = await app.fetch(path!);
    expect(read.status).toBe(200);
    expect(await read.text()).toContain('BEGIN:VCALENDAR');
    await hand.run('calendar', 'revoke');
    expect((await app.fetch(path!)).status).toBe(410);
  }

  // The server's own calendar has the series once.
  expect(app.discord.events(app.guild).map(event => event.name)).toContain('K-2 Rapat');
  expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
  expect([app.discord.pings.everyone, app.slack.pings]).toEqual([false, []]);
});
