import { expect, it } from 'vitest';
import { onTheWire } from './on-wire.ts';

type House = Awaited<ReturnType<typeof onTheWire>>;

/** A form that is sent while the connection breaks: what it asks for is done, and the person never hears of it. */
async function sentInVain(house: House) {
  const { slack, store, budi, say } = house;
  await house.setUp();
  const { view } = await say(budi, 'isu laporkan');
  let release = (): void => {};
  const held = store.write(null, () => new Promise<void>(done => (release = done)));
  const first = slack.submitView(view, { title: 'Banjr di RW 3' }, budi);
  await new Promise(setImmediate);
  slack.socket.drop();
  expect((await first.answered()).problem).toContain('operation_timeout');
  release();
  await held;
  await titles(house, 1);
  await slack.connected();
  return { view };
}

async function titles({ store }: House, least: number): Promise<string[]> {
  const read = async () => (await store.read.select().from(store.tables.issues)).map(one => one.title);
  for (let n = 0; n < 50_000 && (await read()).length < least; n++) await new Promise(setImmediate);
  return read();
}

it('S5: a form that is corrected after the connection broke is another act, and what was typed last is kept', async () => {
  await using house = await onTheWire();
  const { view } = await sentInVain(house);
  const again = await house.slack.submitView(view, { title: 'Banjir di RW 3' }, house.budi).answered();
  expect(again.text).toContain('Banjir di RW 3');
  expect(await titles(house, 2)).toEqual(['Banjr di RW 3', 'Banjir di RW 3']);
});

it('S5: a form that is sent again as it was is the same act', async () => {
  await using house = await onTheWire();
  const { view } = await sentInVain(house);
  const again = await house.slack.submitView(view, {}, house.budi).answered();
  expect(again.text).toContain('Banjr di RW 3');
  expect(await titles(house, 1)).toEqual(['Banjr di RW 3']);
});
