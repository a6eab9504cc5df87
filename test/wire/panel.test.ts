import { expect, it } from 'vitest';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp } from '../slack/app.ts';
import { UNLIMITED } from '../unlimited.ts';
import { readableText } from './discord/compose.ts';
import { readableText as readableOnSlack } from './slack/reading.ts';

it('a panel stands in the channel in which it is asked for, and is kept current with what is open', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana, budi, channel, news } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  const refused = await discord.slash({ channel, user: budi, name: 'forum', subcommand: 'panel' }).answered();
  expect(refused.text).toContain('koordinator');
  await app.say('forum', 'panel');
  const posted = () => discord.messages(channel).filter(one => !one.ephemeralFor && one.author === discord.world.bot);
  await discord.until(() => posted().length === 1, 'the panel');
  const panel = posted()[0]!;
  expect(readableText(panel)).toContain('Saat ini tidak ada yang menunggu');
  // New things stand in it by themselves, and what is over goes.
  await app.say('issue', 'raise', { title: 'Tanggul retak' });
  await app.say('activity', 'plan', { title: 'Gladi banjir', date: '2027-05-01' });
  app.clock.skip(10_000);
  await app.say('me', 'show');
  await discord.until(() => readableText(panel).includes('I-1 Tanggul retak'), 'the issue in the panel');
  await discord.until(() => readableText(panel).includes('K-1 Gladi banjir'), 'the activity in the panel');
  // Its buttons are everybody's own.
  expect((await discord.click(panel, 'Tugas saya', budi).answered()).ephemeral).toBe(true);
  const form = await discord.click(panel, 'Laporkan isu', budi).answered();
  expect((await discord.submitModal(form.modal, { title: 'Pompa mati' }, budi).answered()).text).toContain('I-2');
  // Asked for again it stays one message.
  await app.say('forum', 'panel');
  app.clock.skip(10_000);
  await app.say('issue', 'resolve', { issue: 'I-1', resolution: 'Ditambal' });
  await discord.until(() => !readableText(panel).includes('I-1'), 'the resolved issue to go');
  expect(posted()).toHaveLength(1);
  expect([discord.pings.users, discord.failures, app.logged]).toEqual([[], [], []]);
  expect(ana.id).not.toBe(budi.id);
});

it('on Slack too a panel is one message, which is kept current', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, channel, say } = app;
  await app.setUp();
  await slack.invite(channel, ana).acknowledged();
  await say(ana, 'forum panel');
  const posted = () => slack.messages(channel).filter(one => one.author.isBot && one.ephemeralFor === null);
  await slack.until(() => posted().length === 1, 'the panel');
  const panel = posted()[0]!;
  await say(ana, 'issue raise "Tanggul retak"');
  app.clock.skip(10_000);
  await say(ana, 'forum panel');
  await slack.until(() => readableOnSlack(panel).includes('I-1 Tanggul retak'), 'the issue in the panel');
  // Its buttons are everybody's own, and answered for that person's eyes.
  const form = await app.press(panel, 'Laporkan isu', budi);
  const sent = await slack.submitView(form.view, { title: 'Pompa mati' }, budi).answered();
  expect([sent.text.includes('I-2'), sent.message.ephemeralFor]).toEqual([true, budi.id]);
  expect(posted()).toHaveLength(1);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it('a role is mentioned in early warnings alone, on Discord', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, guild, news } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  const role = discord.addRole(guild, 'Siaga');
  const everyone = guild.roles.get(guild.id);
  if (everyone) expect((await app.say('forum', 'alerts', { role: everyone })).text).toContain('bukan semua orang');
  expect((await app.say('forum', 'alerts', { role })).text).toContain('@Siaga');
  await app.say('activity', 'log', { title: 'Gladi' });
  const draft = await app.say('forum', 'announce', { text: 'Kerja bakti Sabtu' });
  await discord.click(draft.message, 'Ya, kirim', app.ana).answered();
  await discord.until(() => discord.messages(news).length === 2, 'the announcement');
  expect(discord.pings.roles).toEqual([]);
  const warning = { text: 'Air naik', urgency: 'early_warning', reason: 'mendesak' };
  const alert = await app.say('forum', 'announce', warning);
  await discord.click(alert.message, 'Ya, kirim', app.ana).answered();
  await discord.until(() => discord.messages(news).length === 3, 'the warning');
  expect([discord.pings.roles, discord.pings.everyone, discord.pings.users]).toEqual([[role.id], false, []]);
  // Taken away again, nobody is mentioned.
  const off = await app.say('forum', 'alerts');
  expect((await discord.click(off.message, 'Jangan sebut siapa pun', app.ana).answered()).text).toContain('belum ada');
  expect(discord.failures).toEqual([]);
});

it('a user group is mentioned in early warnings alone, on Slack', async () => {
  await using app = await aSlackApp();
  const { slack, ana, news, say } = app;
  await app.setUp();
  await slack.invite(news, ana).acknowledged();
  expect((await say(ana, 'forum alerts role:@siaga')).text).toContain('peran atau grup');
  const set = slack.command({
    channel: app.channel,
    user: ana,
    command: '/rembug',
    escape: false,
    text: 'forum alerts role:<!subteam^S0123|@siaga>',
  });
  expect((await set.answered()).text).toContain('@siaga');
  const alert = await say(ana, 'forum announce "Air naik" urgency:early_warning reason:mendesak');
  await slack.click(alert.message, 'Ya, kirim', ana).answered();
  await slack.until(() => slack.messages(news).length === 1, 'the warning');
  const [warning] = slack.messages(news);
  expect(JSON.stringify(warning!.blocks)).toContain('<!subteam^S0123>');
  expect(readableOnSlack(warning!)).toContain('Air naik');
  expect(app.logged).toEqual([]);
});
