import { expect, it } from 'vitest';
import { enqueue } from '../../src/delivery/outbox.ts';
import { readableText } from '../wire/discord/compose.ts';
import { aDiscordApp } from './app.ts';

const HOSTILE = '@everyone <@&1> **x** [klik](https://jahat.example) `kode` <t:1:R> ```';

it('a forum is set up, an activity logged by form, an issue raised and resolved by buttons, a vote cast, and nobody is pinged', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, news, ana, budi } = app;
  const set = await discord
    .slash({
      channel,
      user: ana,
      name: 'forum',
      subcommand: 'setup',
      options: { name: 'Forum Uji', announce: news },
      permissions: ['ManageGuild'],
    })
    .answered();
  expect(set.ephemeral).toBe(true);
  expect(set.text).toContain('Forum Uji');

  const opened = await discord
    .slash({ channel, user: budi, name: 'activity', subcommand: 'log', options: {} })
    .answered();
  expect(opened.modal).toBeTruthy();
  const logged = await discord.submitModal(opened.modal!, { title: `Gladi ${HOSTILE}` }, budi).answered();
  expect(logged.text).toContain('K-1');
  await discord.until(() => discord.messages(news).length === 1, 'the card of the activity');

  const raised = await discord
    .slash({ channel, user: budi, name: 'issue', subcommand: 'raise', options: { title: HOSTILE, severity: 'high' } })
    .answered();
  expect(raised.text).toContain('I-1');
  await discord.until(() => discord.messages(news).length === 2, 'the card of the issue');
  const card = discord.messages(news).at(-1)!;
  const taken = await discord.click(card, 'Saya tangani', ana).answered();
  expect(taken.text).toContain('I-1');
  await discord.until(() => readableText(card).includes('ditangani'), 'the card to be current');
  const asked = await discord.click(card, 'Selesaikan', ana).answered();
  const resolved = await discord.submitModal(asked.modal!, { resolution: 'Sudah bersih' }, ana).answered();
  expect(resolved.text).toContain('selesai');

  const choices = (
    await discord
      .autocomplete({
        channel,
        user: ana,
        name: 'issue',
        subcommand: 'show',
        focused: 'issue',
        options: { issue: 'I' },
      })
      .answered()
  ).choices;
  expect(JSON.stringify(choices)).toContain('I-1');

  expect(discord.pings).toEqual({ everyone: false, roles: [], users: [] });
  expect(discord.failures).toEqual([]);
  expect(app.logged).toEqual([]);
});

it('a refused form keeps what was typed, and an old or forged button is answered kindly', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, ana } = app;
  await discord
    .slash({
      channel,
      user: ana,
      name: 'forum',
      subcommand: 'setup',
      options: { name: 'Uji' },
      permissions: ['ManageGuild'],
    })
    .answered();
  const refused = await discord
    .slash({
      channel,
      user: ana,
      name: 'activity',
      subcommand: 'log',
      options: { title: 'Gladi', date: '31 februari' },
    })
    .answered();
  expect(refused.text).toContain('tanggal');
  const again = await discord.click(refused.message!, 'Perbaiki', ana).answered();
  expect(JSON.stringify(again.modal)).toContain('31 februari');
  expect(discord.failures).toEqual([]);
});

it('whoever does not manage the server cannot start a forum, and the commands are registered once', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, budi } = app;
  const refused = await discord
    .slash({ channel, user: budi, name: 'forum', subcommand: 'setup', options: { name: 'Uji' } })
    .answered();
  expect(refused.text).toContain('Hanya pengelola');
  expect(JSON.stringify(discord.commands)).toContain('"kegiatan"');
});

