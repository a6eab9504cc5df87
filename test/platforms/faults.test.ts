import { expect, it } from 'vitest';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp } from '../slack/app.ts';
import { choicesIn } from '../wire/choices.ts';
import { flatten } from '../wire/discord/limits/components.ts';
import { aWorld } from '../world.ts';

const TWO_PARTNERS = ['BPBD', 'PMI'];

it('W1: reports that two partners owe are chosen by period and partner, on the console', async () => {
  await using world = await aWorld();
  await world.all('/forum setup Uji', ...TWO_PARTNERS.map(name => `/partner add ${name}`));
  await world.all('/indicator add Gladi frequency:weekly due_days:0 partner:"BPBD, PMI"');
  const [due] = await world.all('/indicator due');
  expect(due).toContain('[N-1 Gladi · 2026-W48 · BPBD] [N-1 Gladi · 2026-W48 · PMI]');
  const asked = await world.run(':click "N-1 Gladi · 2026-W48 · PMI"');
  expect(asked.text).toContain('Nilai');
  const [reported] = await world.all(':fill nilai=3');
  expect(reported).toContain('Laporan N-1');
  const { reports } = world.store.tables;
  expect((await world.store.read.select().from(reports)).map(one => [one.partner, one.period])).toEqual([
    [2, '2026-W48'],
  ]);
});

it('W1: on Discord', async () => {
  await using app = await aDiscordApp();
  const { discord, say, store, ana } = app;
  await say('forum', 'setup', { name: 'Uji' });
  for (const name of TWO_PARTNERS) await say('partner', 'add', { name });
  await say('indicator', 'add', { name: 'Gladi', frequency: 'weekly', due_days: '0', partner: 'BPBD, PMI' });
  const { message } = await say('indicator', 'due');
  const second = choicesIn(message!.components).find(label => label.endsWith('PMI'))!;
  const form = await discord.select(message!, 'Lapor sekarang', [second], ana).answered();
  await discord.submitModal(form.modal!, { value: '3' }, ana).answered();
  const reports = await store.read.select().from(store.tables.reports);
  expect(reports.map(one => [one.partner, one.period])).toEqual([[2, second.split(' · ')[1]]]);
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('W1: on Slack', async () => {
  await using app = await aSlackApp();
  const { slack, say, store, ana } = app;
  await app.setUp();
  for (const name of TWO_PARTNERS) await say(ana, `partner add ${name}`);
  await say(ana, 'indicator add Gladi frequency:weekly due_days:0 partner:"BPBD, PMI"');
  const { message } = await say(ana, 'indicator due');
  const second = choicesIn(message!.blocks).find(label => label.endsWith('PMI'))!;
  const { view } = await slack.select(message!, 'Lapor sekarang', second, ana).answered();
  await slack.submitView(view!, { value: '3' }, ana).answered();
  const reports = await store.read.select().from(store.tables.reports);
  expect(reports.map(one => [one.partner, one.period])).toEqual([[2, second.split(' · ')[1]]]);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it('W3: a file that is handed out on Discord stands in its message, to be opened', async () => {
  await using app = await aDiscordApp();
  const { discord, say } = app;
  await say('forum', 'setup', { name: 'Uji' });
  await say('activity', 'plan', { title: 'Gladi', date: '2026-12-01' });
  for (const [name, subcommand, options] of [
    ['me', 'export', {}],
    ['report', '', { from: '2026-11-01' }],
    ['activity', 'calendar', { activity: 'K-1' }],
  ] as const) {
    const { message } = await say(name, subcommand, options);
    const shown = flatten(message!.components).filter(one => one.type === 13);
    expect(shown.map(one => (one.file as { url: string }).url)).toEqual(
      message!.attachments.map(one => `attachment://${one.filename}`),
    );
    expect(shown).toHaveLength(1);
  }
  expect([discord.failures, app.logged]).toEqual([[], []]);
});
