import { expect, it } from 'vitest';
import { enqueue } from '../../src/delivery/outbox.ts';
import { refusedSince } from '../../src/domain/facts.ts';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp } from '../slack/app.ts';
import { until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import { readableText as onSlack } from '../wire/slack/reading.ts';

const logOf = (logged: readonly string[]) =>
  logged.map(line => JSON.parse(line) as { message: string; topic?: string; problems?: string; inWords?: boolean });

it('W2: a card that Discord does not take as it is made is sent in words, and the log names its topic', async () => {
  await using app = await aDiscordApp();
  const { discord, say, news } = app;
  await say('forum', 'setup', { name: 'Uji', announce: news });
  discord.fail({ method: 'POST', route: '/channels/:channel/messages', code: 50035 });
  await say('activity', 'log', { title: 'Gladi' });
  await discord.until(() => discord.messages(news).length === 1, 'the card');
  const [card] = discord.messages(news);
  expect(readableText(card!)).toContain('K-1');
  expect(card!.components.map(one => one.type)).toEqual([10]);
  while (!app.logged.length) await say('activity', 'show', { activity: 'K-1' });
  expect(logOf(app.logged)).toEqual([
    expect.objectContaining({ topic: 'activity', inWords: true, problems: expect.stringContaining('Discord 50035') }),
  ]);
  const noted = await refusedSince(app.store, new Date(app.clock.now().getTime() - 60_000));
  expect(noted).toEqual([{ platform: 'discord', topic: 'activity', at: expect.any(Date) }]);
});

it('W2: an answer that Discord does not take is given in words, and so is one that was put off', async () => {
  await using app = await aDiscordApp();
  const { discord, say, store } = app;
  await say('forum', 'setup', { name: 'Uji' });
  discord.fail({ method: 'POST', route: '/interactions/', code: 50035 });
  expect((await say('activity', 'log', { title: 'Gladi' })).text).toContain('K-1');
  let release = (): void => {};
  const held = store.write(null, () => new Promise<void>(done => (release = done)));
  app.putOff();
  discord.fail({ method: 'PATCH', route: '/webhooks/', code: 50035 });
  const { channel, ana: user } = app;
  const asked = discord.slash({ channel, user, name: 'activity', subcommand: 'log', options: { title: 'Rapat' } });
  await discord.until(() => asked.callbackType === 5, 'the word that it takes longer');
  release();
  await held;
  expect((await asked.answered()).text).toContain('K-2');
  expect(logOf(app.logged).map(one => one.message)).toEqual(Array(2).fill('discord refused an answer as it is made'));
});

it('W2, Y2: what we made badly counts as nobody’s refusal, and the coordinators are told', async () => {
  await using app = await aDiscordApp();
  const { discord, say, store, ana, news } = app;
  await say('forum', 'setup', { name: 'Uji', announce: news });
  await say('partner', 'add', { name: 'BPBD' });
  await say('partner', 'assign', { member: ana, partner: 'BPBD', role: 'representative' });
  await say('indicator', 'add', { name: 'Gladi', frequency: 'weekly', due_days: '0', partner: 'BPBD' });
  const direct = await store.read.select().from(store.tables.forums);
  discord.fail({ method: 'POST', route: '/channels/:channel/messages', code: 50035, times: 4 });
  const topic = { kind: 'reports_due', subject: 'x' };
  await store.write(direct[0]!.id, tx =>
    enqueue(tx, direct[0]!.id, { topic, to: { member: 1 }, due: app.clock.now(), occurrence: 'reminder' }),
  );
  await say('me', 'tasks');
  while (!logOf(app.logged).some(one => one.topic === 'reports_due')) await say('me', 'tasks');
  await discord.until(() => discord.directMessages(ana).length === 1, 'the note about it');
  const accounts = await store.read.select().from(store.tables.accounts);
  expect(accounts.map(one => one.refusals)).toEqual([0]);
  const rows = await store.read.select().from(store.tables.deliveries);
  expect(rows.find(one => one.topic === 'reports_due')!.reason).toContain('invalid: Discord 50035');
});

it('W2: Slack’s answers and cards are given in words where it does not take them', async () => {
  await using app = await aSlackApp();
  const { slack, say, ana, news } = app;
  await app.setUp();
  slack.fail({ method: 'chat.postMessage', channel: news.id, error: 'invalid_blocks' });
  slack.fail({ method: 'response_url', status: 400 });
  slack.fail({ method: 'chat.postMessage', channel: ana.id, error: 'invalid_blocks' });
  void say(ana, 'kegiatan catat Gladi').catch(() => undefined);
  await slack.until(() => slack.messages(news).length && slack.directMessages(ana).length, 'the card and the answer');
  const [card] = slack.messages(news);
  const [answer] = slack.directMessages(ana);
  for (const one of [card!, answer!]) {
    expect(onSlack(one)).toContain('K-1');
    expect(one.blocks).toEqual([]);
  }
  await until(() => app.logged.length >= 2, 'both words in the log');
  expect(logOf(app.logged).map(({ message, topic }) => [message, topic])).toEqual(
    expect.arrayContaining([
      ['a platform refused a message as it is made', 'activity'],
      ['slack refused an answer as it is made', undefined],
    ]),
  );
});
