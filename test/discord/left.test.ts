import { expect, it } from 'vitest';
import { aDiscordApp } from './app.ts';

/** Asks Budi, who represents a partner, how it goes; what stands in his direct messages. */
async function surveyed({ discord, news, budi, say }: Awaited<ReturnType<typeof aDiscordApp>>) {
  await say('forum', 'setup', { name: 'Uji', announce: news });
  await say('partner', 'add', { name: 'A' });
  await say('partner', 'assign', { member: budi, partner: 'A', role: 'representative' });
  await say('partnership', 'pulse');
  await discord.until(() => discord.directMessages(budi).length === 1, 'the survey');
  return discord.directMessages(budi)[0]!;
}

it('whoever has left the server votes and answers no more from their direct messages', async () => {
  await using app = await aDiscordApp();
  const { discord, store, guild, budi } = app;
  const asked = await surveyed(app);
  discord.leave(guild, budi);
  const refused = await discord.click(asked, '5 sepenuhnya', budi).answered();
  expect(refused.text).toContain('tidak lagi berada di server');
  expect(await store.read.select().from(store.tables.pulseCounts)).toEqual([]);
  expect([discord.failures, app.logged]).toEqual([[], []]);
});

it('whoever is there is asked about once, and answers', async () => {
  await using app = await aDiscordApp();
  const { discord, store, budi } = app;
  const asked = await surveyed(app);
  const first = await discord.click(asked, '5 sepenuhnya', budi).answered();
  expect(first.text).toContain('2/7');
  const second = await discord.click(first.message!, '4', budi).answered();
  expect(second.text).toContain('3/7');
  expect(await store.read.select().from(store.tables.pulseCounts)).toHaveLength(2);
  expect([discord.failures, app.logged]).toEqual([[], []]);
});
