import { expect, it } from 'vitest';
import { newSqliteStore } from '../migrated.ts';
import { type Hand, handsOn } from './hands.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The forum of these stories: Ana and Budi on Discord, Sari and Dewi on Slack; Budi and Dewi read English. */
async function aForum() {
  const app = await handsOn(await newSqliteStore());
  const { ana, sari } = app.hands;
  const budi = app.onDiscord('Budi');
  const dewi = app.onSlack('Dewi');
  await sari.run('me', 'show');
  for (const hand of [budi, dewi]) await hand.run('me', 'language', { language: 'en' });
  await ana.run('forum', 'coordinator', { member: budi.account as never, action: 'add' });
  return { app, ana, budi, sari, dewi, english: [budi, dewi] as readonly Hand[] };
}

it('a newcomer does every act of a meeting in English, on either platform', async () => {
  const { app, ana, budi, sari, dewi, english } = await aForum();
  await using _ = app;

  // Planned with hours in words, repeated, moved and cancelled.
  const first = await budi.run('activity', 'plan', {
    title: 'Drill',
    date: 'next tuesday half past 9 am',
    kind: 'drill',
  });
  expect(first.text).toContain('Tuesday, 1 December 2026 09:30 WIB');
  const series = await dewi.run('activity', 'plan', {
    title: 'Patrol',
    repeat: 'every two weeks on Monday 10-11:30 am',
  });
  expect(series.text).toMatch(/every 2 weeks on Monday[\s\S]*10:00–11:30 WIB/);
  expect((await dewi.run('activity', 'move', { activity: 'K-3', time: 'noon' })).text).toContain('12:00–13:30 WIB');
  expect(
    (await budi.run('activity', 'move', { activity: 'K-4', date: 'Wednesday, 6 January 2027', which: 'following' }))
      .text,
  ).toContain('every 2 weeks on Wednesday');
  expect((await dewi.run('activity', 'cancel', { activity: 'K-5', reason: 'Holiday' })).text).toContain(
    'was cancelled',
  );
  for (const hand of english)
    expect((await hand.run('activity', 'list')).text).toMatch(/21 Dec 2026 12:00–13:30 WIB|K-5/);

  // What cannot be is asked about, with a button for what may be meant.
  for (const hand of english) {
    const { name } = hand;
    const night = await hand.tries('activity', 'plan', { title: `Watch ${name}`, date: '5/12/2026 22:00-02:00' });
    expect(night.text).toContain('Is the next day meant?');
    const kept = await night.press('Saturday, 5 December 2026 22:00 – Sunday, 6 December 2026 02:00 WIB');
    expect(kept.text).toContain(`Watch ${name}`);
    const midnight = await hand.tries('activity', 'plan', { title: `Vigil ${name}`, date: '7/12/2026 midnight' });
    const vigil = await midnight.press('Tuesday, 8 December 2026 00:00 WIB');
    expect(vigil.text).toContain('Tuesday, 8 December 2026 00:00 WIB');
    expect((await hand.tries('activity', 'plan', { title: 'X', repeat: 'every 30 February' })).text).toContain(
      'never comes',
    );
  }

  // Points of the agenda, put in order by a coordinator.
  for (const hand of english) {
    const point = await hand.run('activity', 'agenda', { activity: 'K-1', point: `Boat of ${hand.name}` });
    expect(point.text).toContain('A point for K-1 is recorded');
  }
  expect((await budi.run('activity', 'agenda', { activity: 'K-1', order: '2' })).text).toMatch(/of Dewi[\s\S]*of Budi/);

  // One seat: yes, then the waiting list, perhaps and no.
  await budi.run('activity', 'invite', { activity: 'K-1', members: 'Dewi, Sari, Ana', seats: '1' });
  expect((await (await dewi.told('You are invited')).press('Coming')).text).toContain('You attend K-1');
  app.clock.skip(60_000);
  expect((await (await sari.told('K-1')).press('Hadir')).text).toContain('daftar tunggu');
  expect((await (await ana.told('K-1')).press('Tidak hadir')).text).toContain('tidak hadir di K-1');
  expect((await (await dewi.told('You are invited')).press('Maybe')).text).toContain('You may attend K-1');
  expect((await sari.told('Ada kursi untuk Anda')).text).toContain('K-1');

  // In the room: the code, then minutes by form and by file, and what was agreed.
  const [, sign] = /\b([0-9A-Z]{6})\b/.exec((await budi.run('activity', 'code', { activity: 'K-1' })).text)!;
  await app.passes(7 * DAY_MS + 2 * HOUR_MS);
  for (const hand of english) {
    expect((await hand.tries('activity', 'attend', { activity: 'K-1', code: 'ZZZZZZ' })).text).toContain(
      'not the attendance code',
    );
    expect((await hand.run('activity', 'attend', { activity: 'K-1', code: sign!.toLowerCase() })).text).toContain(
      'is noted',
    );
  }
  await (await budi.run('activity', 'show', { activity: 'K-1' })).press('Mark as done');
  let minutes = await budi.run('activity', 'minutes', { activity: 'K-1', text: 'Decision: two boats' });
  minutes = await (await minutes.press('Write minutes')).fill({ text: 'Action: find a boat; Dewi; 3/12/2026' });
  expect(minutes.text).toContain('A-1 find a boat');
  const file = {
    filename: 'minutes.txt',
    bytes: Buffer.from('Decision: boats by the hall'),
    contentType: 'text/plain',
  };
  const fromFile = await (await minutes.press('Write minutes')).fill({ file });
  expect(fromFile.text).toContain('boats by the hall');
  expect((await dewi.told('An action for you')).text).toContain('A-1');
  expect((await dewi.run('me', 'tasks')).text).toContain('A-1 find a boat');
  const handed = await budi.run('action', 'hand', { action: 'A-1', member: budi.account as never });
  expect(handed.text).toContain('A-1 is now with');
  await app.passes(3 * DAY_MS, () => budi.heard('A-1').length > 0);
  expect((await budi.run('action', 'list', { status: 'late' })).text).toContain('A-1');
  expect((await budi.run('action', 'done', { action: 'A-1', result: 'Found' })).text).toContain('A-1 is done');

  // The address of the own calendar, by one's own button, until it is revoked.
  for (const hand of english) {
    const link = await (await hand.run('calendar', 'show')).press('My calendar’s address');
    const [, path] = /https:\/\/forum\.example(\/\S+?\.ics)/.exec(link.text) ?? [];
    expect((await app.fetch(path!)).status).toBe(200);
    expect((await hand.run('calendar', 'revoke')).text).toContain('revoked');
    expect((await app.fetch(path!)).status).toBe(410);
  }
  expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
  expect([app.discord.pings.everyone, app.slack.pings]).toEqual([false, []]);
});

