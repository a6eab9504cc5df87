import { expect, it } from 'vitest';
import { aSlackApp } from './app.ts';

it('who writes from another organisation reads and raises, takes no seat alone, and is no elector unless seated', async () => {
  await using app = await aSlackApp();
  const { slack, store, ana, budi, news, say } = app;
  const elsewhere = slack.addTeam('Mitra', { installed: false });
  const guest = slack.addUser('Tamu', { team: elsewhere });
  const seated = slack.addUser('Mitra', { team: elsewhere });
  const shared = slack.addChannel('bersama', { members: [ana, budi, guest, seated], sharedWith: [elsewhere] });
  // Slack gives commands to the people of a workspace alone; whoever is from elsewhere mentions the bot.
  const mention = (user: typeof guest, text: string) => slack.write(user, text, shared).answered();
  await app.setUp();
  await say(ana, 'partner add A');
  await say(budi, 'goal list');
  expect((await mention(guest, 'issue raise "Saluran tersumbat"')).text).toContain('I-1');
  expect((await mention(guest, 'partner join A')).text).toContain('Mintalah koordinator');
  expect((await mention(seated, 'issue list')).text).toContain('Saluran tersumbat');
  await say(ana, 'partner assign @mitra partner:A role:anggota');
  await say(ana, 'strategi usul Gladi rationale:perlu closes:3d basis:anggota urgent:uji');
  const electors = (await store.read.select().from(store.tables.electors)).map(one => one.name);
  expect(electors.sort()).toEqual(['Ana', 'Budi', 'mitra']);
  const ballot = await slack.until(() => slack.messages(news).find(one => one.text.includes('S-1')));
  const asked = await app.press(ballot, 'Setuju', guest);
  expect(asked.text).not.toContain('Suara tercatat');
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});
