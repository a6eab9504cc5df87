import { expect, it } from 'vitest';
import { aSlackApp } from '../slack/app.ts';

it('S10, S12 on Slack: edits show what stands, limits are the rules’ own, and all faults are said at once', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  await app.setUp();
  await say(ana, 'partner add BPBD sector:government contact:Sari');
  await say(ana, 'indicator add Relawan frequency:monthly unit:orang');
  for (const [line, ...stand] of [
    ['partner edit M-1', 'BPBD', 'Sari'],
    ['indicator edit N-1', 'Relawan', 'orang'],
    ['forum settings', 'Forum Uji'],
  ] as const) {
    const form = JSON.stringify((await say(ana, line)).view.json);
    for (const value of stand) expect([line, form.includes(value)]).toEqual([line, true]);
  }
  const form = await say(ana, 'activity log');
  const fields = (form.view.json as unknown as { blocks: { block_id: string; element: Record<string, unknown> }[] })
    .blocks;
  const limit = (id: string, key: string) => fields.find(one => one.block_id === id)!.element[key];
  expect([limit('title', 'max_length'), limit('participants', 'min_value')]).toEqual([200, '0']);
  const refused = await slack.submitView(form.view, { title: 'Gladi', date: '2027-05-01' }, ana).answered();
  expect([Object.keys(refused.errors), slack.modal(ana)]).toEqual([['date'], form.view]);
  const typed = await say(ana, 'activity log Gladi date:"31 februari" participants:banyak');
  for (const fault of ['31 februari', 'banyak']) expect(typed.text).toContain(fault);
  expect(typed.text.length).toBeLessThan(600);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});
