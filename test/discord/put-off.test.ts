import { MessageFlags } from 'discord.js';
import { expect, it } from 'vitest';
import { sendPost } from '../../adapters/discord/send.ts';
import { restOf } from '../../adapters/discord/shard.ts';
import { registryOf } from '../../src/app/app.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { createLog } from '../../src/contract/log.ts';
import { inWords, view } from '../../src/contract/view.ts';
import { databases } from '../databases.ts';
import { aForum, aSender } from '../delivery/letters.ts';
import { readableText } from '../wire/discord/compose.ts';
import { Discord } from '../wire/discord/discord.ts';
import type { Channel } from '../wire/discord/model.ts';
import { START } from '../world.ts';

/** A server with two channels, and processes that write there, each with a client of its own. */
async function aServer() {
  const discord = await Discord.start();
  const guild = discord.addGuild({ name: 'Forum' });
  const [a, b] = ['a', 'b'].map(name => discord.addChannel({ guild, name })) as [Channel, Channel];
  const log = createLog(
    { level: 'error', format: 'json' },
    () => START,
    () => {},
  );
  const painter = createPainter(log);
  return {
    discord,
    guild,
    a,
    b,
    async aProcess() {
      const client = restOf(discord.api, discord.token);
      await client.guilds.fetch(guild.id);
      return (post: Parameters<typeof sendPost>[2]) => sendPost(client, { registry: registryOf(), painter }, post);
    },
    said: (channel: Channel) => discord.messages(channel).map(one => readableText(one).replace(/^#+ /, '').trim()),
    async [Symbol.asyncDispose]() {
      await painter.close();
      await discord.stop();
    },
  };
}

const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);

it.each(databases)(
  'a channel that Discord puts off for minutes holds up no other, and gets each message once and in order ($name)',
  async ({ open }) => {
    await using server = await aServer();
    const { discord, guild, a, b, said } = server;
    const store = await open();
    const forum = await aForum(store, 'discord', guild.id);
    for (const [channel, subject] of [
      [a, 'satu'],
      [b, 'dua'],
      [a, 'tiga'],
    ] as const)
      await forum.write(channel.id, subject);
    discord.fail({ method: 'POST', route: `/channels/${a.id}/messages`, status: 429, retryAfter: 180 });
    const at = { now: START };
    const first = aSender(store, at, 'discord', await server.aProcess());
    await first.deliver('discord');
    expect([said(a), said(b)]).toEqual([[], ['dua']]);
    // When its lease would have ended nobody takes it: it is not due yet.
    at.now = after(90);
    const second = aSender(store, at, 'discord', await server.aProcess());
    expect(await second.deliver('discord')).toBe(0);
    at.now = after(190);
    await second.deliver('discord');
    await first.deliver('discord');
    expect([said(a), said(b)]).toEqual([['satu', 'tiga'], ['dua']]);
    expect((await forum.rows()).map(one => [one.state, one.tries])).toEqual(Array(3).fill(['sent', 1]));
    await store.close();
  },
);

it.each(databases)('a channel that is slow holds up no other ($name)', async ({ open }) => {
  await using server = await aServer();
  const { discord, guild, a, b, said } = server;
  const store = await open();
  const forum = await aForum(store, 'discord', guild.id);
  await forum.write(a.id, 'satu');
  const held = discord.hold({ method: 'POST', route: `/channels/${a.id}/messages` });
  const sender = aSender(store, { now: START }, 'discord', await server.aProcess());
  const sending = sender.deliver('discord');
  await held.arrived();
  await forum.write(a.id, 'dua');
  await forum.write(b.id, 'tiga');
  await discord.until(() => said(b).length === 1, 'the message in the other channel');
  expect(said(a)).toEqual([]);
  held.release();
  await sending;
  expect([said(a), said(b)]).toEqual([['satu', 'dua'], ['tiga']]);
  await store.close();
});

it('a message whose thread Discord puts off stands, and is not sent again', async () => {
  await using server = await aServer();
  const { discord, guild, a, said } = server;
  const send = await server.aProcess();
  discord.fail({ method: 'POST', route: '/threads', status: 429, retryAfter: 180 });
  const target = { kind: 'channel', workspace: guild.id, channel: a.id, name: 'a' } as const;
  const shown = { ...inWords(view('Isu')), thread: 'I-1' };
  const sent = await send({ nonce: '1', target, view: shown, previous: null });
  expect([sent.kind, said(a)]).toEqual(['sent', ['Isu']]);
  expect(discord.messages(a)[0]!.flags & MessageFlags.IsComponentsV2).toBeTruthy();
});

it('what a person waits for, and what connects, is waited for however long Discord puts it off', async () => {
  await using server = await aServer();
  const client = restOf(server.discord.api, server.discord.token);
  const { rejectOnRateLimit } = client.rest.options;
  const isPutOff = (route: string, retryAfter: number): unknown =>
    typeof rejectOnRateLimit === 'function' && rejectOnRateLimit({ route, retryAfter, sublimitTimeout: 0 } as never);
  expect(
    ['/channels/:id/messages', '/interactions/:id/:token/callback', '/webhooks/:id/:token', '/gateway/bot'].map(route =>
      isPutOff(route, 180_000),
    ),
  ).toEqual([true, false, false, false]);
  expect(isPutOff('/channels/:id/messages', 2_000)).toBe(false);
});
