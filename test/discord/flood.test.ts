import { expect, it } from 'vitest';
import { quiet, until } from '../until.ts';
import { aDiscordApp } from './app.ts';

const LIMITS = { running: 4, runningOfOne: 2, waiting: 8, waitingOfOne: 4, waitMs: 600_000 };

/** Holds the forum's units of work until `release` is called. */
async function busyForum({ store }: Awaited<ReturnType<typeof aDiscordApp>>) {
  const [forum] = await store.read.select().from(store.tables.forums);
  let release = (): void => {};
  const held = new Promise<void>(done => {
    release = done;
  });
  const done = store.write(forum!.id, () => held);
  return async (): Promise<void> => {
    release();
    await done;
  };
}

it('Y8: what waits for the database is put off in time; what is too much is refused kindly and is not saved', async () => {
  await using app = await aDiscordApp({ queueLimits: LIMITS });
  const { discord, store, channel, ana, budi } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji' });
  const free = await busyForum(app);
  app.putOff();
  const log = (n: number) => {
    const options = { title: `Gladi ${n}` };
    const user = n % 2 ? ana : budi;
    return discord.slash({ channel, user, name: 'activity', subcommand: 'log', options });
  };
  const all = Array.from({ length: 9 }, (_, n) => log(n));
  // Two are in hand and four wait; three are told at once.
  for (const one of all.slice(6)) expect((await one.answered()).text).toContain('Rembug sedang sangat sibuk');
  for (const one of all.slice(0, 6)) expect((await one.acknowledged()).callbackType).toBe(5);
  await free();
  for (const one of all.slice(0, 6)) expect((await one.answered()).text).toContain('tercatat');
  const stored = await store.read.select().from(store.tables.activities);
  expect(stored.map(one => one.title).sort()).toEqual(all.slice(0, 6).map((_, n) => `Gladi ${n}`));
});

it('Y8: a form that the database holds up is put off, and a button opens it afterwards', async () => {
  await using app = await aDiscordApp({ queueLimits: { ...LIMITS, runningOfOne: 1 } });
  const { discord, channel, ana } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji' });
  const free = await busyForum(app);
  const wait = app.putOff();
  const log = (options: Record<string, string>) =>
    discord.slash({ channel, user: ana, name: 'activity', subcommand: 'log', options });
  const first = log({ title: 'Gladi' });
  const form = log({});
  expect((await form.acknowledged()).callbackType).toBe(5);
  await free();
  await first.answered();
  await form.answered();
  wait();
  const opened = await discord.click(form.message, 'Perbaiki', ana).until(one => one.modalJson !== null, 'the form');
  expect(opened.modal.fields.length).toBeGreaterThan(0);
});

it('Y8: a Discord that is slow is asked 64 first words at once, whatever comes; all are answered in the end', async () => {
  await using app = await aDiscordApp({ queueLimits: { ...LIMITS, running: 1, runningOfOne: 1 } });
  const { discord, channel, ana } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji' });
  const free = await busyForum(app);
  const callback = { method: 'POST', route: '/interactions/:interaction/:token/callback' } as const;
  const held = discord.hold(callback);
  const log = (n: number) =>
    discord.slash({ channel, user: ana, name: 'activity', subcommand: 'log', options: { title: `Gladi ${n}` } });
  // One is in hand and four wait; all the others are refused at once.
  const all = Array.from({ length: 85 }, (_, n) => log(n));
  // The client asks again where the machine is slow: a call is told by its address.
  const onTheirWay = () =>
    new Set(discord.requests.flatMap(one => (one.route === callback.route && one.status === 0 ? [one.path] : []))).size;
  // A call that only arrives is no change that wakes anybody.
  await until(() => onTheirWay() >= 64, '64 first words');
  await quiet(() => discord.requests.length, 'the calls');
  expect(onTheirWay()).toBe(64);
  held.release();
  for (const one of all.slice(5)) expect((await one.answered()).text).toContain('Rembug sedang sangat sibuk');
  await free();
  for (const one of all.slice(0, 5)) expect((await one.answered()).text).toContain('tercatat');
});

it('Y8: a bot that Discord puts off as a whole still gives the answers that came late', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, ana, news } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  const posts = `/channels/${news.id}/messages`;
  discord.fail({ method: 'POST', route: posts, status: 429, global: true, retryAfter: 3_600 });
  const proposal = { title: 'Sirene', rationale: 'x', closes: '3d', basis: 'member', quorum: '1', urgent: 'uji' };
  await app.say('strategy', 'propose', proposal);
  await discord.until(() => discord.requests.some(one => one.status === 429), 'the bot to be put off');
  const free = await busyForum(app);
  app.putOff();
  const log = discord.slash({ channel, user: ana, name: 'activity', subcommand: 'log', options: { title: 'Gladi' } });
  expect((await log.acknowledged()).callbackType).toBe(5);
  await free();
  expect((await log.answered()).text).toContain('tercatat');
  expect(discord.messages(news)).toEqual([]);
});
