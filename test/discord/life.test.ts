import { expect, it } from 'vitest';
import { examineDiscord } from '../../adapters/discord/examine.ts';
import { until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import { aDiscordApp } from './app.ts';

it('a new server is greeted once with how to begin; one that has a forum is not', async () => {
  await using app = await aDiscordApp();
  const { discord, ana } = app;
  const guild = discord.addGuild({ name: 'Desa', members: [ana] });
  const hall = discord.addChannel({ guild, name: 'balai' });
  await discord.until(() => discord.messages(hall).length === 1, 'the greeting');
  expect(readableText(discord.messages(hall)[0]!)).toMatch(/<\/forum setup:\d+> `"Nama forum"`/);
});

it('a server that puts the bot out has left: nothing is tried there any more, and the record stays', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, news, store } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await app.say('activity', 'log', { title: 'Gladi' });
  discord.kickBot(guild);
  const { places, channels, activities } = store.tables;
  const left = async () => (await store.read.select().from(places))[0]!.leftAt;
  await until(left, 'the bot to have left');
  // Who lets the bot in again finds it writing where it did.
  expect(await store.read.select().from(channels)).toHaveLength(1);
  expect(await store.read.select().from(activities)).toHaveLength(1);
});

it('a message becomes an issue: the form comes with its words, and nothing is lost when it is sent', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, news, ana, budi } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  const said = discord.say(channel, budi, 'Talud Kali Code retak\nSudah dua minggu');
  const opened = await discord
    .contextCommand({ channel, user: ana, name: 'Make this an issue', target: said })
    .answered();
  const raised = await discord.submitModal(opened.modal!, {}, ana).answered();
  expect(raised.text).toContain('I-1 Talud Kali Code retak');
  expect(raised.text).toContain('Sudah dua minggu');
});

it('a form whose rest is decided beforehand comes in steps: saved at once, or gone on with, nothing typed twice', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, news, ana } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  const raise = { channel, user: ana, name: 'issue', subcommand: 'raise', options: {} } as const;
  const first = await discord.slash(raise).answered();
  const kept = await discord.submitModal(first.modal!, { title: 'Gladi', _more: 'go_on' }, ana).answered();
  expect(kept.text).toContain('Tersimpan sementara');
  expect((await app.say('issue', 'list')).text).not.toContain('Gladi');
  const second = await discord.click(kept.message!, 'Lanjut', ana).answered();
  expect(second.modal!.title).toBe(first.modal!.title);
  const more = await discord.submitModal(second.modal!, { due: '2027-05-01', _more: 'go_on' }, ana).answered();
  const third = await discord.click(more.message!, 'Lanjut', ana).answered();
  const raised = await discord.submitModal(third.modal!, {}, ana).answered();
  expect(raised.text).toContain('I-1 Gladi');
  expect(raised.text).toContain('2027');
  // Whoever does not ask for more is done after the first step.
  const again = await discord.slash(raise).answered();
  expect((await discord.submitModal(again.modal!, { title: 'Rapat' }, ana).answered()).text).toContain('I-2');
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('what the bot is not allowed in a channel is named, to the forum and to whoever runs it', async () => {
  await using app = await aDiscordApp();
  const { discord, news } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  expect((await app.say('forum', 'show')).text).not.toContain('belum diizinkan');
  const settings = { token: discord.token, apiUrl: discord.api };
  const channels = [{ channel: news.id, name: 'kabar' }];
  expect(await examineDiscord(settings, channels)).toMatchObject({ ok: true });
  discord.deny(news, 'EmbedLinks', 'CreatePublicThreads');
  expect((await app.say('forum', 'show')).text).toContain('belum diizinkan: Embed Links, Create Public Threads');
  expect(await examineDiscord(settings, channels)).toEqual({
    ok: false,
    detail: 'not allowed in #kabar: Embed Links, Create Public Threads',
  });
  expect(await examineDiscord({ ...settings, token: 'salah' }, channels)).toMatchObject({ ok: false });
});

it('buttons in direct messages lead back to the forum that wrote them', async () => {
  await using app = await aDiscordApp();
  const { discord, news, ana, budi, guild } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await app.say('issue', 'raise', { title: 'Sirene mati' });
  await app.say('issue', 'assign', { issue: 'I-1', member: budi });
  await discord.until(() => discord.directMessages(budi).length === 1, 'the word of the duty');
  // Budi is in another forum too, and was seen there last.
  const other = discord.addGuild({ name: 'Lain', members: [ana, budi] });
  const hall = discord.addChannel({ guild: other, name: 'balai' });
  await discord
    .slash({
      channel: hall,
      user: budi,
      name: 'forum',
      subcommand: 'setup',
      options: { name: 'Lain' },
      permissions: ['ManageGuild'],
    })
    .answered();
  const asked = await discord.click(discord.directMessages(budi)[0]!, 'Selesaikan', budi).answered();
  const resolved = await discord.submitModal(asked.modal!, { resolution: 'Sudah menyala' }, budi).answered();
  expect(resolved.text).toContain('Isu I-1 selesai');
  expect(guild.id).not.toBe(other.id);
});

it('a bot in many servers runs in as many shards as Discord recommends, and answers in each', async () => {
  await using app = await aDiscordApp({ shards: 2 });
  const { discord, ana } = app;
  expect(discord.gateway.sessions.map(session => session.shard)).toEqual([
    [0, 2],
    [1, 2],
  ]);
  for (let n = 0; n < 4; n++) {
    const guild = discord.addGuild({ name: `Desa ${n}`, members: [ana] });
    const hall = discord.addChannel({ guild, name: 'balai' });
    const set = await discord
      .slash({
        channel: hall,
        user: ana,
        name: 'forum',
        subcommand: 'setup',
        options: { name: `Forum ${n}` },
        permissions: ['ManageGuild'],
      })
      .answered();
    expect(set.text).toContain(`Forum dimulai: Forum ${n}`);
  }
});
