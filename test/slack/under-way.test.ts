import { expect, it } from 'vitest';
import { endlessMaker } from '../reports/slow-maker.ts';
import { readableText } from '../wire/slack/reading.ts';
import { aSlackApp } from './app.ts';

it('a report tells directly how far it is, is called off by its button, and leaves no such message behind', async () => {
  await using app = await aSlackApp('socket', { maker: endlessMaker() });
  await app.setUp();
  const { slack, ana, budi } = app;
  app.send(ana, 'laporan 1/1/2026');
  await slack.until(() => slack.directMessages(ana).some(one => readableText(one).includes('3/12')), 'how far it is');
  const told = slack.directMessages(ana).find(one => readableText(one).includes('3/12'))!;
  expect((await app.say(budi, 'saya hentikan')).text).toContain('Tidak ada berkas');
  await slack.click(told, 'Batal', ana).answered();
  await slack.until(() => slack.ephemerals(ana).some(one => readableText(one).includes('tidak jadi')), 'the answer');
  await slack.until(() => !slack.directMessages(ana).some(one => readableText(one).includes('3/12')), 'the end of it');
  expect(app.logged).toEqual([]);
});
