import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { enqueue } from '../../src/delivery/outbox.ts';
import { until } from '../until.ts';
import { readableText } from '../wire/discord/compose.ts';
import type { Channel } from '../wire/discord/model.ts';
import { aDiscordApp } from './app.ts';

type App = Awaited<ReturnType<typeof aDiscordApp>>;

/** Puts a reminder of all that Budi (member 2) owes into the outbox, and wakes it. */
async function remind({ store, clock, say }: App, subject: string): Promise<void> {
  const [forum] = await store.read.select().from(store.tables.forums);
  const topic = { kind: 'reports_due', subject };
  await store.write(forum!.id, tx =>
    enqueue(tx, forum!.id, { topic, to: { member: 2 }, due: clock.now(), occurrence: `r${subject}` }),
  );
  await say('forum', 'show');
}

/** A forum in which Budi owes two weekly reports. */
async function owing(app: App): Promise<void> {
  const { say, news, budi } = app;
  await say('forum', 'setup', { name: 'Uji', announce: news });
  await say('partner', 'add', { name: 'A' });
  await say('partner', 'assign', { member: budi, partner: 'A', role: 'representative' });
  for (const name of ['Gladi', 'Pompa'])
    await say('indicator', 'add', { name, frequency: 'weekly', due_days: '0', partner: 'A' });
}

const texts = ({ discord }: App, channel: Channel): string[] => discord.messages(channel).map(readableText);

it('W13: a reminder tells what is still owed, each with its actions, and at last that all is done', async () => {
  await using app = await aDiscordApp();
  const { discord, budi, channel } = app;
  await owing(app);
  await remind(app, 'a');
  const [message] = await discord.until(
    () => discord.directMessages(budi).length === 1 && discord.directMessages(budi),
  );
  for (const words of ['N-1', 'N-2', 'Tunda 1 hari', 'Tidak ada data', 'Bukan tugas saya'])
    expect(JSON.stringify(message!.components)).toContain(words);
  const report = (indicator: string) =>
    discord
      .slash({ channel, user: budi, name: 'indicator', subcommand: 'report', options: { indicator, value: '1' } })
      .answered();
  await report('N-1');
  await discord.until(() => !readableText(message!).includes('N-1'), 'the reminder without what was reported');
  expect(readableText(message!)).toContain('N-2');
  await report('N-2');
  await discord.until(() => readableText(message!).includes('Terima kasih'), 'the reminder that is done');
  expect(JSON.stringify(message!.components)).not.toContain('custom_id');
  expect([discord.directMessages(budi).length, discord.failures, app.logged]).toEqual([1, [], []]);
});

it('W13: a newer reminder takes the place of an older one', async () => {
  await using app = await aDiscordApp();
  const { discord, budi, clock } = app;
  await owing(app);
  await remind(app, 'a');
  await discord.until(() => discord.directMessages(budi).length === 1, 'the first');
  const { posts } = app.store.tables;
  await until(async () => (await app.store.read.select().from(posts)).length, 'the record of the first');
  clock.skip(86_400_000);
  await remind(app, 'b');
  await discord.until(() => discord.directMessages(budi).length === 2, 'the second');
  const [first, second] = discord.directMessages(budi);
  await discord.until(() => readableText(first!).includes('sudah diganti'), 'the older one without buttons');
  expect(readableText(second!)).toContain('N-1');
});

it('W13: in a channel it mentions exactly the person, who alone can use it', async () => {
  await using app = await aDiscordApp();
  const { discord, budi, ana, news } = app;
  await owing(app);
  budi.dmClosed = true;
  await remind(app, 'a');
  const message = await discord.until(
    () => discord.messages(news).find(one => readableText(one).includes('Untuk Budi')),
    'the reminder in the channel',
  );
  expect(discord.pings).toEqual({ everyone: false, roles: [], users: [budi.id] });
  const { deliveries } = app.store.tables;
  const isRecorded = async () =>
    (await app.store.read.select().from(deliveries)).some(one => one.channel && one.member && one.state === 'sent');
  await until(isRecorded, 'the record of whom it is for');
  const refused = await discord.select(message, 'Bukan tugas saya …', ['N-1 Gladi'], ana).answered();
  expect(refused.text).toContain('untuk Budi');
  expect(discord.failures).toEqual([]);
});

