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

it('W29: people are called as the server calls them, a channel by its name, and a comment makes no heading', async () => {
  await using app = await aDiscordApp();
  const { discord, guild, ana, budi, news, say } = app;
  guild.members.get(budi.id)!.nick = 'Pak Budi';
  await say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await say('issue', 'raise', { title: 'Saluran tersumbat' });
  expect((await say('issue', 'assign', { issue: 'I-1', member: budi })).text).toContain('Pak Budi');
  const said = await say('issue', 'comment', { issue: 'I-1', text: '# Mendesak\n## sekali' });
  const shown = JSON.stringify((await say('issue', 'show', { issue: 'I-1' })).message.components);
  for (const answer of [JSON.stringify(said.message.components), shown])
    expect(answer).not.toMatch(/\\n(> )?#{1,3} ?\S*(Mendesak|sekali)/);
  // Written directly, a channel is what Discord's client makes of it.
  const before = discord.directMessages(ana).length;
  discord.write(ana, `/forum settings announce:<#${news.id}>`);
  await discord.until(() => discord.directMessages(ana).length === before + 2, 'an answer');
  const forum = await say('forum', 'show');
  expect(forum.text).toContain(`#${news.name}`);
  expect(forum.text).not.toContain(news.id);
  expect(discord.failures).toEqual([]);
});

it('W29: the only coordinator is asked for the reason of a warning at once, and no button refuses its writer', async () => {
  await using app = await aDiscordApp();
  const { discord, ana, budi, news, channel, say } = app;
  await say('forum', 'setup', { name: 'Forum Uji', announce: news });
  const alone = await say('forum', 'announce', { text: 'Air naik', urgency: 'early_warning' });
  expect(alone.text).toContain('hanya ada Anda');
  const form = await discord.click(alone.message, 'Perbaiki', ana).answered();
  expect(form.modal.fields[0]!.component.custom_id).toBe('reason');
  const draft = await discord.submitModal(form.modal, { reason: 'sungai meluap' }, ana).answered();
  await discord.click(draft.message, 'Ya, kirim', ana).answered();
  await discord.until(() => discord.messages(news).length === 1, 'the warning');
  // With a second coordinator that one sends it, and the writer has no button that would refuse them.
  await say('forum', 'coordinator', { member: budi, action: 'add' });
  // Announcements count for much of what one may do in a minute.
  app.clock.skip(60_000);
  const second = await say('forum', 'announce', { text: 'Air surut', urgency: 'early_warning' });
  expect(second.text).toContain('Air surut');
  expect(JSON.stringify(second.message.components)).not.toContain('Ya, kirim');
  await discord.until(
    () => JSON.stringify(discord.directMessages(budi).map(one => one.components)).includes('Air surut'),
    'the draft',
  );
  expect([channel.id === news.id, discord.failures]).toEqual([false, []]);
});
