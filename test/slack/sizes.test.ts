import { expect, it } from 'vitest';
import { aSlackApp } from './app.ts';

it('S19: what is too large for an acknowledgement over the socket comes into the window just behind it', async () => {
  await using app = await aSlackApp();
  const { slack, say, ana } = app;
  await app.setUp();
  for (let n = 1; n <= 21; n++)
    await say(ana, `kegiatan catat "Gladi ${'evakuasi mandiri '.repeat(5)}${n}" peserta:12`);
  const asked = await say(ana, 'kegiatan cari');
  const { view } = asked;
  await slack.submitView(view!, { text: 'gladi' }, ana).answered();
  const shown = () => JSON.stringify(slack.modal(ana)?.json ?? {});
  await slack.until(() => shown().includes('K-21'), 'the list');
  expect(shown()).toContain('1–20 dari 21');
  const sizes = slack.socket.acknowledgements.map(one => Buffer.byteLength(JSON.stringify(one)));
  expect(Math.max(...sizes)).toBeLessThan(20_000);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});
