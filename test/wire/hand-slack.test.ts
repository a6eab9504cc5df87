import { expect, it } from 'vitest';
import { SCOPES } from '../../adapters/slack/scopes.ts';
import { registryOf } from '../../src/app/app.ts';
import { aSlackApp, widened } from '../slack/app.ts';
import { until } from '../until.ts';
import { readableText } from './slack/reading.ts';

it('S1: hints name what is typed in Slack, in answers, refusals, help and beside fields', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  const noForum = (await say(ana, 'goal list')).text;
  expect(noForum).toContain('/rembug forum mulai "Nama forum"');
  const set = (await app.setUp()).text;
  expect(set).toContain('/rembug mitra tambah');
  expect(set).not.toMatch(/(?<!\/rembug )\bmitra tambah/);
  expect((await say(ana, 'bantuan kegiatan')).text).toContain('/rembug kegiatan catat "');
  expect((await say(ana, 'kegiatan catt')).text).toMatch(/\/rembug kegiatan catat/);
  // A form says it beside the field.
  const opened = await say(ana, 'activity log');
  const sent = await slack.submitView(opened.view, { title: 'Gladi', date: '2027-05-01' }, ana).answered();
  expect(sent.errors.date).toContain('/rembug kegiatan rencana');
});

it('S15: what only one person sees is changed in place', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  for (let n = 1; n <= 25; n++) await say(ana, `goal add "Tujuan ${n}"`);
  const shown = await say(ana, 'goal list');
  const turned = await slack.click(shown.message, 'Berikutnya', ana).answered();
  expect([turned.responses, turned.told, turned.opened]).toEqual([[], [], []]);
  expect(readableText(shown.message)).toContain('Tujuan 25');
});

it('S8, S15: on Slack too one walks through all that waits, in the same message, each with its own button', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  const OWN = 30;
  for (let n = 1; n <= OWN; n++) {
    await say(ana, `issue raise "Isu ${n}" severity:${n === 12 ? 'critical' : 'low'}`);
    await say(ana, `issue assign I-${n} <@${ana.id}>`);
  }
  const tasks = await say(ana, 'me tasks');
  expect(tasks.text).toContain('I-12 Isu 12');
  const led = new Set<string>();
  for (let page = 1; page <= 4; page++) {
    for (const [id] of JSON.stringify(tasks.message.blocks).matchAll(/1\.is\.I-\d+/g)) led.add(id);
    if (page === 4) break;
    const turned = await slack.click(tasks.message, 'Berikutnya', ana).answered();
    expect([turned.responses, turned.told, turned.opened]).toEqual([[], [], []]);
  }
  expect(led.size).toBe(OWN);
  expect(app.logged).toEqual([]);
});

it('S24: what is written to the bot directly, or behind its name in a channel, is answered', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, channel, news, say } = app;
  await app.setUp();
  await say(ana, 'goal add "Tujuan pertama"');
  expect((await slack.write(ana, 'T-1').answered()).text).toContain('Tujuan pertama');
  expect((await slack.write(ana, 'tugas').answered()).text).toContain('menunggu Anda');
  expect((await slack.write(ana, 'rembuk dulu').answered()).text).toContain('/rembug kegiatan');
  await slack.invite(news, ana).acknowledged();
  const mentioned = await slack.write(budi, 'saya tugas', news).answered();
  expect(mentioned.text).toContain('menunggu Anda');
  expect([mentioned.message.channelId, mentioned.message.ephemeralFor]).toEqual([news.id, budi.id]);
  // Delivered again it is answered no second time; what the bot itself says is no question.
  expect(slack.messages(channel)).toEqual([]);
  expect(app.logged).toEqual([]);
});

it('S24: a workspace without the scopes for it runs on', async () => {
  const scopes = Object.keys(SCOPES).filter(scope => scope !== 'im:history' && scope !== 'app_mentions:read');
  await using app = await aSlackApp('socket', { scopes });
  expect((await app.setUp()).text).toContain('Forum dimulai');
});

