import {
  ChannelType,
  type Client,
  type ForumChannel,
  GuildScheduledEventEntityType,
  type TextChannel,
} from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { COVERED } from './discord/coverage.ts';
import type { Channel } from './discord/model.ts';
import { closeAll, loggedIn } from './logged-in.ts';

afterEach(closeAll);

/** The client's own view of a text channel. */
function textChannel(client: Client, channel: Channel): TextChannel {
  return client.channels.cache.get(channel.id) as TextChannel;
}

describe('threads', () => {
  it('open under a message', async () => {
    const { discord, client, channel } = await loggedIn();
    const message = await textChannel(client, channel).send('Isu');
    const thread = await message.startThread({ name: 'Isu 1' });
    await thread.send('Catatan');
    const [opened] = discord.threads(channel);
    expect([opened?.id, opened?.name, discord.messages(thread.id).map(m => m.content)]).toEqual([
      message.id,
      'Isu 1',
      ['Catatan'],
    ]);
  });

  it('open in a channel, are archived and refuse changes until they are opened again', async () => {
    const { client, channel } = await loggedIn();
    const thread = await textChannel(client, channel).threads.create({ name: 'Isu', type: ChannelType.PublicThread });
    await thread.setArchived(true);
    await expect(thread.setName('Baru')).rejects.toMatchObject({ code: 50083 });
    await thread.setArchived(false);
    expect((await thread.setName('Baru')).name).toBe('Baru');
  });

  it('are posts in a forum, with tags', async () => {
    const { discord, client, guild } = await loggedIn();
    const created = new Promise(done => client.once('channelCreate', done));
    const forum = discord.addChannel({ guild, name: 'isu', type: 'forum', tags: ['terbuka'], requireTag: true });
    await created;
    const places = client.channels.cache.get(forum.id) as ForumChannel;
    const plan = { name: 'Isu 1', message: { content: 'Kartu' } };
    await expect(places.threads.create(plan)).rejects.toMatchObject({ code: 40067 });
    const tag = forum.tags[0]?.id ?? '';
    const post = await places.threads.create({ ...plan, appliedTags: [tag] });
    expect([discord.threads(forum)[0]?.thread?.appliedTags, discord.messages(post.id)[0]?.id]).toEqual([
      [tag],
      post.id,
    ]);
  });
});

describe('servers', () => {
  it('name the missing permission by the code', async () => {
    const { discord, client, channel } = await loggedIn();
    discord.deny(channel, 'SendMessages');
    await expect(textChannel(client, channel).send('a')).rejects.toMatchObject({ code: 50013 });
    discord.deny(channel, 'ViewChannel');
    await expect(textChannel(client, channel).send('a')).rejects.toMatchObject({ code: 50001 });
  });

  it('answer 10003 for a deleted channel', async () => {
    const { discord, client, channel } = await loggedIn();
    const view = textChannel(client, channel);
    discord.deleteChannel(channel);
    await expect(view.send('a')).rejects.toMatchObject({ code: 10003 });
  });

  it('tell the client when it is removed', async () => {
    const { discord, client, guild } = await loggedIn();
    const left = new Promise<string>(done => client.once('guildDelete', g => done(g.id)));
    discord.kickBot(guild);
    expect(await left).toBe(guild.id);
  });

  it('give members and their permissions', async () => {
    const { client, guild, channel, ana } = await loggedIn();
    const member = await client.guilds.cache.get(guild.id)?.members.fetch(ana.id);
    const own = textChannel(client, channel).permissionsFor(client.user?.id ?? '');
    expect([member?.user.globalName, own?.has('SendMessages'), own?.has('ManageThreads')]).toEqual([
      'Ana',
      true,
      false,
    ]);
  });

  it('keep scheduled events and refuse those in the past', async () => {
    const { discord, client, guild } = await loggedIn({ now: () => Date.parse('2026-01-10T00:00:00Z') });
    const events = client.guilds.cache.get(guild.id)?.scheduledEvents;
    const plan = (day: string) => ({
      name: 'Rapat',
      privacyLevel: 2,
      entityType: GuildScheduledEventEntityType.External,
      entityMetadata: { location: 'Balai desa' },
      scheduledStartTime: `2026-01-${day}T02:00:00Z`,
      scheduledEndTime: `2026-01-${day}T04:00:00Z`,
    });
    await events?.create(plan('11'));
    await expect(events?.create(plan('09'))).rejects.toMatchObject({ code: 50035 });
    expect(discord.events(guild).map(e => e.name)).toEqual(['Rapat']);
  });
});

describe('direct messages', () => {
  it('reach a person', async () => {
    const { discord, client, ana } = await loggedIn();
    await (await client.users.fetch(ana.id)).send('Halo');
    expect(discord.directMessages(ana).map(m => m.content)).toEqual(['Halo']);
  });

  it('answer 50007 when the person has closed them', async () => {
    const { client, ana } = await loggedIn();
    ana.dmClosed = true;
    await expect((await client.users.fetch(ana.id)).send('Halo')).rejects.toMatchObject({ code: 50007 });
  });
});

describe('the stand-in', () => {
  it('keeps from the bot what people write, as without the Message Content intent', async () => {
    const { discord, client, channel, ana } = await loggedIn();
    const said = [discord.say(channel, ana, 'rahasia'), discord.say(channel, ana, `<@${discord.world.bot.id}> halo`)];
    const read = await Promise.all(said.map(m => textChannel(client, channel).messages.fetch(m.id)));
    expect(read.map(m => m.content)).toEqual(['', `<@${discord.world.bot.id}> halo`]);
  });

  it('pins', async () => {
    const { client, channel } = await loggedIn();
    await (await textChannel(client, channel).send('penting')).pin();
    expect(channel.pins.length).toBe(1);
  });

  it('holds an answer back until it is released', async () => {
    const { discord, client, channel } = await loggedIn();
    const held = discord.hold({ method: 'POST', route: '/channels/:channel/messages' });
    const sending = textChannel(client, channel).send('pelan');
    await held.arrived();
    const before = discord.messages(channel).length;
    held.release();
    await sending;
    expect([before, discord.messages(channel).length]).toEqual([0, 1]);
  });

  it('spreads servers over shards', async () => {
    const { discord, client, guild } = await loggedIn({ shards: 2 }, { shards: 'auto' });
    await discord.connected();
    const mine = client.guilds.cache.get(guild.id)?.shardId;
    expect([client.ws.shards.size, mine]).toEqual([2, Number((BigInt(guild.id) >> 22n) % 2n)]);
  });

  it('has the routes it says it has', async () => {
    const { discord } = await loggedIn();
    expect([...discord.routes].sort()).toEqual([...COVERED].sort());
  });
});
