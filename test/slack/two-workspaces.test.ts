import { expect, it } from 'vitest';
import { aSlackApp, inWindow } from './app.ts';

it('S7: in a shared channel a button inside a window acts in the forum of the window, not in the neighbour’s', async () => {
  await using app = await aSlackApp('socket', { oauth: true });
  const { slack, store, ana } = app;
  const partner = slack.addTeam('Mitra');
  const cici = slack.addUser('Cici', { team: partner, admin: true });
  const own = slack.addChannel('mitra', { team: partner, members: [cici] });
  await app.install();
  await app.install(partner, cici);
  const shared = slack.addChannel('bersama', { members: [ana, cici], sharedWith: [partner] });
  await slack.command({ channel: own, user: cici, command: '/rembug', text: 'forum setup Tetangga' }).answered();
  const inShared = (text: string) => slack.command({ channel: shared, user: ana, command: '/rembug', text }).answered();
  await inShared('forum setup Tuan');
  await inShared('isu laporkan "Pompa rusak"');
  const card = await slack.until(() =>
    slack.messages(shared).find(one => JSON.stringify(one.blocks).includes('Pompa')),
  );

  // Cici, a guest from the neighbour's, acts on the host's card and in the window that it opens.
  const taken = await slack.click(card, 'Saya tangani', cici).answered();
  const window = await inWindow(slack, taken, card.blocks, shared.id);
  const asked = await slack.click(window, 'Selesaikan', cici).answered();
  expect(asked.view.teamId).toBe(slack.team.id);
  const done = await slack.submitView(asked.view, { resolution: 'Sudah diganti' }, cici).answered();
  expect(JSON.stringify(done.view.json)).toContain('I-1');
  expect(JSON.parse(String(done.view.json.private_metadata))).toEqual({ channel: shared.id, window: true });
  const inside = await slack.click(done.view, 'Buka kembali', cici).answered();
  expect(inside.payload).toMatchObject({ team: { id: partner.id }, view: { app_installed_team_id: slack.team.id } });
  await slack.submitView(inside.view, { reason: 'Rusak lagi' }, cici).answered();
  const { forums, issues } = store.tables;
  const host = (await store.read.select().from(forums)).find(one => one.name === 'Tuan')!;
  expect((await store.read.select().from(issues)).map(one => [one.forumId, one.state])).toEqual([
    [host.id, 'in_progress'],
  ]);
  expect([slack.failures, app.logged]).toEqual([[], []]);
});
