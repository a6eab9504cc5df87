import { expect, it } from 'vitest';
import { aSlackApp } from './app.ts';

it('what it has taken in is answered before it ends, whatever had still to be looked up', async () => {
  await using app = await aSlackApp();
  const { slack, adapter, budi, send } = app;
  await app.setUp();
  const held = slack.hold({ method: 'users.info' });
  const asked = send(budi, 'kegiatan catat Gladi');
  await held.arrived();
  let ended = false;
  const end = adapter.stop().then(() => {
    ended = true;
  });
  for (let n = 0; n < 50; n++) await new Promise(setImmediate);
  expect(ended).toBe(false);
  held.release();
  await end;
  expect(asked.text).toContain('K-1');
  expect(app.logged).toEqual([]);
});

it('what comes while it ends is not acknowledged: Slack says that it failed, and nothing was done', async () => {
  await using app = await aSlackApp();
  const { slack, store, adapter, budi, send } = app;
  await app.setUp();
  const held = slack.hold({ method: 'users.info' });
  const first = send(budi, 'kegiatan catat Gladi');
  await held.arrived();
  const end = adapter.stop();
  const second = send(budi, 'kegiatan catat Rapat');
  held.release();
  await end;
  expect((await first.answered()).text).toContain('K-1');
  expect((await second.answered()).text).toContain('operation_timeout');
  const rows = await store.read.select().from(store.tables.activities);
  expect(rows.map(one => one.title)).toEqual(['Gladi']);
});
