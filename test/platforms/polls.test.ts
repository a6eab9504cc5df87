import { expect, it } from 'vitest';
import { newSqliteStore } from '../migrated.ts';
import { readableText as discordText } from '../wire/discord/compose.ts';
import { type Hand, handsOn } from './hands.ts';

const HOUR_MS = 3_600_000;

it('polls of every kind are voted on where people are, by buttons and menus, and follow one another', async () => {
  await using app = await handsOn(await newSqliteStore());
  const { ana, sari } = app.hands;
  const budi = app.onDiscord('Budi');
  const dewi = app.onSlack('Dewi');
  const everyone: readonly Hand[] = [ana, budi, sari, dewi];
  for (const hand of everyone) await hand.run('me', 'show');
  const shows = async (poll: string, words: string | RegExp) => {
    for (const hand of everyone) expect((await hand.run('poll', 'show', { poll })).text).toMatch(words);
  };
  const ballot = async (hand: Hand, poll: string) => (await hand.post(`${poll} `)).press('Pilih');

  // One choice: buttons on the card.
  await ana.run('poll', 'create', { title: 'Tempat', options: 'Balai; Sekolah; Lapangan', closes: '2d' });
  await (await budi.post('J-1')).press('Sekolah');
  await (await dewi.post('J-1')).press('Sekolah');
  expect((await (await sari.post('J-1')).press('Balai')).text).toContain('Balai');
  await (await sari.post('J-1')).press('Sekolah');
  await shows('J-1', /2\. Sekolah █+ 3/);

  // Several: a menu in which several are ticked, with one's own vote marked.
  await dewi.run('poll', 'create', {
    title: 'Alat',
    options: 'Pompa; Perahu; Tenda; Radio; Genset; Senter; Tali',
    kind: 'multiple',
    max: '3',
  });
  for (const hand of [budi, dewi]) {
    const opened = await ballot(hand, 'J-2');
    const cast = await opened.choose('Pilih beberapa', '1. Pompa', '3. Tenda', '7. Tali');
    expect(cast.text).toMatch(/Pompa, Tenda, Tali/);
    const again = await cast.press('Suara saya');
    expect(again.text).toContain('Pompa, Tenda, Tali');
  }
  await shows('J-2', /7\. Tali █+ 2/);

  // Dates: each in the reader's zone.
  await ana.run('poll', 'create', { title: 'Gladi', options: '1/12/2026 13.00; 2/12/2026 09.00', kind: 'date' });
  for (const hand of [budi, sari]) {
    const opened = await ballot(hand, 'J-3');
    const yes = await opened.choose('Kapan Anda bisa?', '2. 2 Des 2026 09.00 WIB');
    expect(yes.text).toContain('ya');
  }
  await ana.run('poll', 'close', { poll: 'J-3' });
  const planned = await (await ana.run('poll', 'show', { poll: 'J-3' })).press('Rencanakan kegiatan');
  expect(planned.text).toContain('Rabu, 2 Desember 2026 09.00');

  // Ranking: one tap a place, or typed in a form.
  await sari.run('poll', 'create', { title: 'Urut', options: 'A; B; C', kind: 'ranking' });
  for (const hand of [budi, dewi]) {
    let seen = await ballot(hand, 'J-4');
    seen = await seen.choose('Pilihan berikutnya dalam urutan Anda', '3. C');
    seen = await (await seen.press('Suara saya')).choose('Pilihan berikutnya dalam urutan Anda', '1. A');
    expect(seen.text).toContain('C > A');
  }
  for (const hand of [ana, sari]) {
    const form = await (await ballot(hand, 'J-4')).press('Tulis pilihan');
    expect((await form.fill({ choice: '3 > 2 > 1' })).text).toContain('C > B > A');
  }
  await ana.run('poll', 'close', { poll: 'J-4' });
  await shows('J-4', /C/);

  // Points.
  await ana.run('poll', 'create', { title: 'Dana', options: 'A; B', kind: 'points', points: '5' });
  for (const hand of [budi, dewi]) {
    const form = await (await ballot(hand, 'J-5')).press('Tulis pilihan');
    expect((await form.fill({ choice: '1=3; 2=2' })).text).toContain('A = 3');
  }
  expect((await dewi.tries('poll', 'vote', { poll: 'J-5', choice: '1=9' })).text).toContain('Belum tersimpan');

  // An election: secret; who is elected agrees and coordinates.
  await ana.run('poll', 'create', { title: 'Ketua', options: 'Budi; dewi', kind: 'election', closes: '1d' });
  for (const hand of [budi, dewi]) await hand.run('poll', 'accept', { poll: 'J-6' });
  for (const hand of everyone) await hand.run('poll', 'vote', { poll: 'J-6', choice: 'dewi' });
  const isOver = () => app.discord.messages(app.channel).some(one => /J-6[\s\S]*diputuskan/.test(discordText(one)));
  await app.passes(25 * HOUR_MS, isOver);
  await shows('J-6', /dewi/);
  await (await ana.run('poll', 'show', { poll: 'J-6' })).press('Tanyai sebagai koordinator');
  expect((await (await dewi.told('koordinator')).press('Saya bersedia')).text).toBeTruthy();
  expect((await budi.run('forum', 'show')).text).toMatch(/Koordinator: .*dewi/);

  // A check.
  await dewi.run('poll', 'create', { title: 'Beli pompa?', kind: 'check', closes: '2h' });
  for (const hand of [ana, budi, sari]) await (await hand.post('J-7')).press('setuju');
  const isChecked = () => app.discord.messages(app.channel).some(one => /J-7[\s\S]*diputuskan/.test(discordText(one)));
  await app.passes(3 * HOUR_MS, isChecked);
  await shows('J-7', /setuju █+ 3/);

  expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
  expect([app.discord.pings.everyone, app.slack.pings]).toEqual([false, []]);
});