it('Y6: a card that a moderator deleted is made anew once, with the present state, and says so', async () => {
  await using app = await aDiscordApp();
  const { discord, news, say, store } = app;
  await say('forum', 'setup', { name: 'Uji', announce: news, issues: news });
  await say('issue', 'raise', { title: 'Sirene rusak' });
  await discord.until(() => discord.messages(news).length === 1, 'the card');
  discord.messages(news)[0]!.deleted = true;
  app.clock.skip(60_000);
  await say('issue', 'resolve', { issue: 'I-1', resolution: 'Diganti' });
  await discord.until(() => texts(app, news).some(one => one.includes('Dibuat ulang')), 'the card made anew');
  expect(texts(app, news).filter(one => one.includes('Sirene rusak'))).toHaveLength(1);
  for (const one of discord.messages(news)) one.deleted = true;
  app.clock.skip(60_000);
  await say('issue', 'reopen', { issue: 'I-1', reason: 'Rusak lagi' });
  const { posts } = store.tables;
  await until(async () => (await store.read.select().from(posts)).length === 0, 'the card to be forgotten');
  expect(texts(app, news).filter(one => one.includes('Dibuat ulang'))).toEqual([]);
});

it('W5, S18: a coordinators’ channel that is gone leads to the coordinators; the others are told once, and can send again', async () => {
  await using app = await aDiscordApp();
  const { discord, store, guild, news, ana, say, channel } = app;
  const room = discord.addChannel({ guild, name: 'koor' });
  await say('forum', 'setup', { name: 'Uji', announce: news, coordinators: room });
  discord.deleteChannel(room);
  discord.deny(news, 'SendMessages');
  await say('issue', 'raise', { title: 'Sirene rusak' });
  await say('issue', 'escalate', { issue: 'I-1', reason: 'Sudah lama' });
  await say('activity', 'log', { title: 'Gladi' });
  const escalated = () => discord.directMessages(ana).filter(one => readableText(one).includes('I-1'));
  await discord.until(() => escalated().length > 0, 'the escalation, directly');
  const notices = () => discord.directMessages(ana).filter(one => readableText(one).includes('tidak sampai'));
  const notice = await discord.until(() => notices()[0], 'the notice');
  expect(readableText(notice)).toContain('#kabar (Discord): Rembug tidak boleh menulis');
  await say('activity', 'log', { title: 'Rapat' });
  expect((await say('forum', 'show')).text).toContain('tidak boleh menulis');
  const listed = await say('reminder', 'list');
  expect(listed.text).toContain('#kabar (Discord)');
  expect(notices()).toHaveLength(1);
  discord.allow(news);
  const { message } = await say('reminder', 'list');
  expect((await discord.click(message!, 'Kirim ulang', ana).answered()).text).toContain('dikirim ulang');
  await discord.until(() => texts(app, news).some(one => one.includes('Rapat')), 'what was not delivered');
  for (const title of ['Gladi', 'Rapat']) expect(texts(app, news).filter(one => one.includes(title))).toHaveLength(1);
  const { deliveries: d, health } = store.tables;
  const lost = await store.read.select().from(d).where(eq(d.state, 'failed'));
  expect(lost.filter(one => !one.elsewhere)).toEqual([]);
  expect((await store.read.select().from(health)).map(one => one.channel)).toEqual([room.id]);
  expect(discord.messages(channel)).toEqual([]);
});

