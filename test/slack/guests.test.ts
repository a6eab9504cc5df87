import { expect, it } from 'vitest';
import { aSlackApp } from './app.ts';

it('who writes from another organisation reads and raises, takes no seat alone, and is no elector unless seated', async () => {
  await using app = await aSlackApp();
  const { slack, store, ana, budi, news, say } = app;
  await say(ana, `forum setup Uji announce:<#${news}>`);
  await say(ana, 'partner add A');
  await say(budi, 'goal list');
  const guest = slack.addPerson('Tamu', { team: 'T9' });
  const seated = slack.addPerson('Mitra', { team: 'T9' });
  expect((await say(guest, 'issue raise "Saluran tersumbat"')).text).toContain('I-1');
  expect((await say(guest, 'partner join A')).text).toContain('Mintalah koordinator');
  expect((await say(seated, 'issue list')).text).toContain('Saluran tersumbat');
  await say(ana, `partner assign <@${seated.id}> partner:A role:anggota`);
  await say(ana, 'strategi usul Gladi rationale:perlu closes:3d basis:anggota urgent:uji');
  const electors = (await store.read.select().from(store.tables.electors)).map(one => one.name);
  expect(electors.sort()).toEqual(['Ana', 'Budi', 'Mitra']);
  await slack.until(() => slack.posts(news).some(one => one.text.includes('S-1')));
  const ballot = slack.posts(news).find(one => one.text.includes('S-1'))!;
  const asked = await slack.click(ballot, 'Setuju', guest);
  expect(asked.text).not.toContain('Suara tercatat');
  expect(slack.faults).toEqual([]);
});
