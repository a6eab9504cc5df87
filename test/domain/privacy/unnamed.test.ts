import { is, Table } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Store } from '../../../src/storage/store.ts';
import { databases } from '../../databases.ts';
import { aDiscordApp } from '../../discord/app.ts';
import { aWorld } from '../../world.ts';

interface Person {
  readonly number: number;
  readonly account: string;
}

/** Every row that holds something of the issue (its words, its number, its instant) beside the person. */
async function ties(store: Store, { number, account }: Person): Promise<string[]> {
  const [issue] = await store.read.select().from(store.tables.issues);
  const found: string[] = [];
  for (const [name, table] of Object.entries(store.tables).filter(([, one]) => is(one, Table)))
    for (const row of (await store.read.select().from(table as never)) as Record<string, unknown>[]) {
      const text = JSON.stringify(row);
      const person = text.includes(account) || row.member === number || (name === 'members' && row.number === number);
      const told = text.includes('Pungli') || text.includes(issue!.createdAt.toISOString());
      if (person && told) found.push(`${name}: ${text}`);
    }
  return found;
}

it.each(databases)(
  'who raised an issue without a name cannot be found, by words or by time ($name)',
  async ({ open }) => {
    const store = await open();
    await using world = await aWorld({ store });
    await world.all('/forum setup Uji announce:umum issues:isu', '/goal add T', '@lama /goal list', ':skip 37m');
    // Somebody new, whose first act it is; somebody whose first of the day it is; and somebody who was at work just before.
    await world.all('@barusaja /issue raise Pungli anonymous:ya');
    expect(await ties(store, { number: 3, account: 'barusaja' })).toEqual([]);
    await world.all(':skip 2d', '@lama /issue raise Pungli anonymous:ya', '/activity log Gladi', ':skip 3m');
    const before = await store.read.select().from(store.tables.accounts);
    await world.all('/issue raise Pungli anonymous:ya');
    expect(await store.read.select().from(store.tables.accounts)).toEqual(before);
    expect(await ties(store, { number: 2, account: 'lama' })).toEqual([]);
    expect(await ties(store, { number: 1, account: 'sari' })).toEqual([]);
  },
);

it('on Discord nothing is left of the steps in which it was written, nor of what was refused on the way', async () => {
  await using app = await aDiscordApp();
  const { discord, store, channel, news, ana, budi } = app;
  const options = { name: 'Uji', announce: news };
  await discord
    .slash({ channel, user: ana, name: 'forum', subcommand: 'setup', options, permissions: ['ManageGuild'] })
    .answered();
  const first = await discord
    .slash({ channel, user: budi, name: 'issue', subcommand: 'raise', options: {} })
    .answered();
  const kept = await discord
    .submitModal(first.modal!, { title: 'Pungli', detail: 'di loket', _more: 'go_on' }, budi)
    .answered();
  const second = await discord.click(kept.message!, 'Lanjut', budi).answered();
  expect(JSON.stringify(second.modal)).toContain('anonymous');
  const refused = await discord.submitModal(second.modal!, { anonymous: 'ya', due: '31 februari' }, budi).answered();
  const mended = await discord.click(refused.message!, 'Perbaiki', budi).answered();
  const raised = await discord.submitModal(mended.modal!, { due: '1/2/2027' }, budi).answered();
  expect(raised.text).toContain('I-1');
  expect(await store.read.select().from(store.tables.drafts)).toEqual([]);
  expect(await ties(store, { number: 2, account: budi.id })).toEqual([]);
  expect(discord.failures).toEqual([]);
});
