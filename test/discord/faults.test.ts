import { describe, expect, it } from 'vitest';
import { markStale } from '../../src/delivery/posts.ts';
import { quiet, until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import type { FaultPlan } from '../wire/discord/faults.ts';
import { aDiscordApp } from './app.ts';

type App = Awaited<ReturnType<typeof aDiscordApp>>;

const MESSAGES = '/channels/:channel/messages';
const said = (app: App, name: string, subcommand: string, options: Record<string, unknown> = {}) =>
  app.discord.slash({
    channel: app.channel,
    user: app.ana,
    name,
    subcommand,
    options: options as never,
    permissions: ['ManageGuild'],
  });
const run = (...given: Parameters<typeof said>) => said(...given).answered();
const setUp = (app: App, more = {}) => run(app, 'forum', 'setup', { name: 'Uji', announce: app.news, ...more });
const activities = ({ store }: App) => store.read.select().from(store.tables.activities);

describe('a card gets through once', () => {
  it.each<[string, FaultPlan]>([
    ['after a rate limit of the route', { status: 429, retryAfter: 0.05 }],
    ['after the global rate limit', { status: 429, retryAfter: 0.05, global: true }],
    ['after an error of the server', { status: 500 }],
    ['when the server fails after it had posted it', { status: 502, after: true }],
    ['when the connection breaks', { reset: true }],
  ])('%s', async (_, fault) => {
    await using app = await aDiscordApp();
    const { discord, news } = app;
    await setUp(app);
    const spoilt = discord.fail({ ...fault, method: 'POST', route: MESSAGES });
    expect((await run(app, 'activity', 'log', { title: 'Gladi' })).text).toContain('K-1');
    await discord.until(() => spoilt.hits === 1 && discord.messages(news).length > 0, 'the card');
    await run(app, 'activity', 'log', { title: 'Rapat' });
    await discord.until(() => discord.messages(news).some(one => readableText(one).includes('K-2')), 'the next card');
    expect(discord.messages(news).filter(one => readableText(one).includes('K-1'))).toHaveLength(1);
  });
});

it('a slow Discord delays the card and not the answers', async () => {
  await using app = await aDiscordApp();
  const { discord, news } = app;
  await setUp(app);
  const held = discord.hold({ method: 'POST', route: MESSAGES });
  await run(app, 'activity', 'log', { title: 'Gladi' });
  await held.arrived();
  expect((await run(app, 'activity', 'show', { activity: 'K-1' })).text).toContain('Gladi');
  expect(discord.messages(news)).toEqual([]);
  held.release();
  await discord.until(() => discord.messages(news).length === 1, 'the card');
});

it('a dropped socket is resumed, an ended session begun anew, and what people do goes on', async () => {
  await using app = await aDiscordApp();
  const { discord, adapter } = app;
  await setUp(app);
  discord.gateway.dropSockets();
  await discord.connected();
  expect((await run(app, 'activity', 'log', { title: 'Satu' })).text).toContain('K-1');
  discord.gateway.invalidate(false);
  await discord.until(() => !discord.gateway.connected, 'the end of the session');
  await discord.connected();
  expect((await run(app, 'activity', 'log', { title: 'Dua' })).text).toContain('K-2');
  expect(adapter.health().well).toBe(true);
});

it('an act that took long, for which Discord would not even wait any more, is told of directly', async () => {
  await using app = await aDiscordApp();
  const { discord, store, ana } = app;
  await setUp(app);
  let release = (): void => {};
  app.putOff();
  const held = store.write(null, () => new Promise<void>(done => (release = done)));
  const refused = discord.fail({ method: 'POST', route: '/interactions/', code: 10062 });
  said(app, 'activity', 'log', { title: 'Gladi' });
  await discord.until(() => refused.hits === 1, 'the refused word that it takes longer');
  release();
  await held;
  await discord.until(() => discord.directMessages(ana).length === 1, 'the direct message');
  expect(readableText(discord.directMessages(ana)[0]!)).toContain('K-1');
  expect(app.logged).toEqual([]);
});

it('an answer that comes when Discord takes none any more, or while the bot ends, is told of directly', async () => {
  await using app = await aDiscordApp();
  const { discord, store, adapter, ana } = app;
  await setUp(app);
  let release = (): void => {};
  app.putOff();
  const held = store.write(null, () => new Promise<void>(done => (release = done)));
  const asked = said(app, 'activity', 'log', { title: 'Gladi' });
  await discord.until(() => asked.callbackType === 5, 'the word that it takes longer');
  discord.expire(asked);
  const ended = adapter.stop();
  await discord.until(() => !discord.gateway.connected, 'the end of the session');
  release();
  await Promise.all([held, ended]);
  expect(discord.directMessages(ana).map(one => readableText(one).includes('K-1'))).toEqual([true]);
  expect(app.logged).toEqual([]);
});

it('an answer that comes too late for Discord comes as a direct message: what was done is known', async () => {
  await using app = await aDiscordApp();
  const { discord, ana } = app;
  await setUp(app);
  discord.fail({ method: 'POST', route: '/interactions/', code: 10062 });
  said(app, 'activity', 'log', { title: 'Gladi' });
  await discord.until(() => discord.directMessages(ana).length === 1, 'the direct message');
  expect(readableText(discord.directMessages(ana)[0]!)).toContain('K-1');
  expect((await activities(app)).map(one => one.title)).toEqual(['Gladi']);
  expect(app.logged).toEqual([]);
});

const CALLBACK = { method: 'POST', route: '/interactions/' };

it.each<[string, FaultPlan]>([
  ['breaks', { reset: true }],
  ['ends', { reset: 'closed' }],
  ['ends once the answer is taken', { reset: 'closed', after: true }],
  ['breaks once the answer is taken, and again', { reset: true, after: true, times: 2 }],
])('W6: a connection that %s during the answer: the person is answered all the same, once', async (_, fault) => {
  await using app = await aDiscordApp();
  const { discord, ana } = app;
  await setUp(app);
  const spoilt = discord.fail({ ...CALLBACK, ...fault });
  const asked = said(app, 'activity', 'log', { title: 'Gladi' });
  expect((await asked.answered()).text).toContain('K-1');
  expect((await run(app, 'activity', 'list')).text).toContain('Gladi');
  expect(spoilt.hits).toBeGreaterThan(0);
  expect([(await activities(app)).length, discord.directMessages(ana)]).toEqual([1, []]);
});

it('W6: an answer for which no connection stands comes as a direct message, once', async () => {
  await using app = await aDiscordApp();
  const { discord, ana } = app;
  await setUp(app);
  discord.fail({ ...CALLBACK, reset: 'closed', times: 4 });
  discord.fail({ method: 'POST', route: MESSAGES, reset: 'closed', after: true });
  said(app, 'activity', 'log', { title: 'Gladi' });
  await discord.until(() => discord.directMessages(ana).length > 0, 'the direct message');
  expect((await run(app, 'activity', 'list')).text).toContain('Gladi');
  const told = discord.directMessages(ana).map(one => readableText(one).includes('K-1'));
  expect([told, (await activities(app)).length, app.logged]).toEqual([[true], 1, []]);
});

it('an interaction that another process has answered is done once, and stops nothing', async () => {
  await using app = await aDiscordApp();
  const { discord, ana } = app;
  await setUp(app);
  const spoilt = discord.fail({ method: 'POST', route: '/interactions/', code: 40060 });
  said(app, 'activity', 'log', { title: 'Gladi' });
  await discord.until(() => spoilt.hits === 1, 'the refusal');
  expect((await run(app, 'activity', 'log', { title: 'Rapat' })).text).toContain('Rapat');
  expect((await activities(app)).map(one => one.title)).toEqual(['Gladi', 'Rapat']);
  expect(discord.directMessages(ana)).toEqual([]);
  expect(app.logged.filter(line => !line.includes('interaction failed'))).toEqual([]);
});

it('closed direct messages: what anybody may read stands in the channel, with the name', async () => {
  await using app = await aDiscordApp();
  const { discord, budi, news, store } = app;
  await setUp(app);
  await run(app, 'partner', 'add', { name: 'A' });
  await run(app, 'partner', 'assign', { member: budi, partner: 'A', role: 'representative' });
  budi.dmClosed = true;
  await run(app, 'strategy', 'propose', { title: 'Sirene', rationale: 'x', closes: '3d' });
  const { forums } = store.tables;
  const [forum] = await store.read.select().from(forums);
  const { enqueue } = await import('../../src/delivery/outbox.ts');
  await store.write(forum!.id, tx =>
    enqueue(tx, forum!.id, {
      topic: { kind: 'vote_reminder', subject: '1' },
      to: { member: 2 },
      due: app.clock.now(),
      occurrence: 'o',
    }),
  );
  await run(app, 'forum', 'show');
  await discord.until(
    () => discord.messages(news).some(one => readableText(one).includes('Untuk Budi, yang tidak dapat')),
    'the reminder in the channel',
  );
  // W13: exactly the person who is addressed is mentioned.
  expect(discord.pings).toEqual({ everyone: false, roles: [], users: [budi.id] });
});

describe('where it may not write, the coordinator is told, and everything else goes on', () => {
  it.each<[string, (app: App) => void]>([
    ['a permission is taken away', ({ discord, news }) => discord.deny(news, 'SendMessages')],
    ['the channel is deleted', ({ discord, news }) => discord.deleteChannel(news)],
  ])('%s', async (_, spoil) => {
    await using app = await aDiscordApp();
    const { discord, ana } = app;
    await setUp(app);
    spoil(app);
    expect((await run(app, 'activity', 'log', { title: 'Gladi' })).text).toContain('K-1');
    await discord.until(() => discord.directMessages(ana).length === 1, 'the word to the coordinator');
    expect(readableText(discord.directMessages(ana)[0]!)).toContain('#');
    expect((await run(app, 'activity', 'list')).text).toContain('Gladi');
    expect(discord.directMessages(ana)).toHaveLength(1);
  });
});

it('Y3: a token that is revoked ends the trying: the platform is not well, and nothing is asked again and again', async () => {
  await using app = await aDiscordApp();
  const { discord, adapter } = app;
  await setUp(app);
  await run(app, 'activity', 'log', { title: 'Gladi' });
  await discord.until(() => discord.messages(app.news).length, 'the card');
  const before = discord.requests.length;
  const { identifies } = discord.gateway;
  discord.revokeToken();
  discord.gateway.closeSockets(4004);
  await until(() => !adapter.health().well, 'the end of the session');
  await quiet(() => discord.requests.length, 'what was asked');
  expect(discord.requests.length - before).toBeLessThan(3);
  // What falls due is tried once in a while and waits, however long that takes.
  const { store, clock } = app;
  const [forum] = await store.read.select().from(store.tables.forums);
  for (let minute = 1; minute <= 3; minute++) {
    const asked = discord.requests.length;
    await store.write(forum!.id, async tx => {
      await tx.update(tx.tables.posts).set({ hash: `what stood in minute ${minute}` });
      await markStale(tx, forum!.id, [{ kind: 'activity', subject: '1' }], clock.now());
    });
    clock.skip(60_000);
    await quiet(() => discord.requests.length, 'what was asked then');
    expect(discord.requests.length - asked).toBeLessThan(5);
  }
  expect(discord.requests.slice(before).every(one => one.status === 401)).toBe(true);
  expect((await store.read.select().from(store.tables.deliveries)).filter(one => one.state === 'failed')).toEqual([]);
  expect(discord.gateway.identifies).toBe(identifies);
});
