import { expect, it } from 'vitest';
import { readableText } from '../wire/discord/compose.ts';
import type { Message } from '../wire/slack/model.ts';
import { readableText as shown } from '../wire/slack/reading.ts';
import { bothPlatforms } from './apps.ts';

const SIX = [1, 2, 3, 4, 5, 6];

it('a forum on Discord and Slack is one: places, people, votes, issues and announcements', async () => {
  await using app = await bothPlatforms({ team: 'Kantor Dinas' });
  const { discord, slack } = app;
  // Discord: Ana coordinates, and six people of communities take part.
  const ana = discord.addUser('Ana');
  const people = SIX.map(n => discord.addUser(`Warga${n}`));
  const guild = discord.addGuild({ name: 'Komunitas', members: [ana, ...people] });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const news = discord.addChannel({ guild, name: 'kabar' });
  // Slack: Sari of the government may join the workspace, and five more people take part.
  const worker = (name: string) => slack.addUser(name, { handle: name });
  const sari = slack.addUser('Sari', { admin: true });
  const staff = ['Dewi', 'Eko', 'Fajar', 'Gita'].map(worker);
  const office = slack.addChannel('kantor');
  const board = slack.addChannel('papan');
  const onDiscord = async (user: typeof ana, name: string, subcommand: string, options: Record<string, unknown> = {}) =>
    discord
      .slash({ channel, user, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
      .answered();
  const onSlack = (user: typeof sari, text: string) =>
    slack.command({ channel: office, user, command: '/rembug', text }).answered();
  const press = (on: Message, label: string, user: typeof sari) =>
    slack.click(on, label, user).until(seen => seen.responses.length > 0, 'the answer');

  // Set up on Discord, joined from Slack by a code, once a coordinator agrees.
  await onDiscord(ana, 'forum', 'setup', { name: 'Forum Kota', announce: news });
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await onDiscord(ana, 'forum', 'invite')).text)![0];
  expect((await onSlack(sari, `forum gabung ${code} pengumuman:#papan`)).text).toContain('Permintaan');
  await discord.until(() => discord.directMessages(ana).length === 1, 'the request');
  // R24: the question says which place it is.
  expect(readableText(discord.directMessages(ana)[0]!)).toContain(`kantor-dinas.slack.com (slack ${slack.team.id})`);
  const admitted = await discord.click(discord.directMessages(ana)[0]!, 'Terima', ana).answered();
  expect(admitted.text).toContain('Tempat baru bergabung: kantor-dinas.slack.com');

  // Ten partners, six represented on Discord and four on Slack; Budi is on both.
  for (let n = 1; n <= 10; n++) await onDiscord(ana, 'partner', 'add', { name: `Mitra${n}`, sector: 'community' });
  for (const [i, person] of people.entries())
    await onDiscord(ana, 'partner', 'assign', { member: person, partner: `Mitra${i + 1}`, role: 'representative' });
  await onSlack(sari, 'saya lihat');
  for (const person of staff) await onSlack(person, 'saya lihat');
  // Whoever coordinates on Discord can name those who are on Slack, from a menu of the forum's members.
  for (const [i, person] of staff.entries()) {
    const asked = await onDiscord(ana, 'partner', 'assign', { partner: `Mitra${7 + i}`, role: 'representative' });
    const chosen = await discord
      .select(asked.message!, 'Siapa yang dimaksud?', [`${person.name} · Slack`], ana)
      .answered();
    expect(chosen.text).toContain(`${person.name} sekarang wakil Mitra${7 + i}`);
  }

  // A proposal from Slack is one post in each place, and ten partners vote where they are.
  expect((await onSlack(staff[0]!, 'strategi usul "Gladi Sabtu" alasan:"Warga bekerja" tutup:3d')).text).toContain(
    'S-1',
  );
  await discord.until(() => discord.messages(news).length === 1, 'the ballot on Discord');
  await slack.until(() => slack.messages(board).length === 1);
  const ballot = discord.messages(news)[0]!;
  const post = slack.messages(board)[0]!;
  for (const person of people) await discord.click(ballot, 'Setuju', person).answered();
  for (const person of staff) await press(post, 'Setuju', person);
  await discord.until(() => readableText(ballot).includes('10 / 10'), 'the tally on Discord');
  await slack.until(() => shown(post).includes('10 / 10'));

  // One person on both: linked by a code, with one seat and no second vote.
  const twin = worker('Warga1 Kantor');
  const link = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec((await onDiscord(people[0]!, 'me', 'link')).text)![0];
  const toLink = await onSlack(twin, `saya tautkan ${link}`);
  await slack.click(toLink.message, 'Ya, akun saya', twin).answered();
  await discord.until(() => discord.directMessages(people[0]!).length === 1, 'the question');
  const linked = await discord.click(discord.directMessages(people[0]!)[0]!, 'Ya, itu saya', people[0]!).answered();
  expect(linked.text).toContain('satu orang');
  // The seat may be used from the other account once a coordinator has said that it is the same person.
  expect((await press(post, 'Tidak setuju', twin)).text).toContain('tidak termasuk pemilih');
  const told = () => discord.directMessages(ana).find(one => readableText(one).includes('Orang yang sama'));
  await discord.until(() => told() !== undefined, 'what the coordinator is told');
  await discord.click(told()!, 'Orang yang sama', ana).answered();
  const again = await press(post, 'Tidak setuju', twin);
  expect(again.text).toContain('tidak setuju');
  await discord.until(() => readableText(ballot).includes('setuju 9 · tidak setuju 1'), 'the one vote that changed');
  expect(readableText(ballot)).toContain('10 / 10');

  // The outcome is the same on both, and each post says where else it stands.
  await onDiscord(ana, 'strategy', 'close', { strategy: 'S-1', reason: 'Semua sudah memilih' });
  await discord.until(() => /Keadaan:\W+lulus/.test(readableText(ballot)), 'the outcome on Discord');
  await slack.until(() => /Keadaan:?\W+lulus/.test(shown(post)));
  expect(readableText(ballot)).toMatch(/Diperbarui .*juga di #papan \(Slack\)/);
  expect(shown(post)).toContain('juga di #kabar (Discord)');

  // An issue raised on Discord, commented on Slack with attribution, resolved.
  await onDiscord(people[1]!, 'issue', 'raise', { title: 'Sirene rusak' });
  await discord.until(() => discord.threads(news).length === 1, 'the thread on Discord');
  const thread = discord.threads(news)[0]!;
  await onSlack(staff[1]!, 'isu komentar I-1 text:"Kabelnya putus"');
  await discord.until(() => discord.messages(thread).length === 1, 'the comment on Discord');
  expect(readableText(discord.messages(thread)[0]!)).toContain('Eko · Slack: mencatat: Kabelnya putus');
  await onSlack(staff[1]!, 'isu tugaskan I-1');
  await onSlack(staff[1]!, 'isu selesaikan I-1 penyelesaian:"Kabel diganti"');
  await discord.until(() => discord.messages(thread).length === 3, 'the end on Discord');
  await slack.until(() => slack.messages(board).some(one => shown(one).includes('Kabel diganti')));

  // An announcement is acknowledged on both.
  const draft = await onDiscord(ana, 'forum', 'announce', { text: 'Air Kali Code naik', urgency: 'normal' });
  await discord.click(draft.message!, 'Ya, kirim', ana).answered();
  await discord.until(
    () => discord.messages(news).some(one => readableText(one).includes('Air Kali Code')),
    'the news',
  );
  await slack.until(() => slack.messages(board).some(one => one.text.includes('Air Kali Code')));
  const there = slack.messages(board).find(one => one.text.includes('Air Kali Code'))!;
  const here = discord.messages(news).find(one => readableText(one).includes('Air Kali Code'))!;
  await press(there, 'Sudah saya baca', staff[2]!);
  await discord.click(here, 'Sudah saya baca', people[2]!).answered();
  const unseen = (await onDiscord(ana, 'forum', 'unseen', { announcement: '1' })).text;
  expect(unseen).not.toContain('Fajar');
  expect(unseen).not.toContain('Warga3');
  expect(unseen).toContain('Gita');

  // R24: the other place can be put out from here, by its name.
  const seen = slack.messages(board).length;
  const asked = await onDiscord(ana, 'forum', 'remove', { place: 'kantor-dinas.slack.com' });
  expect(asked.text).toContain('dari forum?');
  const out = await onDiscord(ana, 'forum', 'remove', { place: 'kantor-dinas.slack.com', confirm: 'yes' });
  expect(out.text).toContain(`Dikeluarkan dari forum: kantor-dinas.slack.com (slack ${slack.team.id})`);
  await onDiscord(ana, 'activity', 'log', { title: 'Rapat penutup' });
  await discord.until(
    () => discord.messages(news).some(one => readableText(one).includes('Rapat penutup')),
    'the activity on Discord',
  );
  // What was put out is told that, and nothing else any more.
  await slack.until(() => slack.messages(board).length > seen);
  expect(slack.messages(board).slice(seen)).toEqual([
    expect.objectContaining({ text: expect.stringContaining('Tempat ini tidak lagi termasuk Forum Kota') }),
  ]);
  expect((await onSlack(sari, 'kegiatan daftar')).text).toContain('Belum ada forum');

  expect(discord.pings).toEqual({ everyone: false, roles: [], users: [] });
  expect([discord.failures, slack.failures, slack.pings, app.logged]).toEqual([[], [], [], []]);
});
