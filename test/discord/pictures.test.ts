import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { noPainter } from '../charts/failing.ts';
import { readableText } from '../wire/discord/compose.ts';
import type { MessageContent } from '../wire/discord/model.ts';
import { picturesIn } from '../wire/discord/pictures.ts';
import { aDiscordApp } from './app.ts';

type App = Awaited<ReturnType<typeof aDiscordApp>>;

/** A forum with an indicator that was reported once. */
async function reported(app: App): Promise<void> {
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  const agreed = { unit: 'orang', frequency: 'monthly', baseline: '1850', target: '3000', due: '31/12/2099' };
  await app.say('indicator', 'add', { name: 'Akses pangan', ...agreed });
  await app.say('indicator', 'report', { indicator: 'N-1', value: '2480', period: 'lalu' });
}

/** Votes on a proposal and closes it; its ballot and its outcome stand in the channel of news. */
async function voted(app: App): Promise<void> {
  const { discord, news } = app;
  const rule = { basis: 'member', quorum: '1', method: 'majority', closes: '3d', urgent: 'uji' };
  await app.say('strategy', 'propose', { title: 'Sirene', change: 'Sirene baru', rationale: 'x', ...rule });
  await app.say('strategy', 'vote', { strategy: 'S-1', choice: 'agree' });
  await app.say('strategy', 'close', { strategy: 'S-1', reason: 'Semua sudah memilih' });
  await discord.until(() => said(app).some(text => text.includes('S-1: lulus')), 'the outcome');
  await discord.until(() => discord.messages(news).some(one => one.history.length > 0), 'the ballot to be edited');
}

const said = ({ discord, news }: App): string[] => discord.messages(news).map(readableText);
const sizeOf = (bytes: Uint8Array): number => PNG.sync.read(Buffer.from(bytes)).width;

it('an answer says its words at once, and its picture follows with its own words, for that person alone', async () => {
  await using app = await aDiscordApp();
  await reported(app);
  const shown = await app.say('indicator', 'show', { indicator: 'N-1' });
  expect([shown.callbackType, shown.ephemeral]).toEqual([4, true]);
  await shown.until(one => picturesIn(one.message).length === 1, 'the picture');
  const [picture] = picturesIn(shown.message);
  expect(picture!.alt).toContain('2.480 orang');
  expect(sizeOf(picture!.bytes)).toBe(800);
  // The words came first and whole; they and the table stay beside the picture.
  const before = shown.message.history[0]!;
  expect([picturesIn(before).length, readableText(before).includes('2.480 orang')]).toEqual([0, true]);
  expect(shown.text).toContain('2.480 orang');
  expect([app.discord.failures, app.logged]).toEqual([[], []]);
});

it('a closed vote stands with its picture in its ballot, which is edited, and in its outcome', async () => {
  await using app = await aDiscordApp();
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  await voted(app);
  const all = (): MessageContent[] => app.discord.messages(app.news).filter(one => picturesIn(one).length === 1);
  await app.discord.until(() => all().length === 2, 'two pictures');
  for (const one of all()) expect(picturesIn(one)[0]!.alt).toContain('lulus; setuju 1');
  expect(app.logged).toEqual([]);
});

it('a post waits for its pictures no longer than it may', async () => {
  const paint = () => ({ ...noPainter(), png: () => new Promise<Uint8Array>(() => {}) });
  await using app = await aDiscordApp({ paint, pictureTimeouts: { post: 1, answer: 1 } });
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  await voted(app);
  await app.discord.until(() => JSON.stringify(app.discord.messages(app.news)).includes('setuju 1'), 'the outcome');
  expect(app.discord.messages(app.news).flatMap(picturesIn)).toEqual([]);
});

it('a post of a forum channel has its picture', async () => {
  await using app = await aDiscordApp();
  const { discord, guild } = app;
  const forum = discord.addChannel({ guild, name: 'keputusan', type: 'forum' });
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: forum });
  await app.say('strategy', 'propose', {
    title: 'Sirene',
    change: 'x',
    rationale: 'x',
    basis: 'member',
    quorum: '1',
    urgent: 'uji',
  });
  await app.say('strategy', 'vote', { strategy: 'S-1', choice: 'agree' });
  await app.say('strategy', 'close', { strategy: 'S-1', reason: 'Semua sudah memilih' });
  const posts = () => discord.threads(forum).flatMap(one => discord.messages(one.id));
  await discord.until(() => posts().some(one => picturesIn(one).length === 1), 'a post with a picture');
});

it('where files are not allowed, and where nothing can be painted, the words go alone', async () => {
  await using app = await aDiscordApp();
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  app.discord.deny(app.news, 'AttachFiles');
  await voted(app);
  expect(
    app.discord
      .messages(app.news)
      .flatMap(picturesIn)
      .map(one => one.alt),
  ).toEqual([]);
  expect(said(app).join()).toContain('setuju 1');

  await using blind = await aDiscordApp({ paint: noPainter });
  await reported(blind);
  const shown = await blind.say('indicator', 'show', { indicator: 'N-1' });
  expect([picturesIn(shown.message), shown.message.history]).toEqual([[], []]);
  expect(shown.text).toContain('2.480 orang');
  await voted(blind);
  expect(blind.discord.messages(blind.news).flatMap(picturesIn)).toEqual([]);
  expect([blind.discord.failures, blind.logged]).toEqual([[], []]);
});
