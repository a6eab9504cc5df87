import { expect, it } from 'vitest';
import { aSlackApp } from './app.ts';

it('R22: naming people costs who names them: a flood asks Slack little, and members can be named all the same', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, say, setUp } = app;
  await setUp();
  await say(budi, 'issue raise "Saluran tersumbat"');
  const asked = () => slack.calls.filter(call => call.method === 'users.info').length;
  const before = asked();
  for (let n = 0; n < 25; n++) {
    const people = Array.from({ length: 40 }, (_, i) => slack.addUser(`Orang${n}x${i}`));
    await say(budi, `issue comment I-1 text:"${people.map(one => `@${one.name}`).join(' ')}"`);
  }
  // 20 at once, and one more every six seconds.
  expect(asked() - before).toBeLessThan(40);
  slack.addUser('Tamu');
  expect((await say(budi, 'issue assign I-1 member:@tamu')).text).toContain('belum dapat dikenali');
  // Somebody else has not used up anything.
  expect((await say(ana, 'issue assign I-1 member:@tamu')).text).toContain('ditangani tamu');
  // Whom the forum knows needs no question.
  expect((await say(budi, 'issue assign I-1 member:@ana')).text).toContain('ditangani Ana');
  const told = asked();
  await say(ana, 'issue assign I-1 member:@tamu');
  expect(asked()).toBe(told);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it('R23, S16: a bot and somebody who is not there are nobody on Slack either', async () => {
  await using app = await aSlackApp();
  const { slack, store, ana, say, setUp } = app;
  await setUp();
  await say(ana, 'issue raise "Saluran tersumbat"');
  expect((await say(ana, `issue assign I-1 member:<@${slack.team.bot.id}>`)).text).toContain('adalah bot');
  const gone = slack.addUser('Pergi');
  slack.change(gone, { deleted: true });
  expect((await say(ana, `issue assign I-1 member:<@${gone.id}>`)).text).toContain('tidak ada di server');
  await say(ana, 'partner add BPBD');
  expect((await say(ana, `forum coordinator <@${gone.id}> action:add`)).text).toContain('tidak ada di server');
  const seat = `partner assign <@${slack.team.bot.id}> partner:BPBD role:representative`;
  expect((await say(ana, seat)).text).toContain('adalah bot');
  const nobody = await say(ana, 'issue assign I-1 member:<@U0NOBODY>');
  expect(nobody.text).toContain('anggota');
  const before = slack.calls.filter(call => call.method === 'users.info').length;
  await say(ana, 'issue assign I-1 member:<@U0NOBODY>');
  expect(slack.calls.filter(call => call.method === 'users.info')).toHaveLength(before);
  expect(await store.read.select().from(store.tables.members)).toHaveLength(1);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});
