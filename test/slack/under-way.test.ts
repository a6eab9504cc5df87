import { expect, it } from 'vitest';
import { endlessMaker } from '../reports/slow-maker.ts';
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
