import { expect, it } from 'vitest';
import { aDiscordApp } from './app.ts';

it('R23, W29: neither a bot nor somebody who is not on the server becomes a member, a holder or an elector', async () => {
  await using app = await aDiscordApp();
  const { discord, store, news, budi, say } = app;
  const stranger = discord.addUser('Orang Luar');
  await say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await say('partner', 'add', { name: 'BPBD', sector: 'government' });
  await say('indicator', 'add', { name: 'Sumur', partner: 'BPBD' });
  await say('issue', 'raise', { title: 'Saluran tersumbat' });
  const seat = { partner: 'BPBD', role: 'representative' };
  for (const [who, why] of [
    [discord.world.bot, 'adalah bot'],
    [stranger, 'tidak ada di server'],
  ] as const) {
    expect((await say('partner', 'assign', { member: who, ...seat })).text).toContain(why);
    expect((await say('issue', 'assign', { issue: 'I-1', member: who })).text).toContain(why);
    expect((await say('indicator', 'handover', { indicator: 'N-1', member: who })).text).toContain(why);
    expect((await say('forum', 'coordinator', { member: who, action: 'add' })).text).toContain(why);
  }
  // Budi is on the server, and has not written anything: he may be named, and that alone makes him no elector.
  expect((await say('issue', 'assign', { issue: 'I-1', member: budi })).text).toContain('Budi');
  await say('strategy', 'propose', { title: 'Gladi', rationale: 'x', basis: 'member', closes: '3d', urgent: 'uji' });
  const { members, electors } = store.tables;
  const names = async (table: typeof members | typeof electors) =>
    (await store.read.select({ name: table.name }).from(table)).map(one => one.name).sort();
  expect(await names(members)).toEqual(['Ana', 'Budi']);
  expect(await names(electors)).toEqual(['Ana']);
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('R23: typing into an option makes nobody a member, and shows what a member would be shown', async () => {
  await using app = await aDiscordApp();
  const { discord, store, channel, news, budi, say } = app;
  await say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await say('goal', 'add', { title: 'Sungai bersih' });
  const where = { channel, user: budi, name: 'goal', subcommand: 'show' };
  const offered = await discord.autocomplete({ ...where, options: { goal: 'sungai' }, focused: 'goal' }).answered();
  expect(JSON.stringify(offered)).toContain('T-1 Sungai bersih');
  expect(await store.read.select().from(store.tables.members)).toHaveLength(1);
});
