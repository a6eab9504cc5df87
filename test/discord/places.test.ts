import { expect, it } from 'vitest';
import { until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import { aDiscordApp } from './app.ts';

it('an issue opens a thread: what happens to it is told there, in order, and its card stays current', async () => {
  await using app = await aDiscordApp();
  const { discord, news } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await app.say('issue', 'raise', { title: 'Sensor mati' });
  await discord.until(() => discord.threads(news).length === 1, 'the thread');
  const [thread] = discord.threads(news);
  expect(thread!.name).toBe('I-1 Sensor mati');
  await app.say('issue', 'comment', { issue: 'I-1', text: 'Baterai habis' });
  await app.say('issue', 'resolve', { issue: 'I-1', resolution: 'Baterai diganti' });
  await discord.until(() => discord.messages(thread!).length === 2, 'the two steps');
  const said = discord.messages(thread!).map(message => readableText(message));
  expect(said[0]).toContain('Ana · Discord: mencatat: Baterai habis');
  expect(said[1]).toContain('Ana · Discord: menyelesaikan: Baterai diganti');
  const [card] = discord.messages(news);
  await discord.until(() => readableText(card!).includes('selesai'), 'the card to be current');
  expect(discord.messages(news)).toHaveLength(1);
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('in a forum channel an issue is a post', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, news } = app;
  const board = discord.addChannel({ guild, name: 'isu', type: 'forum' });
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news, issues: board });
  await app.say('issue', 'raise', { title: 'Saluran tersumbat' });
  await discord.until(() => discord.threads(board).length === 1, 'the post');
  const [post] = discord.threads(board);
  await app.say('issue', 'resolve', { issue: 'I-1', resolution: 'Sudah bersih' });
  await discord.until(() => discord.messages(post!).length === 2, 'the step below the card');
  const card = discord.messages(post!)[0]!;
  await discord.until(() => readableText(card).includes('selesai'), 'the card to be current');
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('where no thread may be opened the steps answer the card', async () => {
  await using app = await aDiscordApp();
  const { discord, news } = app;
  discord.deny(news, 'CreatePublicThreads');
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await app.say('issue', 'raise', { title: 'Sensor mati' });
  await discord.until(() => discord.messages(news).length === 1, 'the card');
  await app.say('issue', 'comment', { issue: 'I-1', text: 'Baterai habis' });
  await discord.until(() => discord.messages(news).length === 2, 'the comment');
  expect(readableText(discord.messages(news)[1]!)).toContain('Baterai habis');
  expect(discord.threads(news)).toEqual([]);
});

it('a planned activity is a scheduled event, which moves and is cancelled with it', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, news } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await app.say('activity', 'plan', { title: 'Gladi banjir', date: '2036-05-20', location: 'Balai RW 5' });
  await discord.until(() => discord.events(guild).length === 1, 'the event');
  const event = () => discord.events(guild)[0] as { name: string; scheduled_start_time: string; status: number };
  expect([event().name, event().scheduled_start_time.slice(0, 16)]).toEqual(['K-1 Gladi banjir', '2036-05-20T01:00']);
  await app.say('activity', 'edit', { activity: 'K-1', date: '2036-05-21' });
  await discord.until(() => event().scheduled_start_time.startsWith('2036-05-21'), 'the event to move');
  await app.say('activity', 'cancel', { activity: 'K-1', reason: 'Hujan' });
  await discord.until(() => event().status === 4, 'the event to be cancelled');
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('a server that allows no events has the card alone, and nobody is bothered', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, news, store } = app;
  discord.fail({ method: 'POST', route: '/guilds/:guild/scheduled-events', code: 50013 });
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await app.say('activity', 'plan', { title: 'Gladi banjir', date: '2036-05-20' });
  await discord.until(() => discord.messages(news).length === 1, 'the card');
  const { deliveries } = store.tables;
  const state = async () =>
    (await store.read.select().from(deliveries)).find(one => one.topic === 'activity_event')?.state;
  await until(async () => (await state()) !== 'pending', 'the event to be tried');
  expect(await state()).toBe('suppressed');
  expect(discord.events(guild)).toEqual([]);
});