it('W9: an issue in a forum channel gets a tag where one is asked for, is edited when archived, and is put away when closed', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, say } = app;
  const forum = discord.addChannel({ guild, name: 'isu', type: 'forum', tags: ['lain', 'isu'], requireTag: true });
  await say('forum', 'setup', { name: 'Uji', issues: forum });
  await say('issue', 'raise', { title: 'Sirene rusak' });
  const [post] = await discord.until(() => discord.threads(forum).length === 1 && discord.threads(forum), 'the post');
  expect(post!.thread!.appliedTags).toEqual([forum.tags[1]!.id]);
  post!.thread!.archived = true;
  app.clock.skip(60_000);
  await say('issue', 'resolve', { issue: 'I-1', resolution: 'Diganti' });
  await discord.until(() => readableText(discord.messages(post!)[0]!).includes('Diganti'), 'the edited card');
  await discord.until(() => post!.thread!.archived, 'the post put away');
  expect([discord.threads(forum).length, discord.failures]).toEqual([1, []]);
});

it('W9: a post bears the tag of the state that its issue is in', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, say } = app;
  const tags = ['Baru', 'Selesai'];
  const forum = discord.addChannel({ guild, name: 'isu', type: 'forum', tags, requireTag: true });
  const [fresh, solved] = forum.tags.map(one => one.id);
  await say('forum', 'setup', { name: 'Uji', issues: forum });
  await say('issue', 'raise', { title: 'Sirene rusak' });
  const [post] = await discord.until(() => discord.threads(forum).length === 1 && discord.threads(forum), 'the post');
  expect(post!.thread!.appliedTags).toEqual([fresh]);
  app.clock.skip(60_000);
  await say('issue', 'resolve', { issue: 'I-1', resolution: 'Diganti' });
  await discord.until(() => post!.thread!.appliedTags.includes(solved!), 'the tag of the new state');
  expect(post!.thread!.appliedTags).toEqual([solved]);
  expect(discord.failures).toEqual([]);
});

it('W9: tags that people have set stay, also those of which the bot has not heard, and where there is no room for its own', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, say } = app;
  const names = ['Baru', 'Ditangani', 'Selesai', 'RW 3', 'a', 'b', 'c', 'd'];
  const forum = discord.addChannel({ guild, name: 'isu', type: 'forum', tags: names, requireTag: true });
  const [fresh, , solved, ours, ...more] = forum.tags.map(one => one.id);
  await say('forum', 'setup', { name: 'Uji', issues: forum });
  await say('issue', 'raise', { title: 'Sirene rusak' });
  const [post] = await discord.until(() => discord.threads(forum).length === 1 && discord.threads(forum), 'the post');
  post!.thread!.appliedTags = [fresh!, ours!];
  app.clock.skip(60_000);
  await say('issue', 'resolve', { issue: 'I-1', resolution: 'Diganti' });
  await discord.until(() => post!.thread!.appliedTags.includes(solved!), 'the tag of the new state');
  expect(post!.thread!.appliedTags).toEqual([solved, ours]);
  const five = [ours!, ...(more as string[])];
  post!.thread!.appliedTags = [...five];
  app.clock.skip(60_000);
  await say('issue', 'reopen', { issue: 'I-1', reason: 'Rusak lagi' });
  await discord.until(() => readableText(discord.messages(post!)[0]!).includes('baru'), 'the card of the new state');
  expect(post!.thread!.appliedTags).toEqual(five);
  expect(discord.failures).toEqual([]);
});

it('W23: the first line of a message that is too long for a title is asked for, not cut', async () => {
  await using app = await aDiscordApp();
  const { discord, channel, ana, say } = app;
  await say('forum', 'setup', { name: 'Uji' });
  const formOf = async (content: string) => {
    const target = discord.say(channel, ana, content);
    return (await discord.contextCommand({ channel, user: ana, name: 'Jadikan isu', target }).answered()).modal;
  };
  const values = async (content: string) =>
    (await formOf(content)).fields
      .slice(0, 2)
      .map(field => JSON.stringify(field.component).includes(content.slice(0, 150)));
  expect(await values('Sirene di RW 3 rusak')).toEqual([true, true]);
  expect((await values('x'.repeat(300))).filter(Boolean)).toEqual([true]);
});
