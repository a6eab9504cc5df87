import { expect, it } from 'vitest';
import { endlessMaker } from '../reports/slow-maker.ts';
import type { Message } from '../wire/slack/model.ts';
import { readableText } from '../wire/slack/reading.ts';
import { aSlackApp } from './app.ts';

it('Y10: a report and an export tell directly how far they are, are called off by a button, and leave nothing behind', async () => {
  await using app = await aSlackApp('socket', { maker: endlessMaker() });
  await app.setUp();
  const { slack, ana, budi } = app;
  const stands = () => slack.directMessages(ana).find(one => readableText(one).includes('3/12'));
  const calledOff = () => slack.ephemerals(ana).filter(one => readableText(one).includes('tidak jadi')).length;
  for (const ask of ['laporan 1/1/2026', 'saya unduh']) {
    const before = calledOff();
    app.send(ana, ask);
    const told = await slack.until(stands, `how far ${ask} is`);
    expect((await app.say(budi, 'saya hentikan')).text).toContain('Tidak ada berkas');
    await slack.click(told, 'Batal', ana).answered();
    await slack.until(() => calledOff() > before, 'the answer');
    await slack.until(() => !stands(), 'the end of it');
  }
  expect(app.logged).toEqual([]);
});

it('a person is answered directly where the address of their command hangs', async () => {
  await using app = await aSlackApp('socket', { replyTimeoutMs: 20 });
  const { slack, ana, say, send } = app;
  await app.setUp();
  const held = slack.hold({ method: 'response_url' });
  // What was said before may come directly too, where the machine is slow.
  const isAnswer = ({ text }: Message) => text.includes('BPBD');
  const told = await send(ana, 'partner add BPBD').until(one => one.told.some(isAnswer));
  expect(told.told.find(isAnswer)!.ephemeralFor).toBe(null);
  held.release();
  expect((await say(ana, 'partner list')).text).toContain('BPBD');
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it('an answer in the place of what was pressed, of which we heard too late, comes there once more and not directly', async () => {
  await using app = await aSlackApp('socket', { replyTimeoutMs: 1_000 });
  const { slack, ana, say } = app;
  await app.setUp();
  const { message } = await say(ana, 'saya tugas');
  const held = slack.hold({ method: 'response_url', after: true });
  slack.click(message, 'Bantuan', ana);
  await slack.until(() => message.history.length === 2, 'the answer and the same again');
  held.release();
  expect((await say(ana, 'partner list')).text).toContain('mitra');
  expect([slack.directMessages(ana), slack.failures, app.logged]).toEqual([[], [], []]);
});
