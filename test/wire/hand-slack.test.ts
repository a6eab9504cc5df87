import { expect, it } from 'vitest';
import { onTheWire } from '../slack/on-wire.ts';
import { readableText } from './slack/reading.ts';

it('S1: hints name what is typed in Slack, in answers, refusals, help and beside fields', async () => {
  await using app = await onTheWire();
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
  await using app = await onTheWire();
  const { slack, ana, say } = app;
  await app.setUp();
  for (let n = 1; n <= 25; n++) await say(ana, `goal add "Tujuan ${n}"`);
  const shown = await say(ana, 'goal list');
  const turned = await slack.click(shown.message, 'Berikutnya', ana).answered();
  expect([turned.responses, turned.told, turned.opened]).toEqual([[], [], []]);
  expect(readableText(shown.message)).toContain('Tujuan 25');
});
