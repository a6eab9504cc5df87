import { expect, it, vi } from 'vitest';
import { until } from '../until.ts';
import { aSlackApp } from './app.ts';

type App = Awaited<ReturnType<typeof aSlackApp>>;

/** A form that is sent while the connection breaks: what it asks for is done, and the person never hears of it. */
async function sentInVain(app: App) {
  const { slack, store, budi, say } = app;
  await app.setUp();
  const { view } = await say(budi, 'isu laporkan');
  const [forum] = await store.read.select().from(store.tables.forums);
  let release = (): void => {};
  const held = store.write(null, () => new Promise<void>(done => (release = done)));
  const asked = vi.spyOn(store, 'write');
  const first = slack.submitView(view, { title: 'Banjr di RW 3' }, budi);
  // What breaks before it has arrived is lost: the act waits for the database by then.
  await until(() => asked.mock.calls.some(([key]) => key === forum!.id), 'the act');
  asked.mockRestore();
  slack.socket.drop();
  expect((await first.answered()).problem).toContain('operation_timeout');
  release();
  await held;
  await titles(app, 1);
  await slack.connected();
  return { view };
}

async function titles({ store }: App, least: number): Promise<string[]> {
  const read = async () => (await store.read.select().from(store.tables.issues)).map(one => one.title);
  return until(async () => {
    const titled = await read();
    return titled.length >= least && titled;
  }, `${least} issues`);
}

it('S5: a form that is corrected after the connection broke is another act, and what was typed last is kept', async () => {
  await using app = await aSlackApp();
  const { view } = await sentInVain(app);
  const again = await app.slack.submitView(view, { title: 'Banjir di RW 3' }, app.budi).answered();
  expect(again.text).toContain('Banjir di RW 3');
  // Both stand: whoever corrected the words is told of the one that they never saw answered.
  expect(again.text).toMatch(/sudah tersimpan sebelumnya sebagai: .*I-1/s);
  expect(await titles(app, 2)).toEqual(['Banjr di RW 3', 'Banjir di RW 3']);
});

it('S5: a form that is sent again as it was is the same act', async () => {
  await using app = await aSlackApp();
  const { view } = await sentInVain(app);
  const again = await app.slack.submitView(view, {}, app.budi).answered();
  expect(again.text).toContain('Banjr di RW 3');
  expect(again.text).not.toContain('tersimpan sebelumnya');
  expect(await titles(app, 1)).toEqual(['Banjr di RW 3']);
});
