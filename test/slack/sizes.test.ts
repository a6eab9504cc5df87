import { expect, it } from 'vitest';
import { rowsOf } from '../../adapters/slack/controls.ts';
import { registryOf } from '../../src/app/app.ts';
import { aSlackApp, inWindow } from './app.ts';

it('S19: what is too large for an acknowledgement over the socket comes into the window just behind it', async () => {
  await using app = await aSlackApp();
  const { slack, say, ana } = app;
  await app.setUp();
  for (let n = 1; n <= 21; n++)
    await say(ana, `kegiatan catat "Gladi ${'evakuasi mandiri '.repeat(5)}${n}" peserta:12`);
  const registry = registryOf();
  const found = registry.find(['activity', 'search']);
  if (found.kind !== 'action') throw new Error(found.kind);
  const does = { action: found.action.id, values: {} };
  const search = { kind: 'button', name: 'search', label: 'Cari', does, style: 'plain' } as const;
  const asked = await say(ana, 'tujuan daftar');
  const window = await inWindow(slack, asked, rowsOf([[search]], registry), app.channel.id);
  const { view } = await slack.click(window, 'Cari', ana).answered();
  await slack.submitView(view, { text: 'gladi' }, ana).answered();
  const shown = () => JSON.stringify(slack.modal(ana)?.json ?? {});
  await slack.until(() => shown().includes('K-21'), 'the list');
  expect(shown()).toContain('1–20 dari 21');
  const sizes = slack.socket.acknowledgements.map(one => Buffer.byteLength(JSON.stringify(one)));
  expect(Math.max(...sizes)).toBeLessThan(20_000);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});
