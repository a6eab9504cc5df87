import { expect, it } from 'vitest';
import { until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import { aDiscordApp } from './app.ts';

it('Y5: thrown out and invited again, the forum goes on where it was: channels, cards, open votes, a greeting', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, news, budi, store, say } = app;
  await say('forum', 'setup', { name: 'Uji', announce: news, issues: news });
  await say('partner', 'add', { name: 'A' });
  await say('partner', 'assign', { member: budi, partner: 'A', role: 'representative' });
  await say('issue', 'raise', { title: 'Sirene rusak' });
  await discord.until(() => discord.messages(news).length === 1, 'the card');
  discord.kickBot(guild);
  const { places } = store.tables;
  const isOut = async () => (await store.read.select().from(places))[0]!.leftAt !== null;
  await until(isOut, 'the bot to be out');
  discord.restore(guild);
  await discord.until(() => discord.messages(news).some(one => readableText(one).includes('Rembug kembali')), 'hello');
  expect(await isOut()).toBe(false);
  expect((await say('issue', 'list')).text).toContain('Sirene rusak');
  app.clock.skip(60_000);
  await say('issue', 'resolve', { issue: 'I-1', resolution: 'Diganti' });
  const cards = () => discord.messages(news).filter(one => readableText(one).includes('Sirene rusak'));
  await discord.until(() => cards().length === 1 && readableText(cards()[0]!).includes('Diganti'), 'the card, edited');
  expect([discord.failures, app.logged.filter(one => !one.includes('interaction'))]).toEqual([[], []]);
});

it('a forum that is set up without a channel writes into the one in which it was typed', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, say } = app;
  await say('forum', 'setup', { name: 'Uji' });
  expect((await say('forum', 'show')).text).toContain('#umum (Discord)');
  await say('activity', 'log', { title: 'Gladi' });
  await discord.until(() => discord.messages(channel).some(one => readableText(one).includes('Gladi')), 'the card');
});

it('W10: a channel that is read-only for the bot is named while setting up, and the forum stands', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, say } = app;
  const closed = discord.addChannel({ guild, name: 'arsip' });
  discord.deny(closed, 'SendMessages');
  const set = (await say('forum', 'setup', { name: 'Uji', announce: closed })).text;
  expect(set).toContain('Forum dimulai');
  expect(set).toContain('belum dapat menulis di #arsip');
  expect(set).toContain('Send Messages');
  const changed = (await say('forum', 'settings', { announce: app.news })).text;
  expect(changed).not.toContain('belum dapat menulis');
});

it('W10: a channel that the bot does not see is named, and no menu offers one of the wrong kind', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, say } = app;
  const hidden = discord.addChannel({ guild, name: 'rahasia' });
  discord.deny(hidden, 'ViewChannel');
  const set = (await say('forum', 'setup', { name: 'Uji', announce: hidden })).text;
  expect(set).toContain('belum dapat menulis di #rahasia');
  expect(set).toContain('View Channel');
  const command = discord.commands.find(one => one.json.name === 'forum')!;
  const types = JSON.stringify(command).match(/"channel_types":\[[^\]]*\]/g) ?? [];
  expect(types.length).toBeGreaterThan(0);
  expect(new Set(types)).toEqual(new Set(['"channel_types":[0,5,15]']));
});
