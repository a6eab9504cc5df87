import { type Client, DMChannel, Events } from 'discord.js';
import { expect, it } from 'vitest';
import { forgetDirects } from '../../adapters/discord/caches.ts';
import { directTo } from '../../adapters/discord/send.ts';
import { Shard } from '../../adapters/discord/shard.ts';
import { Discord } from '../wire/discord/discord.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

it('neither what people press and write nor whom the bot wrote to is remembered without end', async () => {
  const discord = await Discord.start();
  const people = ['Ana', 'Budi', 'Cici'].map(name => discord.addUser(name));
  const guild = discord.addGuild({ name: 'Forum', members: people });
  const channel = discord.addChannel({ guild, name: 'umum' });
  const clients: Client[] = [];
  const button = { type: 1, components: [{ type: 2, style: 1, label: 'Lagi', custom_id: 'lagi' }] };
  const shard = new Shard(
    {
      token: discord.token,
      apiUrl: discord.api,
      log: silent,
      turn: async () => {},
      onClient(client) {
        clients.push(client);
        client.once(
          Events.ClientReady,
          ready => void ready.application.commands.set([{ name: 'halo', description: 'x' }]),
        );
        client.on(Events.InteractionCreate, interaction => {
          if (interaction.isRepliable())
            void interaction
              .deferReply()
              .then(() => interaction.editReply({ content: 'Halo', components: [button] }))
              .catch(() => undefined);
        });
      },
      overdueMs: 60_000,
      onOverdue() {},
    },
    0,
    1,
  );
  await discord.connected();
  await discord.until(() => discord.commands.length, 'the command');
  const [client] = clients;
  for (const user of people) {
    const seen = await discord.slash({ channel, user, name: 'halo' }).answered();
    await discord.click(seen.message!, 'Lagi', user).answered();
    const direct = await directTo(client!, user.id);
    await direct.send('Halo');
    forgetDirects(direct, 2);
  }
  const kept = client!.channels.cache;
  const directs = () => [...kept.values()].flatMap(one => (one instanceof DMChannel ? [one.recipientId] : []));
  const texts = [...kept.values()].filter(one => one.isTextBased());
  expect(texts.map(one => one.messages.cache.size)).toEqual([0, 0, 0]);
  expect(client!.guilds.cache.get(guild.id)!.members.cache.map(one => one.id)).toEqual([client!.user!.id]);
  expect(directs()).toEqual([people[1]!.id, people[2]!.id]);
  // One that was forgotten is opened again, and stands last.
  forgetDirects(await directTo(client!, people[0]!.id), 2);
  expect(directs()).toEqual([people[2]!.id, people[0]!.id]);
  expect(discord.failures).toEqual([]);
  await shard.close();
  await discord.stop();
});