it('an outage over two reminders tells each once, in their zone and after their quiet hours; a warning leads to its review', async () => {
  const { app, ana, budi, sari, dewi } = await aForum();
  await using _ = app;
  // Both have moved from WIB to WIT, and Dewi is not disturbed there before 13.00.
  for (const hand of [budi, dewi]) await hand.run('me', 'timezone', { timezone: 'WIT' });
  await dewi.run('me', 'quiet', { from: '20:00', to: '13:00' });
  await ana.run('activity', 'plan', { title: 'Rapat', date: '1/12/2026 09.00-11.00' });
  await ana.run('activity', 'invite', { activity: 'K-1', members: 'Budi, Sari, Dewi' });
  for (const hand of [sari, dewi, budi])
    await ana.run('action', 'add', { title: `Cek ${hand.name}`, who: hand.name, due: '28/11/2026' });

  // Away over the day before and the two hours before of the meeting, and over two reminders of each action.
  for (const hand of [sari, dewi, budi]) await hand.told('Cek');
  await app.away(6 * DAY_MS + 23.5 * HOUR_MS);
  expect((await sari.told('Sebentar lagi')).text).toContain('Selasa, 1 Desember 2026 09.00–11.00 WIB');
  expect((await budi.told('Soon')).text).toContain('1 Dec 2026 11:00 WIT');
  expect((await sari.told('Pengingat')).text).toContain('A-1');
  expect((await budi.told('Reminder')).text).toContain('A-3');
  expect([...dewi.heard('Reminder'), ...dewi.heard('Soon')]).toEqual([]);
  // At 13.00 there the action is said; of the meeting, which has begun, nothing.
  await app.passes(4 * HOUR_MS, () => dewi.heard('Reminder').length > 0);
  expect(dewi.heard('Soon')).toEqual([]);
  expect([sari, budi, dewi].map(hand => hand.heard(hand === sari ? 'Besok' : 'Tomorrow').length)).toEqual([0, 0, 0]);
  expect(sari.heard('Sebentar lagi')).toHaveLength(1);

  // A warning goes out from an answer in English; its card in each channel leads to actions.
  const draft = await budi.run('forum', 'announce', {
    ...{ text: 'The river rises', event: 'flood', level: 'siaga', reason: 'alone on duty' },
  });
  let sent = await draft.press('Yes, send it');
  for (const [n, hand] of [ana, sari].entries()) {
    const card = await hand.post('The river rises');
    expect((await card.press('Sudah saya baca')).text).toContain('Terima kasih');
    const action = await (await card.press('Catat tindakan')).fill({ title: `Karung ${n}` });
    expect(action.text).toContain(`A-${4 + n}`);
  }
  // The answer leads on to the update and to the end, on Discord as on Slack.
  sent = await (await (await sent.press('Update')).fill({ text: 'It rises on', reason: 'alone' })).press(
    'Yes, send it',
  );
  for (const hand of [ana, sari]) expect((await hand.post('It rises on')).text).toContain('SIAGA');
  await (await (await sent.press('All clear')).fill({ text: 'It has fallen', reason: 'alone' })).press('Yes, send it');
  // Over, it leads to the review of what it was about.
  const over = await sari.post('It has fallen');
  const raised = await (await (await over.press('Evaluasi')).press('Laporkan isu')).fill({ title: 'Banjir Kali' });
  expect(raised.text).toContain('I-1');
  const offered = await (await ana.post('It has fallen')).press('Evaluasi');
  const review = await offered.choose('Evaluasi isu …', 'I-1 Banjir Kali');
  expect(review.text).toMatch(/I-1 Banjir Kali[\s\S]*The river rises/);
  const asked = await (await sari.told('empat pertanyaan')).press('Beri tanggapan');
  expect((await asked.fill({ happened: 'Sirene terlambat' })).text).toContain('Sirene terlambat');
  expect([app.discord.failures, app.slack.failures, app.logged]).toEqual([[], [], []]);
});