it('a vote is cast by button, replaced, refused after its end, and the message shows the tally', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, news, ana, budi } = app;
  const say = (
    user: typeof ana,
    name: string,
    subcommand: string,
    options: Record<string, unknown>,
    permissions: string[] = [],
  ) =>
    discord
      .slash({ channel, user, name, subcommand, options: options as never, permissions: permissions as never })
      .answered();
  await say(ana, 'forum', 'setup', { name: 'Uji', announce: news }, ['ManageGuild']);
  await say(ana, 'partner', 'add', { name: 'A' });
  await say(ana, 'partner', 'add', { name: 'B' });
  await say(ana, 'partner', 'assign', { member: ana, partner: 'A', role: 'wakil' });
  await say(ana, 'partner', 'assign', { member: budi, partner: 'B', role: 'wakil' });
  await say(ana, 'strategy', 'propose', { title: 'Gladi', rationale: 'perlu', closes: '3d' });
  await discord.until(() => discord.messages(news).length === 1, 'the ballot');
  const ballot = discord.messages(news)[0]!;
  expect((await discord.click(ballot, 'Setuju', ana).answered()).text).toContain('Suara tercatat');
  expect((await discord.click(ballot, 'Tidak setuju', ana).answered()).text).toContain('tidak setuju');
  const objection = await discord.click(ballot, 'Keberatan', budi).answered();
  expect((await discord.submitModal(objection.modal!, { reason: 'Pasar buka' }, budi).answered()).text).toContain(
    'keberatan',
  );
  await discord.until(() => JSON.stringify(ballot).includes('tidak setuju 1'), 'the tally on the ballot');
  expect(discord.failures).toEqual([]);
});

it('a channel that was deleted and a server that threw the bot out stop nobody else', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, news, ana } = app;
  await discord
    .slash({
      channel,
      user: ana,
      name: 'forum',
      subcommand: 'setup',
      options: { name: 'Uji', announce: news },
      permissions: ['ManageGuild'],
    })
    .answered();
  discord.deleteChannel(news);
  const logged = await discord
    .slash({ channel, user: ana, name: 'activity', subcommand: 'log', options: { title: 'Gladi' } })
    .answered();
  expect(logged.text).toContain('K-1');
  // Whoever should have read it cannot; the coordinator is told directly.
  await discord.until(() => discord.directMessages(ana).length === 1, 'the note to the coordinator');
  expect(readableText(discord.directMessages(ana)[0]!)).toContain('kabar');
});

it('a report is made from a reminder’s button, evidence is handed in as a file, a vote closes, and the digest tells of it', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, news, ana, budi, store } = app;
  const run = (user: typeof ana, name: string, subcommand: string, options: Record<string, unknown> = {}) =>
    discord
      .slash({ channel, user, name, subcommand, options: options as never, permissions: ['ManageGuild'] })
      .answered();
  await run(ana, 'forum', 'setup', { name: 'Forum Uji', announce: news });
  await run(ana, 'partner', 'add', { name: 'BPBD' });
  await run(ana, 'partner', 'assign', { member: budi, partner: 'BPBD', role: 'representative' });
  await run(ana, 'indicator', 'add', { name: 'Gladi', frequency: 'weekly', due_days: '0', partner: 'BPBD' });
  const [forum] = await store.read.select().from(store.tables.forums);
  const topic = { kind: 'reports_due', subject: 'x' };
  await store.write(forum!.id, tx =>
    enqueue(tx, forum!.id, { topic, to: { member: 2 }, due: app.clock.now(), occurrence: 'reminder' }),
  );
  await run(budi, 'me', 'tasks');
  await discord.until(() => discord.directMessages(budi).length === 1, 'the reminder');
  const reminder = discord.directMessages(budi)[0]!;
  expect(readableText(reminder)).toContain('1 laporan menunggu Anda');
  const form = await discord.click(reminder, 'Lapor sekarang', budi).answered();
  const reported = await discord.submitModal(form.modal!, { value: '3' }, budi).answered();
  expect(reported.text).toContain('Laporan N-1');

  await run(budi, 'activity', 'log', { title: 'Gladi banjir' });
  const photo = {
    filename: 'hadir.jpg',
    bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xd9]),
    contentType: 'image/jpeg',
  };
  const proved = await run(budi, 'activity', 'evidence', { activity: 'K-1', evidence: photo });
  expect(proved.text).toContain('daftar hadir');

  await run(budi, 'strategy', 'propose', { title: 'Gladi Sabtu', rationale: 'Warga bekerja', closes: '3d' });
  expect((await run(budi, 'strategy', 'vote', { strategy: 'S-1', choice: 'agree' })).text).toContain('Suara tercatat');
  expect((await run(ana, 'strategy', 'close', { strategy: 'S-1', reason: 'Semua memilih' })).text).toContain('lulus');
  const digest = await run(ana, 'digest', 'now');
  for (const said of ['Ringkasan', 'masuk 1 dari 1']) expect(digest.text).toContain(said);
  expect(discord.pings).toEqual({ everyone: false, roles: [], users: [] });
  expect([discord.failures, app.logged]).toEqual([[], []]);
});