it('S17, W27: a message made into an issue is shown whole before it is published, with whose it is and where it stands', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, channel } = app;
  await app.setUp();
  await slack.invite(channel, ana).acknowledged();
  await app.say(budi, 'me show');
  const said = slack.say(channel, budi, 'Tanggul retak di RT 4');
  const form = await slack.messageShortcut('issue_from_message', said, ana).answered();
  expect(JSON.stringify(form.view.json)).toContain('Tanggul retak di RT 4');
  const made = await slack.submitView(form.view, { title: 'Tanggul' }, ana).answered();
  expect(made.text).toContain('Budi');
  expect(made.text).toContain(`/archives/${channel.id}/p${said.ts.replace('.', '')}`);
  // Below the message stands where it went, with a way there.
  const below = () => slack.messages(channel).filter(one => one.threadTs === said.ts);
  await slack.until(() => below().length === 1, 'the line below the message');
  expect(readableText(below()[0]!)).toContain('menjadi isu I-1 Tanggul');
  expect((await slack.click(below()[0]!, 'Lihat isu', budi).answered()).text).toContain('Tanggul retak');
  // Where the bot is not, nothing stands below, and nobody is told of a failure.
  const elsewhere = slack.addChannel('lain', { members: [ana], private: true, withApp: false });
  const there = slack.say(elsewhere, ana, 'Pompa mati');
  const far = await slack.messageShortcut('issue_from_message', there, ana).answered();
  expect((await slack.submitView(far.view, { title: 'Pompa' }, ana).answered()).text).toContain('I-2');
  const { deliveries: d } = app.store.tables;
  const sourced = async () => (await app.store.read.select().from(d)).filter(one => one.topic === 'issue_source');
  await until(
    async () => (await sourced()).map(one => one.state).join() === 'sent,suppressed',
    'what stands below each message',
  );
  // Of an issue that is private nothing stands anywhere.
  const kept = await slack.messageShortcut('issue_from_message', said, ana).answered();
  await widened(slack, kept.view, ana);
  await slack.submitView(kept.view, { title: 'Rahasia', private: 'yes' }, ana).answered();
  expect(await sourced()).toHaveLength(2);
  expect((await app.store.read.select().from(d)).filter(one => one.topic === 'undelivered')).toEqual([]);
  expect(below()).toHaveLength(1);
});

it('S22: nothing becomes a link that nobody typed, an objection names what it is about, and a chart has its words', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, channel, news, say } = app;
  await app.setUp();
  await slack.invite(news, ana).acknowledged();
  await slack.invite(channel, ana).acknowledged();
  await say(ana, 'issue raise "Tanya kemendagri.go.id"');
  const shown = await say(ana, 'issue show I-1');
  expect(shown.text).toContain('kemendagri.go.id');
  expect(JSON.stringify(shown.message.blocks)).not.toMatch(/"type":"link"[^}]*kemendagri/);
  // A sentence in a block is plain text, in which Slack's client looks for no address.
  expect(JSON.stringify(shown.message.blocks)).not.toMatch(/"type":"mrkdwn"/);
  await say(budi, 'me show');
  await say(ana, 'strategy propose "Gladi Sabtu" rationale:perlu basis:member closes:3d urgent:uji');
  const form = await say(budi, 'strategy object S-1');
  expect(JSON.stringify(form.view.json)).toContain('Gladi Sabtu');
  // Where a page begins is nothing that anybody fills in.
  const asked = registryOf().commands.flatMap(command =>
    command.actions.flatMap(action => Object.entries(action.options)),
  );
  for (const [key, { hidden }] of asked)
    if (/^(after|before|page)$/.test(key)) expect([key, hidden]).toEqual([key, true]);
  await say(ana, 'indicator add Relawan frequency:monthly');
  for (const [value, period] of [
    ['3', '2026-09'],
    ['5', '2026-10'],
  ])
    await say(ana, `indicator report N-1 ${value} period:${period}`);
  await say(ana, 'indicator show N-1');
  await slack.until(() => [...slack.world.files.values()].some(file => (file.altText ?? '').length > 10), 'the chart');
  expect(app.logged).toEqual([]);
});
