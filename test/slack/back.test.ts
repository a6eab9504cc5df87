import { expect, it } from 'vitest';
import { until } from '../until.ts';
import { readableText } from '../wire/slack/reading.ts';
import { aSlackApp } from './app.ts';

it('S3, Y5: uninstalled and installed again, the workspace finds its forum, with its channels and cards', async () => {
  await using app = await aSlackApp('socket', { oauth: true });
  const { slack, store, ana, news, say } = app;
  await app.install();
  await app.setUp();
  await say(ana, 'isu laporkan "Sirene rusak"');
  const cards = () => slack.messages(news).filter(one => readableText(one).includes('Sirene rusak'));
  await slack.until(() => cards().length === 1, 'the card');

  const { places } = store.tables;
  const isOut = async () => (await store.read.select().from(places))[0]!.leftAt !== null;
  slack.uninstall();
  await until(isOut, 'the bot to be out');

  expect((await app.install()).status).toBe(200);
  expect(await isOut()).toBe(false);
  // Slack refused our token until now: the workspace is tried again after minutes.
  app.clock.skip(11 * 60_000);
  await slack.until(() => slack.messages(news).some(one => readableText(one).includes('Rembug kembali')), 'hello');
  const list = app.send(ana, 'isu daftar');
  await list.until(one => one.text.includes('Sirene rusak'), 'the list');
  app.clock.skip(60_000);
  const resolved = app.send(ana, 'issue resolve I-1 resolution:Diganti');
  await resolved.until(one => one.text.includes('Diganti'), 'the answer');
  await slack.until(() => cards().length === 1 && readableText(cards()[0]!).includes('Diganti'), 'the card, edited');
  expect(slack.failures).toEqual([]);
});
