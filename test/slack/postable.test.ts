import { expect, it } from 'vitest';
import { aSlackApp } from './app.ts';

it('S2: a channel without the bot is named while setting up, with what to do, and the forum stands', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  slack.addChannel('sepi', { members: [ana], withApp: false });
  const set = (await say(ana, 'forum setup "Forum Uji" announce:#sepi')).text;
  expect(set).toContain('Forum dimulai');
  expect(set).toContain('belum dapat menulis di #sepi');
  expect(set).toContain('/invite @rembug');
  expect((await say(ana, 'forum show')).text).toContain('/invite @rembug');
  const changed = (await say(ana, 'forum settings announce:#kabar')).text;
  expect(changed).toContain('tersimpan');
  expect(changed).not.toContain('/invite');
  expect([slack.failures, app.logged]).toEqual([[], []]);
});

it('S2: where none is named it is the channel in which it is typed, and an archived one is said to be so', async () => {
  await using app = await aSlackApp();
  const { slack, ana, say } = app;
  const quiet = slack.addChannel('sepi', { members: [ana], withApp: false });
  const set = slack.command({ channel: quiet, user: ana, command: '/rembug', text: 'forum setup Uji' });
  expect((await set.answered()).text).toContain('belum dapat menulis di #sepi');
  const old = slack.addChannel('lama', { members: [ana] });
  old.archived = true;
  expect((await say(ana, 'forum settings issues:#lama')).text).toContain('sudah diarsipkan');
});
