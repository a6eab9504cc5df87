import { expect, it } from 'vitest';
import { Far } from '../../adapters/discord/rest-client.ts';
import { directTo, sendPost } from '../../adapters/discord/send.ts';
import { restOf } from '../../adapters/discord/shard.ts';
import { registryOf } from '../../src/app/app.ts';
import { createPainter } from '../../src/charts/pool.ts';
import { createLog } from '../../src/contract/log.ts';
import { until } from '../until.ts';
import { Discord } from '../wire/discord/discord.ts';

it('the channels of many direct messages are not remembered without end either', async () => {
  const discord = await Discord.start();
  const made: ReturnType<typeof restOf>[] = [];
  const far = new Far(() => {
    made.push(restOf(discord.api, discord.token));
    return made.at(-1)!;
  }, 3);
  for (const name of ['Ana', 'Budi', 'Cici', 'Dodi']) {
    const { id } = discord.addUser(name);
    await far.speak(null, async client => void (await directTo(client, id)));
  }
  expect(made.map(client => client.channels.cache.size)).toEqual([3, 1]);
  await discord.stop();
});

it('a message keeps the client that knows its server, though another has taken that one’s place meanwhile', async () => {
  const discord = await Discord.start();
  const log = createLog(
    { level: 'error', format: 'json' },
    () => new Date(0),
    () => {},
  );
  const painter = createPainter(log);
  const made: ReturnType<typeof restOf>[] = [];
  const far = new Far(() => {
    const client = restOf(discord.api, discord.token);
    made.push(client);
    return client;
  }, 1);
  const ana = discord.addUser('Ana');
  const guilds = [1, 2, 3].map(n => discord.addGuild({ name: `Forum ${n}`, members: [] }));
  const channels = guilds.map(guild => discord.addChannel({ guild, name: 'kabar' }));
  const view = { title: 'Halo', tone: 'plain', blocks: [], controls: [] } as const;
  const send = (n: number) => {
    const target = { kind: 'channel', workspace: guilds[n]!.id, channel: channels[n]!.id, name: 'kabar' } as const;
    const post = { nonce: `${n}`, target, view, previous: null };
    return far.speak(guilds[n]!.id, client => sendPost(client, { registry: registryOf(), painter }, post));
  };
  const held = discord.hold({ method: 'GET', route: `/guilds/${guilds[0]!.id}`, after: true });
  const first = send(0);
  await held.arrived();
  const others = [await send(1), await send(2)];
  expect(made.length).toBe(2);
  held.release();
  expect([await first, ...others].map(one => one.kind)).toEqual(['sent', 'sent', 'sent']);
  const direct = { kind: 'direct', workspace: guilds[0]!.id, account: ana.id, name: 'Ana' } as const;
  const post = { nonce: 'd', target: direct, view, previous: null };
  const told = await far.speak(null, client => sendPost(client, { registry: registryOf(), painter }, post));
  expect([told.kind, discord.directMessages(ana).length]).toEqual(['sent', 1]);
  // Nobody works with the first any more: it is gone, and its token with it.
  const gone = () =>
    made[0]!.guilds.fetch({ guild: guilds[2]!.id, force: true }).then(
      () => false,
      error => String(error).includes('token'),
    );
  await until(gone, 'the end of the first client');
  await painter.close();
  await discord.stop();
});
