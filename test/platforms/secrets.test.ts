import { expect, it } from 'vitest';
import type { Store } from '../../src/storage/store.ts';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp } from '../slack/app.ts';

/**
 * Lists what says what was chosen, outside the one table that is meant to; a card that offers all choices says nothing.
 */
async function telling(store: Store): Promise<string[]> {
  const found: string[] = [];
  for (const [name, table] of Object.entries(store.tables))
    for (const row of await store.read.select().from(table))
      for (const [column, value] of Object.entries(row as Record<string, unknown>)) {
        const text = JSON.stringify(value);
        if (/\b(agree|yp\.)/.test(text) && !/\bdisagree/.test(text) && name !== 'secretBallots')
          found.push(`${name}.${column}: ${text}`);
      }
  return found;
}

/** Rows, other than that of the account itself, that name an account. */
async function naming(store: Store, account: string): Promise<string[]> {
  const found: string[] = [];
  for (const [name, table] of Object.entries(store.tables))
    for (const row of await store.read.select().from(table))
      if (name !== 'accounts' && JSON.stringify(row).includes(account)) found.push(`${name}: ${JSON.stringify(row)}`);
  return found;
}

it('on Slack nothing is stored beside a person of how they voted in secret or answered the survey', async () => {
  await using app = await aSlackApp();
  const { slack, store, ana, budi, news, say, press } = app;
  await app.setUp();
  await say(ana, 'partner add A');
  await say(ana, 'partner assign @budi partner:A role:wakil');
  await say(ana, 'strategi usul Gladi rationale:perlu closes:3d secret:ya');
  await slack.until(() => slack.messages(news).length === 1);
  expect((await press(slack.messages(news)[0]!, 'Setuju', budi)).text).toContain('Suara tercatat');
  await say(ana, 'partnership pulse');
  await slack.until(() => slack.directMessages(budi).length === 1);
  expect((await press(slack.directMessages(budi)[0]!, '5 sepenuhnya', budi)).text).toContain('Jawaban dihitung');
  expect(await telling(store)).toEqual([]);
  expect(await naming(store, budi.id)).toEqual([]);
  expect([slack.failures, slack.pings]).toEqual([[], []]);
});

it('on Discord nothing is stored beside a person of how they voted in secret or answered the survey', async () => {
  await using app = await aDiscordApp();
  const { discord, store, news, budi, say } = app;
  await say('forum', 'setup', { name: 'Uji', announce: news });
  await say('partner', 'add', { name: 'A' });
  await say('partner', 'assign', { member: budi, partner: 'A', role: 'representative' });
  await say('strategy', 'propose', { title: 'Gladi', rationale: 'perlu', closes: '3d', secret: 'ya' });
  await discord.until(() => discord.messages(news).length === 1, 'the ballot');
  expect((await discord.click(discord.messages(news)[0]!, 'Setuju', budi).answered()).text).toContain('Suara tercatat');
  await say('partnership', 'pulse');
  await discord.until(() => discord.directMessages(budi).length === 1, 'the survey');
  const answered = await discord.click(discord.directMessages(budi)[0]!, '5 sepenuhnya', budi).answered();
  expect(answered.text).toContain('Jawaban dihitung');
  expect(await telling(store)).toEqual([]);
  expect(await naming(store, budi.id)).toEqual([]);
});
