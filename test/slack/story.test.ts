import { expect, it } from 'vitest';
import { readableText } from '../wire/slack/reading.ts';
import { aSlackApp } from './app.ts';

const HOSTILE = '@channel <!here> *x* `kode` :smile: & <https://jahat.example|klik>';

it('a forum is set up, an activity logged by form, an issue raised and resolved by buttons, and nobody is pinged', async () => {
  await using app = await aSlackApp();
  const { slack, news, ana, budi, say } = app;
  expect((await app.setUp()).text).toContain('Forum Uji');

  const opened = await say(budi, 'kegiatan catat');
  const sent = { title: `Gladi ${HOSTILE}`, date: '2026-11-20' };
  const logged = await slack.submitView(opened.view, sent, budi).answered();
  expect(logged.text).toContain('K-1');
  expect(logged.text).toContain('20 November 2026');
  await slack.until(() => slack.messages(news).length === 1);

  expect((await say(budi, `issue raise "${HOSTILE}" severity:high`)).text).toContain('I-1');
  await slack.until(() => slack.messages(news).length === 2);
  const card = slack.messages(news)[1]!;
  expect((await app.press(card, 'Saya tangani', ana)).text).toContain('I-1');
  await slack.until(() => readableText(card).includes('ditangani'));
  const asked = await app.press(card, 'Selesaikan', ana);
  const resolved = await slack.submitView(asked.view, { resolution: 'Sudah bersih' }, ana).answered();
  expect(resolved.text).toContain('selesai');

  expect([slack.failures, slack.pings, app.logged]).toEqual([[], [], []]);
});
