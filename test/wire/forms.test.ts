import { expect, it } from 'vitest';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp, widened } from '../slack/app.ts';
import { UNLIMITED } from '../unlimited.ts';

it('S10: an edit that names nothing to change shows the form, filled with what stands; what is left as it is stays', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say, store } = app;
  await app.setUp();
  await say(ana, 'goal add "Desa siaga"');
  await say(ana, 'activity log Gladi participants:12 date:2026-11-20');
  const opened = await say(ana, 'activity edit K-1');
  const form = JSON.stringify(opened.view.json);
  for (const stands of ['Gladi', '2026-11-20', '"12"']) expect(form).toContain(stands);
  expect(form).toContain('K-1 Gladi');
  // Somebody changes the place meanwhile; the form knows nothing of it, and takes nothing back.
  await say(ana, 'activity edit K-1 location:Balai');
  await widened(slack, opened.view, ana);
  const sent = await slack.submitView(opened.view, { participants: '15', result: 'Lancar' }, ana).answered();
  expect(sent.text).toContain('15');
  const { activities, events } = store.tables;
  const [changed] = await store.read.select().from(activities);
  // Where its card stands is a tap away.
  expect(sent.text).toMatch(/Kartunya di kanal: https:\/\/\S+\.slack\.com\/archives\/\w+\/p\d+/);
  expect(changed).toMatchObject({ title: 'Gladi', participants: 15, location: 'Balai', result: 'Lancar' });
  const last = (await store.read.select().from(events)).at(-1)!;
  expect(Object.keys((last.data as { changed: object }).changed).sort()).toEqual(['participants', 'result']);
  // Nothing at all is changed by sending it as it was.
  const again = await say(ana, 'goal edit T-1');
  expect((await slack.submitView(again.view, {}, ana).answered()).text).toContain('Tidak ada yang diubah');
  expect(app.logged).toEqual([]);
});

it('W17, W19, S10: on Discord few things are a menu, the title names the thing, and longer forms keep what stands', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  await app.say('partner', 'add', { name: 'BPBD' });
  await app.say('partner', 'assign', { member: ana, partner: 'M-1', role: 'representative' });
  await app.say('goal', 'add', { title: 'Desa siaga' });
  await app.say('indicator', 'add', { name: 'Relawan', goal: 'T-1', frequency: 'monthly', partner: 'M-1' });
  await app.say('indicator', 'report', { indicator: 'N-1', value: '12', period: '2026-10' });
  const report = await app.say('indicator', 'report', { indicator: 'N-1' });
  expect(report.modal.json).toMatchObject({ title: 'N-1 Relawan' });
  expect(JSON.stringify(report.modal.json)).toContain('Terakhir: 12 (Okt 26)');
  // Without the thing it is asked for by a menu of those that there are.
  const asked = await app.say('indicator', 'report', {});
  expect(JSON.stringify(asked.modal.json)).toContain('"label":"N-1 Relawan"');
  const opened = await app.say('goal', 'edit', { goal: 'T-1' });
  expect(opened.modal.json).toMatchObject({ title: 'T-1 Desa siaga' });
  const done = await discord.submitModal(opened.modal, { description: 'Semua desa punya jalur' }, ana).answered();
  expect(done.text).toContain('Semua desa punya jalur');
  expect(done.text).toContain('Desa siaga');
  // Of a long form the next step shows what stands as well, and asks nothing twice.
  await app.say('activity', 'log', { title: 'Gladi', participants: '12', location: 'Balai' });
  const first = await app.say('activity', 'edit', { activity: 'K-1' });
  const step = await discord.submitModal(first.modal, { title: 'Gladi besar', _more: ['go_on'] }, ana).answered();
  const next = await discord.click(step.message, 'Lanjut', ana).answered();
  expect(JSON.stringify(next.modal.json)).toContain('"value":"12"');
  expect(JSON.stringify(next.modal.json)).not.toMatch(/Gladi besar|Balai/);
  const saved = await discord.submitModal(next.modal, {}, ana).answered();
  for (const word of ['Gladi besar', 'Balai', '12']) expect(saved.text).toContain(word);
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('W16: the form behind the button that mends begins with what is at fault, on either platform', async () => {
  const options = { title: 'Gladi', location: 'Balai', participants: 'banyak', kind: 'training', date: '31/31/2026' };
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana } = app;
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: app.news });
  const refused = await app.say('activity', 'log', options);
  const form = await discord.click(refused.message, 'Perbaiki', ana).answered();
  const asked = form.modal.fields.map(one => one.component.custom_id);
  expect(asked.slice(0, 2).sort()).toEqual(['date', 'participants']);
  expect(JSON.stringify(form.modal.json)).toContain('banyak');
  const saved = await discord.submitModal(form.modal, { date: '20/11/2026', participants: '40' }, ana).answered();
  for (const kept of ['Gladi', 'Balai', '40']) expect(saved.text).toContain(kept);
  expect([discord.failures, app.logged]).toEqual([[], []]);

  await using other = await aSlackApp();
  await other.setUp();
  const typed = 'activity log Gladi location:Balai participants:banyak date:31/31/2026';
  const no = await other.say(other.ana, typed);
  const opened = await other.slack.click(no.message, 'Perbaiki', other.ana).answered();
  const blocks = (opened.view.json as unknown as { blocks: { block_id?: string; type: string }[] }).blocks;
  const inputs = blocks.filter(one => one.type === 'input').map(one => one.block_id);
  expect(inputs.slice(0, 2).sort()).toEqual(['date', 'participants']);
  expect(other.logged).toEqual([]);
});
