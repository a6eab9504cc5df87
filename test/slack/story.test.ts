import { expect, it } from 'vitest';
import { aSlackApp } from './app.ts';
import { shown } from './block-kit.ts';

const HOSTILE = '@channel <!here> *x* `kode` :smile: & <https://jahat.example|klik>';

it('a forum is set up, an activity logged by form, an issue raised and resolved by buttons, and nobody is pinged', async () => {
  await using app = await aSlackApp();
  const { slack, news, ana, budi, say } = app;
  expect((await say(ana, `forum setup "Forum Uji" announce:<#${news}|kabar>`)).text).toContain('Forum Uji');

  const opened = await say(budi, 'kegiatan catat');
  expect(opened.window).toBeTruthy();
  const logged = await slack.submit(opened.window!, { title: `Gladi ${HOSTILE}`, date: '2026-11-20' }, budi);
  expect(logged.text).toContain('K-1');
  expect(logged.text).toContain('20 November 2026');
  await slack.until(() => slack.posts(news).length === 1);

  expect((await say(budi, `issue raise "${HOSTILE}" severity:high`)).text).toContain('I-1');
  await slack.until(() => slack.posts(news).length === 2);
  const card = slack.posts(news)[1]!;
  expect((await slack.click(card, 'Saya tangani', ana)).text).toContain('I-1');
  await slack.until(() => shown(card.blocks).includes('ditangani'));
  const asked = await slack.click(card, 'Selesaikan', ana);
  const resolved = await slack.submit(asked.window!, { resolution: 'Sudah bersih' }, ana);
  expect(resolved.text).toContain('selesai');

  expect(slack.faults).toEqual([]);
  expect(app.logged).toEqual([]);
});
